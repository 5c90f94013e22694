import { expect, test } from "vitest";
import type { Schema } from "../../src/document/openapi.ts";
import { isAssignable } from "../../src/plan/views/assignable.ts";
import { typeNode } from "../../src/plan/views/type-node.ts";
import { typeboxText } from "../../src/plan/views/typebox.ts";
import { typeText } from "../../src/plan/views/types.ts";

const text: Schema = { type: "string" };
const nothing: Schema = { type: "null" };
const choice: Schema = { type: "string", enum: ["a", "b"] };
const object = (properties: Record<string, Schema>, required: readonly string[] = []): Schema => ({
  type: "object",
  properties,
  required: [...required],
});

test.each<{ title: string; schema: Schema; expected: string }>([
  {
    title: "a choice that must also be a text is the choice",
    schema: { allOf: [choice, text] },
    expected: '"a" | "b"',
  },
  { title: "a choice or any text is any text", schema: { anyOf: [choice, text] }, expected: "string" },
  {
    title: "null is written once",
    schema: { anyOf: [{ type: ["string", "null"] }, { oneOf: [{ type: "number" }, nothing] }] },
    expected: "string | null | number",
  },
  { title: "what may be anything is anything", schema: { anyOf: [text, {}] }, expected: "unknown" },
  { title: "parts that say nothing are left out", schema: { allOf: [{}, text] }, expected: "string" },
  { title: "no value is a text and a number", schema: { allOf: [text, { type: "number" }] }, expected: "never" },
  {
    title: "objects that must all hold stand side by side",
    schema: { allOf: [object({ a: text }), object({ b: text }, ["b"])] },
    expected: "({ readonly a?: string }) & ({ readonly b: string })",
  },
  {
    title: "an object that may be null in every part may be null",
    schema: { allOf: [{ anyOf: [object({ a: text }), nothing] }, { anyOf: [object({ b: text }), nothing] }] },
    expected: "null | ({ readonly a?: string }) & ({ readonly b?: string })",
  },
])("$title", ({ schema, expected }) => {
  expect(typeText(schema)).toBe(expected);
});

test.each<{ given: Schema; asked: Schema; isFit: boolean }>([
  { given: choice, asked: text, isFit: true },
  { given: text, asked: choice, isFit: false },
  { given: object({ a: text }, ["a"]), asked: object({ a: text }), isFit: true },
  { given: object({ a: text }), asked: object({ a: text }, ["a"]), isFit: false },
  { given: object({ a: text }), asked: object({ b: text }), isFit: false },
  { given: object({ a: choice }), asked: { type: "object", additionalProperties: text }, isFit: true },
  { given: { type: "array", items: choice }, asked: { type: "array", items: text }, isFit: true },
  { given: { anyOf: [text, nothing] }, asked: text, isFit: false },
  { given: {}, asked: text, isFit: false },
  { given: text, asked: {}, isFit: true },
])("TypeScript lets $given stand for $asked: $isFit", ({ given, asked, isFit }) => {
  expect(isAssignable(typeNode(given), typeNode(asked))).toBe(isFit);
});

/** So many lists in one another, of choices that only plain JSON Schema can tell. */
function nested(depth: number): Schema {
  return depth === 0 ? { oneOf: [text, { type: "number" }] } : { type: "array", items: nested(depth - 1) };
}

test("what a request is checked against ends its types where its contract does", () => {
  for (const depth of [6, 7, 8, 9, 10]) {
    const [, type] = /Type\.Unsafe<(.*?)>\(/.exec(typeboxText(nested(depth))) ?? [];
    expect(type === "unknown").toBe(typeText(nested(depth)).includes("unknown"));
  }
});
