import { expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import { inferModel } from "../../src/model/infer.ts";
import { documentOf, json, keyOf, list, operation, owner, pet, petModel, petPaths, query, ref } from "./pets.ts";

const text = { type: "string" };

/** Pets whose creation and whose schema have these rules. */
function ruled(onCreate: Json, onSchema: Json = []) {
  const paths = petPaths() as Record<string, Record<string, Record<string, Json>>>;
  const pets = paths["/pets"] ?? {};
  const changed = { ...paths, "/pets": { ...pets, post: { ...pets["post"], "x-business-rules": onCreate } } };
  return inferModel(documentOf(changed, { Pet: { ...pet, "x-business-rules": onSchema }, Owner: owner }), {});
}

test("a rule keeps its id, and its id's last word names the function", () => {
  const rule = {
    id: "pet.create.welcome",
    kind: "rule",
    rule: "There is room.",
    refuse: { full: 409 },
    unscoped: ["Owner"],
    examples: [{ when: {}, expect: "accept" }],
  };
  const model = ruled([rule]).value;
  expect(model.slots).toMatchObject([
    {
      id: "pet.create.welcome",
      kind: "rule",
      home: "Pet",
      functionName: "isWelcome",
      operations: ["createPet"],
      text: "There is room.",
      refuse: { full: 409 },
      unscoped: ["Owner"],
      examples: [{ given: {}, when: {}, expect: "accept" }],
    },
  ]);
  expect(operation(model, "post", "/pets").slots).toEqual(["pet.create.welcome"]);
});

test("a text alone is a rule with a derived id and the first documented refusal", () => {
  expect(ruled("There is room.").value.slots).toMatchObject([
    {
      id: "pet.create.allowed",
      kind: "rule",
      functionName: "isCreatePetAllowed",
      text: "There is room.",
      refuse: { refused: 409 },
    },
  ]);
});

test.each<{ title: string; rule: Json; slot: object }>([
  {
    title: "an effect runs on the operation",
    rule: { id: "pet.create.greet", kind: "effect", rule: "Greets it." },
    slot: { kind: "effect", functionName: "greet", operations: ["createPet"], refuse: {} },
  },
  {
    title: "a value fills its field",
    rule: { id: "pet.create.species", kind: "value", field: "species", rule: "By its looks." },
    slot: { kind: "value", functionName: "species", field: "species" },
  },
])("$title", ({ rule, slot }) => {
  expect(ruled([rule]).value.slots).toMatchObject([slot]);
});

test("rules of a schema run on every write of its entity, or where they say", () => {
  const { slots } = ruled(
    [],
    [
      { id: "pet.sane", rule: "It is sane." },
      { id: "pet.kept", on: "delete", rule: "It may go." },
    ],
  ).value;
  expect(slots.map(({ id, operations }) => [id, operations])).toEqual([
    ["pet.sane", ["createPet", "patchPetsById"]],
    ["pet.kept", ["deletePetsById"]],
  ]);
});

test("a field that a rule computes has no column, and one that it sets has", () => {
  const entity = ruled(
    [],
    [
      { id: "pet.weight", kind: "field", field: "weight", rule: "As weighed." },
      { id: "pet.name", kind: "value", field: "name", rule: "As called." },
    ],
  ).value.entities.find(({ name }) => name.type === "Pet");
  const field = (name: string) => entity?.fields.find((one) => one.name === name);
  expect(field("weight")).toMatchObject({ role: "computed", slot: "pet.weight" });
  expect(field("weight")).not.toHaveProperty("column");
  expect(field("name")).toMatchObject({ role: "value", slot: "pet.name", column: "name" });
});

test.each<{ title: string; rule: Json }>([
  { title: "a rule without its text", rule: { id: "pet.x" } },
  { title: "a value without a field", rule: { kind: "value", rule: "Some." } },
  { title: "a value of no property", rule: { kind: "value", field: "wings", rule: "Some." } },
  { title: "a filter where nothing is listed", rule: { kind: "filter", parameter: "near", rule: "Some." } },
  { title: "a number", rule: 7 },
])("$title is left out and reported", ({ rule }) => {
  const { value, diagnostics } = ruled([rule]);
  expect(value.slots).toEqual([]);
  expect(diagnostics.map(({ code }) => code)).toEqual(["annotation/invalid"]);
});

test("a member of a rule that is not understood is reported, and the rule kept", () => {
  const { value, diagnostics } = ruled([{ id: "pet.create.ok", rule: "Fine.", refuses: {} }]);
  expect(value.slots).toHaveLength(1);
  expect(diagnostics).toMatchObject([{ code: "annotation/invalid" }]);
});

test("a custom operation is handled by a slot of its own name", () => {
  const paths = {
    ...petPaths(),
    "/pets/{id}/groom": {
      post: {
        operationId: "groomPet",
        summary: "Groom it",
        parameters: [keyOf("id")],
        responses: { "200": json(ref("Pet")) },
      },
    },
  };
  const model = inferModel(documentOf(paths, { Pet: pet, Owner: owner }), {}).value;
  const groom = operation(model, "post", "/pets/{id}/groom");
  expect(groom).toMatchObject({
    kind: "custom",
    slot: "pet.groomPet",
    parameters: [{ role: { kind: "key", field: "id" } }],
  });
  expect(model.slots).toMatchObject([
    { id: "pet.groomPet", kind: "operation", functionName: "groomPet", text: "Groom it" },
  ]);
});

test("ids and function names are given once, rules' first", () => {
  const filter = { id: "pet.listPets.near", kind: "rule", rule: "Odd." };
  const paths = petPaths({
    parameters: [query("near"), query("Near", text)],
    list: { responses: { "200": json(list("Pet")) } },
  }) as Record<string, Record<string, Record<string, Json>>>;
  const pets = paths["/pets"] ?? {};
  const changed = { ...paths, "/pets": { ...pets, post: { ...pets["post"], "x-business-rules": [filter] } } };
  const { slots } = inferModel(documentOf(changed, { Pet: pet, Owner: owner }), {}).value;
  expect(new Set(slots.map(({ id }) => id)).size).toBe(3);
  expect(new Set(slots.map(({ functionName }) => functionName.toLowerCase())).size).toBe(3);
});

test("a count that the relations tell needs no slot", () => {
  const schemas = {
    Owner: {
      type: "object",
      required: ["id"],
      properties: {
        id: { type: "integer", readOnly: true },
        name: text,
        pet_count: { type: "integer", readOnly: true },
        pets: { type: "array", items: ref("Pet"), readOnly: true },
      },
    },
  };
  expect(petModel({ schemas }).slots).toEqual([]);
});
