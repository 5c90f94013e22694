import { hasFieldParameters, isUpload } from "./classify-item.ts";
import type { EntityGroup } from "./groups.ts";
import type { Case, Judgement } from "./judgement.ts";
import { keyMember } from "./key-member.ts";
import type { Variant } from "./model.ts";
import { queryKeyOf } from "./query-key.ts";
import type { Resource } from "./resource.ts";
import { hasIdentity, hasRow, isStatus, overlap } from "./rows.ts";
import { isArgument } from "./sites.ts";
import type { Site } from "./sites.ts";
import type { Content } from "./unwrap.ts";

export function collection(found: Case): Judgement | undefined {
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
          confidence: "guess",
          ...nested(site),
        };
      if (output.isUntyped && resource.depth > 0)
        return {
          kind: "list",
          rule: "GET on a collection, and its answer is not typed",
          confidence: "guess",
          ...nested(site),
        };
      return output.form === "row" && isReadHere(site, group) && queryKeyOf(site, resource.noun) !== undefined
        ? { kind: "read", rule: "GET of one whose key is in the query", confidence: "likely" }
        : { kind: "custom", rule: "the answer is no list", confidence: "likely" };
    case "post":
      return collectionPost(site, resource, group);
    case "put":
    case "patch":
      if (input.form === "row" && hasKeyIn(site, group) && !isOfSeveral(site)) {
        return {
          kind: site.call.method === "put" ? "replace" : "update",
          variant: "key-in-body",
          rule: "the key is in the body",
          confidence: "likely",
        };
      }
      return { kind: "custom", variant: "bulk", rule: "a write on the whole collection", confidence: "likely" };
    case "delete":
      if (queryKeyOf(site, resource.noun) !== undefined)
        return { kind: "delete", rule: "DELETE of one whose key is in the query", confidence: "likely" };
      return { kind: "custom", variant: "bulk", rule: "a write on the whole collection", confidence: "likely" };
    default:
      return { kind: "custom", variant: "bulk", rule: "a write on the whole collection", confidence: "likely" };
  }
}

/** What answers is the row that the entity is read as, and no page that holds some. */
function isReadHere({ output }: Site, { read }: EntityGroup): boolean {
  const [row] = read;
  return row?.view === undefined || overlap(row.view, output.view) >= 0.5 || overlap(output.view, row.view) >= 0.8;
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
  if (input.isChoice === true && output.form === "other" && output.view)
    return { kind: "custom", rule: "one of several bodies, and one of several answers", confidence: "likely" };
  if (input.form !== "row" && !input.isUntyped)
    return { kind: "custom", rule: "the body holds no members of the entity", confidence: "likely" };
  if (!site.call.request && !hasFieldParameters(site, group) && resource.item.length > 0 && !hasRow(output)) {
    return { kind: "custom", variant: "action", rule: "POST without a body", confidence: "guess" };
  }
  if (!isShownIn(site.input, group) && isAnsweredApart(site, group))
    return {
      kind: "custom",
      variant: "action",
      rule: "POST of nothing that rows show, and no row comes back",
      confidence: "guess",
    };
  return { kind: "create", rule: "POST on a collection", confidence: "sure", ...nested(site) };
}

/** `POST /issues/{id}/transitions` makes no transition: not a member of what is listed there in the body, nor in the answer. */
function isAnsweredApart({ response, output }: Site, group: EntityGroup): boolean {
  if (output.view === undefined) return response?.status === 204;
  return output.form === "row" && !hasIdentity(output.view) && !isStatus(output.view) && !isShownIn(output, group);
}

function isShownIn({ form, view }: Content, { read }: EntityGroup): boolean {
  const [row] = read;
  return form !== "row" || row?.view === undefined || overlap(view, row.view) > 0;
}

/** `PATCH /todos?where=…` that answers how many it changed: a condition says which rows, and no key in the body. */
function isOfSeveral({ call, output }: Site): boolean {
  const members = [...(output.view?.members.keys() ?? [])];
  const isCounted =
    members.length === 1 && /^(count|total|affected|updated|modified)(_?(count|rows))?$/i.test(members[0] ?? "");
  return (
    isCounted ||
    call.parameters.some(({ parameter }) => parameter.in === "query" && /^(where|filter)$/i.test(parameter.name ?? ""))
  );
}

function hasKeyIn(site: Site, group: EntityGroup): boolean {
  const [resource] = group.resources;
  const names = resource?.item.flatMap((other) => other.call.segments.at(-1)?.parameters.slice(-1) ?? []) ?? [];
  return (
    site.input.view !== undefined &&
    keyMember([...site.input.view.members.keys()], names[0] ?? "id", resource?.noun ?? "") !== undefined
  );
}
