import { isObject, isReference, isText, member, setMember } from "./raw.ts";
import type { RawObject } from "./raw.ts";
import type { Upgrade } from "./upgrade.ts";
import { widenChoices } from "./upgrade-choices.ts";
import { upgradeNullability } from "./upgrade-null.ts";
import { dropPatterns } from "./upgrade-pattern.ts";
import { mendDefault, mendEnum } from "./upgrade-values.ts";

type SchemaRule = (schema: RawObject, tools: Upgrade) => void;

/**
 * From a schema of any version to JSON Schema 2020-12, in this order: first the members get their right types, then
 * the type its meaning, then nullability, which must see the final type and enum; defaults are judged last.
 */
export const schemaRules: readonly SchemaRule[] = [
  dropIdentity,
  dropMisplaced,
  readNumbers,
  upgradeType,
  upgradeItems,
  upgradeBounds,
  upgradeRequired,
  upgradeDiscriminator,
  widenChoices,
  upgradeExamples,
  dropPatterns,
  mendEnum,
  upgradeNullability,
  mendDefault,
];

/** What says how references are read; ours are written anew, from the root of the one document. */
const identityKeywords = ["$id", "id", "$schema", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$vocabulary"];

function dropIdentity(schema: RawObject, { warn }: Upgrade): void {
  for (const keyword of identityKeywords) delete schema[keyword];
  if (schema["$ref"] !== undefined && !isReference(schema)) delete schema["$ref"];
  for (const keyword of ["$dynamicRef", "$recursiveRef"]) {
    if (schema[keyword] === undefined) continue;
    warn("schema/unsupported", schema, keyword, `"${keyword}" is not followed; anything is allowed here.`);
    delete schema[keyword];
  }
}

/** The type that a keyword's value must have to mean anything. */
const keywordTypes: readonly (readonly [is: (value: unknown) => boolean, ...keywords: readonly string[]])[] = [
  [Array.isArray, "enum", "allOf", "oneOf", "anyOf", "prefixItems"],
  [isObject, "properties", "patternProperties", "not", "propertyNames", "dependentSchemas", "$defs", "definitions"],
  [isText, "pattern", "format", "description", "title"],
  [(value) => isObject(value) || typeof value === "boolean", "additionalProperties"],
];

function dropMisplaced(schema: RawObject, { warn }: Upgrade): void {
  for (const [is, ...keywords] of keywordTypes) {
    for (const keyword of keywords) {
      if (!Object.hasOwn(schema, keyword) || is(schema[keyword])) continue;
      const value = schema[keyword];
      if (value !== null)
        warn("schema/invalid", schema, keyword, `"${keyword}" cannot be ${show(value)}; it is left out.`);
      delete schema[keyword];
    }
  }
  for (const keyword of ["allOf", "oneOf", "anyOf"]) {
    if (Array.isArray(schema[keyword]) && schema[keyword].length === 0) delete schema[keyword];
  }
}

const countKeywords = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];
const numberKeywords = ["minimum", "maximum", "multipleOf", ...countKeywords];

/** Bounds that are written as texts are read as the numbers that they show; what is no bound is left out. */
function readNumbers(schema: RawObject, { warn }: Upgrade): void {
  for (const keyword of numberKeywords) {
    const value = member(schema, keyword);
    if (value === undefined) continue;
    const bound = isText(value) && value.trim() !== "" ? Number(value) : value;
    if (isBound(keyword, bound)) schema[keyword] = bound;
    else {
      if (value !== null)
        warn("schema/invalid", schema, keyword, `"${keyword}" cannot be ${show(value)}; it is left out.`);
      delete schema[keyword];
    }
  }
}

function isBound(keyword: string, value: unknown): value is number {
  if (typeof value !== "number" || !Number.isFinite(value)) return false;
  if (keyword === "multipleOf") return value > 0;
  return !countKeywords.includes(keyword) || (Number.isInteger(value) && value >= 0);
}

const jsonTypes = ["null", "boolean", "object", "array", "number", "string", "integer"];

/** What people write for a type, and what they mean by it. */
const otherTypes: Readonly<Record<string, RawObject>> = {
  file: { type: "string", format: "binary" },
  binary: { type: "string", format: "binary" },
  any: {},
  mixed: {},
  int: { type: "integer" },
  int32: { type: "integer", format: "int32" },
  int64: { type: "integer", format: "int64" },
  long: { type: "integer", format: "int64" },
  float: { type: "number", format: "float" },
  double: { type: "number", format: "double" },
  decimal: { type: "number" },
  bool: { type: "boolean" },
  str: { type: "string" },
  text: { type: "string" },
  date: { type: "string", format: "date" },
  datetime: { type: "string", format: "date-time" },
  "date-time": { type: "string", format: "date-time" },
  uuid: { type: "string", format: "uuid" },
  url: { type: "string", format: "uri" },
  email: { type: "string", format: "email" },
  list: { type: "array" },
  map: { type: "object" },
  dict: { type: "object" },
  hash: { type: "object" },
};

