import type { Schema } from "../../document/openapi.ts";
import { isMarkedExact } from "../exact.ts";
import { remembered } from "../remember.ts";

/** A TypeScript type as data, so that parts that say nothing are dropped before it is printed (types.ts). */
export type TypeNode =
  | { readonly kind: "unknown" | "never" }
  | { readonly kind: "name"; readonly name: ScalarName }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "array"; readonly items: TypeNode }
  | { readonly kind: "record"; readonly values: TypeNode }
  | { readonly kind: "object"; readonly members: readonly TypeMember[] }
  | { readonly kind: "union" | "intersection"; readonly parts: readonly TypeNode[] };

export interface TypeMember {
  readonly name: string;
  readonly isRequired: boolean;
  readonly type: TypeNode;
}

type ScalarName = "string" | "number" | "bigint" | "boolean" | "null";

const unknown: TypeNode = { kind: "unknown" };
const never: TypeNode = { kind: "never" };
export const nothing: TypeNode = { kind: "name", name: "null" };

/** A number as far as numbers are exact, and a bigint beyond. */
export const exactInteger: TypeNode = {
  kind: "union",
  parts: [
    { kind: "name", name: "number" },
    { kind: "name", name: "bigint" },
  ],
};

/** The type of a resolved schema (plan/request-schema.ts). Circular parts are unknown. */
export function typeNode(schema: Schema, depth = 0): TypeNode {
  if (depth > 8 || schema.$ref !== undefined) return unknown;
  if (schema.enum !== undefined) return unionOf(schema.enum.map(constantNode));
  if (schema.const !== undefined) return constantNode(schema.const);
  if (schema.not !== undefined && Object.keys(schema).length === 1) {
    return Object.keys(schema.not).length === 0 ? never : unknown;
  }
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants !== undefined) return variantsNode(schema, variants, depth);
  if (schema.allOf !== undefined) return intersectionOf(schema.allOf.map((part) => typeNode(part, depth + 1)));
  if (Array.isArray(schema.type)) {
    return unionOf((schema.type as readonly string[]).map((type) => typeNode({ ...schema, type }, depth)));
  }
  return plainNode(schema, depth);
}

/** The same of a member of a row or of a body, which is one step inside of it. */
export const memberNode = remembered((schema: Schema): TypeNode => typeNode(schema, 1));

function variantsNode(schema: Schema, variants: readonly Schema[], depth: number): TypeNode {
  const type = unionOf(variants.map((variant) => typeNode(variant, depth + 1)));
  return schema.properties === undefined ? type : intersectionOf([objectNode(schema, depth), type]);
}

function plainNode(schema: Schema, depth: number): TypeNode {
  switch (schema.type) {
    case "string":
    case "boolean":
    case "null":
      return { kind: "name", name: schema.type };
    case "integer":
      return isMarkedExact(schema) ? exactInteger : { kind: "name", name: "number" };
    case "number":
      return { kind: "name", name: "number" };
    case "array":
      return { kind: "array", items: itemsNode(schema, depth) };
    case "object":
      return objectNode(schema, depth);
    default:
      return schema.properties === undefined ? unknown : objectNode(schema, depth);
  }
}

/** Any item, whichever place it has. */
function itemsNode({ prefixItems = [], items }: Schema, depth: number): TypeNode {
  const rest = items === undefined ? unknown : typeNode(items, depth + 1);
  return unionOf([...prefixItems.map((item) => typeNode(item, depth + 1)), rest]);
}

function objectNode(schema: Schema, depth: number): TypeNode {
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0) {
    const rest = schema.additionalProperties;
    return { kind: "record", values: typeof rest === "object" ? typeNode(rest, depth + 1) : unknown };
  }
  const required = new Set(schema.required ?? []);
  const members = properties.map(([name, property]) => ({
    name,
    isRequired: required.has(name),
    type: typeNode(property, depth + 1),
  }));
  return { kind: "object", members };
}

function constantNode(value: unknown): TypeNode {
  if (value === null) return nothing;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? { kind: "literal", value }
    : unknown;
}

/** What may be one of several: `unknown` swallows every other part, `string` every text; duplicates say nothing. */
export function unionOf(types: readonly TypeNode[]): TypeNode {
  const parts = distinct(types.flatMap(alternatives));
  if (parts.some(({ kind }) => kind === "unknown")) return unknown;
  const names = new Set(parts.flatMap((part) => (part.kind === "name" ? [part.name] : [])));
  const kept = parts.filter((part) => part.kind !== "literal" || !names.has(nameOf(part.value)));
  const [only] = kept;
  if (only === undefined) return never;
  return kept.length === 1 ? only : { kind: "union", parts: kept };
}

/** What must be all of several at once: of scalars, those that all parts allow; objects stand side by side. */
function intersectionOf(types: readonly TypeNode[]): TypeNode {
  const parts = distinct(types.flatMap((type) => (type.kind === "intersection" ? type.parts : [type]))).filter(
    ({ kind }) => kind !== "unknown",
  );
  const [first, ...others] = parts;
  if (first === undefined) return unknown;
  if (others.length === 0) return first;
  const scalars = parts.map((part) => alternatives(part).filter(isScalar));
  const common = scalars.reduce((left, right) => left.flatMap((one) => right.flatMap((other) => meet(one, other))));
  const objects = parts.map((part) => alternatives(part).filter((one) => !isScalar(one)));
  if (objects.some((alternative) => alternative.length === 0)) return unionOf(common);
  const sides = distinct(objects.map((alternative) => unionOf(alternative)));
  const [only] = sides;
  const together: TypeNode = sides.length === 1 && only !== undefined ? only : { kind: "intersection", parts: sides };
  return unionOf([...common, together]);
}

function meet(left: TypeNode, right: TypeNode): readonly TypeNode[] {
  if (isSame(left, right)) return [left];
  if (left.kind === "literal" && right.kind === "name" && right.name === nameOf(left.value)) return [left];
  if (right.kind === "literal" && left.kind === "name" && left.name === nameOf(right.value)) return [right];
  return [];
}

/** The parts of a union, or the type alone; none of `never`. */
export function alternatives(type: TypeNode): readonly TypeNode[] {
  if (type.kind === "never") return [];
  return type.kind === "union" ? type.parts : [type];
}

export function withoutNull(type: TypeNode): TypeNode {
  return unionOf(alternatives(type).filter((part) => !isSame(part, nothing)));
}

const isScalar = ({ kind }: TypeNode): boolean => kind === "name" || kind === "literal";

export function nameOf(value: string | number | boolean): ScalarName {
  return typeof value === "string" ? "string" : typeof value === "number" ? "number" : "boolean";
}

export function isSame(left: TypeNode, right: TypeNode): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function distinct(types: readonly TypeNode[]): readonly TypeNode[] {
  return [...new Map(types.map((type) => [JSON.stringify(type), type])).values()];
}
