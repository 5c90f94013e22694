import type { Entity } from "../../model/model.ts";
import { memberAccess, uriText } from "../../render/escape.ts";
import { fieldOf, operationsOf, type PlanContext } from "../context.ts";
import type { Imports } from "./imports.ts";

/** The address of a row as code, from the path of the operation that reads it; undefined where none does. */
export function addressCode(entity: Entity, row: string, context: PlanContext, imports: Imports): string | undefined {
  const path = addressPath(entity, context);
  const code = path === undefined ? undefined : locationCode(path, entity, row);
  if (code !== undefined) imports.value("addressOf", "../http/addresses.ts");
  return code;
}

/** The path of the operation that reads a row, with the names of its members in braces. */
export function addressPath(entity: Entity, context: PlanContext): string | undefined {
  const read = operationsOf(context, entity.name.type).find(
    (operation) =>
      operation.kind === "read" &&
      operation.parameters.some(({ role, in: place }) => role.kind === "key" && place === "path"),
  );
  if (read === undefined) return undefined;
  const fields = new Map(
    read.parameters.flatMap(({ name, role, in: place }) =>
      place === "path" && (role.kind === "key" || role.kind === "parent") ? [[name, role.field] as const] : [],
    ),
  );
  return read.path.replace(/\{([^}]+)\}/g, (whole, name: string) => `{${fields.get(name) ?? whole}}`);
}

/**
 * addressOf`/accounts/${row.id}`: field names stand in braces in the path. Its fixed text is encoded, so that it ends no
 * literal. `given` is the code of members that are to be taken from elsewhere than the row.
 */
export function locationCode(
  path: string,
  entity: Entity,
  row: string,
  given: ReadonlyMap<string, string> = new Map(),
): string | undefined {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? "");
  if (names.some((name) => !entity.fields.some((field) => field.name === name))) return undefined;
  if (names.some((name) => fieldOf(entity, name).column === undefined)) return undefined;
  const values = names.map((name) => given.get(name) ?? `${row}${memberAccess(name)}`);
  const texts = path.split(/\{[^}]+\}/).map(uriText);
  return `addressOf\`${texts.map((text, at) => (at === 0 ? text : `\${${values[at - 1] ?? ""}}${text}`)).join("")}\``;
}
