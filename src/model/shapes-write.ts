import { requiredByAll } from "./choices.ts";
import type { ClassifiedOperation, EntityDraft, RequestPayload } from "./classified.ts";
import type { Field, Relation, WriteMember, WriteShape, WriteTarget } from "./model.ts";
import { fieldNamed } from "./scope.ts";
import type { Scope } from "./scope.ts";
import { isOfKind } from "./same-kind.ts";
import type { Located, View } from "./schemas.ts";

/**
 * Where each member of a body goes. Undefined on custom operations, and where there is no body. A body that the
 * document does not describe (a merge patch, a JSON patch) may set every field that can be set.
 */
export function writeShape(operation: ClassifiedOperation, scope: Scope): WriteShape | undefined {
  const { request, kind } = operation;
  const entity = operation.entity === undefined ? undefined : scope.entities.get(operation.entity);
  if (!request || !entity || (kind !== "create" && kind !== "replace" && kind !== "update")) return undefined;
  const writing: Writing = { operation, entity, scope };
  const row = request.row ?? (request.schema && { schema: request.schema, pointer: request.pointer });
  const held = row && entity.holders.get(scope.reader.view(row).pointer);
  if (held !== undefined) return { wrap: request.path, members: [], held };
  const members =
    row && request.form !== "other" && operation.variant !== "json-patch" ? rowMembers(row, request, writing) : [];
  const wrap = [...request.path, ...request.inner];
  return { wrap, members: members.length > 0 ? members : anyMembers(writing) };
}

interface Writing {
  readonly operation: ClassifiedOperation;
  readonly entity: EntityDraft;
  readonly scope: Scope;
}

/** `inner` leads to where the fields are; the members beside it are tags and keys that the path tells already. */
function rowMembers(row: Located, request: RequestPayload, writing: Writing): readonly WriteMember[] {
  let view = viewWithMembers(row, writing.scope);
  for (const name of request.inner) {
    const member = view.members.get(name);
    if (member) view = viewWithMembers(member, writing.scope);
  }
  const members = [...view.members].flatMap(([name, member]): readonly WriteMember[] => {
    const memberView = writing.scope.reader.view(member);
    if (memberView.schema.readOnly === true) return [];
    return [{ name, isRequired: view.required.has(name), target: target(name, memberView, writing) }];
  });
  return members.map((member) => withoutSecond(member, members));
}

/** Of `typeId` and `type: { id }` in one body the former says which row is meant: two could contradict each other. */
function withoutSecond(member: WriteMember, members: readonly WriteMember[]): WriteMember {
  if (member.target.kind !== "related-key") return member;
  const { field } = member.target;
  const first = members.find(({ target: other }) => other.kind === "field" && other.field === field);
  return first === undefined ? member : { ...member, target: ignored(`${first.name} says which row is meant`) };
}

/** A union of bodies takes the members of all its choices, and requires none that is not in each. */
function viewWithMembers(row: Located, scope: Scope): Pick<View, "members" | "required"> {
  const view = scope.reader.view(row);
  const choices = view.choices.map((choice) => scope.reader.view(choice)).filter((choice) => choice.members.size > 0);
  if (choices.length === 0) return view;
  const members = new Map([...choices.flatMap((choice) => [...choice.members]), ...view.members]);
  return { members, required: new Set([...view.required, ...requiredByAll(choices)]) };
}

/** Every field that some request may set; what is set once, on create, can be patched where nothing says otherwise. */
function anyMembers({ operation, entity }: Writing): readonly WriteMember[] {
  const isCreate = operation.kind === "create";
  const isPatched = entity.fields.some(({ onUpdate }) => onUpdate !== "refused");
  const settable = entity.fields.filter((field) => {
    const isKey = entity.key.fields.includes(field.name) && !isCreate;
    const state = isCreate || !isPatched ? field.onCreate : field.onUpdate;
    return field.column !== undefined && !isKey && state !== "refused";
  });
  // A row that nothing else writes is written by its patches.
  const plain = entity.fields.filter(
    ({ name, role, column, schema }) =>
      role === "data" && column !== undefined && schema.readOnly !== true && !entity.key.fields.includes(name),
  );
  return (settable.length > 0 ? settable : plain).map(({ name }) => ({
    name,
    isRequired: false,
    target: { kind: "field", field: name },
  }));
}

function target(name: string, view: View, writing: Writing): WriteTarget {
  const { entity } = writing;
  const field = fieldNamed(entity, name);
  const relation = relationOf(name, field, view, writing);
  if (relation) return relationTarget(relation, view, writing);
  if (!field) return ignored("no member of the entity is called so");
  return fieldTarget(field, view, writing);
}

