import randexp from "randexp";
import { isRecord } from "../../src/json.ts";
import { at } from "./original.ts";
import type { Node } from "./original.ts";
import type { Random } from "./random.ts";

/** The package declares `exports.default`, but its CommonJS module is the class itself. */
const RandExp = "default" in randexp ? randexp.default : randexp;

/** How much of what may be left out is made: nothing, everything, or half of it by chance. */
export type Fullness = "least" | "most" | "some";

interface Making {
  readonly root: Node;
  readonly random: Random;
  readonly fullness: Fullness;
}

/**
 * A value made of a schema (contract/schemas.ts), valid most of the time: what keywords mean together is for the
 * validator to say, and whoever asks tries again.
 */
export function madeValue(schema: unknown, making: Making, depth = 0): unknown {
  const node = merged(schema, making.root, making.random, 0);
  if (node["const"] !== undefined) return node["const"];
  if (Array.isArray(node["enum"])) return making.random.pick(node["enum"] as unknown[]);
  const examples = listOf(node["x-contract-examples"]);
  if (examples.length > 0 && making.random.chance(0.3)) return making.random.pick(examples);
  const type = typeOf(node, making.random);
  if (type === "object") return madeObject(node, making, depth);
  if (type === "array") return madeArray(node, making, depth);
  if (type === "integer") return madeNumber(node, making.random, true);
  if (type === "number") return madeNumber(node, making.random, false);
  if (type === "boolean") return making.random.chance(0.5);
  if (type === "null") return null;
  return madeText(node, making.random);
}

/** One schema of what a reference, `allOf` and one alternative of `oneOf` or `anyOf` say together. */
export function merged(schema: unknown, root: Node, random: Random, depth: number): Node {
  if (!isRecord(schema) || depth > 20) return {};
  if (typeof schema["$ref"] === "string") {
    const { $ref, ...beside } = schema;
    const target = merged(at(root, decodeURIComponent(String($ref).slice(1))), root, random, depth + 1);
    return Object.keys(beside).length === 0 ? target : together(target, merged(beside, root, random, depth + 1));
  }
  const { allOf, oneOf, anyOf, ...own } = schema;
  let made: Node = own;
  for (const part of listOf(allOf)) made = together(made, merged(part, root, random, depth + 1));
  for (const alternatives of [listOf(oneOf), listOf(anyOf)]) {
    if (alternatives.length === 0) continue;
    // Null is valid, and says little.
    const telling = alternatives.filter((one) => !isRecord(one) || one["type"] !== "null");
    const chosen = random.chance(0.9) && telling.length > 0 ? random.pick(telling) : random.pick(alternatives);
    made = together(made, merged(chosen, root, random, depth + 1));
  }
  return made;
}

function together(left: Node, right: Node): Node {
  const made: Record<string, unknown> = { ...left, ...right };
  if (isRecord(left["properties"]) && isRecord(right["properties"])) {
    const properties: Record<string, unknown> = { ...left["properties"] };
    for (const [name, schema] of Object.entries(right["properties"]))
      properties[name] = name in properties ? { allOf: [properties[name], schema] } : schema;
    made["properties"] = properties;
  }
  const required = [...listOf(left["required"]), ...listOf(right["required"])];
  if (required.length > 0) made["required"] = [...new Set(required)];
  for (const name of ["minimum", "minLength", "minItems"]) {
    const [one, other] = [left[name], right[name]];
    if (typeof one === "number" && typeof other === "number") made[name] = Math.max(one, other);
  }
  for (const name of ["maximum", "maxLength", "maxItems"]) {
    const [one, other] = [left[name], right[name]];
    if (typeof one === "number" && typeof other === "number") made[name] = Math.min(one, other);
  }
  return made;
}

export function typeOf(node: Node, random?: Random): string | undefined {
  const types = listOf(node["type"] ?? []).length > 0 ? listOf(node["type"]) : [node["type"]];
  const telling = types.filter((type) => type !== "null" && type !== undefined);
  const type = random === undefined ? telling[0] : random.pick(telling);
  if (typeof type === "string") return type;
  if (types.includes("null")) return "null";
  if (node["properties"] !== undefined || node["additionalProperties"] !== undefined) return "object";
  if (node["items"] !== undefined) return "array";
  if (node["minimum"] !== undefined || node["maximum"] !== undefined) return "number";
  return undefined;
}

function madeObject(node: Node, making: Making, depth: number): unknown {
  const required = new Set(listOf(node["required"]).map(String));
  const properties = Object.entries(isRecord(node["properties"]) ? node["properties"] : {});
  const made: Record<string, unknown> = {};
  for (const [name, schema] of properties) {
    if (isNothing(schema) || (!required.has(name) && !isWanted(making, depth))) continue;
    const value = madeValue(schema, making, depth + 1);
    Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
  }
  for (const name of required)
    if (!Object.hasOwn(made, name) && !properties.some(([one]) => one === name)) made[name] = "any";
  const least = Number(node["minProperties"] ?? 0);
  for (const [name, schema] of properties) {
    if (Object.keys(made).length >= least) break;
    if (!isNothing(schema)) made[name] ??= madeValue(schema, making, depth + 1);
  }
  const more = node["additionalProperties"];
  for (let count = Object.keys(made).length; count < least; count += 1)
    made[`member${count}`] = madeValue(isRecord(more) ? more : {}, making, depth + 1);
  return made;
}

function isNothing(schema: unknown): boolean {
  return isRecord(schema) && isRecord(schema["not"]) && Object.keys(schema["not"]).length === 0;
}

