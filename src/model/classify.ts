import type { Method } from "../document/openapi.ts";
import type { OperationKind } from "./model.ts";
import { memberKey } from "./names.ts";
import { collection } from "./classify-collection.ts";
import { item, isPatchList } from "./classify-item.ts";
import type { EntityGroup } from "./groups.ts";
import type { Case, Judgement } from "./judgement.ts";
import type { Landscape } from "./landscape.ts";
import { parentsOf } from "./landscape.ts";
import { queryKeyOf } from "./query-key.ts";
import type { Resource } from "./resource.ts";
import { hasIdentity, isStatusWord, overlap } from "./rows.ts";
import { isArgument, templateOf } from "./sites.ts";
import type { Site } from "./sites.ts";
import { verbCallOf } from "./verb-calls.ts";
import type { VerbCall } from "./verb-calls.ts";
import { isCaller, verbOf } from "./verbs.ts";

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
  for (let end = site.parts.length; end >= 0; end -= 1) {
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

function link({ site, here, place, landscape }: Case): Judgement | undefined {
  const isListed = place === "collection" && site.call.method === "get" && site.output.form === "rows";
  if (here?.form !== "link" || isListed) return undefined;
  const group = linkHome(here, landscape);
  const variant = site.call.method === "delete" ? "unlink" : "link";
  return { kind: "custom", variant, ...(group && { group }), resource: here, rule: here.because, confidence: "likely" };
}

/** A link belongs to the parent whose rows are joined. */
function linkHome(resource: Resource, landscape: Landscape): EntityGroup | undefined {
  const parent = parentsOf(resource.parts, landscape).at(-1);
  return landscape.group(parent) ?? landscape.group(resource);
}

function remoteCall({ site, landscape }: Case): Judgement | undefined {
  const call = verbCallOf(site);
  const resource = call && landscape.at(templateOf(call.base));
  const group = landscape.group(resource);
  if (!call || resource?.form !== "rpc" || !group) return undefined;
  const { kind } = call;
  const fits =
    kind === "list"
      ? site.output.form === "rows"
      : kind === "read"
        ? site.output.form === "row"
        : site.output.form !== "row" || isShown(site, group);
  if (!fits) return { kind: "custom", group, rule: "a call whose answer is not the row", confidence: "likely" };
  if (kind !== "list" && kind !== "create" && !isAddressed(site, call, resource))
    return { kind: "custom", group, rule: "a call that does not say which row is meant", confidence: "likely" };
  return {
    kind,
    variant: "rpc",
    group,
    resource,
    rule: "the path ends in a verb, and the schemas agree",
    confidence: "likely",
  };
}

/** The answer to a write is the row, a receipt with its key, or says how it went: nothing else that somebody has to make up. */
function isShown({ output }: Site, { read }: EntityGroup): boolean {
  const names = [...(output.view?.members.keys() ?? [])].filter(
    (name) => !isStatusWord(name) && !/^(data|value)$/i.test(name),
  );
  const known = new Set(read.flatMap(({ view }) => [...(view?.members.keys() ?? [])].map(memberKey)));
  return hasIdentity(output.view) || known.size === 0 || names.every((name) => known.has(memberKey(name)));
}

/** The key is in the path, in the body, or in the query. */
function isAddressed(site: Site, { depth }: VerbCall, { noun }: Resource): boolean {
  return depth > 0 || site.input.form === "row" || queryKeyOf(site, noun) !== undefined;
}

function singleton({ site, here, landscape }: Case): Judgement | undefined {
  const group = landscape.group(here);
  if (here?.form !== "singleton" || !group) return undefined;
  if (group.resources.some(({ form }) => form !== "singleton")) {
    return { kind: "custom", group, rule: "one row of a resource that has others elsewhere", confidence: "guess" };
  }
  const kind = singletonKinds[site.call.method];
  if (!kind) return undefined;
  const isMaking = kind === "replace" && isArgument(here.parts.at(-2));
  const variant = isMaking ? "upsert" : "singleton";
  return { kind, variant, group, resource: here, rule: here.because, confidence: "likely" };
}

/** Nothing creates the one row but its first write: PUT does, and POST where it stands for it. */
const singletonKinds: Readonly<Partial<Record<Method, OperationKind>>> = {
  get: "read",
  put: "replace",
  patch: "update",
  post: "replace",
  delete: "delete",
};

function fileOrBulk({ site, here, landscape }: Case): Judgement | undefined {
  const group = landscape.group(here);
  if (!here || !group) return undefined;
  const isWrite = site.call.method !== "get" && site.call.method !== "delete";
  if (
    isWrite &&
    !isPatchList(site) &&
    (site.input.form === "rows" ||
      site.input.form === "keys" ||
      (site.input.form === "row" && site.input.path.length === 0 && isBatch(site, landscape)))
  ) {
    return { kind: "custom", variant: "bulk", group, rule: "the body is a list of rows", confidence: "likely" };
  }
  if (site.call.method === "get" && isFile(site))
    return { kind: "custom", group, rule: "the answer is a file", confidence: "likely" };
  return undefined;
}

/** `/pets/batch` takes many pets at once; a batch of `/batches/{id}` is a thing of its own. */
function isBatch({ parts }: Site, landscape: Landscape): boolean {
  const hasItems = (index: number) => (landscape.at(templateOf(parts.slice(0, index + 1)))?.item.length ?? 0) > 0;
  const last = parts.findLastIndex((part) => !isArgument(part));
  return parts.some((part, index) => index >= last - 1 && /^(bulk|batch)/i.test(part) && !hasItems(index));
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
  if (verb.kind === "delete" && verb.isAlone && !saysMore(site))
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

/** `/groups/{id}/remove?member=…` takes something out of the group: with an argument of its own it is not the group that goes. */
function saysMore({ call, input }: Site): boolean {
  return (input.view?.members.size ?? 0) > 0 || call.parameters.some(({ parameter }) => parameter.in === "query");
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
