import type { Json, Schema } from "../document/openapi.ts";
import { completionsOf } from "./completed.ts";
import type { KeyPart } from "./keys.ts";
import { allUses, mainUse } from "./members.ts";
import type { Member, Members, Use } from "./members.ts";
import type { Field, FieldType, Key, Origin, Reason, Role } from "./model.ts";
import { columnName, UniqueNames } from "./names.ts";
import { neutralValue } from "./neutral.ts";
import { described, resolvedSchema } from "./resolved-schema.ts";
import { isConstant, roleOf } from "./roles.ts";
import type { SchemaReader } from "./schemas.ts";
import { plainNumber } from "./plain-number.ts";
import type { InventedField, Links, Sketch } from "./sketch.ts";
import { takenUses } from "./taken-uses.ts";
import { typeOf } from "./types.ts";

/** Key first, then the members in the document's order, then what had to be invented. */
export function fieldsOf(sketch: Sketch, links: Links, reader: SchemaReader): readonly Field[] {
  const columns = new UniqueNames();
  const annotated = new Map<string, string>();
  for (const [{ name }, { column }] of sketch.fieldAnnotations)
    if (column !== undefined && columns.take(column) === column) annotated.set(name, column);
  const keys = new Map(sketch.key.parts.map((part) => [part.name, part]));
  const context: FieldContext = { sketch, links, reader };
  const keyFields = sketch.key.parts.map((part) => keyField(part, context));
  const others = sketch.members.all
    .filter((member) => !keys.has(member.name))
    .map((member) => memberField(member, context));
  const invented = links.invented.filter(({ name }) => !keys.has(name)).map((field) => inventedField(field, context));
  return [...keyFields, ...others, ...invented].map((field) =>
    field.column === undefined || annotated.get(field.name) === field.column
      ? field
      : { ...field, column: columns.take(field.column) },
  );
}

interface FieldContext {
  readonly sketch: Sketch;
  readonly links: Links;
  readonly reader: SchemaReader;
}

function keyField(part: KeyPart, { sketch, links, reader }: FieldContext): Field {
  const { generated, isOptionalForClient } = sketch.key;
  const reference = part.member && links.references.get(part.member);
  const invented = links.invented.find(({ name }) => name === part.name)?.reference;
  const isGiven = part.member !== undefined && part.member.creates.some(isAccepted);
  return {
    name: part.name,
    column: annotatedColumn(part.member, sketch) ?? columnName(part.name),
    type: part.type,
    schema: resolvedSchema(part.located, reader),
    pointer: part.located.pointer,
    origin: part.member === undefined ? "invented" : isGiven || generated === "client" ? "both" : "read",
    role: "key",
    isNullable: false,
    isRequired: part.member?.reads.every((use) => use.isRequired) ?? false,
    isStoredNotNull: true,
    onCreate: !isGiven ? "refused" : generated === "client" && !isOptionalForClient ? "required" : "optional",
    onUpdate: "refused",
    ...renamedFrom(part.member, sketch),
    ...((reference ?? invented) && { references: plainReference(reference ?? invented) }),
    ...described(part.located, reader),
    reasons: [sketch.key.reason, ...annotatedReason(part.member, sketch)],
  };
}

function annotatedColumn(member: Member | undefined, sketch: Sketch): string | undefined {
  return member && sketch.fieldAnnotations.get(member)?.column;
}

/** Former names (x-renamed-from); the column that was invented for a member was named for it too. */
function renamedFrom(member: Member | undefined, sketch: Sketch, suffix?: string): Pick<Field, "renamedFrom"> {
  const names = member && sketch.formerNames.get(member);
  if (!names) return {};
  return { renamedFrom: suffix === undefined ? names : names.map((name) => `${name} ${suffix}`) };
}

function plainReference(reference: Field["references"]): NonNullable<Field["references"]> {
  if (!reference) throw new Error("There is no reference.");
  const { entity, field, onDelete, isUnscoped } = reference;
  return { entity, field, onDelete, ...(isUnscoped === true && { isUnscoped: true as const }) };
}

