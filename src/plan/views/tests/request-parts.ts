import type { Parameter } from "../../../model/model.ts";
import { memberAccess } from "../../../render/escape.ts";

/** What a request has for a parameter, as code. */
export function givenIn({ in: place, name }: Parameter): string {
  const part = place === "path" ? "params" : place === "query" ? "query" : "headers";
  return `request.${part}${memberAccess(name)}`;
}

/** A document may call a key in the query optional; without it no row is meant. */
export function isSent({ in: place, isRequired, role }: Parameter): boolean {
  return place === "path" || isRequired || role.kind === "key";
}
