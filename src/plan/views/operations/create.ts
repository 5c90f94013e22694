import type { Entity } from "../../../model/model.ts";
import { returnWritten } from "./after-write.ts";
import { checkOwner, checkParents, checkReferences } from "./checks.ts";
import { rowPromise, type Draft } from "./draft.ts";
import { rowValues } from "./row-values.ts";
import { checkRules } from "./slot-calls.ts";

export function writeCreate(draft: Draft, entity: Entity): string {
  checkParents(draft);
  const owner = checkOwner(draft, entity);
  checkReferences(draft, entity);
  checkRules(draft);
  const values = rowValues(draft, entity, "given", owner);
  returnWritten(draft, entity, `await context.${entity.name.plural}.create({ ${values.join(", ")} })`);
  return rowPromise(draft, entity);
}