/** Flagged read-only means that a body that names it does not set it. */
function isAccepted(use: Use): boolean {
  return use.view.schema.readOnly !== true && use.located.schema.readOnly !== true;
}

function originOf(member: Member, members: Members): Origin {
  const isWritten = [...member.creates, ...member.updates].some(isAccepted);
  const isHidden = member.reads.length > 0 && member.reads.every((use) => use.view.schema.writeOnly === true);
  const isRead =
    !isHidden &&
    (member.reads.length > 0 || members.readViews.length === 0) &&
    !allUses(member).every((use) => use.view.schema.writeOnly === true);
  if (isWritten) return isRead ? "both" : "write";
  return "read";
}

function memberField(member: Member, context: FieldContext): Field {
  const { sketch, links, reader } = context;
  const { members } = sketch;
  const use = mainUse(member);
  const annotation = sketch.fieldAnnotations.get(member);
  const reference = links.references.get(member);
  const typed = typeOf(use.view, member.name);
  const type = annotation?.type ?? plainNumber(member, links) ?? referenceType(member, typed.type, context);
  const schema = resolvedSchema(use.located, reader);
  const taken = reference ? member : takenUses(member, { type, schema, pointer: use.located.pointer }, links, reader);
  const origin = originOf(taken, members);
  const isNullable = (member.reads.length > 0 ? member.reads : allUses(member)).some((one) => one.view.isNullable);
  const isRequired =
    member.reads.length > 0 &&
    member.reads.length === members.readViews.length &&
    member.reads.every((one) => one.isRequired);
  const fallback = allUses(member)
    .map((one) => one.view.schema.default)
    .find(
      (value) => value !== undefined && value !== null && isChoice(type, value) && isOfType(value, use.view.schema),
    );
  const decided = roleOf({
    member,
    members,
    type,
    origin,
    isNullable,
    isRequired,
    hasDefault: fallback !== undefined,
    isComputed: annotation?.isComputed,
  });
  const role: Role = links.shown.has(member)
    ? "relation"
    : reference && decided.role !== "computed"
      ? referenceRole(decided.role)
      : decided.role;
  const isStored = !["relation", "computed", "constant", "command", "projection"].includes(role);
  const initial =
    isStored && role === "data" && fallback === undefined && isRequired && !isNullable
      ? initialValue(taken, members, type, reader)
      : undefined;
  const start = fallback ?? initial;
  const isClosed = type.kind === "enum" || type.kind === "integer-enum";
  const state = {
    onCreate: onCreate(taken, members, origin),
    onUpdate: taken.updates.some(isAccepted) && origin !== "read" ? ("optional" as const) : ("refused" as const),
  };
  return {
    name: member.name,
    ...(isStored && { column: annotation?.column ?? columnName(member.name) }),
    type,
    schema,
    pointer: use.located.pointer,
    origin,
    role,
    isNullable,
    isRequired,
    isStoredNotNull:
      isStored &&
      !isNullable &&
      (links.required.has(member.name) || isAlwaysSet(taken, members, role, origin, start, isRequired)),
    ...state,
    ...(start !== undefined && { default: start }),
    ...(initial !== undefined && { isDefaultInferred: true as const }),
    ...(isStored && type.kind === "json" && completionsOf(member, reader)),
    ...(role === "constant" && { constant: constantOf(member) }),
    ...(reference && isStored && { references: plainReference(reference) }),
    ...(annotation?.isIndexed === true && { isIndexed: true as const }),
    ...renamedFrom(member, sketch),
    ...described(use.located, reader),
    reasons: [
      ...annotatedReason(member, sketch),
      reason(
        `${isStored ? "column" : "no column"} ${member.name}`,
        annotation?.type ? "x-field says so" : typed.rule,
        use.located.pointer,
        annotation?.type ? "x-field says so" : typed.rule,
        typed.isGuess && !annotation?.type ? "guess" : "sure",
        "x-field: { type: … }",
      ),
      ...(initial === undefined
        ? []
        : [
            reason(
              `starts as ${JSON.stringify(initial)}`,
              `answers must have it and a create need not; the ${isClosed ? "first of its values" : "plainest value"}`,
              use.located.pointer,
              "a value to start with",
              isClosed ? "guess" : "likely",
              "default: … in its schema",
            ),
          ]),
      // What is said of a row that is shown, the relation says.
      ...(role === "data" || role === "relation"
        ? []
        : [reason(role, decided.rule, use.located.pointer, decided.rule, "likely", roleOverrule(role))]),
      ...(reference
        ? [
            reason(
              `references ${reference.entity} (${reference.field}) on delete ${reference.onDelete}`,
              reference.rule,
              use.located.pointer,
              reference.rule,
              reference.confidence,
              "x-field: { references: null }",
            ),
          ]
        : []),
    ],
  };
}

