import type { Schema } from "../../document/openapi.ts";
import { typeKey, valueLiteral } from "../../render/escape.ts";
import { typeNode, type TypeNode } from "./type-node.ts";

/**
 * A resolved schema (plan/request-schema.ts) as a TypeScript type. Explicit and self-contained, because contract files
 * are type-checked alone and handed to a model whole.
 */
export function typeText(schema: Schema, depth = 0): string {
  return printedType(typeNode(schema, depth));
}

/** A type as it is written. */
export function printedType(type: TypeNode): string {
  switch (type.kind) {
    case "unknown":
    case "never":
      return type.kind;
    case "name":
      return type.name;
    case "literal":
      return valueLiteral(type.value);
    case "array":
      return `readonly ${grouped(printedType(type.items))}[]`;
    case "record":
      return `Readonly<Record<string, ${printedType(type.values)}>>`;
    case "object":
      return `{ ${type.members.map(({ name, isRequired, type: own }) => `readonly ${typeKey(name)}${isRequired ? "" : "?"}: ${printedType(own)}`).join("; ")} }`;
    case "union":
      return type.parts.map(printedType).join(" | ");
    case "intersection":
      return type.parts.map((part) => grouped(printedType(part))).join(" & ");
  }
}

/** In characters: what is longer has a name, and is named wherever it is meant again. */
export const longestType = 80;

/** The type, or nothing: `unknown` takes that in already. */
export function orUndefined(type: string): string {
  return type === "unknown" ? type : `${type} | undefined`;
}

/** Parentheses more than needed do no harm: prettier takes them away. */
function grouped(type: string): string {
  return /^[\w.]+$/.test(type) ? type : `(${type})`;
}
