import type { Entity, Operation, WriteMember } from "../../../model/model.ts";
import { literal } from "../../../render/escape.ts";
import { fieldOf } from "../../context.ts";
import { isOwned, ownerCode, ownerField, ownSubjectField } from "../ownership.ts";
import { typeText } from "../types.ts";
import { bodySource, memberCode, parameterCode, parentRow } from "../values.ts";
import { failure, freeName, rowsToRead, unlessMissing, type Draft } from "./draft.ts";
import { bodyKeys, demanded, keyBy } from "./keys.ts";

/** Rows above in the path must be there, and be the caller's. A row is named where its own key must be stored. */
export function checkParents(draft: Draft): void {
  const { operation, entity, context, statements } = draft;
  for (const parameter of operation.parameters) {
    const { role, name, in: place } = parameter;
    if (role.kind !== "parent" && role.kind !== "join") continue;
    const parent = context.entity(role.entity);
    const field = role.kind === "parent" ? role.parentField : (parent.key.fields[0] ?? "id");
    const key = keyBy(parent, field, parameterCode(place, name));
    const read = unlessMissing(draft, `await ${rowsToRead(draft, parent)}.read(${key})`);
    const isNamed = entity !== undefined && parentRow(parameter, entity, context) !== undefined;
    statements.push(isNamed ? `const ${parent.name.variable} = ${read};` : `${read};`);
  }
}

/**
 * What a body refers to must be in the caller's reach, and must not have been marked as deleted; the database itself
 * checks that the rest exists.
 */
export function checkReferences({ operation, context, imports, statements }: Draft, entity: Entity): void {
  const body = bodySource(operation, context);
  for (const member of operation.body?.shape?.members ?? []) {
    const { target } = member;
    if (target.kind !== "field" && target.kind !== "related-key") continue;
    const { references } = fieldOf(entity, target.field);
    if (references === undefined || references.isUnscoped === true) continue;
    const referred = context.entity(references.entity);
    if (!isOwned(referred) && referred.softDelete === undefined) continue;
    const code = memberCode(member, body, target.kind === "related-key" ? target.path : [], imports);
    const isTyped = body.isTyped && target.kind === "field";
    const key = keyBy(referred, references.field, isTyped ? code : `${code} as string`);
    const check = `${imports.value("unlessDangling", failure)}(await context.${referred.name.plural}.read(${key}), ${literal(`/${member.name}`)});`;
    const mayBeNull = !isTyped || /\| null/.test(typeText(body.schema.properties?.[member.name] ?? {}));
    const conditions = [
      ...(isTyped && member.isRequired ? [] : [`${code} !== undefined`]),
      ...(mayBeNull ? [`${code} !== null`] : []),
    ];
    statements.push(conditions.length === 0 ? check : `if (${conditions.join(" && ")}) ${check}`);
  }
}

/** Whether a body may name a row that is not everybody's to name. */
export function namesOwned({ operation, context }: Draft, entity: Entity): boolean {
  return (operation.body?.shape?.members ?? []).some(({ target }) => {
    if (target.kind !== "field" && target.kind !== "related-key") return false;
    const { references } = fieldOf(entity, target.field);
    return references !== undefined && references.isUnscoped !== true && isOwned(context.entity(references.entity));
  });
}

/**
 * On create, rows belong to the caller; who has no row that stands for them can own none. Gives the name of that row,
 * where there is one.
 */
export function checkOwner(draft: Draft, entity: Entity): string | undefined {
  const { context, imports, statements } = draft;
  const owner = ownerField(entity, context);
  if (owner?.target === undefined) return undefined;
  const name = freeName(draft, "owner", `callers${owner.target.name.type}`);
  imports.value("unlessForbidden", failure);
  statements.push(
    `const ${name} = unlessForbidden(await context.${owner.target.name.plural}.own(), ${literal(`The caller is no ${owner.target.name.words} yet.`)});`,
  );
  return name;
}

/** A row stays with the caller whose it is. */
export function checkOwnerKept({ operation, imports, context, statements }: Draft, entity: Entity): void {
  const body = bodySource(operation, context);
  for (const member of ownerMembers(operation, entity)) {
    const code = memberCode(member, body, [], imports);
    imports.value("unlessGivenAway", failure);
    statements.push(`unlessGivenAway(${code}, ${ownerCode(entity)}, ${literal(`/${member.name}`)});`);
  }
}

/** Whether a body may say whose the row is. */
export function namesOwner({ operation }: Draft, entity: Entity): boolean {
  return ownerMembers(operation, entity).length > 0;
}

function ownerMembers({ body }: Operation, entity: Entity): readonly WriteMember[] {
  return (body?.shape?.members ?? []).filter(
    ({ target }) => target.kind === "field" && target.field === ownSubjectField(entity),
  );
}

/** A body that repeats its path's key must say the same. */
export function checkRepeatedKeys(draft: Draft, entity: Entity): void {
  const { operation, imports, context, statements } = draft;
  if (bodyKeys(operation, entity).length > 0) return;
  const body = bodySource(operation, context);
  for (const member of operation.body?.shape?.members ?? []) {
    const { target } = member;
    if (target.kind !== "key") continue;
    const parameter = operation.parameters.find(({ role }) => role.kind === "key" && role.field === target.field);
    if (parameter === undefined) continue;
    const code = memberCode(member, body, [], imports);
    const key = demanded(draft, parameter, parameterCode(parameter.in, parameter.name));
    imports.value("unlessContradicted", failure);
    statements.push(`unlessContradicted(${code}, ${key}, ${literal(`/${member.name}`)});`);
  }
}
