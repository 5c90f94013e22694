import { expect, test } from "vitest";
import type { OpenApi, Schema } from "../../src/document/openapi.ts";
import { takesEmptyText, unnamedIn, unshownIn, type Unshown } from "../../src/plan/unshown.ts";

const root = {
  openapi: "3.1.0",
  components: { schemas: { Tier: { type: "object", properties: { upTo: { type: ["integer", "null"] } } } } },
} as OpenApi;

const text: Schema = { type: "string" };
const integer: Schema = { type: "integer" };
const empty: Schema = { enum: [""], type: "string" };
const map: Schema = { type: "object", additionalProperties: text };
const none: Unshown = { nulled: [], leftOut: [], removed: [] };

function object(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: "object", properties };
}

test.each<{ title: string; sent: Schema; shown: Schema; expected: Partial<Unshown> }>([
  {
    title: "an empty text beside a map stands for null",
    sent: { anyOf: [map, empty] },
    shown: map,
    expected: { nulled: [[]] },
  },
  {
    title: "a word beside an integer stands for null, where null is shown",
    sent: { type: "array", items: object({ upTo: { anyOf: [{ enum: ["inf"], type: "string" }, integer] } }) },
    shown: { type: "array", items: { $ref: "#/components/schemas/Tier" } },
    expected: { nulled: [["*", "upTo"]] },
  },
  {
    title: "a word beside an object leaves it out, where null is not shown",
    sent: object({ proof: { anyOf: [map, empty] } }),
    shown: object({ proof: map }),
    expected: { leftOut: [["proof"]] },
  },
  {
    title: "a wish is not what became of it",
    sent: object({ card: object({ requested: { type: "boolean" } }), name: text }),
    shown: object({ card: text, name: text }),
    expected: { removed: [["card"]] },
  },
  {
    title: "a list of keys is not shown as a list of rows",
    sent: object({ rates: { anyOf: [{ type: "array", items: text }, empty] } }),
    shown: object({ rates: { type: "array", items: map } }),
    expected: { removed: [["rates"]] },
  },
  {
    title: "texts are shown as texts",
    sent: object({ a: { anyOf: [text, empty] } }),
    shown: object({ a: text }),
    expected: {},
  },
  { title: "what says nothing may be anything", sent: object({ a: integer }), shown: object({ a: {} }), expected: {} },
  {
    title: "what none of several objects shows is not shown",
    sent: object({ card: { anyOf: [object({ plan: { anyOf: [map, empty] } }), empty] } }),
    shown: object({ card: { anyOf: [object({ plan: map }), object({ name: text })] } }),
    expected: { leftOut: [["card"], ["card", "plan"]] },
  },
  {
    title: "of several objects nobody can say which one is meant",
    sent: object({ a: integer }),
    shown: { oneOf: [object({ a: text }), object({ a: integer })] },
    expected: {},
  },
])("$title", ({ sent, shown, expected }) => {
  expect(unshownIn(sent, shown, root)).toEqual({ ...none, ...expected });
});

test("an empty text is for no value only beside another choice", () => {
  expect([{ anyOf: [integer, empty] }, empty, integer].map((schema) => takesEmptyText(schema, root))).toEqual([
    true,
    false,
    false,
  ]);
});

const closed = (properties: Readonly<Record<string, Schema>>): Schema => ({
  ...object(properties),
  additionalProperties: false,
});

test.each<{ title: string; sent: Schema; shown: Schema; expected: readonly (readonly string[])[] }>([
  {
    title: "what a closed object does not name",
    sent: object({ name: text, login: object({ key: text, secret: text }) }),
    shown: closed({ name: text, login: closed({ key: text }) }),
    expected: [["login", "secret"]],
  },
  {
    title: "the same in a list, and of a map's values",
    sent: object({ logins: { type: "array", items: object({ secret: text }) } }),
    shown: closed({ logins: { type: "array", items: closed({}) } }),
    expected: [["logins", "*", "secret"]],
  },
  {
    title: "what no form of several names",
    sent: { oneOf: [object({ key: text, secret: text }), object({ role: text })] },
    shown: { oneOf: [closed({ key: text }), closed({ role: text })] },
    expected: [["secret"]],
  },
  {
    title: "nothing where one form is open",
    sent: object({ secret: text }),
    shown: { oneOf: [closed({ key: text }), object({ role: text })] },
    expected: [],
  },
  {
    title: "nothing of a map",
    sent: object({ secret: text }),
    shown: { type: "object", additionalProperties: text },
    expected: [],
  },
  { title: "nothing where anything may be shown", sent: object({ secret: text }), shown: {}, expected: [] },
])("hidden is $title", ({ sent, shown, expected }) => {
  expect(unnamedIn(sent, shown, root)).toEqual(expected);
});
