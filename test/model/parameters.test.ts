import { expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import { json, list, modelOf, operation, owner, pet, petModel, petPaths, query, ref } from "./pets.ts";

const whole = { type: "integer" };
const moment = { type: "string", format: "date-time" };
const day = { type: "string", format: "date" };

test("a flag that names no member may choose rows", () => {
  const { parameters } = operation(
    petModel({ parameters: [query("include_archived", { type: "boolean" })] }),
    "get",
    "/pets",
  );
  expect(parameters[0]?.role.kind).toBe("slot");
});

test.each<{ name: string; schema?: Json; description?: string; role: object }>([
  { name: "species", role: { kind: "filter", field: "species", operator: "eq" } },
  { name: "owner_id", schema: whole, role: { kind: "filter", field: "owner_id", operator: "eq" } },
  {
    name: "include_owner",
    schema: { type: "boolean" },
    role: { kind: "ignored", why: "it chooses which members are shown; all of them are" },
  },

  { name: "ownerId", schema: whole, role: { kind: "filter", field: "owner_id", operator: "eq" } },
  { name: "owner", schema: whole, role: { kind: "filter", field: "owner_id", operator: "eq" } },
  { name: "filter[species]", role: { kind: "filter", field: "species", operator: "eq" } },
  {
    name: "species[]",
    schema: { type: "array", items: { type: "string" } },
    role: { kind: "filter", field: "species", operator: "in" },
  },
  { name: "ids", schema: { type: "array", items: whole }, role: { kind: "filter", field: "id", operator: "in" } },
  { name: "weight[gte]", schema: { type: "number" }, role: { kind: "filter", field: "weight", operator: "gte" } },
  { name: "weight__lt", schema: { type: "number" }, role: { kind: "filter", field: "weight", operator: "lt" } },
  { name: "min_weight", schema: { type: "number" }, role: { kind: "filter", field: "weight", operator: "gte" } },
  { name: "weightMax", schema: { type: "number" }, role: { kind: "filter", field: "weight", operator: "lte" } },
  { name: "name__icontains", role: { kind: "filter", field: "name", operator: "contains" } },
  {
    name: "name",
    description: "Only pets whose name starts with this.",
    role: { kind: "filter", field: "name", operator: "starts-with" },
  },
  { name: "created_after", schema: moment, role: { kind: "filter", field: "created_at", operator: "gt" } },
  { name: "createdTo", schema: moment, role: { kind: "filter", field: "created_at", operator: "lte" } },
  { name: "born_from", schema: day, role: { kind: "filter", field: "born", operator: "gte" } },
  { name: "startDate", schema: day, role: { kind: "filter", field: "born", operator: "gte" } },
  { name: "created_at", schema: day, role: { kind: "filter", field: "created_at", operator: "on" } },
  { name: "date", schema: moment, role: { kind: "filter", field: "born", operator: "eq" } },
  { name: "is_neutered", schema: { type: "boolean" }, role: { kind: "filter", field: "is_neutered", operator: "eq" } },
  { name: "q", role: { kind: "search", fields: ["name"] } },
  { name: "limit", schema: whole, role: { kind: "limit" } },
  { name: "page[size]", schema: whole, role: { kind: "limit" } },
  { name: "page", schema: whole, role: { kind: "page" } },
  { name: "page", role: { kind: "cursor" } },
  { name: "skip", schema: whole, role: { kind: "offset" } },
  { name: "starting_after", role: { kind: "cursor" } },
  { name: "ending_before", role: { kind: "cursor", isBackward: true } },
  { name: "sort_by", role: { kind: "sort" } },
  { name: "order", schema: { type: "string", enum: ["asc", "desc"] }, role: { kind: "direction" } },
  { name: "fields", role: { kind: "ignored", why: "it chooses which members are shown; all of them are" } },
  { name: "api-version", role: { kind: "ignored", why: "it is a version of the API" } },
])("the list parameter $name $schema.type means what its name and type say", ({ name, schema, description, role }) => {
  const model = petModel({ parameters: [query(name, schema, description)] });
  expect(operation(model, "get", "/pets").parameters[0]?.role).toEqual(role);
});

test.each<{ title: string; name: string; schema?: Json }>([
  { title: "of no field's name", name: "nearby" },
  { title: "of a field's name and another type", name: "weight", schema: { type: "boolean" } },
  { title: "that compares what has no order", name: "is_neutered[gte]", schema: { type: "boolean" } },
])("a list parameter $title is a filter slot", ({ name, schema }) => {
  const model = petModel({ parameters: [query(name, schema)] });
  const [parameter] = operation(model, "get", "/pets").parameters;
  expect(parameter?.role.kind).toBe("slot");
  expect(model.slots).toMatchObject([{ kind: "filter", home: "Pet", parameter: name, operations: ["listPets"] }]);
});

test("a word that is also a member stays a filter beside paging", () => {
  const size = { type: "integer" };
  const schemas = {
    Pet: { type: "object", required: ["id"], properties: { id: { type: "integer", readOnly: true }, size } },
  };
  const model = petModel({ schemas, parameters: [query("size", size)] });
  expect(operation(model, "get", "/pets").parameters[0]?.role).toEqual({
    kind: "filter",
    field: "size",
    operator: "eq",
  });
});

test("a header that holds a credential is ignored, and hinted at", () => {
  const model = petModel({ parameters: [{ name: "Authorization", in: "header", schema: { type: "string" } }] });
  const { parameters, reasons } = operation(model, "get", "/pets");
  expect(parameters[0]?.role.kind).toBe("ignored");
  expect(reasons.map(({ fact }) => fact)).toContain("open to everybody");
});

test("a word that may mean a size is none beside one that must", () => {
  const model = petModel({ parameters: [query("top", whole), query("per_page", whole)] });
  expect(operation(model, "get", "/pets").parameters.map(({ role }) => role.kind)).toEqual(["slot", "limit"]);
});

test("what a path says of a row is its key also where something else is done with the row", () => {
  const point = {
    type: "object",
    required: ["lat"],
    properties: { name: { type: "string" }, lat: { type: "number" } },
  };
  const path = "/{tenant}/zones/{zone}/points/{name}";
  const parameters = ["tenant", "zone", "name"].map((name) => ({ name, in: "path", required: true, schema: {} }));
  const answer = { responses: { "200": json(ref("Point")) } };
  const model = modelOf(
    {
      "/{tenant}/points": {
        parameters: parameters.slice(0, 1),
        get: { responses: { "200": json(list("Point")) } },
      },
      [path]: { parameters, get: answer, put: { ...answer, requestBody: json(ref("Point")) } },
      [`${path}/freeze`]: { parameters, post: { responses: { "204": { description: "Frozen." } } } },
    },
    { Point: point },
  );
  const roles = (method: string, at: string) => operation(model, method, at).parameters.map(({ role }) => role);
  expect(roles("post", `${path}/freeze`)).toEqual(["tenant", "zone", "name"].map((field) => ({ kind: "key", field })));
  expect(roles("post", `${path}/freeze`)).toEqual(roles("get", path));
});

test("headers that tell the media type are no parameters: bodies and answers say it", () => {
  const parameters = ["Content-Type", "accept"].map((name) => ({ name, in: "header", schema: { type: "string" } }));
  const all = operation(petModel({ parameters }), "get", "/pets").parameters;
  expect(all.filter((one) => one.in === "header")).toEqual([]);
});

test.each([
  { title: "of the same name", path: "/pets/{id}/feed", schema: { type: "string" }, role: "key" },
  { title: "of another name and the same type", path: "/pets/{petId}/feed", schema: whole, role: "key" },
  { title: "of another name and type", path: "/pets/{nameOrId}/feed", schema: { type: "string" }, role: "input" },
  { title: "that another one follows", path: "/pets/{kind}/{name}", schema: whole, role: "input" },
])("an argument $title at the place of the key is the $role of $path", ({ path, schema, role }) => {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  const parameters = names.map((name) => ({ name, in: "path", required: true, schema }));
  const paths = { ...petPaths(), [path]: { post: { parameters, responses: { "204": { description: "Done." } } } } };
  const model = modelOf(paths, { Pet: pet, Owner: owner });
  expect(operation(model, "post", path).parameters[0]?.role.kind).toBe(role);
});

test("an object of which no member is declared is read in brackets: nothing tells its members from parameters else", () => {
  const styles = (schema: Json, more = {}): readonly unknown[] => {
    const parameter = { ...(query("more", schema) as object), ...more };
    const { parameters } = operation(petModel({ parameters: [parameter] }), "get", "/pets");
    return parameters.filter(({ name }) => name === "more").map(({ style, explode }) => [style, explode]);
  };
  expect(styles({ type: "object" })).toEqual([["deepObject", false]]);
  expect(styles({ type: "object" }, { style: "form" })).toEqual([["form", true]]);
});
