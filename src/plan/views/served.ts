import type { OpenApi } from "../../document/openapi.ts";
import { visibleJson } from "../../invisible.ts";

/**
 * The text of openapi.json, which the service serves and its tests check against: the document as loaded, in the 3.1
 * dialect without annotations. Integers carry the bounds that the service holds them to, because JSON.parse changes those beyond 2^53 − 1.
 */
export function servedDocument(root: OpenApi): string {
  return `${visibleJson(served(root, "node"))}\n`;
}

/** Annotations are for whoever generates the service: they tell its callers of tables, owners and rules. */
const annotations: ReadonlySet<string> = new Set([
  "x-entity",
  "x-field",
  "x-renamed-from",
  "x-operation",
  "x-business-rules",
]);
/** Members whose values are data, or names of security schemes, not schemas. */
const dataMembers: ReadonlySet<string> = new Set(["enum", "const", "default", "example", "examples", "security"]);
/** Members whose keys are names that the author chose: a header may be called like an annotation. */
const maps: ReadonlySet<string> = new Set(
  [
    ["properties", "patternProperties", "dependentSchemas", "dependentRequired", "$defs", "mapping"],
    ["schemas", "responses", "parameters", "requestBodies", "headers", "securitySchemes", "links", "callbacks"],
    ["pathItems", "webhooks", "encoding", "variables", "scopes"],
  ].flat(),
);

function served(node: unknown, role: "node" | "map"): unknown {
  if (Array.isArray(node)) return node.map((item) => served(item, "node"));
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node)
    .filter(([key]) => role === "map" || !annotations.has(key))
    .map(([key, value]): readonly [string, unknown] => {
      const isData = role === "node" && (dataMembers.has(key) || key.startsWith("x-"));
      return [key, isData ? value : served(value, role === "node" && maps.has(key) ? "map" : "node")];
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
