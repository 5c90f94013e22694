import { expect, test } from "vitest";
import type { Schema } from "../../src/document/openapi.ts";
import { keyMember } from "../../src/model/key-member.ts";
import { listOf, modelOf, object, operation, ref } from "./documents.ts";

const text: Schema = { type: "string" };

test.each([
  { parameter: "feed_key", noun: "feeds", members: ["id", "key"], found: "key" },
  { parameter: "feed_id", noun: "feeds", members: ["id", "key"], found: "id" },
  { parameter: "orderUuid", noun: "orders", members: ["id", "uuid"], found: "uuid" },
  { parameter: "key", noun: "keys", members: ["id", "name"], found: "id" },
])("{$parameter} of $noun means $found", ({ parameter, noun, members, found }) => {
  expect(keyMember(members, parameter, noun)).toBe(found);
});

test("a key that is a number is counted by the database", () => {
  const feed = object({ id: { type: "number", readOnly: true }, paid: { type: "number" } });
  const model = modelOf(
    {
      "/feeds": { get: operation(listOf(ref("Feed"))), post: operation(ref("Feed"), ref("Feed"), 201) },
      "/feeds/{id}": {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "number" } }],
        get: operation(ref("Feed")),
      },
    },
    { Feed: feed },
  );
  expect(model.entities[0]?.key).toMatchObject({ fields: ["id"], generated: "identity" });
  expect(model.entities[0]?.fields.find(({ name }) => name === "paid")?.type.kind).toBe("number");
});

test("an argument of the path that names no entity is kept in new rows, and must be the row's own", () => {
  const tenant = { name: "tenant", in: "path" as const, required: true, schema: text };
  const model = modelOf(
    {
      "/{tenant}/feeds": {
        parameters: [tenant],
        get: operation(listOf(ref("Feed"))),
        post: operation(ref("Feed"), ref("Feed"), 201),
      },
      "/{tenant}/feeds/{id}": {
        parameters: [tenant, { name: "id", in: "path", required: true, schema: text }],
        get: operation(ref("Feed")),
        delete: operation(undefined, undefined, 204),
      },
    },
    { Feed: object({ id: { ...text, readOnly: true }, title: text }) },
  );
  const roles = model.operations.map(({ method, parameters }) => [
    method,
    parameters.find(({ name }) => name === "tenant")?.role,
  ]);
  expect(roles).toEqual([
    ["get", { kind: "filter", field: "tenant", operator: "eq" }],
    ["post", { kind: "value", field: "tenant" }],
    ["get", { kind: "key", field: "tenant" }],
    ["delete", { kind: "key", field: "tenant" }],
  ]);
});

test("a list of rows by another row of their own kind is business logic's, where nothing is made there", () => {
  const shopId = { name: "shopId", in: "path" as const, required: true, schema: text };
  const model = modelOf(
    {
      "/shops": { get: operation(listOf(ref("Shop"))), post: operation(ref("Shop"), ref("Shop"), 201) },
      "/shops/{shopId}": { parameters: [shopId], get: operation(ref("Shop")) },
      "/shops/{shopId}/nearby": { parameters: [shopId], get: operation(listOf(ref("Shop"))) },
    },
    { Shop: object({ id: { ...text, readOnly: true }, title: text }) },
  );
  expect(model.operations.map(({ path, kind }) => `${kind} ${path}`)).toContain("custom /shops/{shopId}/nearby");
  expect(model.entities[0]?.fields.map(({ name }) => name)).toEqual(["id", "title"]);
});

test("a number in the path means no text that is called otherwise", () => {
  const page = object({ slug: text, title: text });
  const paths = (schema: Schema) => ({
    "/pages": { get: operation(listOf(ref("Page"))), post: operation(ref("Page"), ref("Page"), 201) },
    "/pages/{id}": {
      parameters: [{ name: "id", in: "path" as const, required: true, schema }],
      get: operation(ref("Page")),
    },
  });
  expect(modelOf(paths({ type: "integer" }), { Page: page }).entities[0]?.key.fields).toEqual(["id"]);
  expect(modelOf(paths(text), { Page: page }).entities[0]?.key.fields).toEqual(["slug"]);
});

