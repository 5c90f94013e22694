import type { Schema } from "../../document/openapi.ts";
import { typeKey, valueLiteral } from "../../render/escape.ts";

/**
 * A resolved schema (plan/request-schema.ts) as a TypeScript type. Explicit and self-contained, because contract files
 * are type-checked alone and handed to a model whole. Circular parts are `unknown`.
 */
export function typeText(schema: Schema, depth = 0): string {
  if (depth > 8 || schema.$ref !== undefined) return "unknown";
  if (schema.enum !== undefined) return union(schema.enum.map(constantType));
  if (schema.const !== undefined) return constantType(schema.const);
  if (schema.not !== undefined && Object.keys(schema).length === 1) {
    return Object.keys(schema.not).length === 0 ? "never" : "unknown";
  }
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants !== undefined) return variantsType(schema, variants, depth);
  if (schema.allOf !== undefined) return intersection(schema.allOf.map((part) => typeText(part, depth + 1)));
  if (Array.isArray(schema.type)) {
    return union((schema.type as readonly string[]).map((type) => typeText({ ...schema, type }, depth)));
  }
  return plainType(schema, depth);
}

function variantsType(schema: Schema, variants: readonly Schema[], depth: number): string {
  const type = union(variants.map((variant) => typeText(variant, depth + 1)));
  return schema.properties === undefined ? type : intersection([objectType(schema, depth), type]);
}

function plainType(schema: Schema, depth: number): string {
  switch (schema.type) {
    case "string":
    case "boolean":
    case "null":
      return schema.type;
    case "integer":
    case "number":
      return "number";
    case "array":
      return `readonly ${grouped(schema.items === undefined ? "unknown" : typeText(schema.items, depth + 1))}[]`;
    case "object":
      return objectType(schema, depth);
    default:
      return schema.properties === undefined ? "unknown" : objectType(schema, depth);
  }
}

function objectType(schema: Schema, depth: number): string {
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0) {
    const rest = schema.additionalProperties;
    return `Readonly<Record<string, ${typeof rest === "object" ? typeText(rest, depth + 1) : "unknown"}>>`;
  }
  const required = new Set(schema.required ?? []);
  const members = properties.map(
    ([name, property]) => `readonly ${typeKey(name)}${required.has(name) ? "" : "?"}: ${typeText(property, depth + 1)}`,
  );
  return `{ ${members.join("; ")} }`;
}

function constantType(value: unknown): string {
  return typeof value === "object" && value !== null ? "unknown" : valueLiteral(value);
}

/** Parentheses more than needed do no harm: prettier takes them away. */
function grouped(type: string): string {
  return /^[\w.]+$/.test(type) ? type : `(${type})`;
}

/** `unknown` swallows every other member; duplicates say nothing. */
function union(types: readonly string[]): string {
  const distinct = [...new Set(types)];
  if (distinct.length === 0) return "never";
  return distinct.includes("unknown") ? "unknown" : distinct.join(" | ");
}

function intersection(types: readonly string[]): string {
  const distinct = [...new Set(types)].filter((type) => type !== "unknown");
  return distinct.length === 0 ? "unknown" : distinct.map(grouped).join(" & ");
}
