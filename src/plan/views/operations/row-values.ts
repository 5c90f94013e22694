import type { Entity } from "../../../model/model.ts";
import { variableName } from "../../../model/names.ts";
import { fieldOf } from "../../context.ts";
import { literal, memberAccess, propertyKey } from "../../../render/escape.ts";
import { claimOf, ownerCode, ownerField, ownSubjectField } from "../ownership.ts";
import { writtenValues, type WriteMode } from "../values.ts";
import type { Imports } from "../imports.ts";
import { failure, freeName, type Draft } from "./draft.ts";
import { slotCall, slotsOfKind } from "./slot-calls.ts";

/**
 * The members of the row that a write sets, as code. Where several say the same member, the last one stands: what the
 * request gives, whose the row is, who acts, and what value slots compute. `callersRow` names the row that stands for
 * the caller, where one owns the new row.
 */
export function rowValues(draft: Draft, entity: Entity, mode: WriteMode, callersRow = ""): readonly string[] {
  const { operation, context, imports } = draft;
  const kept = operation.kind === "create" ? undefined : ownSubjectField(entity);
  const given = writtenValues({ operation, entity, mode, context, imports }).filter(
    (code) => kept === undefined || !code.startsWith(`${propertyKey(kept)}:`),
  );
  const owner = ownerValue(draft, entity, callersRow);
  const all = [...given, ...owner, ...actorValues(draft, entity, owner), ...computedValues(draft)];
  return [...new Map(all.map((code) => [code.split(":", 1)[0], code])).values()];
}

function ownerValue({ operation, context, imports }: Draft, entity: Entity, callersRow: string): readonly string[] {
  const owner = operation.kind === "create" ? ownerField(entity, context) : undefined;
  if (owner === undefined) return [];
  const { field, target } = owner;
  const value =
    target === undefined
      ? givenOwner(entity, field, imports)
      : `${callersRow}${memberAccess(target.key.fields[0] ?? "id")}`;
  return [`${propertyKey(field)}: ${value}`];
}

/** Whose a new row is; who has no tenant can make none. */
export function givenOwner(entity: Entity, name: string, imports: Imports): string {
  const code = ownerCode(entity);
  const claim = claimOf(entity);
  if (claim === undefined) return code;
  const text = literal(`The credentials say no ${claim}.`);
  const value = `${imports.value("unlessForbidden", failure)}(${code}, ${text})`;
  return fieldOf(entity, name).type.kind === "integer" ? `Number(${value})` : value;
}

function actorValues({ operation }: Draft, entity: Entity, owner: readonly string[]): readonly string[] {
  if (operation.kind !== "create") return [];
  return entity.fields
    .filter((field) => field.role === "actor" && field.column !== undefined && field.onCreate === "refused")
    .filter((field) => field.references === undefined && field.type.kind === "text")
    .filter((field) => !owner.some((code) => code.startsWith(`${propertyKey(field.name)}:`)))
    .map((field) => `${propertyKey(field.name)}: context.caller.subject`);
}

function computedValues(draft: Draft): readonly string[] {
  return slotsOfKind(draft, "value").map((slot) => {
    const member = slot.field ?? slot.functionName;
    const name = freeName(draft, variableName(member));
    draft.statements.push(`const ${name} = ${slotCall(draft, slot)};`);
    const key = propertyKey(member);
    return key === name ? name : `${key}: ${name}`;
  });
}
