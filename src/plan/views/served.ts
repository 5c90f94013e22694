import type { OpenApi } from "../../document/openapi.ts";
import { visibleJson } from "../../invisible.ts";

/**
 * The text of openapi.json, which the service serves and its tests check against: the document as loaded, in the 3.1
 * dialect. Integers carry the bounds that the service holds them to, because JSON.parse changes those beyond 2^53 − 1.
 */
export function servedDocument(root: OpenApi): string {
  return `${visibleJson(bounded(root, "node"))}\n`;
}

/** Members whose values are data, not schemas. */
const dataMembers: ReadonlySet<string> = new Set(["enum", "const", "default", "example", "examples"]);
/** Members whose keys are names that the author chose. */
const maps: ReadonlySet<string> = new Set(["properties", "patternProperties", "$defs", "schemas"]);

function bounded(node: unknown, role: "node" | "map"): unknown {
  if (Array.isArray(node)) return node.map((item) => bounded(item, "node"));
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).map(([key, value]): readonly [string, unknown] => {
    const isData = role === "node" && (dataMembers.has(key) || key.startsWith("x-"));
    return [key, isData ? value : bounded(value, role === "node" && maps.has(key) ? "map" : "node")];
  });
  const members = Object.fromEntries(entries);
  return role === "node" && isWideInteger(node) ? { ...members, ...safeBounds(node) } : members;
}

interface IntegerSchema {
  readonly format?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly exclusiveMinimum?: unknown;
  readonly exclusiveMaximum?: unknown;
  readonly enum?: unknown;
}

function isWideInteger(node: object): node is IntegerSchema {
  if (!("type" in node) || ![node.type].flat().includes("integer")) return false;
  return !("enum" in node) && !("const" in node) && !("format" in node && node.format === "int32");
}

function safeBounds(schema: IntegerSchema): object {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const isLow = isWithin(minimum) || isWithin(exclusiveMinimum);
  const isHigh = isWithin(maximum) || isWithin(exclusiveMaximum);
  return {
    ...(isLow ? {} : { minimum: Number.MIN_SAFE_INTEGER }),
    ...(isHigh ? {} : { maximum: Number.MAX_SAFE_INTEGER }),
  };
}

function isWithin(bound: unknown): boolean {
  return typeof bound === "number" && Number.isSafeInteger(Math.trunc(bound));
}
