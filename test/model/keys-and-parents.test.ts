import { expect, test } from "vitest";
import type { Schema } from "../../src/document/openapi.ts";
import { kindsOf, listOf, modelOf, object, operation, ref } from "./documents.ts";

const text: Schema = { type: "string" };
const number: Schema = { type: "integer" };

test("rows below a thing that two arguments name keep both, and are listed, made and read by them", () => {
  const model = modelOf(
    {
      "/depots/{owner}/{depot}": {
        get: operation(ref("Depot")),
        patch: operation(ref("Depot"), object({ about: text })),
        delete: operation(undefined, undefined, 204),
      },
      "/depots/{owner}/{depot}/crates": {
        get: operation(listOf(ref("Crate"))),
        post: operation(ref("Crate"), object({ label: text }), 201),
      },
      "/depots/{owner}/{depot}/crates/{id}": { get: operation(ref("Crate")) },
    },
    { Depot: object({ id: number, name: text, about: text }), Crate: object({ id: number, label: text }) },
  );
  expect(kindsOf(model)).toMatchObject({
    "GET /depots/{owner}/{depot}/crates": "list Crate",
    "POST /depots/{owner}/{depot}/crates": "create Crate",
    "GET /depots/{owner}/{depot}/crates/{id}": "read Crate",
  });
  const crate = model.entities.find(({ name }) => name.type === "Crate");
  expect(crate?.fields.map(({ name }) => name)).toEqual(["id", "label", "owner", "depot"]);
  expect(crate?.mentions.map(({ kind, to }) => `${kind} ${to}`)).toEqual(["many-to-one Depot"]);
});

test("what is listed under its own key is a thing, though no path reads one", () => {
  const model = modelOf(
    { "/standing-orders": { get: operation(object({ Data: object({ Orders: listOf(ref("Order")) }) })) } },
    { Order: object({ StandingOrderId: text, Frequency: text }) },
  );
  expect(model.entities.map(({ name, key }) => [name.type, key.fields])).toEqual([["Order", ["StandingOrderId"]]]);
});

test("a number or a word is no way to set what answers show as an object", () => {
  const model = modelOf(
    {
      "/books": {
        get: operation(listOf(ref("Book"))),
        post: operation(ref("Book"), object({ title: text, press: { oneOf: [number, text] } }), 201),
      },
    },
    { Book: object({ id: number, title: text, press: object({ data: object({ name: text }) }) }) },
  );
  const create = model.operations.find(({ method }) => method === "post");
  expect(create?.body?.shape?.members.map(({ name, target }) => `${name} ${target.kind}`)).toEqual([
    "title field",
    "press ignored",
  ]);
});

test("a thing that is called after its parent too is not called like what keeps the parent's rows", () => {
  const kept = object({ kept: number, stars: number, since: text });
  const one = (name: string) => ({ get: operation(ref(name)), delete: operation(undefined, undefined, 204) });
  const model = modelOf(
    {
      "/repositories": { get: operation(listOf(ref("Repository"))) },
      "/repositories/{id}": one("Repository"),
      "/users": { get: operation(listOf(ref("User"))) },
      "/users/{id}": one("User"),
      "/users/{id}/repositories": { get: operation(listOf(kept)) },
      "/users/{id}/repositories/{kept}": { get: operation(kept), delete: operation(undefined, undefined, 204) },
    },
    {
      User: object({ id: number, name: text }),
      Repository: object({ id: number, place: text }),
    },
  );
  expect(model.entities.map(({ name }) => name.type)).toEqual(["Repository", "User", "UserRepositoryEntity"]);
});

test("a create that has no place for a part of the key is custom: which key the row gets is nowhere said", () => {
  const depot = object({ id: number, name: text, about: text });
  const model = modelOf(
    {
      "/depots/{owner}/{depot}": {
        get: operation(ref("Depot")),
        patch: operation(ref("Depot"), object({ about: text })),
      },
      "/firms/{firm}/depots": {
        get: operation(listOf(ref("Depot"))),
        post: operation(ref("Depot"), object({ name: text, about: text }), 201),
      },
    },
    { Depot: depot },
  );
  expect(kindsOf(model)).toMatchObject({
    "GET /firms/{firm}/depots": "list Depot",
    "POST /firms/{firm}/depots": "custom Depot",
  });
  const create = model.operations.find(({ method }) => method === "post");
  expect(create?.reasons.map(({ because }) => because)).toContain(
    "nothing in its request is the owner, depot of the new row",
  );
});

test("words in a list where rows are told apart by numbers are no keys of them", () => {
  const user = object({ id: number, login: text });
  const model = modelOf(
    {
      "/users": { get: operation(listOf(ref("User"))) },
      "/users/{id}": { get: operation(ref("User")) },
      "/tasks": {
        get: operation(listOf(ref("Task"))),
        post: operation(ref("Task"), object({ title: text, helpers: listOf(text), watchers: listOf(number) }), 201),
      },
    },
    {
      User: user,
      Task: object({ id: number, title: text, helpers: listOf(ref("User")), watchers: listOf(ref("User")) }),
    },
  );
  const create = model.operations.find(({ method }) => method === "post");
  expect(create?.body?.shape?.members.map(({ name, target }) => `${name} ${target.kind}`)).toEqual([
    "title field",
    "helpers ignored",
    "watchers joined-keys",
  ]);
});

test("a number that is called like a key, and is the key of nothing that is stored, may be a fraction", () => {
  const fraction: Schema = { type: "number" };
  const model = modelOf(
    {
      "/pets": {
        get: operation(listOf(ref("Pet"))),
        post: operation(ref("Pet"), object({ name: text, chipId: fraction }), 201),
      },
      "/pets/{id}": { get: operation(ref("Pet")) },
    },
    { Pet: object({ id: number, name: text, chipId: fraction, scanId: fraction }, ["id"]) },
  );
  const types = model.entities[0]?.fields.map(({ name, type }) => [name, type.kind]);
  expect(types).toEqual([
    ["id", "integer"],
    ["name", "text"],
    ["chipId", "number"],
    ["scanId", "integer"],
  ]);
});

