import type { Entity } from "../../../model/model.ts";
import { checkParents } from "./checks.ts";
import { rowPromise, unlessMissing, type Draft } from "./draft.ts";
import { isOnlyRow, keyOfRow, readRow, requestedKey } from "./keys.ts";
import { checkRules, needsCurrent, runEffects, slotsOfKind } from "./slot-calls.ts";

export function writeRemove(draft: Draft, entity: Entity): string {
  const { operation, context, statements } = draft;
  const isOnly = isOnlyRow(operation, context);
  const row = entity.name.variable;
  checkParents(draft);
  if (isOnly || needsCurrent(draft)) statements.push(`const ${row} = ${readRow(draft, entity)};`);
  checkRules(draft);
  const key = isOnly ? keyOfRow(entity, row) : requestedKey(draft, entity);
  const deleted = unlessMissing(draft, `await context.${entity.name.plural}.delete(${key})`);
  if (slotsOfKind(draft, "effect").length === 0) {
    statements.push(`return ${deleted};`);
  } else {
    statements.push(`const deleted = ${deleted};`);
    runEffects(draft, "deleted");
    statements.push("return deleted;");
  }
  return rowPromise(draft, entity);
}
