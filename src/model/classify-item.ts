import type { EntityGroup } from "./groups.ts";
import type { Case, Judgement } from "./judgement.ts";
import type { Variant } from "./model.ts";
import { memberKey } from "./names.ts";
import type { Resource } from "./resource.ts";
import { overlap } from "./rows.ts";
import { hasBody, isChoiceOfActions } from "./sites.ts";
import type { Site } from "./sites.ts";
import type { Content } from "./unwrap.ts";

export function item(found: Case): Judgement | undefined {
  const { site, here, place, landscape } = found;
  const group = landscape.group(here);
  if (!here || !group || place !== "item") return undefined;
  const judged = isOneOfList(site, group)
    ? ({
        kind: "custom",
        rule: "its argument is one of a closed list that no row holds",
        confidence: "likely",
      } as const)
    : itemKind(site, here, group);
  const listed = judged?.kind === "list" ? landscape.groupOfRows(site.output) : undefined;
  if (judged && listed && listed !== group) return { ...judged, group: listed };
  return judged && { ...judged, group, resource: here };
}

/** `/integrations/{kind}`, where a kind is `mail` or `chat`: no row is found by what the rows do not have. */
function isOneOfList({ call }: Site, { read }: EntityGroup): boolean {
  const name = call.segments.at(-1)?.parameters.at(-1) ?? "";
  const schema = call.parameters.find(({ parameter }) => parameter.in === "path" && parameter.name === name)?.parameter
    .schema;
  const words = schema?.enum?.filter((word) => typeof word === "string") ?? [];
  const members = read.flatMap(({ view }) => [...(view?.members.keys() ?? [])]);
  return (
    words.length > 1 && members.length > 0 && !members.some((member) => isPartOf(memberKey(member), memberKey(name)))
  );
}

function isPartOf(member: string, argument: string): boolean {
  return member.length > 2 && argument.endsWith(member);
}

function itemKind(site: Site, resource: Resource, group: EntityGroup): Judgement | undefined {
  switch (site.call.method) {
    case "get":
      return itemRead(site, resource, group);
    case "put":
      return {
        kind: isWholeBody(site, resource) && !isSentInPart(site, group) ? "replace" : "update",
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
  return output.view
    ? { kind: "read", rule: "GET on an item", confidence: "sure" }
    : { kind: "read", rule: "GET on an item, and its answer is not described", confidence: "guess" };
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

/** `PUT /boards/{id}?name=…`: members in the query, none of which must be there, change a part. */
function isSentInPart(site: Site, group: EntityGroup): boolean {
  const inQuery = site.call.parameters.filter(({ parameter }) => parameter.in === "query");
  return (
    !hasBody(site) && hasFieldParameters(site, group) && inQuery.every(({ parameter }) => parameter.required !== true)
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
  return mediaType.includes("json-patch") || isPatchList(site) ? { variant: "json-patch" } : {};
}

/** A JSON Patch (RFC 6902), under whatever media type: a list of operations, each on a path. */
export function isPatchList({ call, input }: Site): boolean {
  const members = input.form === "rows" ? input.view?.members : undefined;
  const isNamed = (call.request?.mediaTypes ?? []).some((type) => type.includes("json-patch"));
  return call.method === "patch" && ((members?.has("op") === true && members.has("path")) || isNamed);
}

function itemPost(site: Site, resource: Resource, group: EntityGroup): Judgement {
  const methods = new Set(resource.item.map((other) => other.call.method));
  const hasCreate = resource.collection.some(isPost);
  if (isUpload(site)) return { kind: "custom", variant: "upload", rule: "the body is a file", confidence: "likely" };
  if (isChoiceOfActions(site, resource.item))
    return {
      kind: "custom",
      variant: "action",
      rule: "POST on an item, with nothing of it in the body",
      confidence: "likely",
    };
  const isBare = !hasBody(site) || site.input.form !== "row";
  const hasOtherUpdate = methods.has("put") || methods.has("patch");
  const isUpdate = hasCreate || (!hasOtherUpdate && (resource.collection.length === 0 || methods.has("get")));
  const isMadeElsewhere = group.resources.some(({ collection }) => collection.some(isPost));
  if (isBare && !isMadeElsewhere && !hasFieldParameters(site, group)) {
    return {
      kind: "create",
      variant: "upsert",
      rule: "POST on an item without a body, and no POST on a collection of its kind: the key is in the path",
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

function isPost({ call }: Site): boolean {
  return call.method === "post";
}

export function isUpload(site: Site): boolean {
  const [mediaType = ""] = site.call.request?.mediaTypes ?? [];
  const members = [...(site.input.view?.members.values() ?? [])];
  return (
    /octet-stream|^image\//.test(mediaType) ||
    (mediaType.startsWith("multipart/") && members.some(({ schema }) => schema.format === "binary"))
  );
}

/** Query parameters that are members of the entity stand for a body. */
export function hasFieldParameters(site: Site, group: EntityGroup): boolean {
  const members = new Set(
    group.read.concat(group.write).flatMap((content) => [...(content.view?.members.keys() ?? [])].map(memberKey)),
  );
  return site.call.parameters.some(
    ({ parameter }) => parameter.in === "query" && members.has(memberKey(parameter.name ?? "")),
  );
}
