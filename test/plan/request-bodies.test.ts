import { describe, expect, test } from "vitest";
import type { Json, Schema } from "../../src/document/openapi.ts";
import { choiceCode } from "../../src/plan/views/tests/body-choices.ts";
import { saidByForm, sayable } from "../../src/plan/views/tests/form-values.ts";

const text: Schema = { type: "string" };
const object = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: "object",
  properties,
  required,
});

describe("one of several bodies", () => {
  const shared = object({ name: text }, ["name"]);
  const rack = object({ rack_id: { type: "integer" } }, ["rack_id"]);
  const made = (name: string) => (name === "name" ? { value: "text", code: '"text"' } : { value: 1, code: "rack.id" });

  test.each<{ what: string; schema: Schema; code: string | undefined }>([
    {
      what: "has the members that the first of them requires",
      schema: { oneOf: [{ allOf: [shared, rack] }, { ...shared, not: rack }] },
      code: '{ name: "text", rack_id: rack.id }',
    },
    {
      what: "is another one where the first cannot be told from it",
      schema: {
        oneOf: [{ allOf: [shared, rack] }, shared, { ...shared, maxProperties: 0 }],
        not: { required: ["rack_id"] },
      },
      code: '{ name: "text" }',
    },
    { what: "is not made where it requires nothing", schema: { anyOf: [object({ name: text })] }, code: undefined },
  ])("$what", ({ schema, code }) => {
    expect(choiceCode(schema, made)).toBe(code);
  });
});

describe("a form", () => {
  test.each<{ what: string; value: Json; said: Json | undefined }>([
    { what: "of an empty object", value: { a: {} }, said: undefined },
    { what: "of an empty list beside a text", value: { a: [], b: "x" }, said: { b: "x" } },
    { what: "of a list of objects", value: [{ a: 1 }, {}], said: [{ a: 1 }] },
  ])("says $said $what", ({ value, said }) => {
    expect(saidByForm(value)).toEqual(said);
  });

  test("takes objects that have a member, and none that is not declared", () => {
    const address = object({ city: text });
    expect(sayable(object({ address }))).toEqual({
      ...object({ address: { ...address, additionalProperties: false, minProperties: 1 } }),
      additionalProperties: false,
    });
  });
});
