import type { ClassifiedOperation, EntityDraft, ResponsePayload } from "./classified.ts";
import { derivedSource, isToMany } from "./derived.ts";
import type { Field, ReadMember, ReadShape, ReadSource, Reason, Relation } from "./model.ts";
import { neutralValue } from "./neutral.ts";
import { fieldNamed } from "./scope.ts";
import type { Scope } from "./scope.ts";
import type { Located, View } from "./schemas.ts";
import { constantOf, envelopeMember } from "./shapes-page.ts";
import type { EnvelopeContext } from "./shapes-page.ts";

/** What the answer of one operation is built from, and what had to be made up for it. */
export interface ReadResult {
  readonly shape?: ReadShape;
  readonly reasons: readonly Reason[];
}

/** Embedded rows go at most this deep below the answer's own. */
const deepestEmbed = 3;

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

/** Where a shape is being built: `path` names the entities from the answer's own to the row at hand. */
interface Walk {
  readonly scope: Scope;
  readonly context: EnvelopeContext;
  readonly path: readonly string[];
}

function bodyShape(operation: ClassifiedOperation, entity: EntityDraft | undefined, walk: Walk): ReadShape | undefined {
  const { response, kind } = operation;
  if (operation.method === "head" || response.status === 204 || response.status === 304) return undefined;
  if (kind === "custom" || !entity) return customShape(operation, entity, walk);
  if (!response.schema) return undescribed(operation, entity);
  if (response.form === "other") return otherShape(response.schema, response.pointer, operation, entity, walk);
  const body = { schema: response.schema, pointer: response.pointer };
  return opened(body, response.path, walk, () => rowsShape(response, entity, walk));
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

/** Every stored member of an entity that may be shown, for answers that the document does not describe. */
function plainRow(entity: EntityDraft): ReadShape {
  const members = entity.fields.flatMap((field): readonly ReadMember[] => {
    const source = plainSource(field);
    return source ? [{ name: field.name, isRequired: field.isRequired, isNullable: field.isNullable, source }] : [];
  });
  return { kind: "row", entity: entity.name.type, members };
}

function plainSource(field: Field): ReadSource | undefined {
  if (field.origin === "write") return undefined;
  if (field.role === "constant" && field.constant !== undefined) return { kind: "constant", value: field.constant };
  if (field.role === "computed" && field.slot !== undefined) return { kind: "slot", slot: field.slot };
  return field.column === undefined ? undefined : { kind: "field", field: field.name };
}

/** Walks down the envelope along `path`; `inner` makes what is found there. */
function opened(body: Located, path: readonly string[], walk: Walk, inner: () => ReadShape): ReadShape {
  const [key, ...rest] = path;
  const view = walk.scope.reader.view(body);
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
      return { kind: "value", source: keySource(response, entity) };
    case "keys":
      return { kind: "rows", items: { kind: "value", source: keySource(response, entity) } };
    case "row":
    case "other":
      return innerRow(response, entity, walk);
  }
}

