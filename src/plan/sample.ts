import randexp from "randexp";
import { expressionOf } from "../document/expression.ts";
import type { Json, Schema } from "../document/openapi.ts";
import { setMember } from "../document/raw.ts";
import { isRecord } from "../json.ts";

/** The package declares `exports.default`, but its CommonJS module is the class itself. */
const RandExp = "default" in randexp ? randexp.default : randexp;

/**
 * A value that satisfies a resolved schema (plan/request-schema.ts), the same for the same schema: the document's own
 * example where it is one, else the simplest value within the constraints. `turn` makes different valid values where
 * the schema leaves room: 0 is the plainest, and 1, 2, … are for unique members and second rows. Undefined where no
 * value was found.
 */
export function sampleValue(schema: Schema, turn = 0): Json | undefined {
  return sample(schema, turn, 0);
}

interface SampleRule {
  readonly when: (schema: Schema) => boolean;
  readonly value: (schema: Schema, turn: number, depth: number) => Json | undefined;
}

/** The first rule that matches gives the value: closed lists first, then compositions, then the types. */
const rules: readonly SampleRule[] = [
  { when: (schema) => schema.const !== undefined, value: (schema) => schema.const },
  { when: (schema) => (schema.enum?.length ?? 0) > 0, value: enumSample },
  { when: (schema) => schema.allOf !== undefined, value: allOfSample },
  { when: (schema) => (schema.oneOf ?? schema.anyOf) !== undefined, value: variantSample },
  { when: (schema) => typeOf(schema) === "object", value: objectSample },
  { when: (schema) => typeOf(schema) === "array", value: arraySample },
  { when: (schema) => typeOf(schema) === "integer", value: (schema, turn) => numberSample(schema, turn, 1) },
  { when: (schema) => typeOf(schema) === "number", value: (schema, turn) => numberSample(schema, turn, 0.5) },
  { when: (schema) => typeOf(schema) === "boolean", value: (_, turn) => turn % 2 === 0 },
  { when: (schema) => typeOf(schema) === "null", value: () => null },
  { when: (schema) => typeOf(schema) === "string", value: textSample },
  { when: () => true, value: (_, turn) => (turn === 0 ? "any" : `any ${turn}`) },
];

function sample(schema: Schema, turn: number, depth: number): Json | undefined {
  if (depth > 12 || schema.$ref !== undefined) return undefined;
  return rules.find((rule) => rule.when(schema))?.value(schema, turn, depth);
}

/** The first type that is not null; "object" and "array" also where only their members tell. */
export function typeOf(schema: Schema): string | undefined {
  const types = Array.isArray(schema.type) ? (schema.type as readonly string[]) : [schema.type as string | undefined];
  const type = types.find((candidate) => candidate !== "null") ?? types[0];
  if (type !== undefined) return type;
  if (schema.properties !== undefined || schema.required !== undefined) return "object";
  if (schema.items !== undefined) return "array";
  if (schema.pattern !== undefined || schema.minLength !== undefined || schema.maxLength !== undefined) return "string";
  if (schema.minimum !== undefined || schema.maximum !== undefined) return "number";
  return undefined;
}

function enumSample(schema: Schema, turn: number): Json | undefined {
  const values = (schema.enum ?? []).filter((value) => value !== null);
  return values.length === 0 ? null : values[turn % values.length];
}

function allOfSample(schema: Schema, turn: number, depth: number): Json | undefined {
  const { allOf = [], ...rest } = schema;
  const parts = [...allOf, rest].map((part) => sample(part, turn, depth + 1));
  const objects = parts.filter((part): part is Record<string, Json> => isRecord(part));
  if (objects.length > 0) return Object.assign({}, ...objects) as Json;
  return sample(mergeConstraints([...allOf, rest]), turn, depth + 1);
}

function mergeConstraints(parts: readonly Schema[]): Schema {
  return Object.assign({}, ...parts.map(({ allOf: _, ...rest }) => rest)) as Schema;
}

