import { expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import type { ReadMember, ReadShape, ReadSource } from "../../src/model/model.ts";
import { json, keyOf, list, modelOf, operation, petModel, query, ref } from "./pets.ts";

const text = { type: "string" };
const whole = { type: "integer" };
const flag = { type: "boolean" };
const uri = { type: "string", format: "uri" };

/** The members of the object that a list of pets answers, by name. */
function envelope(
  properties: Record<string, Json>,
  required: readonly string[] = [],
  parameters: readonly Json[] = [],
): Record<string, ReadSource> {
  const answer = { type: "object", required, properties: { data: list("Pet"), ...properties } };
  return members(operation(petModel({ answer, parameters }), "get", "/pets").success.shape);
}

function members(shape: ReadShape | undefined): Record<string, ReadSource> {
  if (shape?.kind !== "object" && shape?.kind !== "row") throw new Error(`It is ${shape?.kind ?? "no shape"}.`);
  return Object.fromEntries(shape.members.map(({ name, source }: ReadMember) => [name, source]));
}

test("a bare array has a row of fields for each pet", () => {
  const { shape } = operation(petModel(), "get", "/pets").success;
  expect(shape).toMatchObject({ kind: "rows", items: { kind: "row", entity: "Pet" } });
});

test.each<{ name: string; schema: Json; source: object }>([
  { name: "total", schema: whole, source: { kind: "page", value: "total" } },
  { name: "itemsTotal", schema: whole, source: { kind: "page", value: "total" } },
  { name: "pagesTotal", schema: whole, source: { kind: "page", value: "pages" } },
  { name: "url", schema: text, source: { kind: "link", to: "self", form: "string" } },
  {
    name: "url",
    schema: { type: "string", pattern: "^/v1/pets" },
    source: { kind: "link", to: "self", form: "path" },
  },
  { name: "totalElements", schema: whole, source: { kind: "page", value: "total" } },
  { name: "total_pages", schema: whole, source: { kind: "page", value: "pages" } },
  { name: "last_page", schema: whole, source: { kind: "page", value: "pages" } },
  { name: "count", schema: whole, source: { kind: "page", value: "total" } },
  { name: "per_page", schema: whole, source: { kind: "page", value: "limit" } },
  { name: "current_page", schema: whole, source: { kind: "page", value: "page" } },
  { name: "has_more", schema: flag, source: { kind: "page", value: "has-more" } },
  { name: "hasPreviousPage", schema: flag, source: { kind: "page", value: "has-previous" } },
  { name: "nextPageToken", schema: text, source: { kind: "page", value: "next-cursor" } },
  { name: "next", schema: uri, source: { kind: "link", to: "next", form: "string" } },
  { name: "next", schema: whole, source: { kind: "page", value: "next-page" } },
  { name: "nextLink", schema: text, source: { kind: "link", to: "next", form: "string" } },
  {
    name: "prev",
    schema: { type: "object", properties: { href: uri } },
    source: { kind: "link", to: "previous", form: "object" },
  },
  { name: "success", schema: flag, source: { kind: "constant", value: true } },
  { name: "object", schema: { type: "string", const: "list" }, source: { kind: "constant", value: "list" } },
])("$name beside the rows is $source.kind $source.value", ({ name, schema, source }) => {
  expect(envelope({ [name]: schema })[name]).toEqual(source);
});

test("an address that must look like another one is no link", () => {
  expect(envelope({ url: { type: "string", pattern: "^/v1/animals" } })["url"]).toBeUndefined();
});

test("a closed list that has none of the column's values is another thing's", () => {
  const choice = (...values: readonly string[]) => ({ type: "string", enum: values });
  const pet = (...values: readonly string[]): Json => ({
    type: "object",
    required: ["id"],
    properties: { id: { ...whole, readOnly: true }, status: choice(...values) },
  });
  const model = (...listed: readonly string[]) =>
    modelOf(
      {
        "/pets": { get: { responses: { "200": json({ type: "array", items: pet(...listed) }) } } },
        "/pets/{id}": { parameters: [keyOf("id")], get: { responses: { "200": json(ref("Pet")) } } },
      },
      { Pet: pet("open", "closed") },
    );
  const shownIn = (...listed: readonly string[]) => {
    const { shape } = operation(model(...listed), "get", "/pets").success;
    return shape?.kind === "rows" ? Object.keys(members(shape.items)) : [];
  };
  expect(shownIn("closed", "lost")).toEqual(["id", "status"]);
  expect(shownIn("lost", "found")).toEqual(["id"]);
});

test("a list where answers show an object is another thing's, and so is a list of objects where they show texts", () => {
  const pet = (tags: Json): Json => ({
    type: "object",
    required: ["id"],
    properties: { id: { ...whole, readOnly: true }, tags },
  });
  const shown = (tags: Json, listed: Json) => {
    const paths = {
      "/pets": { get: { responses: { "200": json({ type: "array", items: pet(listed) }) } } },
      "/pets/{id}": { parameters: [keyOf("id")], get: { responses: { "200": json(ref("Pet")) } } },
    };
    const { shape } = operation(modelOf(paths, { Pet: pet(tags) }), "get", "/pets").success;
    return shape?.kind === "rows" ? Object.keys(members(shape.items)) : [];
  };
  const texts = { type: "array", items: text };
  expect(shown(texts, texts)).toEqual(["id", "tags"]);
  expect(shown(texts, { type: "object" })).toEqual(["id"]);
  expect(shown(texts, { type: "array", items: { type: "object" } })).toEqual(["id"]);
});

test("next is a cursor where the list is read by one", () => {
  expect(envelope({ next: text }, [], [query("cursor")])["next"]).toEqual({ kind: "page", value: "next-cursor" });
});

test("a count beside a total is that of the page", () => {
  expect(envelope({ count: whole, total: whole })["count"]).toEqual({ kind: "page", value: "count" });
});

test("an object of page values is built from its members", () => {
  const meta = { type: "object", properties: { page: whole, total: whole } };
  const source = envelope({ meta })["meta"];
  expect(source?.kind === "shape" && members(source.shape)).toEqual({
    page: { kind: "page", value: "page" },
    total: { kind: "page", value: "total" },
  });
});

test("an unknown member is left out where it may be, else neutral within its bounds and said so", () => {
  const tint = { type: "string", enum: ["red", "blue"] };
  const properties = { page: whole, rating: { type: "integer", minimum: 3 }, tint, mood: text };
  const meta = { type: "object", required: ["rating", "tint"], properties };
  const source = envelope({ meta })["meta"];
  expect(source?.kind === "shape" && members(source.shape)).toEqual({
    page: { kind: "page", value: "page" },
    rating: { kind: "neutral", value: 3 },
    tint: { kind: "neutral", value: "red" },
  });
  const model = petModel({ answer: { type: "object", properties: { data: list("Pet"), meta } } });
  expect(operation(model, "get", "/pets").reasons.map(({ fact }) => fact)).toContain("rating answers a neutral value");
});

const id = { ...whole, readOnly: true };

/** Owners that embed their pets, and pets that embed their owner. */
function embedding(required: readonly string[] = []) {
  const schemas = {
    Owner: {
      type: "object",
      required: ["id"],
      properties: { id, name: text, pets: list("Pet"), pet_count: { ...whole, readOnly: true } },
    },
    Pet: { type: "object", required: ["id", ...required], properties: { id, name: text, owner: ref("Owner") } },
  };
  return petModel({ schemas });
}

test("an embedded row is shown in its own shape, and cut where it would come back", () => {
  const { owner } = members(operation(embedding(), "get", "/pets/{id}").success.shape);
  expect(owner).toMatchObject({ kind: "related", shape: { kind: "row", entity: "Owner" } });
  expect(owner?.kind === "related" && Object.keys(members(owner.shape))).not.toContain("pets");
});

test("embedded rows are shown as rows, and counted without a slot", () => {
  const shown = members(operation(embedding(), "get", "/owners/{id}").success.shape);
  expect(shown["pets"]).toMatchObject({
    kind: "related",
    shape: { kind: "rows", items: { kind: "row", entity: "Pet" } },
  });
  expect(shown["pet_count"]).toMatchObject({ kind: "count" });
});

test("a required embedding without an end is cut all the same", () => {
  expect(() => embedding(["owner"])).not.toThrow();
});

test("a member that is written only is never shown", () => {
  const secret = { ...text, writeOnly: true };
  const schemas = { Pet: { type: "object", required: ["id", "pin"], properties: { id, name: text, pin: secret } } };
  const model = petModel({ schemas });
  expect(Object.keys(members(operation(model, "get", "/pets/{id}").success.shape))).toEqual(["id", "name"]);
});

test("what a read leaves undescribed has the entity's own members", () => {
  const model = modelOf(
    {
      "/pets": {
        post: {
          requestBody: json({ type: "object", properties: { name: text } }),
          responses: { "201": json(ref("Pet")) },
        },
      },
      "/pets/{id}": {
        parameters: [keyOf("id")],
        get: { responses: { default: { description: "It." } } },
        delete: { responses: { "204": { description: "Gone." } } },
      },
    },
    { Pet: { type: "object", required: ["id"], properties: { id, name: text } } },
  );
  expect(operation(model, "get", "/pets/{id}").success).toMatchObject({
    status: 200,
    shape: { kind: "row", entity: "Pet" },
  });
});

test("what is created is found under its location, wherever it can be read", () => {
  const { headers } = operation(petModel(), "post", "/pets").success;
  expect(headers).toEqual([{ name: "Location", source: { kind: "location", path: "/pets/{id}" } }]);
});

test("a create that answers a receipt tells key and address", () => {
  const receipt = {
    type: "object",
    required: ["location", "entity_id", "done"],
    properties: { location: uri, entity_id: whole, done: flag },
  };
  const paths = {
    "/pets": {
      get: { responses: { "200": json(list("Pet")) } },
      post: { requestBody: json(ref("Pet")), responses: { "201": json(receipt) } },
    },
    "/pets/{id}": { parameters: [keyOf("id")], get: { responses: { "200": json(ref("Pet")) } } },
  };
  const model = modelOf(paths, { Pet: { type: "object", required: ["id"], properties: { id, name: text } } });
  expect(members(operation(model, "post", "/pets").success.shape)).toEqual({
    location: { kind: "link", to: "self", form: "string" },
    entity_id: { kind: "field", field: "id" },
    done: { kind: "neutral", value: false },
  });
});

test("what an answer requires is shown where the row may lack it, and where no schema declares it", () => {
  const pet = {
    type: "object",
    required: ["id", "name", "status", "place"],
    properties: { id, name: text, status: text },
  };
  const sent = { type: "object", required: ["name"], properties: { name: text, status: text } };
  const paths = {
    "/pets": { post: { requestBody: json(sent), responses: { "201": json(ref("Pet")) } } },
    "/pets/{id}": { parameters: [keyOf("id")], get: { responses: { "200": json(ref("Pet")) } } },
  };
  expect(members(operation(modelOf(paths, { Pet: pet }), "get", "/pets/{id}").success.shape)).toEqual({
    id: { kind: "field", field: "id" },
    name: { kind: "field", field: "name" },
    status: { kind: "field", field: "status", otherwise: "" },
    place: { kind: "neutral", value: {} },
  });
});

test("a write that answers a boolean says that it is done", () => {
  const paths = {
    "/pets/{id}": {
      parameters: [keyOf("id")],
      get: { responses: { "200": json(ref("Pet")) } },
      put: { requestBody: json(ref("Pet")), responses: { "200": json(flag) } },
    },
  };
  const model = modelOf(paths, { Pet: { type: "object", properties: { id, name: text } } });
  const source = { kind: "constant", value: true };
  expect(operation(model, "put", "/pets/{id}").success.shape).toEqual({ kind: "value", source });
});
