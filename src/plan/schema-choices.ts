import type { OpenApi, Schema } from "../document/openapi.ts";
import { at } from "./schema-node.ts";

/** Members inside of a value: `*` stands for each item of a list and each member of a map. */
export type Paths = readonly (readonly string[])[];

/** How far schemas that refer to one another are walked. */
export interface Walk {
  readonly root: OpenApi;
  /** Schemas that refer to many others would be walked for ever. */
  readonly budget: { nodes: number };
}

/** Members of values lie at most this deep in one another. */
export const deepest = 6;

/** What any of these schemas says of a part of them. */
export function choice(schemas: readonly Schema[], part: (schema: Schema) => Schema | undefined): Schema | undefined {
  const parts = schemas.map(part).filter((one) => one !== undefined);
  return parts.length > 1 ? { anyOf: parts } : parts[0];
}

export function valuesOf({ additionalProperties: values }: Schema): Schema | undefined {
  return typeof values === "object" ? values : undefined;
}

/** References followed, choices opened. What `allOf` says is not taken apart: it is one choice of any kind. */
export function choicesOf(schema: Schema, context: Walk, depth = 0): readonly Schema[] {
  if (depth > deepest) return [{}];
  if (schema.$ref !== undefined) {
    const target = at(context.root, schema.$ref.replace(/^openapi\.json(?=#)/, ""));
    return target === undefined ? [{}] : choicesOf(target, context, depth + 1);
  }
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (parts.length > 0) return parts.flatMap((part) => choicesOf(part, context, depth + 1));
  const [only, ...others] = schema.allOf ?? [];
  if (only !== undefined && others.length === 0 && schema.properties === undefined)
    return choicesOf(only, context, depth + 1);
  return [schema];
}

/** Kinds of JSON values besides null; undefined where one choice may be anything. */
export function kindsOf(choices: readonly Schema[]): readonly string[] | undefined {
  const kinds = choices.map(kindsOfOne);
  return kinds.some((one) => one.length === 0) ? undefined : kinds.flat();
}

function kindsOfOne(schema: Schema): readonly string[] {
  if (schema.allOf !== undefined) return [];
  const types = [schema.type ?? []].flat().filter((type) => type !== "null");
  if (types.length > 0) return types.map((type) => (type === "integer" ? "number" : type));
  if (schema.properties !== undefined || schema.additionalProperties !== undefined) return ["object"];
  return schema.items === undefined ? [] : ["array"];
}

export function isStructured(schema: Schema): boolean {
  return kindsOfOne(schema).some((kind) => kind === "object" || kind === "array");
}

export function isNull({ type }: Schema): boolean {
  return type === "null";
}
