import { requiredByAll } from "./choices.ts";
import type { EntityDraft } from "./classified.ts";
import { derivedSource, isToMany } from "./derived.ts";
import type { Field, ReadMember, ReadShape, ReadSource, Relation } from "./model.ts";
import { neutralValue } from "./neutral.ts";
import { isOfKind } from "./same-kind.ts";
import { fieldNamed } from "./scope.ts";
import type { Scope } from "./scope.ts";
import type { Located, View } from "./schemas.ts";
import { constantOf } from "./shapes-page.ts";
import type { EnvelopeContext } from "./shapes-page.ts";

/** Where a shape is being built: `path` names the entities from the answer's own to the row at hand. */
export interface Walk {
  readonly scope: Scope;
  readonly context: EnvelopeContext;
  readonly path: readonly string[];
}

/** Embedded rows go at most this deep below the answer's own. */
const deepestEmbed = 3;

/** Rows are shown the same way in many answers: by scope, schema, and where in the answer they are. */
const known = new WeakMap<Scope, Map<Located["schema"], Map<string, ReadShape>>>();

/** The row of an entity as a schema shows it; `inner` names the members to open to reach its fields. */
export function rowShape(row: Located, inner: readonly string[], entity: EntityDraft, walk: Walk): ReadShape {
  const key = `${walk.path.join(" ")}|${inner.join(".")}|${walk.context.status}|${walk.context.isList}`;
  const bySchema = known.get(walk.scope) ?? new Map<Located["schema"], Map<string, ReadShape>>();
  known.set(walk.scope, bySchema);
  const shapes = bySchema.get(row.schema) ?? new Map<string, ReadShape>();
  bySchema.set(row.schema, shapes);
  const shape = shapes.get(key) ?? makeRow(row, inner, entity, walk);
  shapes.set(key, shape);
  return shape;
}

/** Every stored member of an entity that may be shown, for answers that the document does not describe. */
export function plainRow(entity: EntityDraft): ReadShape {
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

function makeRow(row: Located, inner: readonly string[], entity: EntityDraft, walk: Walk): ReadShape {
  const { members: declared, required } = membersOf(walk.scope.reader.view(row), walk);
  if (declared.size === 0) return plainRow(entity);
  const undeclared = [...required].filter((name) => !declared.has(name));
  const members = new Map([...declared, ...undeclared.map((name) => [name, anything(row)] as const)]);
  const read = [...members].flatMap(([name, member]): readonly ReadMember[] => {
    if (name !== inner[0]) return readMember(name, member, required.has(name), entity, walk);
    const shape = asObject(makeRow(member, inner.slice(1), entity, walk));
    return [{ name, isRequired: required.has(name), isNullable: false, source: { kind: "shape", shape } }];
  });
  return { kind: "row", entity: entity.name.type, members: read };
}

/** A member that is required and not declared may be anything. */
function anything({ pointer }: Located): Located {
  return { schema: {}, pointer };
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
  const members = new Map<string, Located>();
  for (const [name, member] of all) if (!members.has(name)) members.set(name, member);
  return { members, required: new Set([...view.required, ...requiredByAll(choices)]) };
}

/** A member of a row with where its value comes from; none where it is optional and nothing tells it. */
function readMember(
  name: string,
  member: Located,
  isRequired: boolean,
  entity: EntityDraft,
  walk: Walk,
): readonly ReadMember[] {
  const view = walk.scope.reader.view(member);
  if (view.schema.writeOnly === true) return [];
  const found = memberSource(name, member, view, isRequired, entity, walk);
  const source = found && isRequired && !view.isNullable ? alwaysShown(found, member, entity, walk) : found;
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

/** What a row may lack (a write may leave it out, or nobody has linked it yet) is a neutral value where answers require it. */
function alwaysShown(source: ReadSource, member: Located, entity: EntityDraft, walk: Walk): ReadSource {
  if (source.kind !== "field" && source.kind !== "related") return source;
  const relation =
    source.kind === "related" ? entity.relations.find(({ name }) => name === source.relation) : undefined;
  if (source.kind === "related" && (source.shape.kind === "rows" || relation === undefined)) return source;
  const field = entity.fields.find(({ name }) => name === (source.kind === "field" ? source.field : relation?.field));
  const isThere = field !== undefined && (field.isStoredNotNull || field.constant !== undefined);
  return isThere ? source : { ...source, otherwise: neutralValue(member, walk.scope.reader) };
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
  const isShown = fits(view, field) && isOfKind(view, field, walk.scope.reader);
  return isShown ? { kind: "field", field: field.name, ...spelled(view, field.type) } : undefined;
}

/** A number of the row where the wire has a text. */
function spelled(view: View, type: Field["type"] | undefined): { readonly isText?: true } {
  return view.kind === "string" && /^(integer|integer-enum|number|decimal)$/.test(type?.kind ?? "")
    ? { isText: true }
    : {};
}

/** What a column holds can be shown where the wire expects the same kind of value, and of a closed list some of the same. */
function fits(view: View, field: Field): boolean {
  const values = "values" in field.type ? new Set<unknown>(field.type.values) : undefined;
  if (values && view.schema.enum?.some((value) => values.has(value)) === false) return false;
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
    : { kind: "field", field: relation.field, ...spelled(view, keyType(target, relation)) };
}

/** The type of the column that a relation's own field is, which is that of the key it holds. */
function keyType(target: EntityDraft | undefined, { kind }: Relation): Field["type"] | undefined {
  const [only, ...more] = target?.key.fields ?? [];
  if (kind !== "many-to-one" || more.length > 0) return undefined;
  return target?.fields.find(({ name }) => name === only)?.type;
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
