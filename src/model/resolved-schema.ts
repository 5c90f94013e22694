import type { Field } from "./model.ts";
import type { Located, SchemaReader } from "./schemas.ts";

/** The schema that a reference names, with what stands beside the reference. */
export function resolvedSchema(located: Located, reader: SchemaReader): Field["schema"] {
  let { schema } = located;
  for (let steps = 0; steps < 20 && schema.$ref !== undefined; steps += 1) {
    const { $ref, ...beside } = schema;
    const target = reader.target($ref);
    schema = { ...target?.schema, ...beside };
  }
  return schema;
}

export function described(located: Located, reader: SchemaReader): { readonly description?: string } {
  const description = located.schema.description ?? reader.view(located).schema.description;
  return typeof description === "string" ? { description } : {};
}
