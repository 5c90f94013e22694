import { expect, test } from "vitest";
import { loadFiles, withSchemas } from "./documents.ts";

const ref = { $ref: "#/components/schemas/Other" };

test.each([
  {
    title: "nullable joins null to the type",
    from: { type: "string", nullable: true },
    to: { type: ["string", "null"] },
  },
  { title: "nullable: false says nothing", from: { type: "string", nullable: false }, to: { type: "string" } },
  { title: "x-nullable is nullable", from: { type: "string", "x-nullable": true }, to: { type: ["string", "null"] } },
  {
    title: "a nullable enum lists null",
    from: { type: "string", nullable: true, enum: ["a"] },
    to: { type: ["string", "null"], enum: ["a", null] },
  },
  {
    title: "null in an enum makes it nullable",
    from: { type: "string", enum: ["a", null] },
    to: { type: ["string", "null"], enum: ["a", null] },
  },
  {
    title: "one of several that a required member tells apart",
    from: {
      oneOf: [
        { properties: { a: {} }, required: ["a"] },
        { properties: { b: {} }, required: ["b"] },
      ],
    },
    to: {
      oneOf: [
        { properties: { a: {} }, required: ["a"] },
        { properties: { b: {} }, required: ["b"] },
      ],
    },
  },
  {
    title: "one of several that a value tells apart",
    from: { oneOf: [{ properties: { a: { enum: ["x"] } } }, { properties: { a: { enum: ["y"] } } }] },
    to: { oneOf: [{ properties: { a: { enum: ["x"] } } }, { properties: { a: { enum: ["y"] } } }] },
  },
  { title: "nullable beside $ref", from: { ...ref, nullable: true }, to: { anyOf: [ref, { type: "null" }] } },
  {
    title: "nullable beside allOf keeps what is said about the property",
    from: { nullable: true, description: "d", allOf: [ref] },
    to: { description: "d", anyOf: [{ allOf: [ref] }, { type: "null" }] },
  },
  {
    title: "nullable beside oneOf adds a choice",
    from: { nullable: true, oneOf: [ref, { type: "integer" }] },
    to: { oneOf: [ref, { type: "integer" }, { type: "null" }] },
  },
  {
    title: "a choice that takes null already is not joined by another",
    from: { nullable: true, oneOf: [{ type: "string", nullable: true }, { type: "integer" }] },
    to: { oneOf: [{ type: ["string", "null"] }, { type: "integer" }] },
  },
  {
    title: "nor is one whose only value is null",
    from: { nullable: true, oneOf: [{ type: "string", enum: ["a"] }, { enum: [""] }, { enum: [null] }] },
    to: { oneOf: [{ type: "string", enum: ["a"] }, { enum: [""] }, { enum: [null] }] },
  },
  { title: "default: null is nullable", from: { type: "string", default: null }, to: { type: ["string", "null"] } },
  {
    title: "an exclusive bound is a number",
    from: { type: "integer", minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false },
    to: { type: "integer", exclusiveMinimum: 0, maximum: 9 },
  },
  {
    title: "a discriminator may be a name",
    from: { discriminator: "kind" },
    to: { discriminator: { propertyName: "kind" } },
  },
  { title: "true is any value", from: { properties: { a: true } }, to: { properties: { a: {} } } },
  { title: "false is no value", from: { properties: { a: false } }, to: { properties: { a: { not: {} } } } },
  {
    title: "additionalProperties stays a boolean",
    from: { additionalProperties: false },
    to: { additionalProperties: false },
  },
  {
    title: "a list of items is a tuple",
    from: { type: "array", items: [ref, ref] },
    to: { type: "array", prefixItems: [ref, ref] },
  },
  {
    title: "one item in a list describes all",
    from: { type: "array", items: [ref] },
    to: { type: "array", items: ref },
  },
  { title: "an example stays", from: { type: "string", example: "a" }, to: { type: "string", example: "a" } },
  {
    title: "an example may look like a reference",
    from: { example: { $ref: "#/nowhere" } },
    to: { example: { $ref: "#/nowhere" } },
  },
  {
    title: "needless escapes are taken from a pattern",
    from: { pattern: "^[\\w\\-]+\\@\\_$" },
    to: { pattern: "^[\\w\\-]+@_$" },
  },
  {
    title: "a property of any name",
    from: { properties: { $ref: {}, nullable: {}, id: {} } },
    to: { properties: { $ref: {}, nullable: {}, id: {} } },
  },
])("a schema is upgraded without a word: $title", async ({ from, to }) => {
  const { document, codes } = await loadFiles({ "a.json": withSchemas({ It: from, Other: { type: "object" } }) });
  expect(document.root.components?.schemas?.["It"]).toEqual(to);
  expect(codes.filter((code) => code !== "document/invalid")).toEqual([]);
});

