import { expect, test } from "vitest";
import { explain } from "../../src/model/explain.ts";
import { inferModel } from "../../src/model/infer.ts";
import { documentOf, owner, pet, petPaths } from "./pets.ts";

const document = documentOf(petPaths(), { Pet: pet, Owner: owner });
const model = inferModel(document, { name: "pets" }).value;

function lines(subject: string): string {
  const { value, diagnostics } = explain(model, document, subject);
  expect(diagnostics).toEqual([]);
  return (value ?? []).join("\n");
}

test("an entity is explained by its table, key, relations and operations", () => {
  const text = lines("Pet");
  expect(text).toMatch(/^table {5}pets \(id, name, /m);
  expect(text).toMatch(/^key {7}id, numbered by the database/m);
  expect(text).toMatch(/^list {6}GET \/pets$/m);
});

test("a field is explained by its column, with reasons, places and what overrules them", () => {
  const text = lines("Pet.owner_id");
  expect(text).toMatch(/^column {4}owner_id bigint not null references owners \(id\) on delete /m);
  expect(text).toMatch(/^because {3}.*pets\.yaml.* #\//m);
  expect(text).toMatch(/(rule: .*; )?(sure|likely|guess)$/m);
  expect(text).toMatch(/^overrule {2}x-field: /m);
});

test("an operation is explained by method and path, however they are written", () => {
  expect(lines("get /pets/")).toBe(lines("GET /pets"));
  expect(lines("GET /pets")).toMatch(/^operation list of Pet$/m);
  expect(lines("listPets")).toBe(lines("GET /pets"));
});

test.each([
  { subject: "Pett", near: "Pet" },
  { subject: "Pet.owner_ids", near: "Pet.owner_id" },
  { subject: "GET /pet", near: "GET /pets" },
])("$subject is unknown, and $near is what was meant", ({ subject, near }) => {
  const { value, diagnostics } = explain(model, document, subject);
  expect(value).toBeUndefined();
  expect(diagnostics).toMatchObject([
    { code: "explain/unknown-subject", severity: "error", fix: `Did you mean "${near}"?` },
  ]);
});
