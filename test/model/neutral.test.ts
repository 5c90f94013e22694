import { expect, test } from "vitest";
import type { Schema } from "../../src/document/openapi.ts";
import { neutralValue } from "../../src/model/neutral.ts";
import { textMatching } from "../../src/model/pattern-text.ts";
import { SchemaReader } from "../../src/model/schemas.ts";
import { documentOf } from "./pets.ts";

const reader = new SchemaReader(documentOf({}));

test.each<{ schema: Schema; value: unknown }>([
  { schema: { type: "string" }, value: "" },
  { schema: { type: ["string", "null"] }, value: null },
  { schema: { type: "string", minLength: 3 }, value: "000" },
  { schema: { type: "string", format: "date" }, value: "1970-01-01" },
  { schema: { type: "string", pattern: "^[A-Z]{2}-\\d{3}$" }, value: "AA-000" },
  { schema: { type: "string", enum: ["b", "a"] }, value: "b" },
  { schema: { type: "string", const: "pet" }, value: "pet" },
  { schema: { type: "integer", minimum: 5 }, value: 5 },
  { schema: { type: "integer", maximum: -5 }, value: -5 },
  { schema: { type: "integer", minimum: 5, multipleOf: 4 }, value: 8 },
  { schema: { type: "number", exclusiveMinimum: 0 }, value: 0.5 },
  { schema: { type: "boolean", default: true }, value: true },
  { schema: { type: "array", items: { type: "string" }, minItems: 2 }, value: ["", ""] },
  {
    schema: { type: "object", required: ["a"], properties: { a: { type: "integer" }, b: { type: "integer" } } },
    value: { a: 0 },
  },
  { schema: { anyOf: [{ type: "integer" }, { type: "string" }] }, value: 0 },
])("the plainest value of $schema", ({ schema, value }) => {
  expect(neutralValue({ schema, pointer: "" }, reader)).toEqual(value);
});

test.each([
  "^#[a-f0-9]{3,6}$",
  "^(cat|dog)s?$",
  "^\\+[1-9][0-9]{6,14}$",
  "^(?!x)a\\.b$",
  "^\\p{Lu}+$",
  "[^a-z]",
  "^20[0-9]{2}-(0[1-9]|1[0-2])$",
])("a text is found that matches %s", (pattern) => {
  expect(textMatching(pattern)).toMatch(new RegExp(pattern, "u"));
});

test.each(["(", "^(a)\\1b(?<=z)$", "[z-a]"])("no text is claimed to match %s", (pattern) => {
  const text = textMatching(pattern);
  expect(text === undefined || new RegExp(pattern, "u").test(text)).toBe(true);
});
