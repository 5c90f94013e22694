import { expect, test } from "vitest";
import type { Schema } from "../../src/document/openapi.ts";
import { isAssignable, isComparable } from "../../src/plan/views/assignable.ts";
import { typeNode } from "../../src/plan/views/type-node.ts";
import { typeboxText } from "../../src/plan/views/typebox.ts";
import { fitted, plainValue } from "../../src/plan/views/typed-values.ts";
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

test.each<{ left: Schema; right: Schema; isFit: boolean }>([
  { left: choice, right: text, isFit: true },
  { left: { type: "array", items: text }, right: object({ data: text }, ["data"]), isFit: false },
  { left: object({ a: text }), right: object({ a: text, b: text }, ["a", "b"]), isFit: true },
  { left: object({ a: text }, ["a"]), right: object({ b: text }, ["b"]), isFit: false },
  { left: { anyOf: [text, nothing] }, right: nothing, isFit: true },
])("TypeScript lets $right be asserted of $left: $isFit", ({ left, right, isFit }) => {
  expect(isComparable(typeNode(left), typeNode(right))).toBe(isFit);
});

test("an example is shown without the members that its schema does not name", () => {
  const type = typeNode(object({ a: text, list: { type: "array", items: object({ b: text }) } }));
  expect(fitted({ a: "x", other: 1, list: [{ b: "y", c: 2 }] }, type)).toEqual({ a: "x", list: [{ b: "y" }] });
});

test("the plainest value of a type has what is required, and no more", () => {
  const schema = object({ a: { type: "array", items: text }, b: {}, c: choice, d: text }, ["a", "b", "c"]);
  expect(plainValue(typeNode(schema))).toEqual({ a: [], b: {}, c: "a" });
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