function keySource({ path }: ResponsePayload, entity: EntityDraft): ReadSource {
  const named = path.length === 0 ? undefined : fieldNamed(entity, path.at(-1) ?? "");
  return { kind: "field", field: named?.name ?? ownKey(entity) };
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

/** Rows are shown the same way in many answers: by scope, schema, and where in the answer they are. */
const known = new WeakMap<Scope, Map<Located["schema"], Map<string, ReadShape>>>();

function rowShape(row: Located, inner: readonly string[], entity: EntityDraft, walk: Walk): ReadShape {
  const key = `${walk.path.join(" ")}|${inner.join(".")}|${walk.context.status}|${walk.context.isList}`;
  const bySchema = known.get(walk.scope) ?? new Map<Located["schema"], Map<string, ReadShape>>();
  known.set(walk.scope, bySchema);
  const shapes = bySchema.get(row.schema) ?? new Map<string, ReadShape>();
  bySchema.set(row.schema, shapes);
  const shape = shapes.get(key) ?? makeRow(row, inner, entity, walk);
  shapes.set(key, shape);
  return shape;
}

function makeRow(row: Located, inner: readonly string[], entity: EntityDraft, walk: Walk): ReadShape {
  const { members, required } = membersOf(walk.scope.reader.view(row), walk);
  if (members.size === 0) return plainRow(entity);
  const read = [...members].flatMap(([name, member]): readonly ReadMember[] => {
    if (name !== inner[0]) return readMember(name, member, required.has(name), entity, walk);
    const shape = asObject(makeRow(member, inner.slice(1), entity, walk));
    return [{ name, isRequired: required.has(name), isNullable: false, source: { kind: "shape", shape } }];
  });
  return { kind: "row", entity: entity.name.type, members: read };
}

function asObject(shape: ReadShape): ReadShape {
  return shape.kind === "row" ? { kind: "object", members: shape.members } : shape;
}

interface Members {
  readonly members: ReadonlyMap<string, Located>;
  readonly required: ReadonlySet<string>;
}

/** A union of rows has the members of all its choices, and requires what each of them requires. */
function membersOf(view: View, walk: Walk): Members {
  const choices = view.choices
    .map((choice) => walk.scope.reader.view(choice))
    .filter((choice) => choice.members.size > 0);
  if (choices.length === 0) return view;
  const all = [...view.members, ...choices.flatMap((choice) => [...choice.members])];
  const shared = [...(choices[0]?.required ?? [])].filter((name) =>
    choices.every((choice) => choice.required.has(name)),
  );
  return { members: new Map(all.toReversed()), required: new Set([...view.required, ...shared]) };
}

function readMember(
  name: string,
  member: Located,
  isRequired: boolean,
  entity: EntityDraft,
  walk: Walk,
): readonly ReadMember[] {
  const view = walk.scope.reader.view(member);
  if (view.schema.writeOnly === true) return [];
  const source = memberSource(name, member, view, isRequired, entity, walk);
  if (source) return [{ name, isRequired, isNullable: view.isNullable, source }];
  if (!isRequired) return [];
  if (!view.isNullable) walk.context.onNeutral(member, name);
  return [
    {
      name,
      isRequired,
      isNullable: view.isNullable,
      source: { kind: "neutral", value: neutralValue(member, walk.scope.reader) },
    },
  ];
}

/** Relations come before fields, because an embedded object is more than the key that its column holds. */
function memberSource(
  name: string,
  member: Located,
  view: View,
  isRequired: boolean,
  entity: EntityDraft,
  walk: Walk,
): ReadSource | undefined {
  const field = fieldNamed(entity, name);
  const relation = relationOf(name, field, view, entity);
  if (relation) return relatedSource(relation, member, view, isRequired, walk);
  const constant = field?.constant ?? (field?.column === undefined ? constantOf(view) : undefined);
  if (constant !== undefined && (!field || field.role === "constant")) return { kind: "constant", value: constant };
  if (!field) return derivedSource(name, member, entity, walk.scope.reader);
  return fieldSource(field, name, member, view, entity, walk);
}

function fieldSource(
  field: Field,
  name: string,
  member: Located,
  view: View,
  entity: EntityDraft,
  walk: Walk,
): ReadSource | undefined {
  if (field.role === "computed") {
    if (field.slot !== undefined) return { kind: "slot", slot: field.slot };
    return derivedSource(name, member, entity, walk.scope.reader);
  }
  if (field.column === undefined || field.origin === "write") return undefined;
  return fits(view, field) ? { kind: "field", field: field.name } : undefined;
}

/** What a column holds can be shown where the wire expects the same kind of value. */
function fits(view: View, field: Field): boolean {
  const isStructured = view.kind === "object" || view.kind === "array";
  const isScalar =
    view.kind === "string" || view.kind === "integer" || view.kind === "number" || view.kind === "boolean";
  if (field.type.kind === "json") return !isScalar;
  return !isStructured;
}

function relationOf(name: string, field: Field | undefined, view: View, entity: EntityDraft): Relation | undefined {
  if (field !== undefined && field.column !== undefined && field.type.kind === "json") return undefined;
  const named = entity.relations.find((relation) => relation.member === name);
  const holds = field && entity.relations.find((relation) => relation.field === field.name);
  const isEmbedded = view.kind === "object" || view.kind === "array" || view.kind === "union";
  return named ?? (isEmbedded ? holds : undefined);
}

function relatedSource(
  relation: Relation,
  member: Located,
  view: View,
  isRequired: boolean,
  walk: Walk,
): ReadSource | undefined {
  const target = walk.scope.entities.get(relation.to);
  const items = view.items && walk.scope.reader.view(view.items);
  if (view.kind === "array") {
    if (!isToMany(relation) || !view.items || !items) return undefined;
    if (items.kind !== "object" && items.kind !== "any") return { kind: "related-keys", relation: relation.name };
    return embedded(relation, target, view.items, isRequired, walk, true);
  }
  if (view.kind === "object" && !isToMany(relation)) return embedded(relation, target, member, isRequired, walk, false);
  return relation.field === undefined || isToMany(relation) || view.kind === "object"
    ? undefined
    : { kind: "field", field: relation.field };
}

/** A row that is on the path already is not shown again: left out where it may be, else with its plain members. */
function embedded(
  relation: Relation,
  target: EntityDraft | undefined,
  row: Located,
  isRequired: boolean,
  walk: Walk,
  isMany: boolean,
): ReadSource | undefined {
  if (!target) return undefined;
  const isCut = walk.path.includes(target.name.type) || walk.path.length > deepestEmbed;
  if (isCut && (!isRequired || isMany)) return isMany && isRequired ? { kind: "neutral", value: [] } : undefined;
  if (walk.path.length > deepestEmbed * 2) return undefined;
  const shape = rowShape(row, [], target, { ...walk, path: [...walk.path, target.name.type] });
  return { kind: "related", relation: relation.name, shape: isMany ? { kind: "rows", items: shape } : shape };
}

/** An answer about what was done: members of the row where they are named so, else status and message. */
function otherShape(
  schema: Located["schema"],
  pointer: string,
  operation: ClassifiedOperation,
  entity: EntityDraft,
  walk: Walk,
): ReadShape | undefined {
  const body = { schema, pointer };
  const view = walk.scope.reader.view(body);
  const isUntyped = view.kind === "any" || (view.kind === "object" && view.members.size === 0);
  if (isUntyped && operation.kind !== "delete") return undescribed(operation, entity) ?? plainRow(entity);
  if (view.kind === "array" && operation.kind === "list") return { kind: "rows", items: plainRow(entity) };
  if (view.kind !== "object")
    return { kind: "value", source: { kind: "neutral", value: neutralValue(body, walk.scope.reader) } };
  const members = [...view.members].flatMap(([name, member]): readonly ReadMember[] => {
    const field = operation.kind === "list" ? undefined : fieldNamed(entity, name);
    const isKey = field !== undefined && entity.key.fields.includes(field.name);
    return isKey
      ? readMember(name, member, view.required.has(name), entity, walk)
      : envelopeMember(name, member, view, walk.context);
  });
  return { kind: "object", members };
}
