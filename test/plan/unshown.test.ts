import { expect, test } from "vitest";
import type { OpenApi, Schema } from "../../src/document/openapi.ts";
import { takesEmptyText, unshownIn, type Unshown } from "../../src/plan/unshown.ts";

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