test("a name that two parents lead to is a key by itself, and one below a single parent is unique there", () => {
  const named = (name: string) => ({ name, in: "path" as const, required: true, schema: text });
  const below = (parent: string) => ({
    [`/${parent}s`]: { get: operation(listOf(ref("Team"))), post: operation(ref("Team"), ref("Team"), 201) },
    [`/${parent}s/{${parent}Id}`]: { parameters: [named(`${parent}Id`)], get: operation(ref("Team")) },
    [`/${parent}s/{${parent}Id}/members`]: {
      parameters: [named(`${parent}Id`)],
      get: operation(listOf(ref("Member"))),
    },
    [`/${parent}s/{${parent}Id}/members/{login}`]: {
      parameters: [named(`${parent}Id`), named("login")],
      get: operation(ref("Member")),
      put: operation(ref("Member"), ref("Member")),
      delete: operation(undefined, undefined, 204),
    },
  });
  const schemas = {
    Team: object({ id: { ...text, readOnly: true }, title: text }),
    Member: object({ login: text, mail: text }),
  };
  const keyIn = (...parents: readonly string[]) =>
    modelOf(Object.assign({}, ...parents.map(below)) as ReturnType<typeof below>, schemas).entities.find(
      ({ name }) => name.type === "Member",
    )?.key.fields;
  expect(keyIn("team")).toEqual(["teamId", "login"]);
  expect(keyIn("team", "club")).toEqual(["login"]);
});

test.each([
  { title: "a create answers with", created: { type: "integer" }, argument: text, id: text, type: "integer" },
  { title: "a path takes", created: text, argument: { type: "integer" }, id: text, type: "integer" },
  { title: "nothing takes", created: text, argument: text, id: text, type: "text" },
  {
    title: "a path takes, and examples are none of,",
    created: text,
    argument: { type: "integer" },
    id: { ...text, example: "n-1" },
    type: "text",
  },
] as const)("a key that is shown as text and that $title as a number is a column of $type", (found) => {
  const { created, argument, id, type } = found;
  const key = { name: "id", in: "path" as const, required: true, schema: argument };
  const model = modelOf(
    {
      "/news": { get: operation(listOf(ref("News"))), post: operation(created, ref("News"), 201) },
      "/news/{id}": { parameters: [key], get: operation(ref("News")) },
      "/comments": { get: operation(listOf(ref("Comment"))), post: operation(ref("Comment"), ref("Comment"), 201) },
      "/comments/{commentId}": {
        parameters: [{ ...key, name: "commentId", schema: { type: "string", format: "uuid" } }],
        get: operation(ref("Comment")),
      },
    },
    {
      News: object({ id, title: text }),
      Comment: object({ id: { type: "string", format: "uuid", readOnly: true }, newsId: text }),
    },
  );
  const field = (entity: string, name: string) =>
    model.entities.find((one) => one.name.type === entity)?.fields.find((one) => one.name === name);
  expect(field("News", "id")?.type.kind).toBe(type);
  expect(field("Comment", "newsId")).toMatchObject({ type: { kind: type }, references: { entity: "News" } });
  const shown = model.operations.find(({ method, path }) => method === "get" && path === "/comments/{commentId}");
  const member = shown?.success.shape?.kind === "row" ? shown.success.shape.members[1] : undefined;
  expect(member?.source).toEqual({ kind: "field", field: "newsId", ...(type === "integer" && { isText: true }) });
});

test("what is called like the entity's own key refers to nothing", () => {
  const model = modelOf(
    {
      "/news": { get: operation(listOf(ref("News"))), post: operation(ref("News"), ref("News"), 201) },
      "/news/{id}": {
        parameters: [{ name: "id", in: "path" as const, required: true, schema: text }],
        get: operation(ref("News")),
      },
    },
    { News: object({ id: text, newsId: text, parentId: text }) },
  );
  const references = model.entities[0]?.fields.map(({ name, references: to }) => [name, to?.entity]);
  expect(references).toEqual([
    ["id", undefined],
    ["newsId", undefined],
    ["parentId", "News"],
  ]);
});
