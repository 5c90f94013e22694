import { expressionOf } from "../document/expression.ts";
import type { Json, Schema } from "../document/openapi.ts";
import { conforms } from "./conforms.ts";
import { isMarkedExact } from "./exact.ts";
import { numberRange, sampleValue, typeOf } from "./sample.ts";

/** What a test sends: JSON, in which an integer may be larger than numbers hold exactly. */
export type SentValue = Json | WideValue;

/** An integer that no number holds, or a list with one. */
type WideValue = bigint | readonly SentValue[];

export function isWide(value: SentValue): value is WideValue {
  return typeof value === "bigint" || (Array.isArray(value) && value.some(isWide));
}

/** One way to break one keyword of a schema: the value to send, and what it shows. */
export interface Violation {
  /** The keyword that is broken: "required", "minimum", "format" … */
  readonly keyword: string;
  /** For a test's title: "an amount below 1". */
  readonly title: string;
  /** Undefined: leave the member out. */
  readonly value: SentValue | undefined;
}

/** Values that a member's schema must refuse, one for each keyword, each just beyond its bound. */
export function violations(name: string, schema: Schema): readonly Violation[] {
  const type = typeOf(schema);
  const found = [typeViolation(name, schema), ...byKeyword(name, schema, type), nullViolation(name, schema)];
  return found.filter((violation): violation is Violation => violation !== undefined && refuses(schema, violation));
}

/** A value that a member's schema just accepts. */
export interface Boundary {
  /** "its maximum 100" */
  readonly title: string;
  readonly value: SentValue;
}

/** Values that a member's schema must accept: at each inclusive bound, and those that code likes to take for absent. */
export function boundaries(schema: Schema): readonly Boundary[] {
  if (isOpen(schema)) return [];
  const nothing = typesOf(schema).includes("null") ? [{ title: "null", value: null }] : [];
  return [...ownBoundaries(schema), ...nothing];
}

function ownBoundaries(schema: Schema): readonly Boundary[] {
  if (schema.enum !== undefined) return enumBoundaries(schema.enum);
  switch (typeOf(schema)) {
    case "integer":
    case "number":
      return numberBoundaries(schema);
    case "string":
      return textBoundaries(schema);
    case "boolean":
      return [{ title: "false", value: false }];
    case "array":
      return wideItems(schema);
    default:
      return [];
  }
}

const mostValues = 20;

/** Samples take the first value; of very many, the last ones stand for all. */
function enumBoundaries(values: readonly Json[]): readonly Boundary[] {
  const others = values.filter((value) => value !== null).slice(1);
  return others.slice(-mostValues).map((value) => ({ title: `its value ${JSON.stringify(value)}`, value }));
}

function numberBoundaries(schema: Schema): readonly Boundary[] {
  const { minimum, maximum, multipleOf } = schema;
  if (multipleOf !== undefined) return [];
  const bounds = [
    ...(minimum === undefined ? [] : [{ title: `its minimum ${minimum}`, value: minimum }]),
    ...(maximum === undefined ? [] : [{ title: `its maximum ${maximum}`, value: maximum }]),
    ...(minimum === 0 || maximum === 0 ? [] : [{ title: "zero", value: 0 }]),
  ];
  const wide = isMarkedExact(schema) ? wideIntegers.filter(({ value }) => isWithin(value, schema)) : [];
  return [...bounds.filter(({ value }) => Number.isSafeInteger(value) || typeOf(schema) === "number"), ...wide];
}

/** The first integer that a number cannot hold, and the ends of what 64 bits can. */
const wideIntegers = [
  { title: "2^53 + 1", value: 2n ** 53n + 1n },
  { title: "the highest integer of 64 bits", value: 2n ** 63n - 1n },
  { title: "the lowest integer of 64 bits", value: -(2n ** 63n) },
];

