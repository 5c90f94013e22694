import type { Document } from "../document/document.ts";
import type { Json, Schema } from "../document/openapi.ts";
import { joinPointer as below, parsePointer, pointerOfFragment } from "../diagnostic/pointer.ts";

/** A schema where it stands. */
export interface Located {
  readonly schema: Schema;
  readonly pointer: string;
}

/**
 * A schema as inference looks at it: references followed, `allOf` merged, null unions opened. Views are made once per
 * node of the tree, and only one level deep, so that circular documents are no trouble.
 */
export interface View extends Located {
  /** The component that the reference named (through single `allOf` and null unions), if any. */
  readonly name?: string;
  readonly kind: "object" | "array" | "string" | "integer" | "number" | "boolean" | "any" | "union";
  readonly isNullable: boolean;
  /** Own and inherited members; the first definition of a name wins, keywords of later ones are merged. */
  readonly members: ReadonlyMap<string, Located>;
  readonly required: ReadonlySet<string>;
  readonly items?: Located;
  /** The values of a map. */
  readonly values?: Located;
  /** Choices of a `union`, null left out. */
  readonly choices: readonly Located[];
}

/** Reads the schemas of one document; everything is remembered by node. */
export class SchemaReader {
  readonly root: unknown;
  readonly #views = new WeakMap<Schema, View>();
  readonly #targets = new Map<string, Located | undefined>();

  constructor(document: Document) {
    this.root = document.root;
  }

  view(located: Located): View {
    const known = this.#views.get(located.schema);
    if (known) return known;
    const view = viewOf(this, located);
    this.#views.set(located.schema, view);
    return view;
  }

