import { isRecord } from "../../src/json.ts";
import type { Node } from "./original.ts";
import type { Random } from "./random.ts";
import { merged, typeOf } from "./values.ts";

/** A value made wrong in one place, and where. */
export interface Flawed {
  readonly flaw: string;
  readonly value: unknown;
}

/** Variants of a valid value, each wrong in one way; whether they are wrong is for the validator to say. */
export function flawsOf(schema: unknown, value: unknown, root: Node, random: Random, depth = 0): readonly Flawed[] {
  const node = merged(schema, root, random, 0);
  const own = ownFlaws(node, value);
  if (!isRecord(value) || depth > 2) return own;
  const properties = isRecord(node["properties"]) ? node["properties"] : {};
  const required = Array.isArray(node["required"]) ? node["required"].map(String) : [];
  const missing = required
    .filter((name) => Object.hasOwn(value, name))
    .map((name): Flawed => ({ flaw: `${name} left out`, value: without(value, name) }));
  const inner = Object.entries(properties).flatMap(([name, property]) =>
    flawsOf(property, value[name], root, random, depth + 1).map(({ flaw, value: wrong }): Flawed => ({
      flaw: `${name}: ${flaw}`,
      value: { ...value, [name]: wrong },
    })),
  );
  return [...own, ...missing, ...inner, { flaw: "an unknown member", value: { ...value, notDocumented: 1 } }];
}

function without(value: Node, name: string): Node {
  return Object.fromEntries(Object.entries(value).filter(([one]) => one !== name));
}

function ownFlaws(node: Node, value: unknown): readonly Flawed[] {
  const type = typeOf(node);
  const flaws: [string, unknown][] = [["null", null]];
  if (type !== undefined) flaws.push(["another type", type === "string" ? 42 : "text"]);
  if (type === "object") flaws.push(["a list", []]);
  if (type === "boolean") flaws.push(["a text for a boolean", "true"]);
  if (type === "integer") flaws.push(["a fraction", 1.5], ["a text of digits", "1"], ["beyond 64 bits", 1e30]);
  if (node["format"] === "int32") flaws.push(["beyond 32 bits", 2_147_483_648]);
  for (const [name, step] of [
    ["minimum", -1],
    ["maximum", 1],
  ] as const)
    if (typeof node[name] === "number") flaws.push([`beyond its ${name}`, node[name] + step]);
  if (typeof node["maxLength"] === "number" && node["maxLength"] < 100_000)
    flaws.push(["too long", (typeof value === "string" ? value : "x").padEnd(node["maxLength"] + 1, "x")]);
  if (typeof node["minLength"] === "number" && node["minLength"] > 0)
    flaws.push(["too short", "x".repeat(node["minLength"] - 1)]);
  if (typeof node["pattern"] === "string") flaws.push(["against its pattern", "\n"], ["against its pattern", "~ no ~"]);
  if (Array.isArray(node["enum"])) flaws.push(["none of its values", "none of these"]);
  if (["date", "date-time", "email", "uuid", "uri", "ipv4"].includes(String(node["format"])))
    flaws.push([`no ${String(node["format"])}`, "not of this format"]);
  if (typeof node["minItems"] === "number" && node["minItems"] > 0) flaws.push(["too few items", []]);
  if (typeof node["maxItems"] === "number" && node["maxItems"] < 1_000 && Array.isArray(value) && value.length > 0)
    flaws.push(["too many items", Array.from({ length: node["maxItems"] + 1 }, () => value[0] as unknown)]);
  return flaws.map(([flaw, wrong]) => ({ flaw, value: wrong }));
}
