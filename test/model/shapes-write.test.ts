import { expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import type { WriteTarget } from "../../src/model/model.ts";
import { json, keyOf, list, modelOf, operation, petModel, ref } from "./pets.ts";

const text = { type: "string" };
const whole = { type: "integer" };
const id = { ...whole, readOnly: true };

/** Where the members of a body go that changes a pet. */
function targets(body: Json, pet: Record<string, Json> = {}): Record<string, WriteTarget> {
  const schemas = { Pet: { type: "object", required: ["id"], properties: { id, name: text, ...pet } }, Change: body };
  const model = petModel({ schemas });
  const paths = {
    "/owners": {
      get: { responses: { "200": json(list("Owner")) } },
      post: { requestBody: json(ref("Owner")), responses: { "201": json(ref("Owner")) } },
    },
    "/owners/{id}": { parameters: [keyOf("id")], get: { responses: { "200": json(ref("Owner")) } } },
    "/pets": {
      get: { responses: { "200": json(list("Pet")) } },
      post: { requestBody: json(ref("Change")), responses: { "201": json(ref("Pet")) } },
    },
    "/pets/{petId}": {
      parameters: [keyOf("petId")],
      get: { responses: { "200": json(ref("Pet")) } },
      put: { requestBody: json(ref("Change")), responses: { "200": json(ref("Pet")) } },
    },
  };
  const owner = { type: "object", required: ["id"], properties: { id, name: text } };
  const changed = modelOf(paths, { ...schemas, Owner: owner });
  expect(model.entities.length).toBeGreaterThan(0);
  const shape = operation(changed, "put", "/pets/{petId}").body?.shape;
  return Object.fromEntries((shape?.members ?? []).map(({ name, target }) => [name, target]));
}

test("a member of the entity's own name goes to its field", () => {
  expect(targets({ type: "object", required: ["name"], properties: { name: text } })).toEqual({
    name: { kind: "field", field: "name" },
  });
});

test("the key in a body repeats the path's", () => {
  expect(targets({ type: "object", required: ["name"], properties: { id: whole, name: text } })["id"]).toEqual({
    kind: "key",
    field: "id",
  });
});

test("a read-only member has no place in a request", () => {
  expect(targets({ type: "object", required: ["name"], properties: { id, name: text } })).not.toHaveProperty("id");
});

test("an embedded row is written by its key", () => {
  const { owner } = targets(
    { type: "object", required: ["name"], properties: { name: text, owner: ref("Owner") } },
    { owner: ref("Owner") },
  );
  expect(owner).toMatchObject({ kind: "related-key", path: ["id"] });
});

test("where a row is shown, its key is sent under the same name", () => {
  const { owner } = targets(
    { type: "object", required: ["name"], properties: { name: text, owner: whole } },
    { owner: ref("Owner") },
  );
  expect(owner).toEqual({ kind: "field", field: "ownerId" });
});

test("a value of another kind than the key is none", () => {
  const { owner } = targets(
    { type: "object", required: ["name"], properties: { name: text, owner: text } },
    { owner: ref("Owner") },
  );
  expect(owner).toMatchObject({ kind: "ignored" });
});

test("of a related row and its key in one body, the key says which is meant", () => {
  const both = { ownerId: whole, owner: ref("Owner") };
  const { owner, ownerId } = targets({ type: "object", required: ["name"], properties: { name: text, ...both } }, both);
  expect(ownerId).toEqual({ kind: "field", field: "ownerId" });
  expect(owner).toEqual({ kind: "ignored", why: "ownerId says which row is meant" });
});

test("items of which answers show whole rows or keys alone are not set by half of them", () => {
  const union = {
    oneOf: [text, { type: "object", required: ["id", "since"], properties: { id: whole, since: text } }],
  };
  const item = (properties: Json): Json => ({ type: "array", items: { type: "object", properties } });
  const body = (tags: Json): Json => ({ type: "object", required: ["name"], properties: { name: text, tags } });
  const pet = { tags: { type: "array", items: union } };
  expect(targets(body(item({ since: text })), pet)["tags"]).toMatchObject({ kind: "ignored" });
  expect(targets(body(item({ since: text, id: whole })), pet)["tags"]).toEqual({ kind: "field", field: "tags" });
});

test("a member of another case or with underscores is the same field", () => {
  const body = { type: "object", required: ["Name"], properties: { Name: text } };
  expect(targets(body)["Name"]).toEqual({ kind: "field", field: "name" });
});

test("an envelope around the body is opened", () => {
  const wrapped = { type: "object", properties: { pet: ref("Pet") } };
  const paths = {
    "/pets": {
      get: { responses: { "200": json(list("Pet")) } },
      post: { requestBody: json(wrapped), responses: { "201": json(ref("Pet")) } },
    },
    "/pets/{id}": { parameters: [keyOf("id")], get: { responses: { "200": json(ref("Pet")) } } },
  };
  const model = modelOf(paths, { Pet: { type: "object", required: ["id"], properties: { id, name: text } } });
  expect(operation(model, "post", "/pets").body?.shape).toMatchObject({ wrap: ["pet"], members: [{ name: "name" }] });
});

test("a patch whose body is not described may set every field", () => {
  const paths = {
    "/pets": {
      get: { responses: { "200": json(list("Pet")) } },
      post: { requestBody: json(ref("Pet")), responses: { "201": json(ref("Pet")) } },
    },
    "/pets/{id}": {
      parameters: [keyOf("id")],
      get: { responses: { "200": json(ref("Pet")) } },
      patch: {
        requestBody: { content: { "application/merge-patch+json": { schema: {} } } },
        responses: { "200": json(ref("Pet")) },
      },
    },
  };
  const model = modelOf(paths, { Pet: { type: "object", required: ["id"], properties: { id, name: text } } });
  expect(operation(model, "patch", "/pets/{id}").body?.shape?.members).toMatchObject([
    { name: "name", isRequired: false },
  ]);
});

test("the parent's key in the body of a create below it repeats the path's", () => {
  const pet = { type: "object", required: ["id"], properties: { id, name: text, owner_id: whole } };
  const owner = { type: "object", required: ["id"], properties: { id, name: text } };
  const paths = {
    "/owners": {
      get: { responses: { "200": json(list("Owner")) } },
      post: { requestBody: json(ref("Owner")), responses: { "201": json(ref("Owner")) } },
    },
    "/owners/{ownerId}": { parameters: [keyOf("ownerId")], get: { responses: { "200": json(ref("Owner")) } } },
    "/owners/{ownerId}/pets": {
      parameters: [keyOf("ownerId")],
      get: { responses: { "200": json(list("Pet")) } },
      post: { requestBody: json(ref("Pet")), responses: { "201": json(ref("Pet")) } },
    },
    "/pets/{id}": { parameters: [keyOf("id")], get: { responses: { "200": json(ref("Pet")) } } },
  };
  const { body } = operation(modelOf(paths, { Pet: pet, Owner: owner }), "post", "/owners/{ownerId}/pets");
  expect(body?.shape?.members).toMatchObject([
    { name: "name", target: { kind: "field", field: "name" } },
    { name: "owner_id", target: { kind: "key", field: "owner_id" } },
  ]);
});

test.each<{ title: string; taken: Json; target: Partial<WriteTarget> }>([
  { title: "a list", taken: { type: "array", items: text }, target: { kind: "ignored" } },
  { title: "a text", taken: text, target: { kind: "ignored" } },
  { title: "a list of objects", taken: { type: "array", items: { type: "object" } }, target: { kind: "ignored" } },
  { title: "an object", taken: { type: "object" }, target: { kind: "field", field: "links" } },
  { title: "anything", taken: {}, target: { kind: "field", field: "links" } },
])("where answers show an object, $title that a body has is $target.kind", ({ taken, target }) => {
  const body = { type: "object", required: ["name"], properties: { name: text, links: taken } };
  const shown = { links: { type: "object", properties: { count: whole } } };
  expect(targets(body, shown)["links"]).toMatchObject(target);
});

test.each<{ title: string; taken: Json; target: Partial<WriteTarget> }>([
  { title: "objects", taken: { type: "object" }, target: { kind: "ignored" } },
  { title: "keys", taken: whole, target: { kind: "field", field: "grants" } },
])("where answers show a list of keys, a list of $title that a body has is $target.kind", ({ taken, target }) => {
  const body = {
    type: "object",
    required: ["name"],
    properties: { name: text, grants: { type: "array", items: taken } },
  };
  expect(targets(body, { grants: { type: "array", items: whole } })["grants"]).toMatchObject(target);
});

test("a default of another kind than what answers show is none of the column", () => {
  const licence = { type: "object", properties: { title: text } };
  const pet = { type: "object", required: ["id"], properties: { id, name: text, licence } };
  const made = { type: "object", required: ["name"], properties: { name: text, licence: { ...whole, default: 0 } } };
  const paths = {
    "/pets": { post: { requestBody: json(made), responses: { "201": json(ref("Pet")) } } },
    "/pets/{id}": { parameters: [keyOf("id")], get: { responses: { "200": json(ref("Pet")) } } },
  };
  const [entity] = modelOf(paths, { Pet: pet }).entities;
  expect(entity?.fields.find(({ name }) => name === "licence")).not.toHaveProperty("default");
});
