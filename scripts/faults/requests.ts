import type { Edit, Fault, Occasion } from "./fault.ts";
import { generated, template, view } from "./places.ts";

/** Writes a keyword of a schema otherwise; `value` is code over `schema` and `member`. */
function otherwise(keyword: string, value: string): Edit {
  return {
    file: view.typebox,
    find: "${member}: ${valueLiteral(schema[member])}",
    replace: `\${member}: \${valueLiteral(member === "${keyword}" ? ${value} : schema[member])}`,
  };
}

function unchecked(keyword: string): Edit {
  return {
    file: view.typebox,
    find: "members.filter((member) => schema[member] !== undefined);",
    replace: `members.filter((member) => schema[member] !== undefined && member !== "${keyword}");`,
  };
}

function inSchemas(what: string, holds: RegExp): Occasion {
  return { what, path: generated.schemas, holds };
}

const number = "Number(schema[member])";

/** Mistakes in what requests are held to. */
export const requestFaults: readonly Fault[] = [
  {
    title: "a minimum off by one",
    edits: [otherwise("minimum", `${number} - 1`)],
    occasion: inSchemas("minimum", /minimum: /),
  },
  { title: "minLength unchecked", edits: [unchecked("minLength")], occasion: inSchemas("minLength", /minLength: /) },
  {
    title: "maxLength off by one",
    edits: [otherwise("maxLength", `${number} + 1`)],
    occasion: inSchemas("maxLength", /maxLength: /),
  },
  {
    title: "lengths count UTF-16 units",
    edits: [{ file: template.validation, find: "coerceTypes: false,", replace: "coerceTypes: false, unicode: false," }],
    occasion: inSchemas("body with a maxLength", /Body = [^;]*maxLength: /),
  },
  { title: "a pattern unchecked", edits: [unchecked("pattern")], occasion: inSchemas("pattern", /pattern: /) },
  { title: "a format unchecked", edits: [unchecked("format")], occasion: inSchemas("format", /format: "(?!int)/) },
  {
    title: "multipleOf unchecked",
    edits: [unchecked("multipleOf")],
    occasion: inSchemas("multipleOf", /multipleOf: /),
  },
  { title: "maxItems unchecked", edits: [unchecked("maxItems")], occasion: inSchemas("maxItems", /maxItems: /) },
  {
    title: "uniqueItems unchecked",
    edits: [unchecked("uniqueItems")],
    occasion: inSchemas("uniqueItems", /uniqueItems: /),
  },
  {
    title: "minProperties unchecked",
    edits: [unchecked("minProperties")],
    occasion: inSchemas("minProperties", /minProperties: /),
  },
  {
    title: "items of an array unchecked",
    edits: [{ file: view.typebox, find: ": typeboxText(schema.items, depth + 1);", replace: ': "Type.Any()";' }],
    occasion: inSchemas("body with an array", /Body = [^;]*Type\.Array\(/),
  },
  {
    title: "members of a nested object unchecked",
    edits: [
      {
        file: view.typebox,
        find: "const text = typeboxText(property, depth + 1);",
        replace: 'const text = property.properties ? "Type.Any()" : typeboxText(property, depth + 1);',
      },
    ],
    occasion: inSchemas("nested object", /Type\.Object\([^;]*Type\.Object\(/),
  },
  {
    title: "additional members accepted",
    edits: [{ file: view.typebox, find: "rest === undefined ? []", replace: "rest !== true ? []" }],
    occasion: inSchemas("closed object", /additionalProperties: false/),
  },
  {
    title: "null refused where it may be",
    edits: [
      {
        file: view.typebox,
        find: "const types = schema.type as readonly string[];",
        replace: 'const types = (schema.type as readonly string[]).filter((type) => type !== "null");',
      },
    ],
    occasion: inSchemas("nullable member", /Type\.Null\(\)/),
  },
  {
    title: "null accepted for what is optional",
    edits: [
      {
        file: view.typebox,
        find: "required.has(name) ? text : `Type.Optional(${text})`",
        replace: "required.has(name) ? text : `Type.Optional(Type.Union([Type.Null(), ${text}]))`",
      },
    ],
    occasion: inSchemas("body with an optional member", /Body = [^;]*Type\.Optional\(/),
  },
  {
    title: "types coerced",
    edits: [{ file: template.validation, find: "coerceTypes: false", replace: "coerceTypes: true" }],
  },
  {
    title: "false read as true",
    edits: [{ file: template.texts, find: 'return text === "true";', replace: 'return text !== "";' }],
    occasion: inSchemas("boolean in a query", /Query = [^;]*Type\.Boolean\(/),
  },
  {
    title: "numbers of a query read loosely",
    edits: [
      {
        file: template.texts,
        find: 'if (types.includes("integer") && /^-?(0|[1-9]\\d*)$/.test(text) && Number.isSafeInteger(Number(text)))',
        replace: 'if (types.includes("integer") && Number.isSafeInteger(Number(text)))',
      },
    ],
    occasion: inSchemas("integer in a query", /Query = [^;]*Type\.Integer\(/),
  },
  {
    title: "a repeated parameter taken",
    edits: [
      {
        file: template.texts,
        find: "text === undefined || others.length > 0 ? texts",
        replace: "text === undefined || others.length < 0 ? texts",
      },
    ],
    occasion: inSchemas("query", /Query = /),
  },
  {
    title: "a separated list taken as one text",
    edits: [
      {
        file: template.parameters,
        find: 'if (types.includes("array")) return decodeTexts(items, schema);',
        replace: 'if (types.includes("array")) return decodeTexts(whole, schema);',
      },
    ],
    occasion: { what: "separated list in a query", path: generated.routes, holds: /explode: false/ },
  },
  {
    title: "another default page size",
    edits: [
      { file: template.parameters, find: "?? schema.default] as const", replace: "] as const" },
      { file: view.list, find: "?? ${fallback}`", replace: "?? ${fallback + 1}`" },
    ],
    occasion: inSchemas("page size with a default", /(limit|per_page|size)[^;\n]*default: /),
  },
  {
    title: "a member's default not applied",
    edits: [
      {
        file: view.table,
        find: 'if (field.default === undefined || field.default === null) return "";',
        replace: 'return "";',
      },
    ],
    occasion: { what: "member with a default", path: generated.tables, holds: /\.default\((?!sql)/ },
  },
  {
    title: "a member's default not applied by PUT",
    edits: [
      {
        file: view.values,
        find: "if (field.default !== undefined && field.default !== null) {",
        replace: "if (field.default === null) {",
      },
    ],
    occasion: {
      what: "PUT of a member with a default",
      path: generated.operations,
      holds: /input\.\w+ \?\? (?!null|undefined)/,
    },
  },
  {
    title: "unsafe integers taken",
    edits: [
      { file: template.validation, find: "validate: Number.isSafeInteger", replace: "validate: Number.isInteger" },
      {
        file: template.validation,
        find: 'if (![node.type].flat().includes("integer")) return node;',
        replace: "if (node.type !== undefined) return node;",
      },
    ],
    occasion: inSchemas(
      "body with a 64-bit integer",
      /Body = [^;]*Type\.Integer\(\{ (?![^}]*maximum)[^}]*(int64|minimum)/,
    ),
  },
  {
    title: "415 not given",
    edits: [
      {
        file: template.media,
        find: "  app.removeAllContentTypeParsers();",
        replace:
          '  app.removeAllContentTypeParsers();\n  app.addContentTypeParser("*", { parseAs: "buffer" }, async () => ({}));',
      },
      {
        file: template.media,
        find: "if (!taken.includes(given)) throw",
        replace: "if (taken.length === 0) throw",
      },
    ],
    occasion: { what: "body", path: generated.schemas, holds: /Body = / },
  },
  {
    title: "500 where a body is not JSON",
    edits: [
      {
        file: template.media,
        find: 'throw new Failure("malformed", "The body is not JSON.", { cause: error });',
        replace: "throw error;",
      },
    ],
    occasion: { what: "JSON body", path: /^openapi\.json$/, holds: /"requestBody": \{[^]*"application\/json"/ },
  },
  {
    title: "a NUL or half a character let through",
    edits: [{ file: template.app, find: '      api.addHook("preValidation", refuseUnstorable);\n', replace: "" }],
    occasion: { what: "JSON body", path: /^openapi\.json$/, holds: /"requestBody": \{[^]*"application\/json"/ },
  },
];
