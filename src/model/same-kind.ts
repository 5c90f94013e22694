import type { Field } from "./model.ts";
import type { SchemaReader, View } from "./schemas.ts";

/** A column that may hold whole values, and what the document says of it. */
export type JsonColumn = Pick<Field, "type" | "schema" | "pointer">;

/**
 * Whether a column that holds whole values may hold what is sent under its name, and show what answers have there: a
 * list is no object, and a list of keys none of objects.
 */
export function isOfKind({ kind, items }: View, field: JsonColumn, reader: SchemaReader): boolean {
  if (field.type.kind !== "json") return true;
  const types = [field.schema.type ?? reader.view(field).kind].flat();
  const isStructured = types.length > 0 && types.every((type) => /^(array|object|null)$/.test(type));
  if (isStructured && isKnown(kind) && !types.includes(kind)) return false;
  const own = field.schema.items && reader.view({ schema: field.schema.items, pointer: field.pointer }).kind;
  const other = items && reader.view(items).kind;
  return !isKnown(own) || !isKnown(other) || (own === "object") === (other === "object");
}

function isKnown(kind: View["kind"] | undefined): boolean {
  return kind !== undefined && kind !== "any" && kind !== "union";
}
