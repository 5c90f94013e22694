import { keyMember } from "./keys.ts";
import type { EntityGroup } from "./groups.ts";
import type { OperationKind, Reason, Variant } from "./model.ts";
import { memberKey, nounKey } from "./names.ts";
import { hasRow, overlap } from "./resources.ts";
import type { Resource } from "./resources.ts";
import { hasBody, isArgument, templateOf } from "./sites.ts";
import type { Site } from "./sites.ts";
import type { Content } from "./unwrap.ts";
import { isCaller, verbOf } from "./verbs.ts";

/** What an operation does, and to which entity. */
export interface Judgement {
  readonly kind: OperationKind;
  readonly variant?: Variant;
  readonly group?: EntityGroup;
  readonly resource?: Resource;
  /** Where the judged site stands, for roles of its path arguments. */
  readonly rule: string;
  readonly confidence: Reason["confidence"];
}

/** Everything that a rule may look at. */
interface Case {
  readonly site: Site;
  /** The resource whose collection or item this is. */
  readonly here?: Resource;
  readonly place: "collection" | "item" | "below-item" | "below-collection" | "elsewhere";
  /** The nearest resource above, where it is none itself. */
  readonly above?: Resource;
  readonly landscape: Landscape;
}

/** Resources and entities by what finds them. */
export class Landscape {
  readonly groups: readonly EntityGroup[];
  readonly resources: readonly Resource[];
  readonly #byTemplate = new Map<string, Resource>();
  readonly #groupOf = new Map<Resource, EntityGroup>();
  readonly #bySchema = new Map<string, EntityGroup>();

