import type { ClassifiedOperation, EntityDraft, ResponsePayload } from "./classified.ts";
import type { ReadMember, ReadShape, ReadSource, Reason } from "./model.ts";
import { neutralValue } from "./neutral.ts";
import { memberKey } from "./names.ts";
import { fieldNamed } from "./scope.ts";
import type { Scope } from "./scope.ts";
import type { Located } from "./schemas.ts";
import { envelopeMember } from "./shapes-page.ts";
import type { EnvelopeContext } from "./shapes-page.ts";
import { isRedirect } from "./sites.ts";
import { plainRow, rowShape } from "./shapes-row.ts";
import type { Walk } from "./shapes-row.ts";

/** What the answer of one operation is built from, and what had to be made up for it. */
export interface ReadResult {
  readonly shape?: ReadShape;
  readonly reasons: readonly Reason[];
}

/**
 * The shape of an operation's success body. Undefined where it has none. What a read or a list leaves undescribed has
 * the entity's own members; what a custom operation leaves undescribed is its slot's to give.
 */
export function readShape(operation: ClassifiedOperation, scope: Scope): ReadResult {
  const { response } = operation;
  const entity = operation.entity === undefined ? undefined : scope.entities.get(operation.entity);
  const reasons: Reason[] = [];
  const context: EnvelopeContext = {
    reader: scope.reader,
    isList: operation.kind === "list",
    hasCursor: operation.parameters.some(({ parameter }) => /cursor|token|after|marker/i.test(parameter.name ?? "")),
    status: response.status,
    path: operation.path,
    onNeutral: (member, name) => reasons.push(neutralReason(member, name)),
  };
  const shape = bodyShape(operation, entity, { scope, context, path: entity ? [entity.name.type] : [] });
  return { ...(shape && { shape }), reasons };
}

function neutralReason(member: Located, name: string): Reason {
  return {
    fact: `${name} answers a neutral value`,
    because: "it is required in the answer, and nothing that is stored tells it",
    pointer: member.pointer,
    rule: "a required member that no field, relation or page value fills",
    confidence: "guess",
    overrule: "x-field: { computed: true }",
  };
}

function bodyShape(operation: ClassifiedOperation, entity: EntityDraft | undefined, walk: Walk): ReadShape | undefined {
  const { response, kind } = operation;
  if (operation.method === "head" || isBodiless(response.status)) return undefined;
  if (kind === "custom" || !entity) return customShape(operation, entity, walk);
  if (!response.schema) return undescribed(operation, entity);
  const body = { schema: response.schema, pointer: response.pointer };
  if (response.form === "other" || isReceipt(operation, entity, walk)) return otherShape(body, operation, entity, walk);
  return opened(body, response.path, walk, () => rowsShape(response, entity, walk));
}

/** RFC 9110: these statuses have no content, whatever the document gives them; who is sent elsewhere needs none. */
function isBodiless(status: number): boolean {
  return status === 204 || status === 205 || status === 304 || isRedirect(status);
}

/** A write that answers an object without any member of the row says what was done: `{ location, entity_id }`. */
function isReceipt({ kind, response }: ClassifiedOperation, entity: EntityDraft, walk: Walk): boolean {
  if (kind === "list" || kind === "read" || response.form !== "row" || !response.row || response.path.length > 0)
    return false;
  const names = [...walk.scope.reader.view(response.row).members.keys()];
  return (
    names.length > 0 && names.every((name) => fieldNamed(entity, name) === undefined && !response.inner.includes(name))
  );
}

/** A custom operation that answers a row answers it like any other; anything else is its slot's own. */
function customShape(
  { response }: ClassifiedOperation,
  entity: EntityDraft | undefined,
  walk: Walk,
): ReadShape | undefined {
  if (!response.schema) return response.mediaType === undefined ? undefined : { kind: "slot" };
  const isRow = response.form === "row" || (response.form === "rows" && response.path.length === 0);
  const row = response.row;
  if (!entity || !isRow || !row || !isRowOf(row, entity, walk)) return { kind: "slot" };
  const body = { schema: response.schema, pointer: response.pointer };
  return opened(body, response.path, walk, () => rowsShape(response, entity, walk));
}

/** A custom operation may answer with something else than its subject. */
function isRowOf(row: Located, entity: EntityDraft, walk: Walk): boolean {
  const view = walk.scope.reader.view(row);
  if (view.name !== undefined && entity.readSchemas.includes(view.name)) return true;
  const members = [...view.members.keys()];
  return members.length > 0 && members.every((name) => fieldNamed(entity, name) !== undefined);
}

function undescribed({ kind, response }: ClassifiedOperation, entity: EntityDraft): ReadShape | undefined {
  if (kind === "list") return { kind: "rows", items: plainRow(entity) };
  if (kind === "read") return plainRow(entity);
  return response.mediaType === undefined || kind === "delete" ? undefined : plainRow(entity);
}

