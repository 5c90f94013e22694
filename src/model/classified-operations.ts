import type { ClassifiedOperation, Payload, RequestPayload, ResponsePayload } from "./classified.ts";
import type { EntityDraft } from "./classified.ts";
import type { Judged } from "./members.ts";
import type { Reason } from "./model.ts";
import { nameOf, nounKey, wordsOf } from "./names.ts";
import { pathRoles } from "./paths.ts";
import type { PathContext } from "./paths.ts";
import type { Site } from "./sites.ts";
import { hasBody } from "./sites.ts";
import type { Content } from "./unwrap.ts";

/** An operation with everything that the second half of inference asks of it. */
export function classifiedOperation(judged: Judged, context: PathContext): ClassifiedOperation {
  const { site, judgement } = judged;
  const found = pathRoles(judged, context);
  const roles = found && isOfTwoMeanings(found) ? undefined : found;
  // What is left out of the service looks for no row, and joins none.
  const isLeftOut = judgement.isLeftOut === true;
  const isLost = !isLeftOut && roles === undefined;
  const entity = judgement.group ? context.entities.get(judgement.group.name.type) : namedLike(site, context);
  const { name, method, path, pointer, object, parameters } = site.call;
  const request = requestOf(site);
  return {
    name,
    method,
    path,
    pointer,
    object,
    kind: isLost ? "custom" : judgement.kind,
    ...(judgement.variant && { variant: judgement.variant }),
    ...(judgement.isLeftOut && { isLeftOut: true as const }),
    ...(entity ? { entity: entity.name.type } : { group: groupOf(site) }),
    parameters,
    pathRoles: [
      ...((isLeftOut ? undefined : roles) ??
        site.call.segments.flatMap((segment) =>
          segment.parameters.map((parameter) => ({ name: parameter, role: { kind: "input" as const } })),
        )),
      ...extensionRoles(site),
    ],
    response: responseOf(site),
    ...(request && { request }),
    reasons: [operationReason(judged, entity, isLost)],
  };
}

/** `.{format}` at the end of a path is none of its segments. */
function extensionRoles({ call }: Site): ClassifiedOperation["pathRoles"] {
  const [, name] = /[^/]\{([^}]+)\}$/.exec(call.path) ?? [];
  const isRead = name === undefined || call.segments.some(({ parameters }) => parameters.includes(name));
  return isRead ? [] : [{ name, role: { kind: "ignored", why: "it says how the answer is written" } }];
}

/** Two arguments that both stand for one member of the row: at least one of them means something else. */
function isOfTwoMeanings(roles: ClassifiedOperation["pathRoles"]): boolean {
  const fields = roles.flatMap(({ role }) => (role.kind === "key" || role.kind === "parent" ? [role.field] : []));
  return new Set(fields).size < fields.length;
}

/** An operation that no resource has is at home with the entity that its group is called like, if there is one. */
function namedLike(site: Site, { entities }: PathContext): EntityDraft | undefined {
  const group = nounKey(groupOf(site));
  return [...entities.values()].find(({ name }) => nounKey(name.type) === group);
}

/** A tag, else the first segment of the path; the file name of a group in the model. */
function groupOf({ call, parts }: Site): string {
  const [tag] = Array.isArray(call.object.tags) ? call.object.tags : [];
  const literal = parts.find((part) => /[a-z]/i.test(part) && !part.includes("{"));
  const text = typeof tag === "string" && /[\p{L}\p{N}]/u.test(tag) ? tag : (literal ?? "api");
  return nameOf(wordsOf(text)).file;
}

function operationReason({ site, judgement }: Judged, entity: EntityDraft | undefined, isLost: boolean): Reason {
  const subject = entity ? ` ${entity.name.type}` : "";
  return {
    fact: `${isLost ? "custom" : judgement.kind}${subject}`,
    because: isLost ? "an argument of its path means nothing that is stored" : judgement.rule,
    pointer: site.call.pointer,
    rule: judgement.rule,
    confidence: isLost ? "guess" : judgement.confidence,
    overrule: "x-operation: { kind: … }",
  };
}

function responseOf({ response, output, call }: Site): ResponsePayload {
  if (!response) return { status: 0, pointer: call.pointer, path: [], inner: [], form: "other" };
  const { content } = response;
  return {
    status: response.status,
    pointer: content?.body?.pointer ?? response.pointer,
    ...(content && { mediaType: content.mediaType }),
    ...(content?.body && { schema: content.body.schema }),
    ...payloadOf(output),
  };
}

function requestOf(site: Site): RequestPayload | undefined {
  const { request } = site.call;
  if (!request || !hasBody(site)) return undefined;
  return {
    isRequired: request.isRequired,
    mediaTypes: request.mediaTypes,
    mediaType: request.mediaTypes[0] ?? "application/json",
    pointer: request.body?.pointer ?? request.pointer,
    ...(request.body && { schema: request.body.schema }),
    ...payloadOf(site.input),
  };
}

function payloadOf({ form, path, inner, row }: Content): Pick<Payload, "form" | "path" | "inner" | "row"> {
  const isRows = form === "row" || form === "rows" || form === "row-map" || form === "key" || form === "keys";
  return { form, path, inner, ...(isRows && row && { row }) };
}
