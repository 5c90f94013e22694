import type { Json, Schema } from "../../../document/openapi.ts";
import type { Field } from "../../../model/model.ts";

/** Texts for a number or a boolean, where a body has a text for it. */
export function spelled(field: Field | undefined): readonly Json[] {
  if (isNumeric(field)) return ["1", "1.5"];
  return field?.type.kind === "boolean" ? ["true"] : [];
}

/** Whether what a body spells is a value of the field. */
export function isSpelled(field: Field | undefined, value: Json): boolean {
  if (typeof value !== "string") return true;
  if (isNumeric(field)) return value !== "" && Number.isFinite(Number(value));
  return field?.type.kind !== "boolean" || value === "true" || value === "false";
}

/** Also where its schema has a text for it. */
export function isNumeric(field: Field | undefined): boolean {
  return ["integer", "integer-enum", "number", "decimal"].includes(field?.type.kind ?? "");
}

/** The code of a key, as a body has it that may spell it as text. */
export function spelledKey(code: string, schema: Schema, key: Field): string {
  return isNumeric(key) && isText(schema) ? `String(${code})` : code;
}

function isText({ type }: Schema): boolean {
  const types = [type ?? []].flat().filter((one) => one !== "null");
  return types.length > 0 && types.every((one) => one === "string");
}