/**
 * What a new row has where every answer must show a value and a create may leave it out. It is stored, so that filters
 * and sorting find what answers show. Of texts and dates none is as plain as that.
 */
function initialValue(member: Member, members: Members, type: FieldType, reader: SchemaReader): Json | undefined {
  const isScalar = /^(enum|integer-enum|boolean|integer|number|decimal)$/.test(type.kind);
  const isCreated = members.createViews.length > 0 || members.bareCreates > 0;
  if (!isScalar || !isCreated || onCreate(member, members, originOf(member, members)) === "required") return undefined;
  const value = neutralValue(mainUse(member).located, reader);
  return isChoice(type, value) ? value : undefined;
}

function referenceRole(role: Role): Role {
  return role === "actor" ? "actor" : "reference";
}

function roleOverrule(role: Role): string {
  return role === "computed"
    ? "x-field: { computed: false }"
    : role === "reference" || role === "relation"
      ? "x-field: { references: null }"
      : "x-field";
}

/** A key that may also be the row itself is kept as the key. */
function referenceType(member: Member, type: FieldType, { links, sketch, reader }: FieldContext): FieldType {
  const reference = links.references.get(member);
  if (reference?.spelled) return reference.spelled;
  if (!reference || type.kind !== "json") return type;
  const scalar = mainUse(member)
    .view.choices.map((choice) => reader.view(choice))
    .find(({ kind }) => kind === "string" || kind === "integer");
  return scalar ? typeOf(scalar, member.name).type : (sketch.key.parts[0]?.type ?? { kind: "text" });
}

function onCreate(member: Member, members: Members, origin: Origin): Field["onCreate"] {
  if (origin === "read") return "refused";
  const accepted = member.creates.filter(isAccepted);
  if (accepted.length === 0) return "refused";
  return accepted.length === members.createViews.length &&
    members.bareCreates === 0 &&
    accepted.every((use) => use.isRequired)
    ? "required"
    : "optional";
}

/** NOT NULL holds where every way to make or replace the row sets it. */
function isAlwaysSet(
  member: Member,
  members: Members,
  role: Role,
  origin: Origin,
  fallback: Json | undefined,
  isRequired: boolean,
): boolean {
  if (
    fallback !== undefined ||
    role === "created-at" ||
    role === "updated-at" ||
    role === "version" ||
    role === "value"
  )
    return true;
  const isCreated = members.createViews.length > 0 || members.bareCreates > 0;
  if (!isCreated) return isRequired && member.updates.every((use) => use.isRequired || !isAccepted(use));
  return (
    onCreate(member, members, origin) === "required" &&
    (member.updates.length === 0 ||
      !isPartOfReplace(member) ||
      member.updates.every((use) => use.isRequired || members.readViews.length === 0 || isRequired))
  );
}

function isPartOfReplace(member: Member): boolean {
  return member.updates.some((use) => !use.isRequired);
}

