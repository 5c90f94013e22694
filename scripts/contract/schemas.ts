import { Ajv2020 } from "ajv/dist/2020.js";
import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { isRecord } from "../../src/json.ts";
import { at } from "./original.ts";
import type { Node, Original } from "./original.ts";

export interface Schemas {
  /**
   * What is wrong with a value by the schema at a pointer; undefined where nothing is. Members whose values are among
   * those taken may be out of the range that the schema gives them; lists of words may be closed to them all the same.
   */
  mistakeIn(pointer: string, value: unknown, taken?: ReadonlySet<string>, areListsClosed?: boolean): string | undefined;
  /** The whole document, its schemas in the dialect of 2020-12, for whoever makes values of them. */
  readonly root: Node;
}

/**
 * Reads the document's schemas as what one side sends: members that only the other side sends are not required, and
 * what only a request has may not stand in an answer.
 */
export function readSchemas(original: Original, side: "request" | "response"): Schemas {
  const root = translate(original, side);
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    validateFormats: true,
    logger: false,
    verbose: true,
    allErrors: true,
  });
  formats.default(ajv);
  // Of the registry of formats that OpenAPI names, and a text's own in it.
  ajv.addFormat("decimal", /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/);
  ajv.addSchema(root, "document");
  const compiled = new Map<string, ValidateFunction>();
  const errorsOf = (schema: Node, value: unknown): readonly ErrorObject[] => {
    const key = JSON.stringify(schema);
    const validate = compiled.get(key) ?? ajv.compile(schema);
    compiled.set(key, validate);
    return validate(value) ? [] : (validate.errors ?? []);
  };
  return {
    root,
    mistakeIn(pointer, value, taken = new Set(), areListsClosed = false) {
      const errors = errorsOf({ $ref: `document#${encodeURI(pointer).replaceAll("#", "%23")}` }, value);
      const isExcused = ({ keyword, data }: ErrorObject): boolean =>
        ranges.has(keyword) && !(keyword === "enum" && areListsClosed) && taken.has(JSON.stringify(data));
      const rest = unexcused(errors, isExcused, errorsOf);
      return rest.length === 0 ? undefined : said(rest);
    },
  };
}

/**
 * Errors less those by which values that were taken are out of a range; an alternative that has no other errors is the
 * one that was meant, and what is wrong by the others says nothing then.
 */
