import type { OpenApi } from "../../document/openapi.ts";
import { visibleJson } from "../../invisible.ts";

/**
 * The text of openapi.json, which the service serves and its tests check against: the document as loaded, in the 3.1
 * dialect without annotations. Integers carry the bounds that the service holds them to, because JSON.parse changes those beyond 2^53 − 1;
 * where the service is exact, those of format int64 need none.
 */
export function servedDocument(root: OpenApi, isExact: boolean): string {
  return `${visibleJson(served(root, "node", isExact))}\n`;
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

function served(node: unknown, role: "node" | "map", isExact: boolean): unknown {
  if (Array.isArray(node)) return node.map((item) => served(item, "node", isExact));
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node)
    .filter(([key]) => role === "map" || !annotations.has(key))
    .map(([key, value]): readonly [string, unknown] => {
      const isData = role === "node" && (dataMembers.has(key) || key.startsWith("x-"));
      return [key, isData ? value : served(value, role === "node" && maps.has(key) ? "map" : "node", isExact)];
    });
  const members = Object.fromEntries(entries);
  return role === "node" && isWideInteger(node, isExact) ? { ...members, ...safeBounds(node) } : members;
}

interface IntegerSchema {
  readonly format?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly exclusiveMinimum?: unknown;
  readonly exclusiveMaximum?: unknown;
  readonly enum?: unknown;
}

function isWideInteger(node: object, isExact: boolean): node is IntegerSchema {
  if (!("type" in node) || ![node.type].flat().includes("integer")) return false;
  const format = "format" in node ? String(node.format).toLowerCase() : "";
  if (format === "int64" && isExact) return false;
  return !("enum" in node) && !("const" in node) && format !== "int32";
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