function upgradeType(schema: RawObject, tools: Upgrade): void {
  const { type } = schema;
  if (type === undefined) return;
  if (Array.isArray(type)) return upgradeTypes(schema, type);
  if (isText(type) && jsonTypes.includes(type)) return;
  const word = isText(type) ? type.toLowerCase() : "";
  const meant = jsonTypes.includes(word)
    ? { type: word }
    : Object.hasOwn(otherTypes, word)
      ? otherTypes[word]
      : undefined;
  delete schema["type"];
  Object.assign(schema, { ...meant, ...(isText(schema["format"]) && { format: schema["format"] }) });
  // `file` is how OpenAPI 2.0 says it.
  if (type === "file" || type === null) return;
  const taken =
    meant === undefined ? "anything is allowed here" : `it is taken for ${show(meant["type"] ?? "any type")}`;
  tools.warn("schema/invalid", schema, "type", `${show(type)} is not a type of JSON Schema; ${taken}.`);
}

function upgradeTypes(schema: RawObject, types: readonly unknown[]): void {
  const known = [...new Set(types.map((type) => (type === null ? "null" : type)))].filter(
    (type) => isText(type) && jsonTypes.includes(type),
  );
  if (known.length === 0) delete schema["type"];
  else schema["type"] = known.length === 1 ? known[0] : known;
}

function upgradeItems(schema: RawObject, tools: Upgrade): void {
  const { items, type } = schema;
  if (type === "object" && items !== undefined) return takeItemForObject(schema, items, tools);
  if (!Array.isArray(items)) return;
  delete schema["items"];
  if (items.length === 1) schema["items"] = items[0];
  else if (items.length > 1) schema["prefixItems"] = items;
}

/** `type: object` with `items` is a common slip for an object of the kind that the items describe. */
function takeItemForObject(schema: RawObject, items: unknown, { links, warn }: Upgrade): void {
  const target = isObject(items) ? links.references.get(items) : undefined;
  const isMeant = schema["properties"] === undefined && isObject(member(target ?? items, "properties"));
  const taken = isMeant ? "it is taken to be one of them" : "they are left out";
  const fix = 'write "type: array", or "properties".';
  warn("schema/invalid", schema, "items", `An object has no "items"; ${taken}.`, fix);
  delete schema["items"];
  if (!isMeant || !isObject(items)) return;
  for (const [key, value] of Object.entries(items)) if (!Object.hasOwn(schema, key)) setMember(schema, key, value);
  if (target === undefined) return;
  links.references.delete(items);
  links.references.set(schema, target);
}

/** In OpenAPI 2.0 and 3.0 `exclusiveMinimum: true` makes `minimum` exclusive; in JSON Schema it is a bound itself. */
function upgradeBounds(schema: RawObject, { warn }: Upgrade): void {
  for (const [keyword, bound] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    const value = schema[keyword];
    if (value === undefined || (typeof value === "number" && Number.isFinite(value))) continue;
    delete schema[keyword];
    if (value === true && schema[bound] !== undefined) {
      schema[keyword] = schema[bound];
      delete schema[bound];
    } else if (typeof value !== "boolean" && value !== null) {
      warn("schema/invalid", schema, keyword, `"${keyword}" cannot be ${show(value)}; it is left out.`);
    }
  }
}

/** `required: true` on a property is a habit from JSON Schema draft 3; it belongs into the list of the object. */
function upgradeRequired(schema: RawObject, { warn }: Upgrade): void {
  const { required, properties } = schema;
  if (isText(required)) schema["required"] = [required];
  const names = new Set(Array.isArray(schema["required"]) ? schema["required"].filter(isText) : []);
  for (const [name, property] of Object.entries(isObject(properties) ? properties : {})) {
    if (!isObject(property) || !isFlag(property["required"])) continue;
    const saw = `"required" of a property is a list of names; "${name}" is taken to be ${isOn(property["required"]) ? "required" : "optional"}.`;
    warn("schema/invalid", property, "required", saw, `list "${name}" in "required" of the object that has it.`);
    if (isOn(property["required"])) names.add(name);
    delete property["required"];
  }
  if (names.size > 0) schema["required"] = [...names];
  else if (required !== undefined && !isFlag(required)) delete schema["required"];
}

function isFlag(value: unknown): boolean {
  return typeof value === "boolean" || value === "true" || value === "false";
}

function isOn(value: unknown): boolean {
  return value === true || value === "true";
}

function upgradeDiscriminator(schema: RawObject, { origins }: Upgrade): void {
  const { discriminator } = schema;
  if (isText(discriminator))
    schema["discriminator"] = origins.adopt<RawObject>({ propertyName: discriminator }, schema);
  else if (discriminator !== undefined && !isObject(discriminator)) delete schema["discriminator"];
}

/** A map of examples is how media types have them; a schema has a list. */
function upgradeExamples(schema: RawObject, { origins }: Upgrade): void {
  const { examples } = schema;
  if (examples === undefined || Array.isArray(examples)) return;
  delete schema["examples"];
  if (!isObject(examples)) return;
  const values = Object.values(examples).map((example) =>
    isObject(example) && "value" in example ? example["value"] : example,
  );
  if (!isReference(examples)) schema["examples"] = origins.adopt(values, schema);
}

function show(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 60) ?? "nothing";
}
