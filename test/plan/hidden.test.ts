import { expect, test } from "vitest";
import type { OpenApi, Schema } from "../../src/document/openapi.ts";
import { hiddenPaths, withoutHidden } from "../../src/plan/hidden.ts";

const secret: Schema = { type: "string", writeOnly: true };
const card: Schema = { type: "object", properties: { number: { type: "string" }, code: secret } };

const root = {
  openapi: "3.1.0",
  components: {
    schemas: {
      Card: card,
      Secret: secret,
      Tree: { type: "object", properties: { pin: secret, next: { $ref: "#/components/schemas/Tree" } } },
    },
  },
} as OpenApi;

test.each<{ title: string; schema: Schema; paths: readonly (readonly string[])[] }>([
  { title: "a member", schema: card, paths: [["code"]] },
  {
    title: "a member by reference",
    schema: { properties: { pin: { $ref: "#/components/schemas/Secret" } } },
    paths: [["pin"]],
  },
  {
    title: "a choice of a union",
    schema: { oneOf: [card, { properties: { iban: { type: "string" } } }] },
    paths: [["code"]],
  },
  { title: "items of a list", schema: { type: "array", items: card }, paths: [["*", "code"]] },
  { title: "members of a map", schema: { additionalProperties: card }, paths: [["*", "code"]] },
  { title: "a circular schema, once", schema: { $ref: "#/components/schemas/Tree" }, paths: [["pin"]] },
  { title: "nothing", schema: { properties: { number: { type: "string" } } }, paths: [] },
])("hides $title", ({ schema, paths }) => {
  expect(hiddenPaths(schema, root)).toEqual(paths);
});

test("takes the hidden members out of a value, and nothing else", () => {
  const value = { cards: [{ number: "1", code: "a" }, null, "code"], code: "kept" };
  expect(withoutHidden(value, [["cards", "*", "code"]])).toEqual({
    cards: [{ number: "1" }, null, "code"],
    code: "kept",
  });
});
