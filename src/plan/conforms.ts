import { expressionOf } from "../document/expression.ts";
import type { Json, Schema } from "../document/openapi.ts";
import { isRecord } from "../json.ts";

/**
 * Whether a value satisfies a resolved schema (plan/request-schema.ts), as JSON Schema 2020-12 has it; formats as far as
 * validators agree on them. What is circular is taken to hold. A validator is too slow to load for every plan.
 */
export function conforms(schema: Schema, value: Json): boolean {
  if (schema.$ref !== undefined) return true;
  return checks.every((check) => check(schema, value));
}

type Check = (schema: Schema, value: Json) => boolean;

const checks: readonly Check[] = [
  (schema, value) => schema.type === undefined || [schema.type].flat().some((type) => hasType(type, value)),
  (schema, value) => schema.enum === undefined || schema.enum.some((one) => isSame(one, value)),
  (schema, value) => schema.const === undefined || isSame(schema.const, value),
  (schema, value) => schema.allOf?.every((part) => conforms(part, value)) ?? true,
  (schema, value) => schema.anyOf?.some((part) => conforms(part, value)) ?? true,
  (schema, value) => schema.oneOf === undefined || schema.oneOf.filter((part) => conforms(part, value)).length === 1,
  (schema, value) => schema.not === undefined || !conforms(schema.not, value),
  (schema, value) => schema.if === undefined || conforms(branchOf(schema, schema.if, value), value),
  (schema, value) => typeof value !== "string" || textConforms(schema, value),
  (schema, value) => typeof value !== "number" || numberConforms(schema, value),
  (schema, value) => !isList(value) || listConforms(schema, value),
  (schema, value) => !isRecord(value) || recordConforms(schema, value),
];

function branchOf({ then: whenSo = {}, else: otherwise = {} }: Schema, condition: Schema, value: Json): Schema {
  return conforms(condition, value) ? whenSo : otherwise;
}

function hasType(type: string, value: Json): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "integer":
      return Number.isSafeInteger(value);
    case "array":
      return isList(value);
    case "object":
      return isRecord(value);
    default:
      return typeof value === type;
  }
}

function textConforms(schema: Schema, text: string): boolean {
  const length = [...text].length;
  if (length < (schema.minLength ?? 0) || length > (schema.maxLength ?? Number.POSITIVE_INFINITY)) return false;
  if (schema.pattern !== undefined && expressionOf(schema.pattern)?.test(text) !== true) return false;
  return schema.format === undefined || (formats[schema.format]?.(text) ?? true);
}

const date = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const time = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

const isDate = (text: string): boolean =>
  date.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

/** Stricter than the standards where validators differ. */
const formats: Readonly<Record<string, (text: string) => boolean>> = {
  uuid: (text) => /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text),
  date: isDate,
  "date-time": (text) => /^.{10}T/i.test(text) && isDate(text.slice(0, 10)) && time.test(text.slice(11)),
  time: (text) => time.test(text),
  duration: (text) => /^P(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$/.test(text) && /\d[YMDHS]$/.test(text),
  email: (text) => /^[\w.+-]+@([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z\d]{2,}$/i.test(text),
  "idn-email": (text) => /^\S+@\S+\.\S+$/.test(text),
  hostname: (text) => /^([a-z\d]([a-z\d-]*[a-z\d])?\.)*[a-z\d]([a-z\d-]*[a-z\d])?$/i.test(text),
  ipv6: (text) => /^(?=[^:]*:[^:]*:)[\da-f:.]+$/i.test(text),
  ipv4: (text) => /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.|$)){4}$/.test(text),
  uri: (text) => URL.canParse(text) && /^[a-z][\w+.-]*:\/?\/?[!-~]+$/i.test(text),
  url: (text) => URL.canParse(text) && /^https?:\/\/[!-~]+$/i.test(text),
  byte: (text) => /^([A-Za-z\d+/]{4})*([A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(text),
};

function numberConforms(schema: Schema, value: number): boolean {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return false;
  if (value < (schema.minimum ?? -Infinity) || value > (schema.maximum ?? Infinity)) return false;
  if (value <= (schema.exclusiveMinimum ?? -Infinity) || value >= (schema.exclusiveMaximum ?? Infinity)) return false;
  if (schema.format === "int32" && (value < -2_147_483_648 || value > 2_147_483_647)) return false;
  return schema.multipleOf === undefined || isMultiple(value, schema.multipleOf);
}

/** As Ajv decides it: the quotient is whole, floating-point noise included. */
function isMultiple(value: number, unit: number): boolean {
  return Number.isInteger(value / unit);
}

function listConforms(schema: Schema, items: readonly Json[]): boolean {
  if (items.length < (schema.minItems ?? 0) || items.length > (schema.maxItems ?? Infinity)) return false;
  if (schema.uniqueItems === true && new Set(items.map((item) => JSON.stringify(item))).size < items.length)
    return false;
  if (!containsEnough(schema, items)) return false;
  const fixed = schema.prefixItems ?? [];
  return items.every((item, at) => conforms(fixed[at] ?? schema.items ?? {}, item));
}

function containsEnough(
  { contains, minContains = 1, maxContains = Infinity }: Schema,
  items: readonly Json[],
): boolean {
  if (contains === undefined) return true;
  const count = items.filter((item) => conforms(contains, item)).length;
  return count >= minContains && count <= maxContains;
}

function recordConforms(schema: Schema, value: Readonly<Record<string, Json>>): boolean {
  const names = Object.keys(value);
  if (names.length < (schema.minProperties ?? 0) || names.length > (schema.maxProperties ?? Infinity)) return false;
  if (!(schema.required ?? []).every((name) => Object.hasOwn(value, name))) return false;
  const dependents = Object.entries(schema.dependentSchemas ?? {}).filter(([name]) => Object.hasOwn(value, name));
  const needed = names.flatMap((name) => own(schema.dependentRequired ?? {}, name) ?? []);
  return (
    names.every((name) => memberConforms(schema, name, value[name] ?? null)) &&
    needed.every((name) => Object.hasOwn(value, name)) &&
    dependents.every(([, dependent]) => conforms(dependent, value))
  );
}

function own<Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function memberConforms(schema: Schema, name: string, value: Json): boolean {
  const { properties = {}, patternProperties = {}, additionalProperties, propertyNames } = schema;
  if (propertyNames !== undefined && !conforms(propertyNames, name)) return false;
  const patterns = Object.entries(patternProperties).filter(([pattern]) => expressionOf(pattern)?.test(name) === true);
  if (!patterns.every(([, one]) => conforms(one, value))) return false;
  const named = own(properties, name);
  if (named !== undefined) return conforms(named, value);
  if (patterns.length > 0 || additionalProperties === undefined || additionalProperties === true) return true;
  return additionalProperties !== false && conforms(additionalProperties, value);
}

function isSame(left: Json, right: Json): boolean {
  if (isRecord(left) && isRecord(right)) {
    const names = Object.keys(left);
    return (
      names.length === Object.keys(right).length &&
      names.every((name) => isSame(left[name] ?? null, right[name] ?? null))
    );
  }
  return JSON.stringify(left) === JSON.stringify(right);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
