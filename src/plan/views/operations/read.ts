import type { Entity } from "../../../model/model.ts";
import { checkParents } from "./checks.ts";
import { rowPromise, type Draft } from "./draft.ts";
import { readRow } from "./keys.ts";

export function writeRead(draft: Draft, entity: Entity): string {
  checkParents(draft);
  draft.statements.push(`return ${readRow(draft, entity)};`);
  return rowPromise(draft, entity);
}
