import type { OpenApi, Schema } from "../document/openapi.ts";
import { setMember } from "../document/raw.ts";
import { exactly } from "./exact.ts";
import { isWriteOnly } from "./hidden.ts";
import { at } from "./schema-node.ts";

export interface RequestSchemaOptions {
  /** What becomes of read-only members: refused or ignored in a request; kept where the schema describes an answer. */
  readonly readOnly: "refuse" | "ignore" | "keep";
  /** Integers of format int64 are marked as those that keep every digit. */
  readonly isExact?: boolean;
  /** Write-only members are left out where the schema describes an answer that somebody else makes. */
  readonly writeOnly?: "leave out";
  /** Members that need not be there are left out, so that what must be there is resolved however large all of it is. */
  readonly optional?: "leave out";
  /**
   * Members by which a request names other rows (`["type", "id"]`; items of a list have its path). They are accepted even
   * where the other row's schema calls its key read-only, because a reference sets no key; required they are not then.
   */
  readonly named?: readonly (readonly string[])[];
}

/**
 * A body, parameter or member schema as a request is checked against it: references resolved in place, mergeable `allOf`s
 * merged, read-only members refused (DESIGN §5), annotations dropped. What is circular or very large stays a reference
 * into the served document: `{ $ref: "openapi.json#/…" }`.
 */
export function requestSchema(root: OpenApi, schema: Schema, options: RequestSchemaOptions): Schema {
  return resolve(schema, { root, options, path: [], place: [], budget: { nodes: 600 } });
}

interface Walk {
  readonly root: OpenApi;
  readonly options: RequestSchemaOptions;
  /** References being resolved, to find cycles. */
  readonly path: readonly string[];
  /** Where in the request: names of members. */
  readonly place: readonly string[];
  readonly budget: { nodes: number };
}

function resolve(schema: Schema, walk: Walk): Schema {
  if (schema.$ref !== undefined) return resolveReference(schema, schema.$ref, walk);
  walk.budget.nodes -= 1;
  if (schema.unevaluatedProperties !== false) return mergeAllOf(schema, walk) ?? resolveMembers(schema, walk);
  const { unevaluatedProperties: _, ...open } = schema;
  return closed(mergeAllOf(open, walk) ?? resolveMembers(open, walk));
}

/** Keywords whose schemas name members of the same object. */
const applicators = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "$ref"];

/** What no part of a schema names is refused. Where there is but one part, `additionalProperties` says the same. */
function closed(schema: Schema): Schema {
  const isPlain = !applicators.some((key) => Object.hasOwn(schema, key));
  return isPlain ? { additionalProperties: false, ...schema } : { ...schema, unevaluatedProperties: false };
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
  const readOnly = readOnlyNames(schema, walk);
  const parts = [...allOf, rest]
    .map((part) => withoutRequired(resolve(part, walk), readOnly))
    .filter((part) => constrains(part));
  if (parts.length === 1) return parts[0];
  if (!parts.every(isPlainObject) || !parts.some(({ type }) => type === "object")) return { allOf: parts };
  const properties: Record<string, Schema> = {};
  for (const part of parts) {
    for (const [name, property] of Object.entries(part.properties ?? {})) {
      const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
      setMember(
        properties,
        name,
        known === undefined || same(known, property) ? property : { allOf: [known, property] },
      );
    }
  }
  const required = [...new Set(parts.flatMap((part) => part.required ?? []))];
  return { type: "object", properties, ...(required.length > 0 ? { required } : {}) };
}

/** Members that no request must have; another part of the `allOf` may call them required. */
function readOnlyNames(schema: Schema, walk: Walk, depth = 0): ReadonlySet<string> {
  if (walk.options.readOnly === "keep" || depth > 8) return new Set();
  if (schema.$ref !== undefined) {
    const target = at(walk.root, schema.$ref);
    return target === undefined ? new Set() : readOnlyNames(target, walk, depth + 1);
  }
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
    isReadOnly(member, walk.root) ? [name] : [],
  );
  return new Set([...own, ...(schema.allOf ?? []).flatMap((part) => [...readOnlyNames(part, walk, depth + 1)])]);
}