test.each([
  {
    title: "a type that JSON Schema has not",
    from: { type: "datetime" },
    to: { type: "string", format: "date-time" },
    code: "schema/invalid",
  },
  { title: "a type that nobody knows", from: { type: "thing" }, to: {}, code: "schema/invalid" },
  {
    title: "required on a property",
    from: { properties: { a: { type: "string", required: true }, b: { required: false } } },
    to: { properties: { a: { type: "string" }, b: {} }, required: ["a"] },
    code: "schema/invalid",
  },
  { title: "a bound in a text", from: { maxLength: "9" }, to: { maxLength: 9 }, code: "schema/invalid" },
  { title: "a bound that is none", from: { minimum: "low" }, to: {}, code: "schema/invalid" },
  {
    title: "numbers in an enum of texts",
    from: { type: "string", enum: [1, 2] },
    to: { type: "string", enum: ["1", "2"] },
    code: "schema/invalid",
  },
  { title: "a pattern that does not compile", from: { pattern: "^[a-z" }, to: {}, code: "pattern/invalid" },
  {
    title: "a default of another type",
    from: { type: "integer", default: "10" },
    to: { type: "integer", default: 10 },
    code: "default/invalid",
  },
  {
    title: "a default that is not in the enum",
    from: { enum: ["a"], default: "b" },
    to: { enum: ["a"] },
    code: "default/invalid",
  },
  {
    title: "choices of one that all fit at once",
    from: {
      oneOf: [
        { type: "object", properties: { a: { type: "string" } } },
        { type: "object", properties: { b: { type: "string" } } },
      ],
    },
    to: {
      anyOf: [
        { type: "object", properties: { a: { type: "string" } } },
        { type: "object", properties: { b: { type: "string" } } },
      ],
    },
    code: "schema/invalid",
  },
  {
    title: "an object with items",
    from: { type: "object", items: { type: "string" } },
    to: { type: "object" },
    code: "schema/invalid",
  },
  {
    title: "an object with items of objects",
    from: { type: "object", items: ref },
    to: { type: "object", ...ref },
    code: "schema/invalid",
  },
  { title: "properties that are a list", from: { properties: [] }, to: {}, code: "schema/invalid" },
])("a schema is mended with a warning: $title", async ({ from, to, code }) => {
  const other = { type: "object", properties: {} };
  const { document, codes } = await loadFiles({ "a.json": withSchemas({ It: from, Other: other }) });
  expect(document.root.components?.schemas?.["It"]).toEqual(to);
  const isBoundInText = code === "schema/invalid" && "maxLength" in from;
  expect(codes).toContain(isBoundInText ? "document/invalid" : code);
});

test("a document in the 3.1 dialect comes out as it went in", async () => {
  const schemas = {
    It: { type: ["string", "null"], const: "a", $comment: "c" },
    Other: { $ref: "#/components/schemas/It", description: "beside a reference" },
  };
  const { document, diagnostics } = await loadFiles({ "a.json": withSchemas(schemas, "3.1.0") });
  expect(document.root.components?.schemas).toEqual(schemas);
  expect(diagnostics).toEqual([]);
});
