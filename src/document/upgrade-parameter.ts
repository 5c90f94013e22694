import { isObject, isText, member } from "./raw.ts";
import type { RawObject } from "./raw.ts";
import type { Upgrade } from "./upgrade.ts";

/** What OpenAPI 2.0 writes beside `name` and `in`, and 3.x in a schema. */
const schemaKeywords = [
  "type",
  "format",
  "items",
  "enum",
  "default",
  "pattern",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "uniqueItems",
  "nullable",
  "x-nullable",
  "allOf",
  "oneOf",
  "anyOf",
  "properties",
  "additionalProperties",
] as const;

/** OpenAPI 2.0 collection formats and how 3.x says the same (a list in one text is never exploded). */
const collectionStyles: Readonly<Record<string, { readonly style: string | undefined; readonly explode: boolean }>> = {
  csv: { style: undefined, explode: false },
  multi: { style: "form", explode: true },
  ssv: { style: "spaceDelimited", explode: false },
  pipes: { style: "pipeDelimited", explode: false },
};

/** Gives a parameter or header the schema that its own members describe, as many 3.x documents still write them. */
export function upgradeParameter(parameter: RawObject, tools: Upgrade): void {
  if (parameter["in"] === "path" && parameter["required"] !== true) parameter["required"] = true;
  if (isObject(parameter["content"]) || isObject(parameter["schema"])) return;
  if (schemaKeywords.some((keyword) => Object.hasOwn(parameter, keyword))) foldSchema(parameter, tools);
}

/** Moves the members that describe the value into a schema; the members of a schema that is there win. */
export function foldSchema(holder: RawObject, { origins }: Upgrade): RawObject {
  const schema = isObject(holder["schema"]) ? holder["schema"] : origins.adopt<RawObject>({}, holder);
  for (const keyword of schemaKeywords) {
    const value = member(holder, keyword);
    if (value === undefined) continue;
    if (!Object.hasOwn(schema, keyword)) schema[keyword] = value;
    delete holder[keyword];
  }
  holder["schema"] = schema;
  return schema;
}

/** Turns `collectionFormat` of a parameter into `style` and `explode`; csv is what holds when there is none. */
export function upgradeCollection(parameter: RawObject, { warn }: Upgrade): void {
  // A parameter that several operations share is upgraded already.
  if (typeof parameter["explode"] === "boolean") return;
  const format = parameter["collectionFormat"] ?? "csv";
  delete parameter["collectionFormat"];
  if (member(parameter["schema"], "type") !== "array") return;
  const named = isText(format) && Object.hasOwn(collectionStyles, format) ? collectionStyles[format] : undefined;
  if (named === undefined) {
    warn(
      "schema/unsupported",
      parameter,
      "collectionFormat",
      `A list in the form ${JSON.stringify(format)} is read as csv.`,
    );
  }
  const { style, explode } = named ?? { style: undefined, explode: false };
  if (style !== undefined) parameter["style"] = style;
  parameter["explode"] = explode;
}
