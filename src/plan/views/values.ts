import type { Json, Schema } from "../../document/openapi.ts";
import type { Entity, Field, Operation, Parameter, WriteMember } from "../../model/model.ts";
import { literal, memberAccess, propertyKey, valueLiteral } from "../../render/escape.ts";
import { fieldOf, type PlanContext } from "../context.ts";
import { allowsNull } from "../nullable.ts";
import { typeOf } from "../sample.ts";
import { takesEmptyText, unshownIn } from "../unshown.ts";
import { isInputOptional, isPlainObject, unwrapped } from "./bodies.ts";
import { isAssignable, isComparable } from "./assignable.ts";
import { fieldNode, fieldType } from "./entity-types.ts";
import type { Imports } from "./imports.ts";
import { isMerged } from "./merged-values.ts";
import { longestType } from "./types.ts";
import { memberNode, withoutNull } from "./type-node.ts";

/** How much of a row a write sets: what is given, or all that its body could give. */
export type WriteMode = "given" | "all";

interface Writing {
  readonly operation: Operation;
  readonly entity: Entity;
  readonly mode: WriteMode;
  readonly context: PlanContext;
  readonly imports: Imports;
}

const convert = "../convert.ts";

/**
 * The members of the row that an operation writes, as code: each is named, so that nothing in a body reaches a column
 * that the document does not name. With `all` (PUT), what the body leaves out falls back to its default or to null.
 */
export function writtenValues(writing: Writing): readonly string[] {
  const { operation, entity, context } = writing;
  const body = bodySource(operation, context);
  const fromBody =
    heldValue(writing, body) ??
    (operation.body?.shape?.members ?? []).flatMap((member) => bodyValue(member, body, writing));
  const names = new Set(fromBody.map(([name]) => name));
  const fromParameters = operation.parameters
    .filter(({ role }) => operation.kind === "create" || role.kind === "value")
    .flatMap((parameter) => parameterValue(parameter, entity, writing))
    .filter(([name]) => !names.has(name));
  return [...fromParameters, ...fromBody].map(([name, code]) => `${propertyKey(name)}: ${code}`);
}

/** A body that is one field's value as a whole; a partial one leaves the rest of that value as it is. */
function heldValue(writing: Writing, body: BodySource): readonly (readonly [string, string])[] | undefined {
  const { operation, entity, context } = writing;
  const held = operation.body?.shape?.held;
  if (held === undefined) return undefined;
  const field = fieldOf(entity, held);
  const whole = converted("input", body.schema, field, writing);
  if (operation.kind !== "update") return [[held, whole]];
  const merged = `{ ...current${memberAccess(held)}, ...input }`;
  return [[held, whole === "input" ? merged : `${merged} as ${fieldType(field, context)}`]];
}

/** The members of a row that a PUT makes where there is none yet: what its path says of it. */
export function addressedValues(writing: Writing): readonly string[] {
  return writing.operation.parameters
    .filter(({ role }) => role.kind !== "value")
    .flatMap((parameter) => parameterValue(parameter, writing.entity, writing))
    .map(([name, code]) => `${propertyKey(name)}: ${code}`);
}

/** What a parameter gives the member that it is about; a condition in the path is one that the new row meets. */
function parameterValue(
  parameter: Parameter,
  entity: Entity,
  writing: Writing,
): readonly (readonly [name: string, code: string])[] {
  const { role } = parameter;
  const isGiving = role.kind === "parent" || role.kind === "value" || role.kind === "key";
  if (!isGiving && !(role.kind === "filter" && parameter.in === "path")) return [];
  const field = fieldOf(entity, role.field);
  if (field.column === undefined) return [];
  const row = parentRow(parameter, entity, writing.context);
  if (row !== undefined) return [[role.field, row]];
  const schema = writing.context.request(parameter.schema);
  const code = converted(parameterCode(parameter.in, parameter.name), schema, field, writing);
  return [[role.field, storable(code, schema, field)]];
}

/**
 * Where a path names a parent by another member than the one that rows refer to it by (its code in the path, its id in
 * the column), the value is the parent row's own: `feed.id`.
 */
export function parentRow(parameter: Parameter, entity: Entity, context: PlanContext): string | undefined {
  const { role } = parameter;
  if (role.kind !== "parent") return undefined;
  const { references } = fieldOf(entity, role.field);
  if (references === undefined || references.entity !== role.entity || references.field === role.parentField)
    return undefined;
  return `${context.entity(role.entity).name.variable}${memberAccess(references.field)}`;
}