test("a number is the key of the row that is shown beside it under its name and a word for details", () => {
  const model = modelOf(
    {
      "/parts": {
        get: operation(listOf(ref("Part"))),
        post: operation(ref("Part"), ref("Part"), 201),
      },
      "/parts/{id}": { get: operation(ref("Part")) },
      "/links": { get: operation(listOf(ref("Link"))), post: operation(ref("Link"), ref("Link"), 201) },
      "/links/{id}": { get: operation(ref("Link")) },
    },
    {
      Part: object({ id: { ...number, readOnly: true }, name: text }),
      Link: object(
        {
          id: { ...number, readOnly: true },
          first: number,
          first_detail: { allOf: [ref("Part")], readOnly: true },
          maker_detail: { allOf: [ref("Part")], readOnly: true },
        },
        ["first", "first_detail", "maker_detail"],
      ),
    },
  );
  const link = model.entities.find(({ name }) => name.type === "Link");
  const stored = link?.fields.filter(({ column }) => column !== undefined);
  expect(stored?.map(({ name, references, isStoredNotNull }) => [name, references?.entity, isStoredNotNull])).toEqual([
    ["id", undefined, true],
    ["first", "Part", true],
    // What no request can give is not required of one.
    ["maker_detail_id", "Part", false],
  ]);
});

test("rows below a thing whose key has an outer one's in it keep each part, and so do those below them", () => {
  const model = modelOf(
    {
      "/orgs": { get: operation(listOf(ref("Org"))) },
      "/orgs/{org}": { get: operation(ref("Org")) },
      "/orgs/{org}/plans": {
        get: operation(listOf(ref("Plan"))),
        post: operation(ref("Plan"), ref("Plan"), 201),
      },
      "/orgs/{org}/plans/{key}": { get: operation(ref("Plan")) },
      "/orgs/{org}/plans/{key}/steps": {
        get: operation(listOf(ref("Step"))),
        post: operation(ref("Step"), object({ label: text }), 201),
      },
      "/orgs/{org}/plans/{key}/steps/{id}": { get: operation(ref("Step")) },
      "/orgs/{org}/plans/{key}/steps/{id}/notes": {
        get: operation(listOf(ref("Note"))),
        post: operation(ref("Note"), object({ words: text }), 201),
      },
    },
    {
      Org: object({ slug: text, name: text }, ["slug"]),
      Plan: object({ key: text, name: text }, ["key"]),
      Step: object({ id: number, label: text }),
      Note: object({ id: number, words: text }),
    },
  );
  expect(kindsOf(model)).toMatchObject({
    "GET /orgs/{org}/plans/{key}/steps": "list Step",
    "POST /orgs/{org}/plans/{key}/steps": "create Step",
    "GET /orgs/{org}/plans/{key}/steps/{id}": "read Step",
    "POST /orgs/{org}/plans/{key}/steps/{id}/notes": "create Note",
  });
  const step = model.entities.find(({ name }) => name.type === "Step");
  expect(step?.fields.map(({ name }) => name)).toEqual(["id", "label", "org", "key"]);
});

test("an empty word beside others is one that rows keep", () => {
  const mood: Schema = { oneOf: [{ type: "string", enum: ["good", "bad"] }, { enum: [""] }, { enum: [null] }] };
  const pet = object({ id: number, mood });
  const model = modelOf(
    { "/pets": { get: operation(listOf(ref("Pet"))), post: operation(ref("Pet"), object({ mood }), 201) } },
    { Pet: pet },
  );
  const field = model.entities[0]?.fields.find(({ name }) => name === "mood");
  expect(field).toMatchObject({ type: { kind: "enum", values: ["good", "bad", ""] }, isNullable: true });
});

test("a parent that is kept elsewhere is one row in all paths that go through it", () => {
  const model = modelOf(
    {
      "/api/v1/spaces": { get: operation(listOf(ref("Space"))), post: operation(ref("Space"), ref("Space"), 201) },
      "/api/v1/spaces/{space}": { get: operation(ref("Space")) },
      "/apis/batch/v1/spaces/{space}/jobs": {
        get: operation(listOf(ref("Job"))),
        post: operation(ref("Job"), object({ label: text }), 201),
      },
      "/apis/batch/v1/spaces/{space}/jobs/{id}": { get: operation(ref("Job")) },
    },
    {
      Space: object({ id: { ...number, readOnly: true }, label: text }),
      Job: object({ id: { ...number, readOnly: true }, label: text }),
    },
  );
  const job = model.entities.find(({ name }) => name.type === "Job");
  expect(job?.fields.map(({ name }) => name)).toEqual(["id", "label", "spaceId"]);
  const create = model.operations.find(({ path, method }) => method === "post" && path.endsWith("/jobs"));
  expect(create?.parameters.map(({ role }) => role.kind)).toEqual(["parent"]);
});

test("a key that is a text in rows and a number in what a create answers is counted", () => {
  const model = modelOf(
    {
      "/plans": {
        get: operation(listOf(ref("Plan"))),
        post: operation(object({ id: number, label: text }), object({ label: text }), 201),
      },
      "/plans/{key}": { get: operation(ref("Plan")) },
    },
    { Plan: object({ id: text, label: text, about: text }) },
  );
  const [plan] = model.entities;
  expect(plan?.fields.find(({ name }) => name === "id")?.type.kind).toBe("integer");
});