function variantSample(schema: Schema, turn: number, depth: number): Json | undefined {
  const { oneOf, anyOf, ...rest } = schema;
  for (const variant of oneOf ?? anyOf ?? []) {
    if (typeOf(variant) === "null") continue;
    const base = rest.properties === undefined && rest.type === undefined ? variant : { allOf: [variant, rest] };
    const value = sample(base, turn, depth + 1);
    if (value !== undefined) return value;
  }
  return null;
}

function objectSample(schema: Schema, turn: number, depth: number): Json | undefined {
  const properties = schema.properties ?? {};
  const result: Record<string, Json> = {};
  const wanted = [...(schema.required ?? [])];
  for (const name of wanted) {
    if (Object.hasOwn(result, name)) continue;
    const member = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const value = member === undefined ? "any" : sample(member, turn, depth + 1);
    if (value === undefined) return undefined;
    setMember(result, name, value);
    wanted.push(...((Object.hasOwn(schema.dependentRequired ?? {}, name) && schema.dependentRequired?.[name]) || []));
  }
  const spare = Object.keys(properties).filter((name) => !Object.hasOwn(result, name));
  while (Object.keys(result).length < (schema.minProperties ?? 0)) {
    const name = spare.shift() ?? `member${Object.keys(result).length + 1}`;
    const member = Object.hasOwn(properties, name) ? properties[name] : extraMember(schema);
    const value = member === undefined ? "any" : sample(member, turn, depth + 1);
    if (value !== undefined) setMember(result, name, value);
    else if (!name.startsWith("member")) continue;
    else return undefined;
  }
  return result;
}

function extraMember(schema: Schema): Schema | undefined {
  return typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined;
}

function arraySample(schema: Schema, turn: number, depth: number): Json | undefined {
  const { prefixItems = [], contains, minContains = 1 } = schema;
  const wanted = prefixItems.length + (contains === undefined ? 0 : minContains);
  const count = Math.max(schema.minItems ?? 0, wanted, (schema.maxItems ?? 1) > 0 ? 1 : 0);
  const items: Json[] = [];
  for (let at = 0; at < Math.min(count, 200); at += 1) {
    const own = prefixItems[at] ?? (at < wanted ? contains : undefined) ?? schema.items;
    const value = own === undefined ? "any" : sample(own, turn + at, depth + 1);
    if (value === undefined) return (schema.minItems ?? 0) === 0 ? [] : undefined;
    items.push(value);
  }
  return items;
}

/** The bound itself where there is one, because an off-by-one shows there. */
function numberSample(schema: Schema, turn: number, step: number): number {
  const unit = schema.multipleOf ?? (step === 1 ? 1 : 0.5);
  const { lowest, highest } = numberRange(schema, step);
  const first = lowest ?? (highest !== undefined && highest < 1 ? highest - unit * 4 : 1);
  const start = schema.multipleOf === undefined ? first : Math.ceil(first / unit) * unit;
  const value = start + turn * Math.max(unit, 1);
  return highest !== undefined && value > highest ? Math.min(start, highest) : value;
}

/** Inclusive bounds of a number schema; for integers they are whole. */
export function numberRange(schema: Schema, step: number): { lowest?: number; highest?: number } {
  const least = [schema.minimum, schema.exclusiveMinimum === undefined ? undefined : schema.exclusiveMinimum + step];
  const most = [schema.maximum, schema.exclusiveMaximum === undefined ? undefined : schema.exclusiveMaximum - step];
  const lowest = Math.max(...least.filter((bound) => bound !== undefined));
  const highest = Math.min(...most.filter((bound) => bound !== undefined));
  const whole = step === 1;
  return {
    ...(Number.isFinite(lowest) ? { lowest: whole ? Math.ceil(lowest) : lowest } : {}),
    ...(Number.isFinite(highest) ? { highest: whole ? Math.floor(highest) : highest } : {}),
  };
}

const two = (turn: number): string => String((turn % 28) + 1).padStart(2, "0");

