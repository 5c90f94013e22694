import type { OpenApi, Schema } from "../document/openapi.ts";
import { at } from "./schema-node.ts";

export interface RequestSchemaOptions {
  /** What becomes of read-only members: refused or ignored in a request; kept where the schema describes an answer. */
  readonly readOnly: "refuse" | "ignore" | "keep";
}

/**
 * A body, parameter or member schema as a request is checked against it: references resolved in place, mergeable `allOf`s
 * merged, read-only members refused (DESIGN §5), annotations dropped. What is circular or very large stays a reference
 * into the served document: `{ $ref: "openapi.json#/…" }`.
 */
export function requestSchema(root: OpenApi, schema: Schema, options: RequestSchemaOptions): Schema {
  return resolve(schema, { root, options, path: [], budget: { nodes: 600 } });
}

interface Walk {
  readonly root: OpenApi;
  readonly options: RequestSchemaOptions;
  /** References being resolved, to find cycles. */
  readonly path: readonly string[];
  readonly budget: { nodes: number };
}

function resolve(schema: Schema, walk: Walk): Schema {
  if (schema.$ref !== undefined) return resolveReference(schema, schema.$ref, walk);
  walk.budget.nodes -= 1;
  const merged = mergeAllOf(schema, walk);
  return merged === undefined ? resolveMembers(schema, walk) : merged;
}

function resolveReference(schema: Schema, ref: string, walk: Walk): Schema {
  const target = at(walk.root, ref);
  if (target === undefined) return {};
  if (walk.path.includes(ref) || walk.path.length > 12 || walk.budget.nodes <= 0) return { $ref: `openapi.json${ref}` };
  const { $ref: _, ...siblings } = schema;
  const inner = { ...walk, path: [...walk.path, ref] };
  const constraints = Object.keys(siblings).filter((key) => !annotations.has(key) && !key.startsWith("x-"));
  if (constraints.length === 0) return resolve(target, inner);
  return resolve({ allOf: [target, siblings] }, inner);
}

/** Members that constrain nothing, or that our own code acts upon instead of the validator. */
const annotations: ReadonlySet<string> = new Set([
  "title",
  "description",
  "example",
  "examples",
  "deprecated",
  "default",
  "xml",
  "externalDocs",
  "discriminator",
  "readOnly",
  "writeOnly",
  "$schema",
  "$id",
  "$comment",
  "$anchor",
  "$defs",
  "definitions",
  "contentEncoding",
  "contentMediaType",
]);

const plainObjectMembers: ReadonlySet<string> = new Set(["type", "properties", "required", "allOf"]);

/** One object instead of an `allOf` of plain objects; undefined where that would change what is accepted. */
function mergeAllOf(schema: Schema, walk: Walk): Schema | undefined {
  if (schema.allOf === undefined) return undefined;
  const { allOf, ...rest } = schema;
  const parts = [...allOf, rest].map((part) => resolve(part, walk)).filter((part) => constrains(part));
  if (parts.length === 1) return parts[0];
  if (!parts.every(isPlainObject)) return { allOf: parts };
  const properties: Record<string, Schema> = {};
  for (const part of parts) {
    for (const [name, property] of Object.entries(part.properties ?? {})) {
      const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
      define(properties, name, known === undefined || same(known, property) ? property : { allOf: [known, property] });
    }
  }
  const required = [...new Set(parts.flatMap((part) => part.required ?? []))];
  return { type: "object", properties, ...(required.length > 0 ? { required } : {}) };
}

function constrains(schema: Schema): boolean {
  return Object.keys(schema).some((key) => !annotations.has(key) && !key.startsWith("x-"));
}

function isPlainObject(schema: Schema): boolean {
  const keys = Object.keys(schema).filter((key) => !annotations.has(key) && !key.startsWith("x-"));
  return schema.type === "object" && keys.every((key) => plainObjectMembers.has(key));
}

function same(left: Schema, right: Schema): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Also right for `__proto__`, which plain assignment would lose. */
function define(target: Record<string, Schema>, name: string, value: Schema): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

const schemaMembers = ["items", "not", "propertyNames"] as const;
const schemaLists = ["allOf", "anyOf", "oneOf", "prefixItems"] as const;
const copied = [
  "type",
  "format",
  "enum",
  "const",
  "minProperties",
  "maxProperties",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minLength",
  "maxLength",
  "pattern",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
] as const;

function resolveMembers(schema: Schema, walk: Walk): Schema {
  const result: Record<string, unknown> = {};
  for (const key of copied) if (schema[key] !== undefined) result[key] = schema[key];
  for (const key of schemaMembers) if (schema[key] !== undefined) result[key] = resolve(schema[key], walk);
  for (const key of schemaLists)
    if (schema[key] !== undefined) result[key] = schema[key].map((part) => resolve(part, walk));
  if (schema.patternProperties !== undefined) result["patternProperties"] = resolveEach(schema.patternProperties, walk);
  const rest = schema.additionalProperties;
  if (typeof rest === "object") result["additionalProperties"] = resolve(rest, walk);
  if (rest === false) result["additionalProperties"] = false;
  return { ...result, ...resolveProperties(schema, walk) };
}

function resolveEach(schemas: Readonly<Record<string, Schema>>, walk: Walk): Record<string, Schema> {
  const resolved: Record<string, Schema> = {};
  for (const [name, schema] of Object.entries(schemas)) define(resolved, name, resolve(schema, walk));
  return resolved;
}

/** A read-only member is refused, and never required, in a request (OpenAPI 3.1.1, Schema Object; JSON Schema validation §9.4). */
function resolveProperties(schema: Schema, walk: Walk): Schema {
  const required = schema.required ?? [];
  if (schema.properties === undefined) return required.length > 0 ? { required } : {};
  const properties: Record<string, Schema> = {};
  const readOnly = new Set<string>();
  for (const [name, property] of Object.entries(schema.properties)) {
    if (walk.options.readOnly === "keep" || !isReadOnly(property, walk.root)) {
      define(properties, name, resolve(property, walk));
      continue;
    }
    readOnly.add(name);
    define(properties, name, walk.options.readOnly === "refuse" ? { not: {} } : {});
  }
  const stillRequired = required.filter((name) => !readOnly.has(name));
  return { properties, ...(stillRequired.length > 0 ? { required: stillRequired } : {}) };
}

/** Looks through references and single `allOf`s, a few deep. */
export function isReadOnly(schema: Schema, root: OpenApi, depth = 0): boolean {
  if (schema.readOnly === true) return true;
  if (depth > 4) return false;
  if (schema.$ref !== undefined) {
    const target = at(root, schema.$ref);
    return target !== undefined && isReadOnly(target, root, depth + 1);
  }
  return schema.allOf?.some((part) => isReadOnly(part, root, depth + 1)) ?? false;
}
