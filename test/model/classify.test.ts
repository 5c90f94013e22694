import { expect, test } from "vitest";
import type { PathItem, Schema } from "../../src/document/openapi.ts";
import { kindsOf, listOf, modelOf, object, operation, ref } from "./documents.ts";

const Pet = object({ id: { type: "integer" }, name: { type: "string" }, tag: { type: "string" } }, ["id", "name"]);
const NewPet = object({ name: { type: "string" }, tag: { type: "string" } }, ["name"]);
const schemas = { Pet, NewPet };
const pets = { get: operation(listOf(ref("Pet"))), post: operation(ref("Pet"), ref("NewPet"), 201) };
const pet = {
  get: operation(ref("Pet")),
  put: operation(ref("Pet"), ref("NewPet")),
  delete: operation(undefined, undefined, 204),
};
const text: Schema = { type: "string" };

const cases: readonly {
  title: string;
  paths: Record<string, PathItem>;
  more?: Record<string, Schema>;
  kinds: Record<string, string>;
}[] = [
  {
    title: "a collection and its items",
    paths: { "/pets": pets, "/pets/{petId}": { ...pet, patch: operation(ref("Pet"), ref("NewPet")) } },
    kinds: {
      "GET /pets": "list Pet",
      "POST /pets": "create Pet",
      "GET /pets/{petId}": "read Pet",
      "PUT /pets/{petId}": "replace Pet",
      "DELETE /pets/{petId}": "delete Pet",
      "PATCH /pets/{petId}": "update Pet",
    },
  },
  {
    title: "version, prefix, suffix and slash are no part of a path's meaning",
    paths: { "/api/v1/pets/": pets, "/api/v2/pets/{id}.json": pet },
    kinds: { "GET /api/v1/pets/": "list Pet", "GET /api/v2/pets/{id}.json": "read Pet" },
  },
  {
    title: "a list in an envelope, and an item under its name",
    paths: {
      "/pets": { ...pets, get: operation(object({ pets: listOf(ref("Pet")), total: { type: "integer" } })) },
      "/pets/{id}": { ...pet, get: operation(object({ pet: ref("Pet") })) },
    },
    kinds: { "GET /pets": "list Pet", "GET /pets/{id}": "read Pet" },
  },
  {
    title: "a status and what was returned stand beside the rows",
    paths: {
      "/pets": {
        ...pets,
        get: operation(
          object({
            responseStatus: { type: "integer" },
            returnedResults: { type: "integer" },
            included: listOf({ anyOf: [ref("NewPet")] }),
            data: listOf(ref("Pet")),
          }),
        ),
      },
      "/pets/{id}": { get: operation(object({ responseStatus: { type: "integer" }, data: ref("Pet") })) },
    },
    kinds: { "GET /pets": "list Pet", "GET /pets/{id}": "read Pet" },
  },
  {
    title: "POST on an item makes nothing that POST on another collection makes",
    paths: {
      "/pets": pets,
      "/pets/{id}": pet,
      "/pets/renew-tag/{id}": { post: operation(ref("Pet")) },
    },
    kinds: { "POST /pets": "create Pet", "POST /pets/renew-tag/{id}": "custom Pet" },
  },
  {
    title: "a verb that deletes is about the item, unless it says what is taken out of it",
    paths: {
      "/pets": pets,
      "/pets/{id}": { get: pet.get },
      "/pets/{id}/delete": { post: operation(undefined, undefined, 204) },
      "/pets/{id}/remove": {
        post: {
          ...operation(undefined, undefined, 204),
          parameters: [{ name: "toy", in: "query", schema: { type: "string" } }],
        },
      },
    },
    kinds: { "POST /pets/{id}/delete": "delete Pet", "POST /pets/{id}/remove": "custom Pet" },
  },
  {
    title: "what must be sent and never comes back is what a function is called with",
    paths: { "/moderations": { post: operation(ref("Moderation"), ref("NewModeration")) } },
    more: {
      NewModeration: object({ input: text, model: text }, ["input"]),
      Moderation: object({ id: text, model: text, results: listOf(text) }, ["id"]),
    },
    kinds: { "POST /moderations": "custom -" },
  },
  {
    title: "one thing below two that no single one addresses is nobody's row",
    paths: {
      "/pets": pets,
      "/pets/{petId}": pet,
      "/pets/{petId}/places/{placeId}/state": {
        get: operation(ref("NewPet")),
        put: operation(ref("NewPet"), ref("NewPet")),
      },
    },
    kinds: {
      "GET /pets/{petId}/places/{placeId}/state": "custom Pet",
      "PUT /pets/{petId}/places/{placeId}/state": "custom Pet",
    },
  },
  {
    title: "a lone POST by key is something that is done",
    paths: { "/pets": pets, "/pets/{id}": pet, "/pets/invites/{petId}": { post: operation(undefined, ref("NewPet")) } },
    kinds: { "POST /pets/invites/{petId}": "custom Pet" },
  },
  {
    title: "a batch with a key is a thing of its own, and one without takes many things",
    paths: {
      "/batches": { get: operation(listOf(ref("Pet"))), post: operation(ref("Pet"), ref("NewPet"), 201) },
      "/batches/{id}": { get: operation(ref("Pet")) },
      "/batches/batch": { post: operation(undefined, ref("NewPet"), 204) },
    },
    kinds: { "POST /batches": "create Pet", "POST /batches/batch": "custom Pet" },
  },
  {
    title: "a search of known rows is a list",
    paths: {
      "/pets": { post: pets.post },
      "/pets/findByTag": { get: operation(listOf(ref("Pet"))) },
      "/pets/{id}": pet,
    },
    kinds: { "GET /pets/findByTag": "list Pet" },
  },
  {
    title: "a verb on an item is an action, whatever it answers",
    paths: { "/pets": pets, "/pets/{id}": pet, "/pets/{id}/sell": { post: operation(ref("Pet")) } },
    kinds: { "POST /pets/{id}/sell": "custom Pet" },
  },
  {
    title: "a list of rows in the body is bulk",
    paths: { "/pets": { ...pets, put: operation(undefined, listOf(ref("Pet"))) }, "/pets/{id}": pet },
    kinds: { "PUT /pets": "custom Pet" },
  },
  {
    title: "PUT on the collection with the key in the body",
    paths: { "/pets": { ...pets, put: operation(ref("Pet"), ref("Pet")) }, "/pets/{id}": { get: pet.get } },
    kinds: { "PUT /pets": "replace Pet" },
  },
  {
    title: "POST on the item is the update where nothing else is",
    paths: { "/pets": pets, "/pets/{id}": { get: pet.get, post: operation(ref("Pet"), ref("NewPet")) } },
    kinds: { "POST /pets/{id}": "update Pet" },
  },
  {
    title: "/me beside the items is an entity of the caller",
    paths: { "/pets": pets, "/pets/me": { get: operation(ref("Pet")) }, "/pets/{id}": pet },
    kinds: { "GET /pets/me": "read Pet" },
  },
  {
    title: "calls that end in verbs are CRUD where their schemas agree",
    paths: {
      "/pets/create": { post: operation(ref("Pet"), ref("NewPet")) },
      "/pets/list": { post: operation(object({ pets: listOf(ref("Pet")) }), object({ page: { type: "integer" } })) },
      "/pets/get": { post: operation(ref("Pet"), object({ id: { type: "integer" } })) },
    },
    kinds: { "POST /pets/create": "create Pet", "POST /pets/list": "list Pet", "POST /pets/get": "read Pet" },
  },
  {
    title: "a body with a list that rows have too makes one row, and what is done to a row is no row",
    paths: {
      "/baskets/create": { post: operation(ref("Basket"), object({ items: listOf(ref("Line")) }), 201) },
      "/baskets/get/{id}": { get: operation(ref("Basket")) },
      "/baskets/cancel/{id}": { put: operation(ref("Basket")) },
    },
    more: {
      Basket: object({ id: { type: "integer" }, items: listOf(ref("Line")), total: { type: "number" } }),
      Line: object({ product: { type: "string" }, count: { type: "integer" } }),
    },
    kinds: {
      "POST /baskets/create": "create Basket",
      "GET /baskets/get/{id}": "read Basket",
      "PUT /baskets/cancel/{id}": "custom Basket",
    },
  },
  {
    title: "a verb before the key is a twin of the item",
    paths: {
      "/pets": pets,
      "/pets/{id}": { get: pet.get },
      "/pets/update/{id}": { put: operation(undefined, ref("NewPet")) },
    },
    kinds: { "PUT /pets/update/{id}": "update Pet" },
  },
  {
    title: "a create without any read of it is believed where the row comes back under the path's name",
    paths: { "/pets": { post: pets.post } },
    kinds: { "POST /pets": "create Pet" },
  },
  {
    title: "arguments in, a bare value out, is a function",
    paths: { "/sum/{a}/{b}": { get: operation(text), put: operation(object({ sum: text })) } },
    kinds: { "GET /sum/{a}/{b}": "custom -", "PUT /sum/{a}/{b}": "custom -" },
  },
  {
    title: "the words of a path alone are no entity",
    paths: {
      "/things": { get: operation(), post: operation() },
      "/things/{id}": { get: operation(), delete: operation() },
    },
    kinds: {
      "GET /things": "custom -",
      "POST /things": "custom -",
      "GET /things/{id}": "custom -",
      "DELETE /things/{id}": "custom -",
    },
  },
  {
    title: "rows without a key that are only listed are no entity",
    paths: { "/forecasts": { get: operation(listOf(object({ day: text, weather: text }))) } },
    kinds: { "GET /forecasts": "custom -" },
  },
  {
    title: "one schema for three unlike things carries them, and is none of them",
    paths: {
      "/cats": { get: operation(listOf(ref("Carrier"))) },
      "/dogs": { get: operation(listOf(ref("Carrier"))) },
      "/cows": { get: operation(listOf(ref("Carrier"))) },
    },
    more: { Carrier: object({ id: text, anything: {} }) },
    kinds: { "GET /cats": "custom -", "GET /dogs": "custom -", "GET /cows": "custom -" },
  },
];

test.each(cases)("$title", ({ paths, more, kinds }) => {
  expect(kindsOf(modelOf(paths, { ...schemas, ...more }))).toMatchObject(kinds);
});

test("every operation is in the model, in the order of the document", () => {
  const model = modelOf({ "/b": { get: operation(), head: operation() }, "/a": { options: operation() } });
  expect(model.operations.map(({ method, path }) => `${method} ${path}`)).toEqual(["get /b", "head /b", "options /a"]);
});

test("an annotation overrules the rules", () => {
  const sell = { ...operation(ref("Pet"), ref("NewPet")), "x-operation": { kind: "update" } };
  const model = modelOf({ "/pets": pets, "/pets/{id}": pet, "/pets/{id}/sell": { post: sell } }, schemas);
  expect(kindsOf(model)["POST /pets/{id}/sell"]).toBe("update Pet");
});