/** Walks down the envelope along `path`; `inner` makes what is found there. */
function opened(body: Located, path: readonly string[], walk: Walk, inner: () => ReadShape): ReadShape {
  const [key, ...rest] = path;
  const whole = walk.scope.reader.view(body);
  const choices = whole.choices.map((choice) => walk.scope.reader.view(choice));
  const view = (key !== undefined && choices.find(({ members }) => members.has(key))) || whole;
  if (key === undefined) return view.kind === "array" ? arrayOf(inner()) : inner();
  const members = [...view.members].flatMap(([name, member]): readonly ReadMember[] => {
    if (name !== key) return envelopeMember(name, member, view, walk.context);
    const shape = opened(member, rest, walk, inner);
    const source: ReadSource = shape.kind === "value" ? shape.source : { kind: "shape", shape };
    return [{ name, isRequired: true, isNullable: false, source }];
  });
  return { kind: "object", members };
}

/** An item that is declared as an array is an array of one. */
function arrayOf(shape: ReadShape): ReadShape {
  return shape.kind === "rows" ? shape : { kind: "rows", items: shape };
}

function rowsShape(response: ResponsePayload, entity: EntityDraft, walk: Walk): ReadShape {
  switch (response.form) {
    case "rows":
      return { kind: "rows", items: innerRow(response, entity, walk) };
    case "row-map":
      return { kind: "row-map", keyField: ownKey(entity), items: innerRow(response, entity, walk) };
    case "key":
      return { kind: "value", source: doneSource(response, walk) ?? keySource(response, entity, walk) };
    case "keys":
      return { kind: "rows", items: { kind: "value", source: keySource(response, entity, walk) } };
    case "row":
    case "other":
      return innerRow(response, entity, walk);
  }
}

/** A write that answers a boolean says that it is done. */
function doneSource({ row }: ResponsePayload, { scope }: Walk): ReadSource | undefined {
  const isBoolean = row !== undefined && scope.reader.view(row).kind === "boolean";
  return isBoolean ? { kind: "constant", value: true } : undefined;
}

function keySource({ path, row }: ResponsePayload, entity: EntityDraft, { scope }: Walk): ReadSource {
  const named = path.length === 0 ? undefined : fieldNamed(entity, path.at(-1) ?? "");
  const field = named ?? fieldNamed(entity, ownKey(entity));
  const isNumber = field !== undefined && ["integer", "number", "decimal"].includes(field.type.kind);
  const isText = row !== undefined && isNumber && scope.reader.view(row).kind === "string";
  return { kind: "field", field: field?.name ?? ownKey(entity), ...(isText && { isText }) };
}

/** Of a compound key, the part that tells rows below one parent apart. */
function ownKey(entity: EntityDraft): string {
  return entity.key.fields.at(-1) ?? "id";
}

/** JSON:API and its like keep the fields below `attributes`; the members beside them are the row's too. */
function innerRow({ row, inner }: ResponsePayload, entity: EntityDraft, walk: Walk): ReadShape {
  if (!row) return plainRow(entity);
  return rowShape(row, inner, entity, walk);
}

/** An answer about what was done: the row's key and address where they are named so, else status and message. */
function otherShape(
  body: Located,
  operation: ClassifiedOperation,
  entity: EntityDraft,
  walk: Walk,
): ReadShape | undefined {
  const view = walk.scope.reader.view(body);
  const isUntyped = view.kind === "any" || (view.kind === "object" && view.members.size === 0);
  if (isUntyped && operation.kind !== "delete") return undescribed(operation, entity) ?? plainRow(entity);
  if (view.kind === "array" && operation.kind === "list") return { kind: "rows", items: plainRow(entity) };
  if (view.kind !== "object") {
    return { kind: "value", source: { kind: "neutral", value: neutralValue(body, walk.scope.reader) } };
  }
  const members = [...view.members].flatMap(([name, member]): readonly ReadMember[] => {
    const source = operation.kind === "list" ? undefined : receiptSource(name, member, operation, entity, walk);
    if (!source) return envelopeMember(name, member, view, walk.context);
    return [{ name, isRequired: view.required.has(name), isNullable: false, source }];
  });
  return { kind: "object", members };
}

/** `id`, `entity_id`, `newId` are the row's key, and `location`, `url` its address as long as it is there. */
function receiptSource(
  name: string,
  member: Located,
  { kind }: ClassifiedOperation,
  entity: EntityDraft,
  walk: Walk,
): ReadSource | undefined {
  const field = fieldNamed(entity, name);
  const view = walk.scope.reader.view(member);
  const [only] = entity.key.fields;
  if (field && entity.key.fields.includes(field.name)) return { kind: "field", field: field.name };
  const isKey = new RegExp(`^(entity|resource|object|new|created|${memberKey(entity.name.type)})?_?(id|key)$`).test(
    memberKey(name),
  );
  if (isKey && only !== undefined && (view.kind === "integer" || view.kind === "string"))
    return { kind: "field", field: only };
  const isAddress =
    kind !== "delete" && view.kind === "string" && /^(location|url|uri|href|link|self)$/.test(memberKey(name));
  return isAddress ? { kind: "link", to: "self", form: "string" } : undefined;
}
