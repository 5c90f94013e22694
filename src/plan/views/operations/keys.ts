import type { Entity, Operation, Parameter, WriteMember } from "../../../model/model.ts";
import { memberAccess, propertyKey } from "../../../render/escape.ts";
import { isOnly, type PlanContext } from "../../context.ts";
import { subjectField } from "../ownership.ts";
import { typeText } from "../types.ts";
import { bodySource, memberCode, memberValue, parameterCode, parentRow, type BodySource } from "../values.ts";
import { rowsToRead, unlessMissing, type Draft } from "./draft.ts";

interface KeyMember {
  readonly field: string;
  readonly parameter: Parameter;
}

/** Parameters that say which row is meant: its key, and what it lies below. */
function keyMembers(operation: Operation): readonly KeyMember[] {
  const members = operation.parameters.flatMap((parameter) =>
    parameter.role.kind === "key" || parameter.role.kind === "parent"
      ? [{ field: parameter.role.field, parameter }]
      : [],
  );
  // Where two arguments of a path mean one member, the last one stands nearest to the row.
  return [...new Map(members.map((member) => [member.field, member])).values()];
}

/** Key members that only the body gives: PUT /pets with the id in the body. */
export function bodyKeys(operation: Operation, entity: Entity): readonly string[] {
  if (operation.parameters.some(({ role }) => role.kind === "key")) return [];
  const targets = (operation.body?.shape?.members ?? []).flatMap(({ target }) =>
    (target.kind === "key" || target.kind === "field") && entity.key.fields.includes(target.field)
      ? [target.field]
      : [],
  );
  return entity.key.fields.every((field) => targets.includes(field)) ? entity.key.fields : [];
}

/** Whether the path of a custom operation says which row it is about: by each part of its key, a parent's among them. */
export function namesRow(operation: Operation, entity: Entity, context: PlanContext): boolean {
  const members = keyMembers(operation).filter(({ parameter }) => parameter.in === "path");
  const isKnown = members.every(({ parameter }) => parentRow(parameter, entity, context) === undefined);
  const fields = new Set(members.map(({ field }) => field));
  const isItem = members.some(({ parameter }) => parameter.role.kind === "key");
  return isItem && isKnown && entity.key.fields.every((field) => fields.has(field));
}

/** An item operation whose path does not say which row: the caller's own, or the only one. */
export function isOnlyRow(operation: Operation, context: PlanContext): boolean {
  if (operation.entity === undefined) return false;
  if (!["read", "update", "replace", "delete"].includes(operation.kind)) return false;
  return keyMembers(operation).length === 0 && bodyKeys(operation, context.entity(operation.entity)).length === 0;
}

/** The code that reads the row an operation is about, or answers with nothing. */
export function readingCode(draft: Draft, entity: Entity): string {
  const { operation, context } = draft;
  if (!isOnlyRow(operation, context)) return `await ${rowsToRead(draft, entity)}.read(${requestedKey(draft, entity)})`;
  return `await context.${entity.name.plural}.${subjectField(entity, context) === undefined ? "first" : "own"}()`;
}

/** The code that reads the row an operation is about, which must be there. */
export function readRow(draft: Draft, entity: Entity): string {
  return unlessMissing(draft, readingCode(draft, entity));
}

/** What a row must equal by the request's key and parents, as members: `id: params.id`. */
export function keyValues({ operation, context }: Draft, entity: Entity): readonly string[] {
  return keyMembers(operation).map(
    ({ field, parameter }) => `${propertyKey(field)}: ${memberValue(parameter, entity, context)}`,
  );
}

/** The key that a request names: one value, or the members that must be equal where it is compound or below a parent. */
export function requestedKey(draft: Draft, entity: Entity): string {
  const { operation, context } = draft;
  const members = keyMembers(operation).map(({ field, parameter }) => ({
    field,
    code: demanded(draft, parameter, memberValue(parameter, entity, context)),
  }));
  return keyCode(entity, [...members, ...givenKeys(draft, entity)]);
}

/** A key that a request may leave out names no row where it is left out. */
export function demanded(draft: Draft, { in: place, isRequired, role }: Parameter, code: string): string {
  return place === "path" || isRequired || role.kind !== "key" ? code : unlessMissing(draft, code);
}

/** The same in a custom operation, whose function is handed the whole request. */
export function keyOfRequest({ operation }: Draft, entity: Entity): string {
  const members = keyMembers(operation).map(({ field, parameter }) => ({
    field,
    code: `request.${parameterCode(parameter.in, parameter.name)}`,
  }));
  return keyCode(entity, members);
}

interface KeyValue {
  readonly field: string;
  readonly code: string;
}

function givenKeys(draft: Draft, entity: Entity): readonly KeyValue[] {
  const { operation, context } = draft;
  const names = bodyKeys(operation, entity);
  const body = bodySource(operation, context);
  return (operation.body?.shape?.members ?? []).flatMap((member) => {
    const { target } = member;
    const isKey = (target.kind === "key" || target.kind === "field") && names.includes(target.field);
    return isKey ? [{ field: target.field, code: givenKey(draft, member, body) }] : [];
  });
}

/** A key that a body may leave out names no row where it is left out. */
function givenKey(draft: Draft, member: WriteMember, body: BodySource): string {
  const code = memberCode(member, body, [], draft.imports);
  const type = body.isTyped ? typeText(body.schema.properties?.[member.name] ?? {}) : "unknown";
  const isKey = /^(string|number)( \| (string|number))*$/.test(type);
  if (isKey && member.isRequired) return code;
  return unlessMissing(draft, isKey ? code : `${code} as string | number | undefined`);
}

/** The key of a row that is at hand. */
export function keyOfRow(entity: Entity, row: string): string {
  return keyCode(
    entity,
    entity.key.fields.map((field) => ({ field, code: `${row}${memberAccess(field)}` })),
  );
}

/** The argument that finds a row by one of its members. */
export function keyBy(entity: Entity, field: string, code: string): string {
  return keyCode(entity, [{ field, code }]);
}

/** A lone key is handed as it is; anything else as the members that must be equal. */
function keyCode({ key }: Entity, members: readonly KeyValue[]): string {
  const [only, ...more] = members;
  const isKey = more.length === 0 && isOnly(key.fields, only?.field);
  if (isKey && only !== undefined) return only.code;
  return `{ ${members.map(({ field, code }) => `${propertyKey(field)}: ${code}`).join(", ")} }`;
}
