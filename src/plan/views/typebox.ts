import type { Schema } from "../../document/openapi.ts";
import { propertyKey, valueLiteral } from "../../render/escape.ts";
import { isMarkedExact, unmarked } from "../exact.ts";
import { typeText } from "./types.ts";

/**
 * A resolved request schema (plan/request-schema.ts) as TypeBox code. What TypeBox has no word for is written as plain
 * JSON Schema under `Type.Unsafe<T>`, so that nothing which the document demands is lost. `depth` is how far it stands
 * inside of the type that a contract file has of it: types end at the same depth.
 */
export function typeboxText(schema: Schema, depth = 0): string {
  const rule = rules.find((candidate) => candidate.when(schema));
  if (rule !== undefined) return rule.print(schema, depth);
  return `Type.Unsafe<${typeText(schema, depth)}>(${valueLiteral(unmarked(schema))})`;
}

interface Rule {
  readonly when: (schema: Schema) => boolean;
  readonly print: (schema: Schema, depth: number) => string;
}

type Member = keyof Schema & string;

/** Of parameters: what holds where they are left out. */
const fallbacks: readonly Member[] = ["default"];
const textOptions: readonly Member[] = ["minLength", "maxLength", "pattern", "format", ...fallbacks];
const numberOptions: readonly Member[] = [
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "format",
  ...fallbacks,
];
const arrayOptions: readonly Member[] = ["minItems", "maxItems", "uniqueItems", ...fallbacks];
const objectOptions: readonly Member[] = ["minProperties", "maxProperties", ...fallbacks];

/** The first rule that matches prints the schema: closed lists before types, single types before unions of types. */
const rules: readonly Rule[] = [
  { when: isNever, print: () => "Type.Never()" },
  { when: (schema) => isScalarList(schema.enum) && only(schema, ["enum", "type", ...fallbacks]), print: enumText },
  {
    when: (schema) => isScalar(schema.const) && only(schema, ["const", "type"]),
    print: (schema) => `Type.Literal(${valueLiteral(schema.const)})`,
  },
  { when: isType("string", textOptions), print: (schema) => `Type.String(${options(schema, textOptions)})` },
  {
    when: (schema) => isType("integer", numberOptions)(schema) && !isMarkedExact(schema),
    print: (schema) => `Type.Integer(${options(withoutIdleFormat(schema), numberOptions)})`,
  },
  {
    when: isType("number", numberOptions),
    print: (schema) => `Type.Number(${options(withoutIdleFormat(schema), numberOptions)})`,
  },
  { when: isType("boolean", fallbacks), print: (schema) => `Type.Boolean(${options(schema, fallbacks)})` },
  { when: isType("null", []), print: () => "Type.Null()" },
  { when: isType("array", ["items", ...arrayOptions]), print: arrayText },
  { when: isWordedObject, print: objectText },
  { when: (schema) => Array.isArray(schema.type) && schema.enum === undefined, print: unionOfTypes },
  {
    when: (schema) => schema.anyOf !== undefined && only(schema, ["anyOf"]),
    print: (schema, depth) =>
      `Type.Union([${(schema.anyOf ?? []).map((part) => typeboxText(part, depth + 1)).join(", ")}])`,
  },
  { when: (schema) => Object.keys(schema).length === 0, print: () => "Type.Unknown()" },
];

/** Formats of numbers that forbid nothing: of fractions, and of 32 bits where the bounds are closer. */
function withoutIdleFormat({ format, ...schema }: Schema): Schema {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
  const isNarrow = minimum >= -(2 ** 31) && maximum < 2 ** 31;
  const isIdle = format === "float" || format === "double" || (format === "int32" && isNarrow);
  return format === undefined || isIdle ? schema : { ...schema, format };
}

function isNever(schema: Schema): boolean {
  return schema.not !== undefined && Object.keys(schema).length === 1 && Object.keys(schema.not).length === 0;
}

function only(schema: Schema, members: readonly string[]): boolean {
  return Object.keys(schema).every((key) => members.includes(key));
}

function isType(type: string, members: readonly string[]): (schema: Schema) => boolean {
  return (schema) => schema.type === type && only(schema, ["type", ...members]);
}

function isScalar(value: unknown): boolean {
  return value !== undefined && value !== null && typeof value !== "object";
}

function isScalarList(values: readonly unknown[] | undefined): boolean {
  return values !== undefined && values.length > 0 && values.every(isScalar);
}

function enumText(schema: Schema): string {
  const values = schema.enum ?? [];
  const given = options(schema, fallbacks);
  const more = given === "" ? "" : `, ${given}`;
  if (values.every((value) => typeof value === "string")) return `Type.Enum(${valueLiteral(values)}${more})`;
  return `Type.Union([${values.map((value) => `Type.Literal(${valueLiteral(value)})`).join(", ")}]${more})`;
}

function options(schema: Schema, members: readonly Member[], extra: readonly string[] = []): string {
  const given = members.filter((member) => schema[member] !== undefined);
  const all = [...given.map((member) => `${member}: ${valueLiteral(schema[member])}`), ...extra];
  return all.length === 0 ? "" : `{ ${all.join(", ")} }`;
}

function arrayText(schema: Schema, depth: number): string {
  const items = schema.items === undefined ? "Type.Unknown()" : typeboxText(schema.items, depth + 1);
  return `Type.Array(${[items, options(schema, arrayOptions)].filter(Boolean).join(", ")})`;
}

function isWordedObject(schema: Schema): boolean {
  const members = ["properties", "required", "additionalProperties", ...objectOptions];
  if (!isType("object", members)(schema)) return false;
  const names = Object.keys(schema.properties ?? {});
  return (
    names.length > 0 && !names.includes("__proto__") && (schema.required ?? []).every((name) => names.includes(name))
  );
}

function objectText(schema: Schema, depth: number): string {
  const required = new Set(schema.required ?? []);
  const members = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const text = typeboxText(property, depth + 1);
    return `${propertyKey(name)}: ${required.has(name) ? text : `Type.Optional(${text})`}`;
  });
  const rest = schema.additionalProperties;
  const restText = typeof rest === "object" ? typeboxText(rest, depth + 1) : String(rest);
  const given = options(schema, objectOptions, rest === undefined ? [] : [`additionalProperties: ${restText}`]);
  return `Type.Object({ ${members.join(", ")} }${given === "" ? "" : `, ${given}`})`;
}

/** `type: ["string", "null"]` with constraints: each constraint goes to the type that it is about. */
function unionOfTypes(schema: Schema, depth: number): string {
  const types = schema.type as readonly string[];
  const parts = types.map((type) => typeboxText(constraintsOf(schema, type), depth));
  return parts.length === 1 ? parts.join("") : `Type.Union([${parts.join(", ")}])`;
}

const membersByType: Readonly<Record<string, readonly string[]>> = {
  string: textOptions,
  integer: numberOptions,
  number: numberOptions,
  array: ["items", "prefixItems", "unevaluatedItems", "contains", "minContains", "maxContains", ...arrayOptions],
  object: [
    "properties",
    "required",
    "additionalProperties",
    "unevaluatedProperties",
    "patternProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    ...objectOptions,
  ],
};
const compound: readonly string[] = ["anyOf", "oneOf", "allOf", "not", "const", "if", "then", "else"];

function constraintsOf(schema: Schema, type: string): Schema {
  const members = [...(membersByType[type] ?? []), ...compound];
  return { type, ...Object.fromEntries(Object.entries(schema).filter(([key]) => members.includes(key))) };
}
