import type { Field } from "./model.ts";
import type { SchemaReader, View } from "./schemas.ts";

/** A column that may hold whole values, and what the document says of it. */
export type JsonColumn = Pick<Field, "type" | "schema" | "pointer">;

/**
 * Whether a column that holds whole values may hold what is sent under its name, and show what answers have there: a
 * list is no object, and a list of keys none of objects.
 */
export function isOfKind({ kind, items, choices }: View, field: JsonColumn, reader: SchemaReader): boolean {
  if (field.type.kind !== "json") return true;
  if (choices.length > 0) return choices.some((choice) => isOfKind(reader.view(choice), field, reader));
  const types = [field.schema.type ?? reader.view(field).kind].flat();
  const isStructured = types.length > 0 && types.every((type) => /^(array|object|null)$/.test(type));
  if (isStructured && isKnown(kind) && !types.includes(kind)) return false;
  const own = field.schema.items && reader.view({ schema: field.schema.items, pointer: field.pointer });
  const other = items && reader.view(items);
  if (!own || !other) return true;
  if (own.kind === "union" && other.kind === "object") return isChoiceOf(own, other, reader);
  return !isKnown(own.kind) || !isKnown(other.kind) || (own.kind === "object") === (other.kind === "object");
}

/** Whether an object has what at least one choice requires: in a choice nothing is completed. */
function isChoiceOf({ choices }: View, { members }: View, reader: SchemaReader): boolean {
  return choices
    .map((choice) => reader.view(choice))
    .some(({ kind, required }) =>
      kind === "object" ? [...required].every((name) => members.has(name)) : kind === "union" || kind === "any",
    );
}

function isKnown(kind: View["kind"]): boolean {
  return kind !== "any" && kind !== "union";
}
