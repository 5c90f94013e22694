import type { Schema } from "../document/openapi.ts";

export function allowsNull(schema: Schema): boolean {
  if (schema.type === "null" || (Array.isArray(schema.type) && schema.type.includes("null"))) return true;
  if (schema.enum?.includes(null) === true) return true;
  return [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].some(allowsNull);
}

/** What a schema accepts besides null. */
export function withoutNull(schema: Schema): Schema {
  const values = schema.enum?.filter((value) => value !== null);
  const inner = values === undefined ? schema : { ...schema, enum: values };
  if (!Array.isArray(inner.type)) return inner;
  const types = (inner.type as readonly string[]).filter((type) => type !== "null");
  return { ...inner, type: types.length === 1 ? (types[0] ?? "null") : types };
}
