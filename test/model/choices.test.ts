import { expect, test } from "vitest";
import type { Schema } from "../../src/document/openapi.ts";
import { areTagged, membersOfChoices } from "../../src/model/choices.ts";
import { SchemaReader, type View } from "../../src/model/schemas.ts";
import { documentOf, object } from "./documents.ts";

const reader = new SchemaReader(documentOf({}));

function viewsOf(...schemas: readonly Schema[]): readonly View[] {
  return schemas.map((schema) => reader.view({ schema, pointer: "" }));
}

const kind = (...values: readonly string[]): Schema => ({ type: "string", enum: values });
const text: Schema = { type: "string" };

test.each<{ title: string; choices: readonly Schema[]; tagged: boolean }>([
  { title: "a value of each", choices: [object({ kind: kind("a") }), object({ kind: kind("b") })], tagged: true },
  { title: "a constant of each", choices: [object({ v: { const: 1 } }), object({ v: { const: 2 } })], tagged: true },
  { title: "the same value twice", choices: [object({ kind: kind("a") }), object({ kind: kind("a") })], tagged: false },
  {
    title: "several values of one",
    choices: [object({ kind: kind("a", "b") }), object({ kind: kind("c") })],
    tagged: false,
  },
  { title: "no value of one", choices: [object({ kind: kind("a") }), object({ name: text })], tagged: false },
  { title: "one choice alone", choices: [object({ kind: kind("a") })], tagged: false },
  { title: "no choice", choices: [], tagged: false },
])("choices are told apart by $title: $tagged", ({ choices, tagged }) => {
  expect(areTagged(viewsOf(...choices), reader)).toBe(tagged);
});

test("a thing of several forms has the members of all, and needs what all need", () => {
  const { members, required } = membersOfChoices(
    viewsOf(
      object({ kind: kind("a"), name: { ...text, description: "Of a." }, size: text }, ["kind", "name"]),
      object({ kind: kind("b"), name: { ...text, description: "Of b." }, size: { type: "integer" } }, ["kind", "size"]),
    ),
  );
  const schemas = Object.fromEntries([...members].map(([name, { schema }]) => [name, schema]));
  expect(schemas).toEqual({
    kind: kind("a", "b"),
    name: { ...text, description: "Of b." },
    size: { anyOf: [text, { type: "integer" }] },
  });
  expect([...required]).toEqual(["kind"]);
});