  /** What an internal reference names, as it stands there. */
  target(reference: string): Located | undefined {
    if (!this.#targets.has(reference)) this.#targets.set(reference, this.#find(reference));
    return this.#targets.get(reference);
  }

  #find(reference: string): Located | undefined {
    const pointer = pointerOfFragment(reference);
    if (pointer === undefined) return undefined;
    let node: unknown = this.root;
    for (const key of parsePointer(pointer)) node = memberOf(node, key);
    return isRecord(node) ? { schema: node, pointer } : undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, never>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member of an object or array of the tree; prototype members are none. */
export function memberOf(node: unknown, key: string): unknown {
  if (typeof node !== "object" || node === null || !Object.hasOwn(node, key)) return undefined;
  return Reflect.get(node, key);
}

interface Merging {
  schema: { [keyword: string]: Json | undefined };
  name: string | undefined;
  isNullable: boolean;
  /** One of the parts that must all hold has types, and null is none of them. */
  refusesNull: boolean;
  members: Map<string, Located>;
  required: Set<string>;
  items: Located | undefined;
  values: Located | undefined;
  choices: Located[];
  seen: Set<Schema>;
}

function viewOf(reader: SchemaReader, located: Located): View {
  const start = locate(reader, located);
  const merging: Merging = {
    schema: {},
    name: undefined,
    isNullable: false,
    refusesNull: false,
    members: new Map(),
    required: new Set(),
    items: undefined,
    values: undefined,
    choices: [],
    seen: new Set(),
  };
  merge(reader, located, merging, 0);
  const schema = cleaned(merging);
  return {
    schema,
    pointer: start.pointer,
    ...(merging.name !== undefined && { name: merging.name }),
    kind: kindOf(schema, merging),
    isNullable: (merging.isNullable && !merging.refusesNull) || schema.default === null,
    members: merging.members,
    required: merging.required,
    ...(merging.items && { items: merging.items }),
    ...(merging.values && { values: merging.values }),
    choices: merging.choices,
  };
}

function locate(reader: SchemaReader, located: Located): Located {
  let current = located;
  for (let steps = 0; steps < 50 && current.schema.$ref !== undefined; steps += 1) {
    const target = reader.target(current.schema.$ref);
    if (!target) return current;
    current = target;
  }
  return current;
}

function merge(reader: SchemaReader, located: Located, into: Merging, depth: number): void {
  const { schema, pointer } = located;
  if (!isRecord(schema) || into.seen.has(schema) || into.seen.size > 200) return;
  into.seen.add(schema);
  if (typeof schema.$ref === "string") {
    const target = reader.target(schema.$ref);
    if (depth === 0 && into.name === undefined) into.name = componentName(schema.$ref);
    if (target) merge(reader, target, into, depth);
  }
  if (Array.isArray(schema.allOf)) {
    const parts: readonly Schema[] = schema.allOf;
    const isReference = parts.length === 1 && schema.properties === undefined;
    parts.forEach((part, index) => {
      const said = prose(into.schema);
      merge(reader, { schema: part, pointer: below(pointer, "allOf", index) }, into, isReference ? depth : depth + 1);
      // The first part tells what the whole is; others tell what they add.
      Object.assign(into.schema, said);
    });
  }
  mergeUnion(reader, located, into, depth);
  mergeKeywords(schema, into);
  mergeMembers(located, into);
}

function prose({ title, description }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...(title !== undefined && { title }), ...(description !== undefined && { description }) };
}

/** Annotations of the referring schema and its parts; the outermost wins, and it is merged last. */
function mergeKeywords(schema: Schema, into: Merging): void {
  for (const [key, value] of Object.entries(schema)) {
    if (structural.has(key)) continue;
    into.schema[key] = value;
  }
  const types = typesOf(schema);
  if (types.includes("null")) into.isNullable = true;
  else if (types.length > 0) into.refusesNull = true;
  if (schema.enum?.includes(null) === true || schema.const === null) into.isNullable = true;
}

const structural = new Set([
  "$ref",
  "allOf",
  "oneOf",
  "anyOf",
  "properties",
  "required",
  "items",
  "additionalProperties",
]);

function mergeMembers({ schema, pointer }: Located, into: Merging): void {
  for (const [name, member] of Object.entries(isRecord(schema.properties) ? schema.properties : {})) {
    if (!isRecord(member)) continue;
    into.members.set(name, { schema: member, pointer: below(pointer, "properties", name) });
  }
  if (Array.isArray(schema.required)) for (const name of schema.required) into.required.add(String(name));
  if (isRecord(schema.items)) into.items = { schema: schema.items, pointer: below(pointer, "items") };
  if (isRecord(schema.additionalProperties) && Object.keys(schema.additionalProperties).length > 0) {
    into.values = { schema: schema.additionalProperties, pointer: below(pointer, "additionalProperties") };
  }
}

/** `anyOf`/`oneOf` of one choice and null is that choice; a choice of an empty text beside another means "clear it". */
function mergeUnion(reader: SchemaReader, { schema, pointer }: Located, into: Merging, depth: number): void {
  for (const keyword of ["anyOf", "oneOf"] as const) {
    const all = schema[keyword];
    if (!Array.isArray(all)) continue;
    const choices: Located[] = all
      .map((choice: Schema, index) => ({ schema: choice, pointer: below(pointer, keyword, index) }))
      .filter((choice) => isRecord(choice.schema));
    const real = choices.filter((choice) => !isNothing(locate(reader, choice).schema) && !isRequirement(choice.schema));
    if (real.length < choices.filter((choice) => !isRequirement(choice.schema)).length) into.isNullable = true;
    const [only] = real;
    if (real.length !== 1 || !only) {
      into.choices.push(...real);
      continue;
    }
    // What a choice refuses, another one may take.
    const { refusesNull } = into;
    merge(reader, only, into, depth);
    into.refusesNull = refusesNull;
    // Beside other words an empty one is a word too, which is shown as it was sent.
    const words = into.schema["enum"];
    const hasEmpty = choices.some((choice) => locate(reader, choice).schema.enum?.includes("") === true);
    if (hasEmpty && Array.isArray(words) && !words.includes("")) into.schema["enum"] = [...(words as Json[]), ""];
  }
}

function isNothing(schema: Schema): boolean {
  return schema.type === "null" || schema.const === null || isEmptyTextOnly(schema);
}

function isEmptyTextOnly(schema: Schema): boolean {
  return Array.isArray(schema.enum) && schema.enum.length === 1 && (schema.enum[0] === "" || schema.enum[0] === null);
}

/** `anyOf: [{ required: [a] }, { required: [b] }]` restricts, and chooses nothing. */
function isRequirement(schema: Schema): boolean {
  return Object.keys(schema).every((key) => key === "required" || key === "not" || key === "title");
}

function cleaned({ schema }: Merging): Schema {
  const { enum: values, ...rest }: Schema = schema;
  return Array.isArray(values) ? { ...rest, enum: values.filter((value: Json) => value !== null) } : rest;
}

export function typesOf(schema: Schema): readonly string[] {
  if (typeof schema.type === "string") return [schema.type];
  return Array.isArray(schema.type) ? (schema.type as readonly string[]) : [];
}

function kindOf(schema: Schema, merging: Merging): View["kind"] {
  const types = typesOf(schema).filter((type) => type !== "null");
  if (merging.choices.length > 1 && merging.members.size === 0) return unionKind(merging.choices);
  if (merging.items && (types.includes("array") || types.length === 0 || merging.members.size === 0)) return "array";
  if (merging.members.size > 0 || merging.values) return "object";
  if (types.length === 2 && types.includes("string") && (types.includes("integer") || types.includes("number"))) {
    return schema.pattern === undefined ? "string" : types.includes("integer") ? "integer" : "number";
  }
  if (types.length > 1) return types.includes("integer") && types.includes("number") ? "number" : "any";
  return ofEnum(schema) ?? named(types[0]);
}

function unionKind(choices: readonly Located[]): View["kind"] {
  const kinds = new Set(
    choices.map((choice) => (choice.schema.$ref === undefined ? typesOf(choice.schema)[0] : "object")),
  );
  const [only] = kinds;
  return kinds.size === 1 && only !== "object" && only !== "array" && only !== undefined ? named(only) : "union";
}

function ofEnum(schema: Schema): View["kind"] | undefined {
  if (schema.type !== undefined) return undefined;
  const values: readonly Json[] = schema.const !== undefined ? [schema.const] : (schema.enum ?? []);
  if (values.length === 0) return undefined;
  if (values.every((value) => typeof value === "string")) return "string";
  if (values.every((value) => Number.isInteger(value))) return "integer";
  return values.every((value) => typeof value === "boolean") ? "boolean" : "any";
}

function named(type: string | undefined): View["kind"] {
  switch (type) {
    case "object":
    case "array":
    case "string":
    case "integer":
    case "number":
    case "boolean":
      return type;
    case "file":
      return "string";
    default:
      return "any";
  }
}

/** "Pet" of "#/components/schemas/Pet". */
function componentName(reference: string): string | undefined {
  const [first, second, name, ...deeper] = parsePointer(pointerOfFragment(reference) ?? "");
  return first === "components" && second === "schemas" && deeper.length === 0 ? name : undefined;
}
