import type { Json, Schema } from "../../../document/openapi.ts";
import type { Field, FieldType, Slot } from "../../../model/model.ts";
import { conforms } from "../../conforms.ts";
import { valueLiteral } from "../../../render/escape.ts";
import { fieldOf, type PlanContext } from "../../context.ts";
import { withoutNull } from "../../nullable.ts";
import { sampleValue } from "../../sample.ts";
import { at } from "../../schema-node.ts";
import { fieldNode } from "../entity-types.ts";
import { plainValue } from "../typed-values.ts";

/** A value that every one of these schemas accepts, and that the field's column keeps as it is; undefined where none was found. */
export function commonSample(
  schemas: readonly Schema[],
  field: Field | undefined,
  turn = 0,
  examples: readonly Json[] = [],
): Json | undefined {
  const isGood = (value: Json | undefined): value is Json =>
    value !== undefined &&
    value !== null &&
    schemas.every((schema) => conforms(schema, value)) &&
    (field === undefined || isKept(field.type, value));
  const given = turn === 0 ? examples : [];
  // A column of numbers keeps the second of "now" and 1700000000.
  const choices = schemas.flatMap((schema) => [schema, ...(schema.anyOf ?? schema.oneOf ?? [])]);
  const sampled = choices.map((schema) => sampleValue(withoutNull(schema), turn));
  const plain = [...given, ...typical(field?.type, turn), ...sampled].find(isGood);
  if (plain !== undefined || schemas.length < 2) return plain;
  // An object with the members of each: of one that all of them have, the last schema may say most.
  return [sampleValue({ allOf: schemas.map((schema) => withoutNull(schema)) }, turn)].find(isGood);
}

/** The value of a stored field in a row that no request has written; one that those of these `others` accept that can. */
export function fieldSample(
  field: Field,
  context: PlanContext,
  turn = 0,
  others: readonly Schema[] = [],
): Json | undefined {
  const own = withoutNull(context.resolved(field.schema));
  const examples = examplesOf(field.schema, context);
  let sample = commonSample([own], field, turn, examples);
  const met = [own];
  for (const other of others) {
    const stricter = commonSample([...met, other], field, turn, examples);
    if (stricter === undefined) continue;
    met.push(other);
    sample = stricter;
  }
  const least = (): Json | undefined => commonSample([withoutNull(context.least(field.schema))], field, turn);
  return sample ?? least() ?? typical(field.type, turn)[0];
}

/** What accepting logic answers for a value or a field, as code. */
export function slotSample(slot: Slot, context: PlanContext): string {
  if (slot.entity === undefined || slot.field === undefined) return "null";
  const field = fieldOf(context.entity(slot.entity), slot.field);
  const value = fieldSample(field, context);
  if (value === undefined && field.isNullable) return "null";
  return valueLiteral(value ?? plainValue(fieldNode(field, context)));
}

/** What the document shows for a schema, by references and `allOf`. */
export function examplesOf(schema: Schema, context: PlanContext, depth = 0): readonly Json[] {
  if (depth > 6) return [];
  const own = [...(schema.example === undefined ? [] : [schema.example]), ...(schema.examples ?? [])];
  const target = schema.$ref === undefined ? undefined : at(context.document.root, schema.$ref);
  const inner = target === undefined ? [] : examplesOf(target, context, depth + 1);
  return [...own, ...inner, ...(schema.allOf ?? []).flatMap((part) => examplesOf(part, context, depth + 1))];
}

/** A member's schema as the document has it, examples included. */
export function rawMember(schema: Schema, name: string, context: PlanContext, depth = 0): Schema | undefined {
  if (depth > 8) return undefined;
  const own =
    schema.properties !== undefined && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
  if (own !== undefined) return own;
  const target = schema.$ref === undefined ? undefined : at(context.document.root, schema.$ref);
  for (const part of [...(target === undefined ? [] : [target]), ...(schema.allOf ?? [])]) {
    const found = rawMember(part, name, context, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Values that a column of this type keeps and that most schemas accept. */
function typical(type: FieldType | undefined, turn: number): readonly Json[] {
  const number = turn + 1;
  switch (type?.kind) {
    case "enum":
    case "integer-enum":
      return type.values.slice(turn % type.values.length, (turn % type.values.length) + 1);
    case "decimal-text":
      return [`${number}.25`, `${number}.50`, `${number}.5`, `${number}.2500`, `${number}.250`, `${number}`];
    case "decimal":
      return [number + 0.25, number + 0.5, number];
    case "uuid":
      return [`7d0c8e5a-4b1f-4c6d-9e2a-${String(number).padStart(12, "0")}`];
    case "date":
      return [`2026-03-${String((turn % 28) + 1).padStart(2, "0")}`];
    case "date-time":
      return [`2026-03-${String((turn % 28) + 1).padStart(2, "0")}T09:30:00Z`];
    case "integer":
    case "number":
      return [];
    case "boolean":
      return [turn % 2 === 0];
    default:
      return [];
  }
}

/** Whether the column gives back what it was given. */
export function isKept(type: FieldType, value: Json): boolean {
  switch (type.kind) {
    case "enum":
      return typeof value === "string" && type.values.includes(value);
    case "integer-enum":
      return typeof value === "number" && type.values.includes(value);
    case "integer": {
      const highest = type.bits === 32 ? 2_147_483_647 : Number.MAX_SAFE_INTEGER;
      return Number.isInteger(value) && Math.abs(Number(value)) <= highest;
    }
    case "number":
    case "decimal":
      return typeof value === "number";
    case "decimal-text":
      return typeof value === "string" && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(value);
    case "boolean":
      return typeof value === "boolean";
    case "uuid":
      return typeof value === "string" && conforms({ format: "uuid" }, value);
    case "date":
      return typeof value === "string" && conforms({ format: "date" }, value);
    case "date-time":
      return typeof value === "string" && conforms({ format: "date-time" }, value);
    case "text":
    case "bytes":
      return typeof value === "string" && !value.includes("\u0000");
    case "json":
      return true;
  }
}

/** The day of a moment, in UTC: 2026-10-02. */
export function dayOf(moment: string): string {
  const parsed = Date.parse(moment);
  return Number.isNaN(parsed) ? moment : new Date(parsed).toISOString().slice(0, "2026-10-02".length);
}

/** A moment of a day; a moment stays as it is. */
export function momentOf(text: string): string {
  return text === dayOf(text) ? `${text}T12:00:00Z` : text;
}