/** What a row's member must equal, by a key or parent parameter. */
export function memberValue(parameter: Parameter, entity: Entity, context: PlanContext): string {
  return parentRow(parameter, entity, context) ?? parameterCode(parameter.in, parameter.name);
}

/** Where a parameter's value stands in an operation function. */
export function parameterCode(place: "path" | "query" | "header" | "cookie", name: string): string {
  const part = { path: "params", query: "query", header: "headers", cookie: "cookies" }[place];
  return `${part}${memberAccess(place === "header" ? name.toLowerCase() : name)}`;
}

/** What the members of a body are read from, and whether their types are known. */
export interface BodySource {
  /** The constant that holds it: the body itself, or what a list of patch operations makes of the row. */
  readonly name: "input" | "changes";
  readonly schema: Schema;
  readonly isTyped: boolean;
}

export function bodySource(operation: Operation, context: PlanContext): BodySource {
  const { body } = operation;
  if (operation.variant === "json-patch") return { name: "changes", schema: {}, isTyped: false };
  if (body === undefined) return { name: "input", schema: {}, isTyped: false };
  const schema = unwrapped(context.requestBody(body), body.shape?.wrap ?? []);
  const names = body.shape?.members.map(({ name }) => name) ?? [];
  const isKnown = names.every((name) => Object.hasOwn(schema.properties ?? {}, name));
  return { name: "input", schema, isTyped: isPlainObject(schema) && !isInputOptional(operation, context) && isKnown };
}

/** The code of one member of a body. */
export function memberCode(member: WriteMember, body: BodySource, path: readonly string[], imports: Imports): string {
  const source = body.isTyped ? body.name : `${imports.value("membersOf", convert)}(${body.name})`;
  const value = `${source}${memberAccess(member.name)}`;
  if (path.length === 0) return value;
  return `${imports.value("within", convert)}(${value}, ${path.map(literal).join(", ")})`;
}

function bodyValue(
  member: WriteMember,
  body: BodySource,
  writing: Writing,
): readonly (readonly [name: string, code: string])[] {
  const { target } = member;
  if (target.kind !== "field" && target.kind !== "related-key") return [];
  const field = fieldOf(writing.entity, target.field);
  if (field.column === undefined) return [];
  const path = target.kind === "related-key" ? target.path : [];
  const property = body.isTyped && path.length === 0 ? (body.schema.properties?.[member.name] ?? {}) : {};
  const isCast = isComparable(memberNode(property), fieldNode(field, writing.context));
  const source = isCast ? body : { ...body, isTyped: false };
  const given = memberCode(member, source, path, writing.imports);
  const sent = path.length === 0 ? (body.schema.properties?.[member.name] ?? {}) : {};
  const shown = showable(given, sent, field, writing);
  const value = isMerged(member, writing.operation, writing.context)
    ? merged(shown, field, writing)
    : converted(shown, property, field, writing);
  if (writing.mode === "all" && !member.isRequired) return [[field.name, replacing(given, value, property, field)]];
  return [[field.name, storable(value, property, field)]];
}

/** What a patch of a value makes of the value that is there. */
function merged(patch: string, field: Field, { imports }: Writing): string {
  return `${imports.value("mergePatched", "../merge-patch.ts")}(current${memberAccess(field.name)}, ${patch})`;
}

/** What a replacement leaves out falls back to its default, which null does not: it is a value where the column takes it. */
function replacing(given: string, value: string, schema: Schema, field: Field): string {
  const other = fallback(field);
  const isValue = allowsNull(schema) && !field.isStoredNotNull && other !== "null";
  return isValue ? `${given} === undefined ? ${other} : ${value}` : `${value} ?? ${other}`;
}