/** What nests deeply is made without what may be left out, or it would never end. */
function isWanted({ fullness, random }: Making, depth: number): boolean {
  if (depth > 4) return false;
  return fullness === "most" || (fullness === "some" && random.chance(0.5));
}

function madeArray(node: Node, making: Making, depth: number): unknown {
  const least = Number(node["minItems"] ?? 0);
  const most = Math.min(Number(node["maxItems"] ?? least + 2), least + 2);
  const length = depth > 4 || making.fullness === "least" ? least : making.random.integer(least, Math.max(least, most));
  const items: unknown[] = [];
  for (let tries = 0; items.length < length && tries < length * 5; tries += 1) {
    const item = madeValue(node["items"], making, depth + 1);
    const isNew = items.every((other) => JSON.stringify(other) !== JSON.stringify(item));
    if (isNew || node["uniqueItems"] !== true) items.push(item);
  }
  return items;
}

function madeNumber(node: Node, random: Random, isWhole: boolean): number {
  const step = Number(node["multipleOf"] ?? (isWhole ? 1 : 0.25));
  const small = node["format"] === "int32" ? 2_147_483_647 : 1_000_000;
  const least =
    bound(node, "minimum", "exclusiveMinimum", step) ??
    Math.min(0, (bound(node, "maximum", "exclusiveMaximum", -step) ?? 0) - 10);
  const most = bound(node, "maximum", "exclusiveMaximum", -step) ?? Math.max(least, Math.min(small, least + 1_000));
  const steps = Math.floor(Math.min(most - least, 1_000_000) / step);
  const from =
    random.pick([least, least + Math.max(0, steps) * step, least + random.integer(0, Math.max(0, steps)) * step]) ??
    least;
  const made = Math.ceil(Number((from / step).toFixed(6))) * step;
  return isWhole ? Math.round(made) : Number(made.toFixed(6));
}

function bound(node: Node, name: string, exclusive: string, step: number): number | undefined {
  if (typeof node[exclusive] === "number") return node[exclusive] + step;
  return typeof node[name] === "number" ? node[name] : undefined;
}

const letters = Array.from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

function madeText(node: Node, random: Random): string {
  const least = Number(node["minLength"] ?? 0);
  const most = Number(node["maxLength"] ?? Math.max(least, 12));
  if (typeof node["pattern"] === "string") return ofPattern(node["pattern"], least, most, random);
  const known = formats[String(node["format"])];
  if (known !== undefined) return known(random);
  const length = random.integer(Math.max(least, Math.min(1, most)), Math.min(most, Math.max(least, 24)));
  // Now and then what is not ASCII, and what takes two units of UTF-16.
  const end = random.chance(0.2) ? (random.pick(["é", "ß", "漢", "😀", "'", '"', "%", "\\"]) ?? "") : "";
  const plain = Array.from({ length: Math.max(0, length - Array.from(end).length) }, () => random.pick(letters));
  return length === 0 ? "" : plain.join("") + end;
}

function ofPattern(pattern: string, least: number, most: number, random: Random): string {
  const maker = new RandExp(inAscii(pattern));
  maker.max = 8;
  maker.randInt = (from, to) => random.integer(from, to);
  let made = maker.gen();
  for (let tries = 0; tries < 30 && (Array.from(made).length < least || Array.from(made).length > most); tries += 1) {
    maker.max = random.integer(1, Math.max(8, least + 4));
    made = maker.gen();
  }
  return made;
}

/** Classes of Unicode's characters, as some of ASCII that are in them. */
function inAscii(pattern: string): string {
  let isInClass = false;
  return pattern.replaceAll(/\\p\{(\w+)[^}]*\}|\\.|[[\]]/g, (token, name?: string) => {
    if (token === "[") isInClass = true;
    if (token === "]") isInClass = false;
    if (name === undefined) return token;
    const ascii = name.startsWith("L") ? "a-zA-Z" : name.startsWith("N") ? "0-9" : "\\-";
    return isInClass ? ascii : `[${ascii}]`;
  });
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.integer(0, 9)).join("");
}

function hex(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.integer(0, 15).toString(16)).join("");
}

const day = (random: Random): string =>
  `20${random.integer(10, 39)}-0${random.integer(1, 9)}-${random.integer(10, 28)}`;

const formats: Readonly<Record<string, (random: Random) => string>> = {
  date: day,
  "date-time": (random) =>
    `${day(random)}T1${random.integer(0, 9)}:${random.integer(10, 59)}:${random.integer(10, 59)}${random.pick(["Z", "+05:30", ".123Z", "-08:00"])}`,
  time: () => "10:20:30Z",
  duration: (random) => `PT${random.integer(1, 99)}M`,
  email: (random) => `person${digits(random, 8)}@example.com`,
  uuid: (random) => `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`,
  uri: (random) => `https://example.com/${digits(random, 6)}`,
  url: (random) => `https://example.com/${digits(random, 6)}`,
  "uri-reference": (random) => `/${digits(random, 6)}`,
  hostname: (random) => `host${digits(random, 4)}.example.com`,
  ipv4: (random) => `10.${random.integer(0, 255)}.${random.integer(0, 255)}.1`,
  ipv6: () => "2001:db8::1",
  decimal: (random) => `${random.integer(0, 9999)}.${random.integer(10, 99)}`,
  byte: () => "aGVsbG8=",
  binary: () => "bytes",
  "json-pointer": () => "/a/b",
  regex: () => "a+",
};

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