/** A valid text for each format that our validator checks. */
const formatSamples: Readonly<Record<string, (turn: number) => string>> = {
  uuid: (turn) => `7d0c8e5a-4b1f-4c6d-9e2a-${String(turn + 1).padStart(12, "0")}`,
  date: (turn) => `2026-03-${two(turn)}`,
  "date-time": (turn) => `2026-03-${two(turn)}T09:30:00Z`,
  time: (turn) => `09:30:${two(turn)}Z`,
  duration: (turn) => `P${turn + 1}D`,
  email: (turn) => `person${turn + 1}@example.com`,
  "idn-email": (turn) => `person${turn + 1}@example.com`,
  hostname: (turn) => `host${turn + 1}.example.com`,
  ipv4: (turn) => `192.0.2.${(turn % 250) + 1}`,
  ipv6: (turn) => `2001:db8::${(turn % 9000) + 1}`,
  uri: (turn) => `https://example.com/${turn + 1}`,
  url: (turn) => `https://example.com/${turn + 1}`,
  "uri-reference": (turn) => `https://example.com/${turn + 1}`,
  iri: (turn) => `https://example.com/${turn + 1}`,
  byte: (turn) => btoa(`text ${turn + 1}`),
  regex: () => "^a+$",
  "json-pointer": (turn) => `/a/${turn}`,
  decimal: (turn) => `${turn + 1}.25`,
};

function textSample(schema: Schema, turn: number): Json | undefined {
  const example = exampleText(schema);
  if (turn === 0 && example !== undefined) return example;
  if (schema.pattern !== undefined) return patternSample(schema, turn);
  const format = schema.format === undefined ? undefined : formatSamples[schema.format]?.(turn);
  if (format !== undefined && fits(schema, format)) return format;
  const base = turn === 0 ? "text" : `text ${turn}`;
  return fitLength(schema, base, turn);
}

function exampleText(schema: Schema): string | undefined {
  return [...(schema.examples ?? []), schema.example].find(
    (example): example is string => typeof example === "string" && fits(schema, example),
  );
}

/** Length counts code points (JSON Schema validation, 6.3.1). */
function fits(schema: Schema, text: string): boolean {
  const length = [...text].length;
  if (length < (schema.minLength ?? 0) || length > (schema.maxLength ?? Number.POSITIVE_INFINITY)) return false;
  return schema.pattern === undefined || expressionOf(schema.pattern)?.test(text) === true;
}

function fitLength(schema: Schema, text: string, turn: number): string {
  const shortest = schema.minLength ?? 0;
  const longest = schema.maxLength ?? Number.POSITIVE_INFINITY;
  if (text.length > longest) return (turn === 0 ? "abcdefgh" : String(turn).padStart(longest, "a")).slice(-longest);
  return text.padEnd(shortest, "a");
}

/** What was found for a pattern and its lengths: looking for it is slow, and many tests ask for the same. */
const foundSamples = new Map<string, string | undefined>();

function patternSample(schema: Schema, turn: number): string | undefined {
  const { pattern, minLength, maxLength } = schema;
  const key = JSON.stringify([pattern, minLength, maxLength, turn]);
  if (!foundSamples.has(key)) foundSamples.set(key, findPatternSample(schema, turn));
  return foundSamples.get(key);
}

/** Tries a few lengths of repetition; the generator is fed a fixed sequence instead of randomness. */
function findPatternSample(schema: Schema, turn: number): string | undefined {
  const pattern = schema.pattern ?? "";
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const generator = new RandExp(pattern.replace(/\(\?<[A-Za-z]\w*>/g, "("));
    generator.max = Math.max(1, Math.min(schema.minLength ?? 0, 300)) + (attempt % 12);
    let state = turn * 7919 + attempt * 104_729 + 1;
    generator.randInt = (from: number, to: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return from + (Math.floor(state / 65_536) % (to - from + 1));
    };
    const text = generated(generator);
    if (text !== undefined && fits(schema, text)) return text;
  }
  return undefined;
}

function generated(generator: { gen(): string }): string | undefined {
  try {
    return generator.gen();
  } catch {
    return undefined;
  }
}