/** A column that is NOT NULL takes no null: what was not given stays as it is, or gets its default. */
function storable(code: string, schema: Schema, field: Field): string {
  const mayBeNull =
    allowsNull(schema) || /^(?:as[A-Z]|mergePatched\()/.test(code) || /without(Text|Members)\(/.test(code);
  return mayBeNull && field.isStoredNotNull ? `${code} ?? undefined` : code;
}

/** A value of the document as the column keeps it: a decimal that travels as text is text, though written as a number. */
export function storedValue(field: Field, value: Json): Json {
  return field.type.kind === "decimal-text" && typeof value === "number" ? String(value) : value;
}

/** What a replaced row holds where the body says nothing. */
function fallback(field: Field): string {
  if (field.default !== undefined && field.default !== null) {
    return valueLiteral(storedValue(field, field.default));
  }
  return field.isStoredNotNull ? "undefined" : "null";
}

/** The code of what is sent, less what no answer can show: an empty text for no value, members of another kind. */
function showable(code: string, sent: Schema, field: Field, { context, imports }: Writing): string {
  const { root } = context.document;
  if (field.type.kind !== "json") return showableScalar(code, sent, field, { context, imports });
  const { nulled, leftOut, removed } = unshownIn(sent, field.schema, root);
  const changes = [
    { name: "withoutText", none: ["null"], paths: nulled },
    { name: "withoutText", none: ["undefined"], paths: leftOut },
    { name: "withoutMembers", none: [], paths: removed },
  ];
  return changes
    .filter(({ paths }) => paths.length > 0)
    .reduce((inner, { name, none, paths }) => {
      return `${imports.value(name, convert)}(${[inner, ...none, ...paths.map(valueLiteral)].join(", ")})`;
    }, code);
}

function showableScalar(
  code: string,
  sent: Schema,
  field: Field,
  { context, imports }: Pick<Writing, "context" | "imports">,
): string {
  const words = isNumber(field) ? wordsBesideNumbers(sent) : [];
  const isText = field.type.kind === "text" || (field.type.kind === "enum" && field.type.values.includes(""));
  const isEmptied = !isText && takesEmptyText(sent, context.document.root);
  const unless = (inner: string, none: string, spoken: readonly string[]): string =>
    spoken.length === 0
      ? inner
      : `${imports.value("unlessWord", convert)}(${[inner, none, ...spoken.map(literal)].join(", ")})`;
  return unless(unless(code, "undefined", words), "null", isEmptied ? [""] : []);
}

function isNumber({ type }: Field): boolean {
  return type.kind === "integer" || type.kind === "number" || type.kind === "decimal";
}

/** `"now"` beside a moment that is a number: whoever sends it leaves the number to the service. */
function wordsBesideNumbers({ anyOf, oneOf }: Schema): readonly string[] {
  const words = (anyOf ?? oneOf ?? []).flatMap((choice) => (choice.type === "string" ? (choice.enum ?? []) : []));
  return words.filter((word): word is string => typeof word === "string" && Number.isNaN(Number(word)));
}

/** A body may spell a value otherwise than the column keeps it: a number as text, a wider list of choices. */
function converted(code: string, schema: Schema, field: Field, writing: Writing): string {
  const { context, imports } = writing;
  const kept = fieldType(field, context);
  const given = withoutNull(memberNode(schema));
  const isFit = isAssignable(given, fieldNode(field, context)) && !/without(Text|Members)\(/.test(code);
  if (field.type.kind === "json") return isFit ? code : cast(code, kept, field, writing);
  const type = given.kind === "unknown" ? undefined : soleType(schema);
  if (kept === "number") return type === "integer" || type === "number" ? code : call("asNumber", code, imports);
  if (kept === "number | bigint") return type === "integer" ? code : call("asInteger", code, imports);
  if (kept === "boolean") return type === "boolean" ? code : call("asBoolean", code, imports);
  if (kept === "string") return type === "string" ? code : call("asText", code, imports);
  return isFit ? code : cast(code, kept, field, writing);
}

function call(name: string, code: string, imports: Imports): string {
  return `${imports.value(name, convert)}(${code})`;
}

function cast(code: string, kept: string, field: Field, { entity, imports }: Writing): string {
  if (kept.length > longestType) {
    const values = imports.type(`${entity.name.type}Values`, `./${entity.name.file}.contract.ts`);
    return `(${code} as ${values}[${literal(field.name)}])`;
  }
  return `(${code} as ${kept.startsWith("readonly ") ? `(${kept})` : kept} | undefined${field.isStoredNotNull ? "" : " | null"})`;
}

/** The one type besides null that a schema has. */
function soleType(schema: Schema): string | undefined {
  if (schema.anyOf !== undefined || schema.oneOf !== undefined || schema.allOf !== undefined) return undefined;
  const types = [schema.type ?? typeOf(schema) ?? []].flat().filter((type) => type !== "null");
  return types.length === 1 ? types[0] : undefined;
}