function isWithin(value: bigint, { minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): boolean {
  const isHigh = value >= (minimum ?? -Infinity) && value > (exclusiveMinimum ?? -Infinity);
  return isHigh && value <= (maximum ?? Infinity) && value < (exclusiveMaximum ?? Infinity);
}

function wideItems({ items, minItems = 0, maxItems = 1 }: Schema): readonly Boundary[] {
  const [first] =
    items === undefined || isOpen(items) || !isMarkedExact(items)
      ? []
      : numberBoundaries(items).filter(({ value }) => isWide(value));
  return first === undefined || minItems > 1 || maxItems < 1
    ? []
    : [{ title: `an item of ${first.title}`, value: [first.value] }];
}

function textBoundaries(schema: Schema): readonly Boundary[] {
  if (schema.format === "date-time")
    return [{ title: "microseconds and an offset", value: "2026-03-01T11:30:00.123456+02:00" }];
  if (schema.format === "byte" && conforms(schema, everySign))
    return [{ title: "every sign that Base64 has beside letters and digits", value: everySign }];
  return schema.format === undefined && schema.pattern === undefined ? lengthBoundaries(schema) : [];
}

const everySign = "+/8=";

/** A length counts characters (RFC 8259, 7), of which the first one here has two UTF-16 units. */
function lengthBoundaries({ minLength = 0, maxLength }: Schema): readonly Boundary[] {
  const at = (length: number, word: string): Boundary => ({
    title: `${word} ${length} ${length === 1 ? "character" : "characters"}`,
    value: length === 0 ? "" : `\u{1f600}${"é".repeat(length - 1)}`,
  });
  return [
    at(minLength, "its shortest,"),
    ...(maxLength === undefined || maxLength > 5_000 ? [] : [at(maxLength, "its longest,")]),
  ];
}

/** Compositions may accept through another branch what one branch refuses, so nothing is claimed of them. */
function isOpen(schema: Schema): boolean {
  return (schema.oneOf ?? schema.anyOf ?? schema.allOf ?? schema.not ?? schema.$ref) !== undefined;
}

function typesOf(schema: Schema): readonly string[] {
  if (Array.isArray(schema.type)) return schema.type as readonly string[];
  return typeof schema.type === "string" ? [schema.type] : [];
}

function refuses(schema: Schema, violation: Violation): boolean {
  if (isOpen(schema)) return false;
  const types = typesOf(schema);
  return violation.keyword === "type" || violation.keyword === "enum" || types.length > 0;
}

function typeViolation(name: string, schema: Schema): Violation | undefined {
  const types = typesOf(schema);
  if (types.length === 0) return undefined;
  const wrong: Json | undefined = [
    { type: "string", value: "not a number" },
    { type: "object", value: { unexpected: true } },
    { type: "boolean", value: true },
    { type: "array", value: ["unexpected"] },
  ].find((candidate) => !types.includes(candidate.type))?.value;
  return wrong === undefined ? undefined : { keyword: "type", title: `${name} of another type`, value: wrong };
}

function nullViolation(name: string, schema: Schema): Violation | undefined {
  const types = typesOf(schema);
  if (types.length === 0 || types.includes("null")) return undefined;
  return { keyword: "nullable", title: `${name} that is null`, value: null };
}

function byKeyword(name: string, schema: Schema, type: string | undefined): readonly (Violation | undefined)[] {
  if (schema.enum !== undefined) return [enumViolation(name, schema)];
  if (schema.const !== undefined) return [];
  switch (type) {
    case "string":
      return textViolations(name, schema);
    case "integer":
    case "number":
      return numberViolations(name, schema, type === "integer" ? 1 : 0.5);
    case "array":
      return arrayViolations(name, schema);
    default:
      return [];
  }
}

function enumViolation(name: string, schema: Schema): Violation | undefined {
  const value = typeOf(schema) === "string" || typeOf(schema) === undefined ? "not-one-of-them" : 987_654;
  return schema.enum?.includes(value) === true
    ? undefined
    : { keyword: "enum", title: `${name} that is not on the list`, value };
}

/** Formats whose violation every common validator agrees on. */
const malformed: Readonly<Record<string, string>> = {
  uuid: "not-a-uuid",
  date: "2026-02-30",
  "date-time": "yesterday",
  time: "25 o'clock",
  email: "nobody",
  ipv4: "300.1.1.1",
  ipv6: "not an address",
  uri: "not a uri",
  byte: "no Base64",
};

function textViolations(name: string, schema: Schema): readonly (Violation | undefined)[] {
  const { minLength = 0, maxLength, format, pattern } = schema;
  const plain = sampleValue({ ...schema, type: "string" });
  return [
    minLength > 0
      ? { keyword: "minLength", title: `${name} shorter than ${minLength}`, value: shortened(plain, minLength - 1) }
      : undefined,
    maxLength !== undefined && maxLength < 10_000
      ? { keyword: "maxLength", title: `${name} longer than ${maxLength}`, value: lengthened(plain, maxLength + 1) }
      : undefined,
    format !== undefined && malformed[format] !== undefined
      ? { keyword: "format", title: `${name} that is no ${format}`, value: malformed[format] }
      : undefined,
    pattern !== undefined ? patternViolation(name, schema, pattern) : undefined,
  ];
}

function shortened(plain: Json | undefined, length: number): string {
  return [...(typeof plain === "string" ? plain : "")].slice(0, length).join("").padEnd(length, "a");
}

function lengthened(plain: Json | undefined, length: number): string {
  const start = typeof plain === "string" ? plain : "";
  return start.padEnd(length, "a").slice(0, Math.max(length, 0));
}

function patternViolation(name: string, schema: Schema, pattern: string): Violation | undefined {
  const test = expressionOf(pattern);
  const lengths = { minLength: schema.minLength ?? 0, maxLength: schema.maxLength ?? 64 };
  const candidates = ["~", "!~!~", "not matching ~", "\u00a7".repeat(Math.max(1, lengths.minLength))];
  const value = candidates.find((candidate) => test !== undefined && !test.test(candidate));
  return value === undefined ? undefined : { keyword: "pattern", title: `${name} that breaks its pattern`, value };
}

function numberViolations(name: string, schema: Schema, step: number): readonly (Violation | undefined)[] {
  const { lowest, highest } = numberRange(schema, step);
  const below = schema.exclusiveMinimum ?? (lowest === undefined ? undefined : lowest - 1);
  const above = schema.exclusiveMaximum ?? (highest === undefined ? undefined : highest + 1);
  return [
    below === undefined ? undefined : { keyword: "minimum", title: `${name} below its minimum`, value: below },
    above === undefined || !Number.isSafeInteger(Math.trunc(above))
      ? undefined
      : { keyword: "maximum", title: `${name} above its maximum`, value: above },
    above === undefined && step === 1 ? tooLarge(name, schema) : undefined,
    step === 1 ? { keyword: "integer", title: `${name} with a fraction`, value: 1.5 } : undefined,
    schema.multipleOf === undefined ? undefined : multipleViolation(name, schema.multipleOf, lowest ?? 0, step),
  ];
}

function tooLarge(name: string, schema: Schema): Violation {
  if (isMarkedExact(schema)) return { keyword: "integer", title: `${name} of more than 64 bits`, value: 2n ** 63n };
  return schema.format === "int32"
    ? { keyword: "format", title: `${name} of more than 32 bits`, value: 2 ** 31 }
    : { keyword: "integer", title: `${name} that is not exact in JSON`, value: 2 ** 53 };
}

/** Between two multiples, and a whole number where only those are taken at all. */
function multipleViolation(name: string, unit: number, lowest: number, step: number): Violation | undefined {
  const beside = step === 1 && Number.isInteger(unit) ? 1 : unit / 2;
  if (step === 1 && unit === 1) return undefined;
  return {
    keyword: "multipleOf",
    title: `${name} off its multiple`,
    value: (Math.ceil(lowest / unit) + 1) * unit + beside,
  };
}

function arrayViolations(name: string, schema: Schema): readonly (Violation | undefined)[] {
  const item = schema.items === undefined ? "any" : sampleValue(schema.items);
  if (item === undefined) return [];
  const { minItems = 0, maxItems, items = {} } = schema;
  const several = (count: number): readonly Json[] =>
    Array.from({ length: Math.max(count, 0) }, (_, turn) => sampleValue(items, turn) ?? item);
  return [
    minItems > 0 ? { keyword: "minItems", title: `${name} with too few items`, value: [] } : undefined,
    maxItems !== undefined && maxItems < 200
      ? { keyword: "maxItems", title: `${name} with too many items`, value: several(maxItems + 1) }
      : undefined,
    schema.uniqueItems === true
      ? { keyword: "uniqueItems", title: `${name} with an item twice`, value: [item, item] }
      : undefined,
    ...violations(`an item of ${name}`, items).map(({ value = null, ...violation }) => ({
      ...violation,
      value: [value, ...several(minItems - 1)],
    })),
  ];
}
