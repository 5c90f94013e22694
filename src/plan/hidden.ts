import type { Json, OpenApi, Schema } from "../document/openapi.ts";
import { at } from "./schema-node.ts";

/**
 * Paths of the write-only members inside a value that one column holds, as no column of their own can hide them. `*`
 * stands for each item of a list and each member of a map. Of a union, what one choice hides is hidden from all.
 */
export function hiddenPaths(schema: Schema, root: OpenApi): readonly (readonly string[])[] {
  const found = walk(schema, { root, references: [], budget: { nodes: 2_000 } });
  return [...new Map(found.map((path) => [JSON.stringify(path), path])).values()];
}

interface Walk {
  readonly root: OpenApi;
  /** References being followed, to find cycles. */
  readonly references: readonly string[];
  /** Schemas that refer to many others would be walked for ever. */
  readonly budget: { nodes: number };
}

function walk(schema: Schema, context: Walk): readonly (readonly string[])[] {
  const { root, references, budget } = context;
  budget.nodes -= 1;
  if (budget.nodes < 0) return [];
  if (schema.$ref !== undefined) {
    const target = references.includes(schema.$ref) ? undefined : at(root, schema.$ref);
    return target === undefined ? [] : walk(target, { ...context, references: [...references, schema.$ref] });
  }
  const below = (name: string, inner: Schema): readonly (readonly string[])[] =>
    walk(inner, context).map((path) => [name, ...path]);
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
    isWriteOnly(member, root) ? [[name]] : below(name, member),
  );
  const rest = typeof schema.additionalProperties === "object" ? below("*", schema.additionalProperties) : [];
  const items = schema.items === undefined ? [] : below("*", schema.items);
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return [...members, ...rest, ...items, ...parts.flatMap((part) => walk(part, context))];
}

export function isWriteOnly(schema: Schema, root: OpenApi): boolean {
  const target = schema.$ref === undefined ? undefined : at(root, schema.$ref);
  return schema.writeOnly === true || target?.writeOnly === true;
}

/** The value as an answer shows it. */
export function withoutHidden(value: Json, paths: readonly (readonly string[])[]): Json {
  return paths.reduce(omitted, value);
}

function omitted(value: Json, [name = "", ...rest]: readonly string[]): Json {
  if (isList(value)) return name === "*" ? value.map((item) => omitted(item, rest)) : value;
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).flatMap(([key, member]): readonly (readonly [string, Json])[] => {
    if (key !== name && name !== "*") return [[key, member]];
    return rest.length === 0 ? [] : [[key, omitted(member, rest)]];
  });
  return Object.fromEntries(members);
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