  constructor(resources: readonly Resource[], groups: readonly EntityGroup[]) {
    this.groups = groups;
    this.resources = resources;
    for (const resource of resources)
      if (!this.#byTemplate.has(resource.template)) this.#byTemplate.set(resource.template, resource);
    for (const group of groups) {
      for (const resource of group.resources) this.#groupOf.set(resource, group);
      for (const content of group.read)
        if (content.view && !this.#bySchema.has(content.view.pointer)) this.#bySchema.set(content.view.pointer, group);
    }
  }

  at(template: string): Resource | undefined {
    return this.#byTemplate.get(template);
  }

  group(resource: Resource | undefined): EntityGroup | undefined {
    if (!resource) return undefined;
    return (
      this.#groupOf.get(resource) ??
      this.groups.find((group) => group.resources.some(({ noun }) => nounKey(noun) === nounKey(resource.noun)))
    );
  }

  /** The entity of which a body holds rows, by the schema itself. */
  groupOfRows(content: Content): EntityGroup | undefined {
    return hasRow(content) && content.view ? this.#bySchema.get(content.view.pointer) : undefined;
  }
}

export function classify(site: Site, landscape: Landscape): Judgement {
  const found = locate(site, landscape);
  for (const rule of rules) {
    const judged = rule(found);
    if (judged) return judged;
  }
  const group = landscape.group(found.here ?? found.above);
  return { kind: "custom", ...(group && { group }), rule: "no rule knows it", confidence: "likely" };
}

function locate(site: Site, landscape: Landscape): Case {
  for (let end = site.parts.length; end > 0; end -= 1) {
    const resource = landscape.at(templateOf(site.parts.slice(0, end)));
    if (!resource) continue;
    const rest = site.parts.slice(end);
    if (rest.length === 0) return { site, here: resource, place: "collection", landscape };
    const leading = rest.findIndex((part) => !isArgument(part));
    if (leading === -1 && rest.length === resource.depth) return { site, here: resource, place: "item", landscape };
    return { site, above: resource, place: leading === 0 ? "below-collection" : "below-item", landscape };
  }
  return { site, place: "elsewhere", landscape };
}

type Rule = (found: Case) => Judgement | undefined;

/**
 * The first rule that answers decides. Forms that only look like a collection or an item (links, files, bulk) come
 * before those; views and twins, which need an entity that is already known, come after them.
 */
const rules: readonly Rule[] = [
  bodilessMethod,
  link,
  remoteCall,
  singleton,
  fileOrBulk,
  item,
  collection,
  caller,
  verbTwin,
  view,
];

function bodilessMethod({ site }: Case): Judgement | undefined {
  const { method } = site.call;
  if (method !== "head" && method !== "options" && method !== "trace") return undefined;
  return { kind: "custom", rule: "HEAD, OPTIONS and TRACE read no row", confidence: "sure" };
}

function link({ site, here, landscape }: Case): Judgement | undefined {
  if (here?.form !== "link") return undefined;
  const group = linkHome(here, landscape);
  const variant = site.call.method === "delete" ? "unlink" : "link";
  return { kind: "custom", variant, ...(group && { group }), resource: here, rule: here.because, confidence: "likely" };
}

/** A link belongs to the parent whose rows are joined. */
function linkHome(resource: Resource, landscape: Landscape): EntityGroup | undefined {
  const parent = parentsOf(resource.parts, landscape).at(-1);
  return landscape.group(parent) ?? landscape.group(resource);
}

/** Resources whose items the arguments of a path address, from the outside in. */
export function parentsOf(parts: readonly string[], landscape: Landscape): readonly Resource[] {
  return parts.flatMap((part, index) => {
    if (!isArgument(part) || isArgument(parts[index - 1])) return [];
    const resource = landscape.at(templateOf(parts.slice(0, index)));
    return resource && resource.form !== "link" ? [resource] : [];
  });
}

function remoteCall({ site, landscape }: Case): Judgement | undefined {
  const resource = landscape.at(templateOf(site.parts.slice(0, -1)));
  const verb = verbOf(site.call.segments.at(-1)?.text ?? "");
  const group = landscape.group(resource);
  if (resource?.form !== "rpc" || !verb?.isAlone || !group) return undefined;
  const fits =
    verb.kind === "list" ? site.output.form === "rows" : verb.kind === "read" ? site.output.form === "row" : true;
  if (!fits) return { kind: "custom", group, rule: "a call whose answer is not the row", confidence: "likely" };
  return {
    kind: verb.kind,
    variant: "rpc",
    group,
    resource,
    rule: "the last segment is the verb, and the schemas agree",
    confidence: "likely",
  };
}

function singleton({ site, here, landscape }: Case): Judgement | undefined {
  const group = landscape.group(here);
  if (here?.form !== "singleton" || !here || !group) return undefined;
  const kind = ({ get: "read", put: "replace", patch: "update", post: "update", delete: "delete" } as const)[
    site.call.method as "get"
  ];
  return { kind, variant: "singleton", group, resource: here, rule: here.because, confidence: "likely" };
}

function fileOrBulk({ site, here, landscape }: Case): Judgement | undefined {
  const group = landscape.group(here);
  if (!here || !group) return undefined;
  const isWrite = site.call.method !== "get" && site.call.method !== "delete";
  if (
    isWrite &&
    (site.input.form === "rows" ||
      site.input.form === "keys" ||
      (site.input.form === "row" && site.input.path.length === 0 && isBatch(site)))
  ) {
    return { kind: "custom", variant: "bulk", group, rule: "the body is a list of rows", confidence: "likely" };
  }
  if (site.call.method === "get" && isFile(site))
    return { kind: "custom", group, rule: "the answer is a file", confidence: "likely" };
  return undefined;
}

function isBatch(site: Site): boolean {
  return site.parts.some((part) => /^(bulk|batch)/i.test(part));
}

function isFile({ response, output }: Site): boolean {
  const mediaType = response?.content?.mediaType ?? "";
  const schema = output.view?.schema;
  return (
    /^(image|audio|video)\/|octet-stream|pdf|zip|csv/.test(mediaType) ||
    schema?.format === "binary" ||
    schema?.type === "file"
  );
}

function item(found: Case): Judgement | undefined {
  const { site, here, place, landscape } = found;
  const group = landscape.group(here);
  if (!here || !group || place !== "item") return undefined;
  const judged = itemKind(site, here, group);
  return judged && { ...judged, group, resource: here };
}

function itemKind(site: Site, resource: Resource, group: EntityGroup): Judgement | undefined {
  switch (site.call.method) {
    case "get":
      return itemRead(site, resource, group);
    case "put":
      return {
        kind: isWholeBody(site, resource) ? "replace" : "update",
        rule: "PUT on an item",
        confidence: "sure",
        ...(isUpsert(site, group) && { variant: "upsert" as const }),
      };
    case "patch":
      return { kind: "update", rule: "PATCH on an item", confidence: "sure", ...patchVariant(site) };
    case "delete":
      return { kind: "delete", rule: "DELETE on an item", confidence: "sure" };
    case "post":
      return itemPost(site, resource, group);
    default:
      return undefined;
  }
}

function itemRead(site: Site, resource: Resource, group: EntityGroup): Judgement | undefined {
  const { output } = site;
  if (output.form === "key" && output.view)
    return { kind: "custom", rule: "the answer is a bare value", confidence: "likely" };
  if (output.form === "rows") {
    const others = resource.item.filter((other) => other !== site);
    const isSameArgument = others.length === 0 || others.some((other) => argumentName(other) === argumentName(site));
    if (!isSameArgument)
      return {
        kind: "list",
        variant: "filtered",
        rule: "the argument is a filter, not the key of the items",
        confidence: "likely",
      };
    return others.length > 0 || resource.collection.length > 0
      ? { kind: "read", rule: "GET on an item, declared as a list of one", confidence: "guess" }
      : { kind: "list", variant: "filtered", rule: "GET of a list by an argument", confidence: "guess" };
  }
  if (output.form === "row" && group.read[0]?.view && !isSameThing(output, group))
    return { kind: "custom", rule: "the answer is not the resource's row", confidence: "guess" };
  return { kind: "read", rule: "GET on an item", confidence: output.view ? "sure" : "likely" };
}

function isSameThing(content: Content, group: EntityGroup): boolean {
  return group.read.some(
    (read) =>
      read.view?.pointer === content.view?.pointer ||
      overlap(read.view, content.view) >= 0.5 ||
      overlap(content.view, read.view) >= 0.5,
  );
}

function argumentName(site: Site): string {
  return memberKey(site.call.segments.at(-1)?.parameters.at(-1) ?? "");
}

/** PUT replaces where the body has required members or PATCH updates; a body that is all optional may be partial. */
function isWholeBody(site: Site, resource: Resource): boolean {
  const required = site.input.view?.required.size ?? 0;
  return (
    required > 0 ||
    !site.input.view ||
    resource.item.some((other) => other.call.method === "patch") ||
    site.input.view.members.size === 0
  );
}

/** Nothing else creates it, so PUT does, with a key that a client can choose. */
function isUpsert(site: Site, { resources }: EntityGroup): boolean {
  const isCreated = resources.some(({ collection, item }) =>
    [...collection, ...item].some((other) => other.call.method === "post"),
  );
  return !isCreated && /(name|code|key|slug|isbn|sku|login|tag|email|number)$/i.test(argumentName(site));
}

function patchVariant(site: Site): { readonly variant?: Variant } {
  const [mediaType = ""] = site.call.request?.mediaTypes ?? [];
  if (mediaType.includes("merge-patch")) return { variant: "merge-patch" };
  const isPatchList = mediaType.includes("json-patch");
  return isPatchList ? { variant: "json-patch" } : {};
}

function itemPost(site: Site, resource: Resource, group: EntityGroup): Judgement {
  const methods = new Set(resource.item.map((other) => other.call.method));
  const hasCreate = resource.collection.some((other) => other.call.method === "post");
  if (isUpload(site)) return { kind: "custom", variant: "upload", rule: "the body is a file", confidence: "likely" };
  const isBare = !hasBody(site) || site.input.form !== "row";
  const hasOtherUpdate = methods.has("put") || methods.has("patch");
  const isUpdate = hasCreate || (!hasOtherUpdate && (resource.collection.length === 0 || methods.has("get")));
  if (isBare && !hasCreate && !hasFieldParameters(site, group)) {
    return {
      kind: "create",
      variant: "upsert",
      rule: "POST on an item without a body, and no POST on the collection: the key is in the path",
      confidence: "likely",
    };
  }
  if (isBare && !hasFieldParameters(site, group))
    return { kind: "custom", variant: "action", rule: "POST on an item without members of it", confidence: "guess" };
  if (hasCreate && methods.has("patch"))
    return { kind: "custom", variant: "action", rule: "POST on an item that PATCH updates", confidence: "guess" };
  return isUpdate
    ? {
        kind: "update",
        variant: "post-as-update",
        rule: "POST on an item whose body holds members of it",
        confidence: "likely",
      }
    : { kind: "create", variant: "upsert", rule: "POST on an item: the key is in the path", confidence: "likely" };
}

function isUpload(site: Site): boolean {
  const [mediaType = ""] = site.call.request?.mediaTypes ?? [];
  const members = [...(site.input.view?.members.values() ?? [])];
  return (
    /octet-stream|^image\//.test(mediaType) ||
    (mediaType.startsWith("multipart/") && members.some(({ schema }) => schema.format === "binary"))
  );
}

/** Query parameters that are members of the entity stand for a body. */
function hasFieldParameters(site: Site, group: EntityGroup): boolean {
  const members = new Set(
    group.read.concat(group.write).flatMap((content) => [...(content.view?.members.keys() ?? [])].map(memberKey)),
  );
  return site.call.parameters.some(
    ({ parameter }) => parameter.in === "query" && members.has(memberKey(parameter.name ?? "")),
  );
}

function collection(found: Case): Judgement | undefined {
  const { site, here, place, landscape } = found;
  const group = landscape.group(here);
  if (!here || !group || place !== "collection") return undefined;
  const judged = collectionKind(site, here, group);
  return { ...judged, group, resource: here };
}

function collectionKind(site: Site, resource: Resource, group: EntityGroup): Judgement {
  const { output, input } = site;
  switch (site.call.method) {
    case "get":
      if (output.form === "rows" || output.form === "row-map")
        return { kind: "list", rule: "GET of a list", confidence: "sure", ...nested(site) };
      if (output.form === "keys" && resource.depth > 0)
        return { kind: "list", rule: "GET of the keys of a collection", confidence: "likely", ...nested(site) };
      if (!output.view && resource.depth > 0)
        return {
          kind: "list",
          rule: "GET on a collection, and its answer is not described",
          confidence: "likely",
          ...nested(site),
        };
      if (output.isUntyped && resource.depth > 0)
        return {
          kind: "list",
          rule: "GET on a collection, and its answer is not typed",
          confidence: "guess",
          ...nested(site),
        };
      return { kind: "custom", rule: "the answer is no list", confidence: "likely" };
    case "post":
      return collectionPost(site, resource, group);
    case "put":
    case "patch":
      if (input.form === "row" && hasKeyIn(site, group)) {
        return {
          kind: site.call.method === "put" ? "replace" : "update",
          variant: "key-in-body",
          rule: "the key is in the body",
          confidence: "likely",
        };
      }
      return { kind: "custom", variant: "bulk", rule: "a write on the whole collection", confidence: "likely" };
    default:
      return { kind: "custom", variant: "bulk", rule: "a write on the whole collection", confidence: "likely" };
  }
}

function nested(site: Site): { readonly variant?: Variant } {
  return site.parts.some((part) => isArgument(part)) ? { variant: "nested" } : {};
}

function collectionPost(site: Site, resource: Resource, group: EntityGroup): Judgement {
  const { input, output } = site;
  if (isUpload(site) && !hasRow(output))
    return { kind: "custom", variant: "upload", rule: "the body is a file", confidence: "likely" };
  if (output.form === "rows" && !group.read.some((read) => overlap(input.view, read.view) >= 0.5)) {
    return { kind: "custom", variant: "search", rule: "POST that answers a list", confidence: "likely" };
  }
  if (input.form !== "row" && !input.isUntyped)
    return { kind: "custom", rule: "the body holds no members of the entity", confidence: "likely" };
  if (!site.call.request && !hasFieldParameters(site, group) && resource.item.length > 0 && !hasRow(output)) {
    return { kind: "custom", variant: "action", rule: "POST without a body", confidence: "guess" };
  }
  return { kind: "create", rule: "POST on a collection", confidence: "sure", ...nested(site) };
}

function hasKeyIn(site: Site, group: EntityGroup): boolean {
  const [resource] = group.resources;
  const names = resource?.item.flatMap((other) => other.call.segments.at(-1)?.parameters.slice(-1) ?? []) ?? [];
  return (
    site.input.view !== undefined &&
    keyMember([...site.input.view.members.keys()], names[0] ?? "id", resource?.noun ?? "") !== undefined
  );
}

/** `/users/me` beside `/users/{id}`: the entity that stands for the caller. */
function caller({ site, above, landscape }: Case): Judgement | undefined {
  const last = site.call.segments.at(-1)?.text ?? "";
  const group = landscape.groupOfRows(site.output) ?? landscape.group(above);
  const isAlone = above === undefined ? site.parts.length <= 2 : site.parts.length === above.parts.length + 1;
  if (!isCaller(last) || !group || !isAlone || (above && landscape.group(above) !== group)) return undefined;
  const kinds = { get: "read", put: "replace", patch: "update", delete: "delete" } as const;
  const kind = kinds[site.call.method as keyof typeof kinds];
  const isRow = site.call.method === "delete" || site.output.form === "row" || site.input.form === "row";
  return kind && isRow
    ? { kind, variant: "current-user", group, rule: "the segment stands for the caller", confidence: "likely" }
    : undefined;
}

/** `/pets/update/{id}`, `/pets/{id}/delete`: the verb is in the path, and the item is the same. */
function verbTwin({ site, above, landscape, place }: Case): Judgement | undefined {
  const group = landscape.group(above);
  if (!above || !group || place === "elsewhere") return undefined;
  const rest = site.call.segments.slice(above.parts.length);
  const verbs = rest.filter((segment) => segment.parameters.length === 0).map((segment) => verbOf(segment.text));
  const verb = verbs[0];
  if (verb?.kind === "create" && verb.isAlone && rest.length === 1) return createTwin(site, above, group);
  if (verbs.length !== 1 || !verb || rest.length !== above.depth + 1 || above.depth === 0) return undefined;
  const isWrite = verb.kind === "update" || verb.kind === "replace";
  if (
    isWrite &&
    site.input.form === "row" &&
    group.read.concat(group.write).some((content) => overlap(site.input.view, content.view) >= 0.5)
  ) {
    return {
      kind: "update",
      variant: "alias",
      group,
      resource: above,
      rule: "a verb beside the item's key, and members of it in the body",
      confidence: "likely",
    };
  }
  if (verb.kind === "delete" && verb.isAlone)
    return {
      kind: "delete",
      variant: "alias",
      group,
      resource: above,
      rule: "a verb beside the item's key",
      confidence: "likely",
    };
  return undefined;
}

/** `POST /networks/create`, where the collection itself creates nothing. */
function createTwin(site: Site, resource: Resource, group: EntityGroup): Judgement | undefined {
  const hasCreate = resource.collection.some((other) => other.call.method === "post");
  const isRow =
    site.input.form === "row" &&
    group.read.concat(group.write).some((content) => overlap(site.input.view, content.view) >= 0.5);
  if (site.call.method !== "post" || hasCreate || !isRow) return undefined;
  return {
    kind: "create",
    variant: "alias",
    group,
    resource,
    rule: "a verb on the collection, and members of the entity in the body",
    confidence: "likely",
  };
}

/** A list of a known entity at a place of its own: `/pets/findByStatus`, `/owners/{id}/pets`. */
function view({ site, landscape }: Case): Judgement | undefined {
  if (site.call.method !== "get") return undefined;
  const group = landscape.groupOfRows(site.output);
  if (!group || site.output.form !== "rows") return undefined;
  return { kind: "list", variant: "filtered", group, rule: "GET of a list of the entity's rows", confidence: "likely" };
}