function unexcused(
  errors: readonly ErrorObject[],
  isExcused: (error: ErrorObject) => boolean,
  errorsOf: (schema: Node, value: unknown) => readonly ErrorObject[],
): readonly ErrorObject[] {
  if (!errors.some(isExcused)) return errors;
  const met = errors
    .filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf")
    .filter(({ schema, data }) =>
      listOf(schema).some((one) => unexcused(errorsOf(apart(one), data), isExcused, errorsOf).length === 0),
    )
    .map(({ instancePath }) => instancePath);
  return errors.filter(
    (error) =>
      !isExcused(error) &&
      !met.some((path) => error.instancePath === path || error.instancePath.startsWith(`${path}/`)),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** A part of the document as a schema of its own. */
function apart(part: unknown): Node {
  const text = JSON.stringify(part).replaceAll('"$ref":"#', '"$ref":"document#');
  return JSON.parse(text) as Node;
}

/** Keywords of one text or number, which say how far it may go. */
const ranges = new Set(
  "format pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum enum".split(" "),
);

function said(errors: readonly ErrorObject[]): string {
  // Of alternatives, the one that was meant fails deepest.
  return errors
    .toSorted((left, right) => right.instancePath.split("/").length - left.instancePath.split("/").length)
    .slice(0, 3)
    .map(({ instancePath, message, params }) => `${instancePath || "/"} ${message} ${JSON.stringify(params)}`)
    .join("; ");
}

interface Walk {
  readonly root: Node;
  readonly isOld: boolean;
  readonly hiding: "readOnly" | "writeOnly";
}

/** What has no meaning for validation, or would be taken for something else in the newer dialect. */
const dropped = new Set([
  "example",
  "examples",
  "default",
  "discriminator",
  "xml",
  "externalDocs",
  "id",
  "$id",
  "$schema",
  "$anchor",
]);

/** Their members' names are the document's own. */
const maps = new Set(
  (
    "properties patternProperties $defs definitions paths schemas responses parameters headers requestBodies content " +
    "dependentSchemas x-forms"
  ).split(" "),
);

function translate(original: Original, side: "request" | "response"): Node {
  const walk: Walk = {
    root: original.root,
    isOld: original.version !== "3.1",
    hiding: side === "request" ? "readOnly" : "writeOnly",
  };
  return translated(original.root, walk, new Set(), false) as Node;
}

/** `isMap` where the members' names are the document's own, and none of them is a keyword. */
function translated(node: unknown, walk: Walk, hidden: ReadonlySet<string>, isMap: boolean): unknown {
  if (Array.isArray(node)) return node.map((item) => translated(item, walk, hidden, false));
  if (!isRecord(node)) return node;
  if (isMap) return mapped(node, (value) => translated(value, walk, new Set(), false));
  const reference = node["$ref"];
  if (typeof reference === "string") {
    if (!reference.startsWith("#") || at(walk.root, decodeURIComponent(reference.slice(1))) === undefined) return {};
    if (walk.isOld) return { $ref: reference };
  }
  return nullable(node, schemaOf(node, walk, hidden), walk);
}

function schemaOf(written: Node, walk: Walk, outer: ReadonlySet<string>): Node {
  const node = asMeant(written, walk);
  const hidden = new Set([...outer, ...hiddenMembers(node, walk, 0)]);
  const made: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(node)) {
    if (name === "example" || name === "examples") {
      // Kept under a name that no validator takes for its own: many a text can be had by example alone.
      made["x-contract-examples"] = name === "example" ? [value] : Object.values(isRecord(value) ? {} : (value ?? []));
    }
    if (dropped.has(name) && !(isRecord(value) && name === "id")) continue;
    if (name === "required") {
      // A parameter of Swagger 2.0 is its own schema, and says by a boolean whether it must be there.
      if (Array.isArray(value)) made[name] = value.filter((one) => !hidden.has(String(one)));
    } else if (maps.has(name)) made[name] = translated(value, walk, new Set(), true);
    else if (name === "enum" || name === "const") made[name] = value;
    else if (name === "pattern") Object.assign(made, patternOf(value));
    else made[name] = translated(value, walk, name === "allOf" ? hidden : new Set(), false);
  }
  if (isRecord(node["properties"])) made["properties"] = without(made["properties"], hiddenHere(node, walk));
  if (made["type"] === "file" || node["format"] === "binary") delete made["type"];
  for (const [bound, exclusive] of [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const) {
    if (typeof node[exclusive] !== "boolean") continue;
    delete made[exclusive];
    if (node[exclusive] === true && typeof node[bound] === "number") made[exclusive] = node[bound];
  }
  return made;
}

/**
 * Two ways of writing that say nothing by the letter, and that nobody would write for nothing: an object with the `items`
 * of a list is such an item; null in an enum of 3.0, whose type leaves no room for it, is one of the values.
 */
function asMeant(node: Node, { isOld }: Walk): Node {
  if (node["type"] === "object" && isRecord(node["items"]) && node["properties"] === undefined) {
    const { items, ...rest } = node;
    return { ...rest, allOf: [items] };
  }
  const isNullListed = isOld && Array.isArray(node["enum"]) && node["enum"].includes(null);
  return isNullListed && typeof node["type"] === "string" ? { ...node, type: [node["type"], "null"] } : node;
}

/** Members that the other side alone sends are refused: no value satisfies their schema. */
function without(properties: unknown, hidden: ReadonlySet<string>): unknown {
  if (!isRecord(properties)) return properties;
  return mapped(properties, (value, name) => (hidden.has(name) ? { not: {} } : value));
}

/** Of a schema and all parts of its `allOf`. */
function hiddenMembers(node: Node, walk: Walk, depth: number): readonly string[] {
  if (depth > 8) return [];
  const parts = Array.isArray(node["allOf"]) ? node["allOf"] : [];
  const inner = parts.flatMap((part) => hiddenMembers(followed(part, walk), walk, depth + 1));
  return [...hiddenHere(node, walk), ...inner];
}

function hiddenHere(node: Node, walk: Walk): ReadonlySet<string> {
  const properties = isRecord(node["properties"]) ? Object.entries(node["properties"]) : [];
  return new Set(properties.filter(([, schema]) => isHidden(schema, walk)).map(([name]) => name));
}

/** It may be said beside a reference, or at its target. */
function isHidden(schema: unknown, walk: Walk): boolean {
  return (isRecord(schema) && schema[walk.hiding] === true) || followed(schema, walk)[walk.hiding] === true;
}

function followed(schema: unknown, { root }: Walk): Node {
  let node: unknown = schema;
  for (let depth = 0; depth < 20 && isRecord(node) && typeof node["$ref"] === "string"; depth += 1)
    node = at(root, decodeURIComponent(node["$ref"].replace(/^#/, "")));
  return isRecord(node) ? node : {};
}

/** `nullable` of 3.0, and what many write for it in 2.0. */
function nullable(node: Node, made: Node, { isOld }: Walk): Node {
  const allowsNull = node["nullable"] === true || (isOld && node["x-nullable"] === true);
  const { nullable: _, ...rest } = made;
  return allowsNull ? { anyOf: [{ type: "null" }, rest] } : rest;
}

/** A pattern in another language than JavaScript's says nothing that could be checked here. */
function patternOf(value: unknown): Node {
  try {
    new RegExp(String(value), "u");
    return { pattern: value };
  } catch {
    return {};
  }
}

function mapped(node: Node, change: (value: unknown, name: string) => unknown): Node {
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, change(value, name)]));
}
