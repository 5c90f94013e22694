import type { Entity } from "../../../model/model.ts";
import { rowPromise, unlessMissing, type Draft } from "./draft.ts";
import { keyOfRequest } from "./keys.ts";

/** The row whose file it is: it must be there, and be the caller's. The file itself is the route's to move. */
export function writeFile(draft: Draft, entity: Entity): string {
  const read = `await context.${entity.name.plural}.read(${keyOfRequest(draft, entity).replace(/^request\./, "")})`;
  draft.statements.push(`return ${unlessMissing(draft, read)};`);
  return rowPromise(draft, entity);
}
