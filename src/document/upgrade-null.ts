import { isObject, isReference, isText, member } from "./raw.ts";
import type { RawObject } from "./raw.ts";
import type { Upgrade } from "./upgrade.ts";

/**
 * Says in JSON Schema what `nullable` and `x-nullable` say. It is honoured beside `$ref` and `allOf` too, where OpenAPI
 * 3.0 gives it no meaning, because that is how it is written; and in 3.1, which has dropped it. `default: null` and a
 * null among the values of an enum mean the same.
 */
export function upgradeNullability(schema: RawObject, tools: Upgrade): void {
  const isDeclared = [schema["nullable"], schema["x-nullable"]].some((flag) => flag === true || flag === "true");
  delete schema["nullable"];
  delete schema["x-nullable"];
  const hasNullDefault = schema["default"] === null;
  if (hasNullDefault && !isUntyped(schema)) delete schema["default"];
  const hasNullValue = Array.isArray(schema["enum"]) && schema["enum"].includes(null);
  if (isDeclared || hasNullDefault || hasNullValue) allowNull(schema, tools);
}

function allowNull(schema: RawObject, tools: Upgrade): void {
  if (isReference(schema) || schema["allOf"] !== undefined) return wrap(schema, tools);
  if (Array.isArray(schema["enum"]) && !schema["enum"].includes(null)) {
    schema["enum"] = tools.origins.adopt([...(schema["enum"] as unknown[]), null], schema["enum"]);
  }
  allowNullType(schema);
  for (const keyword of ["oneOf", "anyOf"]) allowNullVariant(schema, keyword, tools);
  // Neither `const` nor `not` can be widened in place.
  if (Object.hasOwn(schema, "const") && schema["const"] !== null) wrap(schema, tools);
}

function allowNullType(schema: RawObject): void {
  const { type } = schema;
  if (isText(type) && type !== "null") schema["type"] = [type, "null"];
  else if (Array.isArray(type) && !type.includes("null")) schema["type"] = [...(type as unknown[]), "null"];
  else if (schema["oneOf"] !== undefined || schema["anyOf"] !== undefined) return;
  else if (type === undefined && isObject(schema["properties"])) schema["type"] = ["object", "null"];
  else if (type === undefined && isObject(schema["items"])) schema["type"] = ["array", "null"];
}

function allowNullVariant(schema: RawObject, keyword: string, { origins, links }: Upgrade): void {
  const variants = schema[keyword];
  if (!Array.isArray(variants) || variants.some((variant) => takesNull(variant, links.references))) return;
  variants.push(origins.adopt({ type: "null" }, schema));
}

function takesNull(variant: unknown, references: ReadonlyMap<object, object>): boolean {
  if (!isObject(variant)) return false;
  const target = references.get(variant) ?? variant;
  const type = member(target, "type");
  const values = member(target, "enum");
  if ((Array.isArray(values) && values.includes(null)) || member(target, "const") === null) return true;
  if (type === "null" || member(target, "nullable") === true || member(target, "x-nullable") === true) return true;
  return Array.isArray(type) && type.includes("null");
}

const annotations = new Set([
  "title",
  "description",
  "example",
  "examples",
  "default",
  "deprecated",
  "readOnly",
  "writeOnly",
  "externalDocs",
]);

/**
 * Puts what constrains the schema beside null. Not under `oneOf`, as the schema may take null by itself, and then null
 * would match twice.
 */
function wrap(schema: RawObject, { origins, links }: Upgrade): void {
  const inner = origins.adopt<RawObject>({}, schema);
  for (const [key, value] of Object.entries(schema)) {
    if (annotations.has(key) || key.startsWith("x-")) continue;
    inner[key] = value;
    delete schema[key];
  }
  const target = links.references.get(schema);
  if (target !== undefined) {
    links.references.set(inner, target);
    links.references.delete(schema);
  }
  schema["anyOf"] = origins.adopt([inner, origins.adopt({ type: "null" }, schema)], schema);
}

function isUntyped(schema: RawObject): boolean {
  return ["type", "enum", "const", "$ref", "allOf", "oneOf", "anyOf", "properties"].every(
    (key) => schema[key] === undefined,
  );
}