function constantOf(member: Member): Json {
  const { schema } = mainUse(member).view;
  return isConstant(member) ? (schema.const ?? schema.enum?.[0] ?? null) : null;
}

function inventedField(field: InventedField, { reader, sketch }: FieldContext): Field {
  const part = field.sketch?.key.parts[0];
  const located = part?.located ?? field.argument ?? { schema: { type: "string" }, pointer: field.pointer };
  const type = part?.type ?? typeOf(reader.view(located), field.name).type;
  const isSet =
    field.member === undefined
      ? "refused"
      : field.member.creates.length === 0
        ? "refused"
        : field.isRequired
          ? "required"
          : "optional";
  return {
    name: field.name,
    column: columnName(field.name),
    type: type.kind === "json" ? { kind: "text" } : type,
    schema: resolvedSchema(located, reader),
    pointer: field.pointer,
    origin: "invented",
    role: field.reference ? "reference" : "data",
    isNullable: !field.isRequired,
    isRequired: false,
    isStoredNotNull: field.isRequired,
    onCreate: isSet,
    onUpdate: (field.member?.updates.length ?? 0) > 0 ? "optional" : "refused",
    ...(field.reference && { references: plainReference(field.reference) }),
    ...renamedFrom(field.member, sketch, "id"),
    reasons: [
      reason(
        `column ${columnName(field.name)}`,
        field.because,
        field.pointer,
        field.rule,
        field.confidence,
        field.argument ? "a property of that name, with x-field: { references: … }" : "x-field: { references: null }",
      ),
    ],
  };
}

/** Each annotated member is unique by itself; one that shows a row, by the key that is kept for it. */
export function uniqueFields(
  sketch: Sketch,
  fields: readonly Field[],
  relations: Links["relations"],
): readonly string[][] {
  return sketch.members.all.flatMap((member) => {
    if (sketch.fieldAnnotations.get(member)?.isUnique !== true) return [];
    const kept = relations.find((relation) => relation.member === member.name)?.field ?? member.name;
    return fields.some(({ name, column }) => name === kept && column !== undefined) ? [[kept]] : [];
  });
}

export function keyOf(sketch: Sketch, links: Links): Key {
  const { parts, generated, isOptionalForClient } = sketch.key;
  const own = parts.map(({ name }) => name);
  const parent = links.parents[0] ?? links.invented.find(({ argument }) => argument !== undefined)?.name;
  const fields =
    generated === "parent" && parent !== undefined
      ? [parent]
      : sketch.isKeyedBelowParent && parent !== undefined
        ? [parent, ...own]
        : own;
  return { fields, generated, isOptionalForClient };
}

function annotatedReason(member: Member | undefined, { fieldAnnotations }: Sketch): readonly Reason[] {
  const annotation = member && fieldAnnotations.get(member);
  if (!annotation) return [];
  const because = "x-field says so";
  return [{ fact: "annotated", because, pointer: annotation.pointer, rule: because, confidence: "sure" }];
}

function reason(
  fact: string,
  because: string,
  pointer: string,
  rule: string,
  confidence: Reason["confidence"],
  overrule: string,
): Reason {
  return { fact, because, pointer, rule, confidence, overrule };
}

/** A default of a write may be of another type than what answers show: the key of an object that they embed. */
function isOfType(value: Json, { type }: Schema): boolean {
  const types = [type ?? []].flat();
  const own = Array.isArray(value) ? "array" : typeof value;
  const isText = own === "string" || own === "number" || own === "boolean";
  const isStructured = types.length > 0 && types.every((one) => /^(array|object|null)$/.test(one));
  return !isStructured || !isText;
}

/** A default that its own closed list lacks could not be stored. */
function isChoice(type: FieldType, value: Json): boolean {
  if (type.kind === "enum") return typeof value === "string" && type.values.includes(value);
  if (type.kind === "integer-enum") return typeof value === "number" && type.values.includes(value);
  return true;
}