function fieldTarget(field: Field, view: View, { operation, entity, scope }: Writing): WriteTarget {
  if (isKeyRepeated(field, entity, operation)) return { kind: "key", field: field.name };
  if (field.role === "constant") return ignored("it has one value only");
  if (field.role === "command") return ignored("it is an instruction, and no column holds it");
  if (field.role === "projection") return ignored("it chooses what the answer shows; all of it is shown");
  if (field.role === "computed") return ignored("it is computed when it is read");
  if (field.column === undefined) return ignored("no column holds it");
  const state = operation.kind === "create" ? field.onCreate : field.onUpdate;
  if (state === "refused") return ignored("the service sets it");
  if (view.kind === "object" && field.type.kind !== "json") return ignored("its column holds a single value");
  const isTextKey = field.references !== undefined && (field.type.kind === "text" || field.type.kind === "uuid");
  if (isTextKey && (view.kind === "integer" || view.kind === "number"))
    return ignored("it is a number, and what is read under this name is the key of another row");
  if (isWordForNumber(view, field)) return ignored("its column holds a number, and none of its words is one");
  if (!isOfKind(view, field, scope.reader)) return ignored("what is read under this name is of another kind");
  return { kind: "field", field: field.name };
}

/** `"now"` or `"unchanged"`, where a moment is kept as a number. */
function isWordForNumber({ kind, schema }: View, { type }: Field): boolean {
  const words = schema.enum ?? [];
  const isNumber = type.kind === "integer" || type.kind === "number" || type.kind === "decimal";
  return isNumber && kind === "string" && words.length > 0 && words.every((word) => Number.isNaN(Number(word || "no")));
}

/**
 * On a write by key, the key in the body repeats the path's, or stands for it where the path has none. On a create or a
 * replacement below a parent, so does the parent's; a partial update that names another parent moves the row.
 */
function isKeyRepeated(field: Field, entity: EntityDraft, operation: ClassifiedOperation): boolean {
  const isInPath = (kind: "key" | "parent") =>
    operation.pathRoles.some(({ role }) => role.kind === kind && role.field === field.name);
  if (operation.kind !== "update" && isInPath("parent")) return true;
  if (!entity.key.fields.includes(field.name)) return false;
  return operation.variant === "key-in-body" || operation.kind !== "create" || isInPath("key");
}

function ignored(why: string): WriteTarget {
  return { kind: "ignored", why };
}

function relationOf(
  name: string,
  field: Field | undefined,
  view: View,
  { entity, scope }: Writing,
): Relation | undefined {
  if (field?.column !== undefined && field.type.kind === "json") return undefined;
  const named = entity.relations.find((relation) => relation.member === name);
  const holds = field && entity.relations.find((relation) => relation.field === field.name);
  const isStructured = view.kind === "object" || view.kind === "array" || view.kind === "union";
  const isKey = field?.column === undefined && named !== undefined && isKeyOf(named, view, scope);
  if (named && (isStructured || named.field === undefined || isKey)) return named;
  return isStructured ? holds : undefined;
}

/** `category: 7` is sent where `category: { id: 7, … }` is shown. */
function isKeyOf({ to, kind }: Relation, view: View, scope: Scope): boolean {
  return kind === "many-to-one" && view.schema.enum === undefined && mayBeKey(view, to, scope);
}

function mayBeKey({ kind }: View, to: string, { entities }: Scope): boolean {
  const other = entities.get(to);
  const key = other?.fields.find(({ name }) => name === other.key.fields[0])?.type.kind;
  if (kind === "integer" || kind === "number") return key === "integer";
  return kind === "string" && (key === "text" || key === "uuid");
}

function relationTarget(relation: Relation, view: View, writing: Writing): WriteTarget {
  const other = writing.scope.entities.get(relation.to);
  const key = other?.key.fields[0] ?? "id";
  if (relation.kind === "many-to-many" && relation.join !== undefined)
    return joinedTarget(relation, view, key, writing);
  if (relation.kind === "one-to-many" || relation.kind === "many-to-many")
    return ignored(`${relation.to} rows are written through their own operations`);
  if (relation.field === undefined) return ignored(`${relation.to} holds the key of the relation`);
  if (view.kind !== "object") return { kind: "field", field: relation.field };
  const path = keyPath(view, key, other);
  return path
    ? { kind: "related-key", field: relation.field, path }
    : ignored(`it does not say which ${relation.to} is meant`);
}

function joinedTarget(relation: Relation, view: View, key: string, { scope }: Writing): WriteTarget {
  const items = view.items && scope.reader.view(view.items);
  if (!items) return ignored("it is not a list of rows");
  if (items.kind !== "object" && !mayBeKey(items, relation.to, scope))
    return ignored(`it tells ${relation.to} rows by something other than their key`);
  const path = items.kind === "object" ? keyPath(items, key, scope.entities.get(relation.to)) : [];
  return path
    ? { kind: "joined-keys", relation: relation.name, path }
    : ignored(`it does not say which ${relation.to} rows are meant`);
}

/** The member of an embedded row that is its key, under any of its names. */
function keyPath(view: View, key: string, other: EntityDraft | undefined): readonly string[] | undefined {
  if (view.members.size === 0) return [key];
  const names = [...view.members.keys()];
  const found =
    names.find((name) => name === key) ?? names.find((name) => other && fieldNamed(other, name)?.name === key);
  return found === undefined ? undefined : [found];
}