function withoutRequired(schema: Schema, names: ReadonlySet<string>): Schema {
  if (schema.required?.some((name) => names.has(name)) !== true) return schema;
  const { required, ...rest } = schema;
  const still = required.filter((name) => !names.has(name));
  return still.length > 0 ? { ...rest, required: still } : rest;
}

function constrains(schema: Schema): boolean {
  return Object.keys(schema).some((key) => !annotations.has(key) && !key.startsWith("x-"));
}

/** A part without a type constrains objects alone, and so says the same where another part says that it is one. */
function isPlainObject(schema: Schema): boolean {
  const keys = Object.keys(schema).filter((key) => !annotations.has(key) && !key.startsWith("x-"));
  return (schema.type === undefined || schema.type === "object") && keys.every((key) => plainObjectMembers.has(key));
}

function same(left: Schema, right: Schema): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Also right for `__proto__`, which plain assignment would lose. */
const schemaMembers = ["items", "contains", "not", "if", "then", "else", "propertyNames"] as const;
const schemaLists = ["allOf", "anyOf", "oneOf", "prefixItems"] as const;
/** What is said of all that nothing else speaks of; `true` says nothing. */
const restMembers = ["additionalProperties", "unevaluatedProperties", "unevaluatedItems"] as const;
const schemaMaps = ["patternProperties", "dependentSchemas"] as const;
const copied = [
  "type",
  "format",
  "enum",
  "const",
  "minProperties",
  "maxProperties",
  "dependentRequired",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minContains",
  "maxContains",
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
  for (const key of schemaMaps) if (schema[key] !== undefined) result[key] = resolveEach(schema[key], walk);
  for (const key of restMembers) {
    const rest = schema[key];
    if (typeof rest === "object") result[key] = resolve(rest, walk);
    if (rest === false) result[key] = false;
  }
  const resolved = { ...result, ...resolveProperties(schema, walk) };
  return walk.options.isExact === true ? exactly(resolved) : resolved;
}

function resolveEach(schemas: Readonly<Record<string, Schema>>, walk: Walk): Record<string, Schema> {
  const resolved: Record<string, Schema> = {};
  for (const [name, schema] of Object.entries(schemas)) setMember(resolved, name, resolve(schema, walk));
  return resolved;
}

/** A read-only member is refused, and never required, in a request (OpenAPI 3.1.1, Schema Object; JSON Schema validation §9.4). */
function resolveProperties(schema: Schema, walk: Walk): Schema {
  const required = schema.required ?? [];
  if (schema.properties === undefined) return required.length > 0 ? { required } : {};
  const properties: Record<string, Schema> = {};
  const unseen = new Set<string>();
  for (const [name, property] of Object.entries(schema.properties)) {
    if (walk.options.optional !== undefined && !required.includes(name)) continue;
    if (walk.options.writeOnly !== undefined && isWriteOnly(property, walk.root)) {
      unseen.add(name);
      continue;
    }
    const isOurs = walk.options.readOnly !== "keep" && isReadOnly(property, walk.root);
    if (isOurs) unseen.add(name);
    const place = [...walk.place, name];
    const refused = walk.options.readOnly === "refuse" ? { not: {} } : {};
    setMember(properties, name, isOurs && !isNamed(place, walk) ? refused : resolve(property, { ...walk, place }));
  }
  const stillRequired = required.filter((name) => !unseen.has(name));
  return { properties, ...(stillRequired.length > 0 ? { required: stillRequired } : {}) };
}

function isNamed(place: readonly string[], { options }: Walk): boolean {
  return options.named?.some((path) => JSON.stringify(path) === JSON.stringify(place)) ?? false;
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
