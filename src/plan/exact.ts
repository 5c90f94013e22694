import type { Schema } from "../document/openapi.ts";
import type { Field } from "../model/model.ts";
import type { PlanContext } from "./context.ts";

/** What a resolved schema has for `int64` where its values keep every digit. No document says so: it never leaves the plan. */
const exactFormat = "int64, exact";

/** The schema with its mark, where it is one of integers of 64 bits. A closed list says what it holds. */
export function exactly(schema: Schema): Schema {
  const isInteger = [schema.type].flat().includes("integer") && /^int64$/i.test(schema.format ?? "");
  return isInteger && schema.enum === undefined && schema.const === undefined
    ? { ...schema, format: exactFormat }
    : schema;
}

export function isMarkedExact({ format }: Schema): boolean {
  return format === exactFormat;
}

/** The format as a document has it. */
function documentFormat(format: unknown): unknown {
  return format === exactFormat ? "int64" : format;
}

/** The schema as a document would have it: no mark in it. */
export function unmarked<Node>(node: Node): Node {
  if (!JSON.stringify(node).includes(exactFormat)) return node;
  const copy = JSON.stringify(node, (name, value: unknown) => (name === "format" ? documentFormat(value) : value));
  return JSON.parse(copy) as Node;
}

/** Whether the service keeps integers beyond 2^53 − 1 at all. */
export function isExact({ options }: PlanContext): boolean {
  return options.int64 === "bigint";
}

/** Whether a field's integers keep every digit: by its own format, or because it names a row by such a key. */
export function isExactField({ type, schema, references }: Field, context: PlanContext, depth = 0): boolean {
  if (!isExact(context) || type.kind !== "integer" || type.bits !== 64) return false;
  if ([context.resolved(schema)].flatMap(partsOf).some(isMarkedExact)) return true;
  const target = references && context.entity(references.entity).fields.find(({ name }) => name === references.field);
  return target !== undefined && depth < 8 && isExactField(target, context, depth + 1);
}

function partsOf(schema: Schema): readonly Schema[] {
  return [schema, ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap(partsOf)];
}
