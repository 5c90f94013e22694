import type { Entity } from "../../../model/model.ts";
import { literal, memberAccess } from "../../../render/escape.ts";
import { relationOf } from "../../context.ts";
import { bodySource, memberCode, parameterCode } from "../values.ts";
import type { Draft } from "./draft.ts";
import { writesJoins } from "./runner.ts";
import { runEffects, slotsOfKind } from "./slot-calls.ts";

const convert = "../convert.ts";

/** Returns the row that `written` gives, after what follows a write: the rows that join it with others, and effects. */
export function returnWritten(draft: Draft, entity: Entity, written: string): void {
  const { operation, statements } = draft;
  if (!writesJoins(operation) && slotsOfKind(draft, "effect").length === 0) {
    statements.push(`return ${written.replace(/^await /, "")};`);
    return;
  }
  const row = entity.name.variable;
  statements.push(`const ${row} = ${written};`);
  writeJoinedKeys(draft, entity, row);
  if (operation.kind === "create") joinParents(draft, entity, row);
  runEffects(draft, row);
  statements.push(`return ${row};`);
}

/** Writes the rows of join tables for the keys that a body lists. */
function writeJoinedKeys({ operation, context, imports, statements }: Draft, entity: Entity, row: string): void {
  const body = bodySource(operation, context);
  for (const member of operation.body?.shape?.members ?? []) {
    const { target } = member;
    if (target.kind !== "joined-keys") continue;
    const relation = relationOf(entity, target.relation);
    if (relation.join === undefined) continue;
    const join = context.join(relation.join);
    const list = memberCode(member, body, [], imports);
    const inner =
      target.path.length === 0
        ? "item"
        : `${imports.value("within", convert)}(item, ${target.path.map(literal).join(", ")})`;
    const rights = `${imports.value("listOf", convert)}(${list}).map((item) => ${inner})`;
    const key = `${row}${memberAccess(entity.key.fields[0] ?? "id")}`;
    const isLeft = join.left.entity === entity.name.type;
    const call = `await context.${join.name}.${isLeft ? "replace" : "replaceLeft"}(${key}, ${rights});`;
    const isReplacing = operation.kind === "replace" || operation.kind === "create";
    statements.push(isReplacing ? call : `if (${list} !== undefined) ${call}`);
  }
}

/** A row that is made below one that a join table joins it with belongs to it. */
function joinParents({ operation, context, statements }: Draft, entity: Entity, row: string): void {
  for (const { role, name, in: place } of operation.parameters) {
    if (role.kind !== "join") continue;
    const { left, name: join } = context.join(role.join);
    const own = `${row}${memberAccess(entity.key.fields[0] ?? "id")}`;
    const other = parameterCode(place, name);
    statements.push(
      `await context.${join}.add(${left.property === role.field ? `${other}, ${own}` : `${own}, ${other}`});`,
    );
  }
}
