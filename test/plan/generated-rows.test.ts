import { describe, expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import type { PlanContext } from "../../src/plan/context.ts";
import { homeTestsView } from "../../src/plan/views/tests/home-tests.ts";
import { rowsView } from "../../src/plan/views/tests/rows.ts";
import { json, list, ref } from "../model/pets.ts";
import { bearer, contextOfThings, generatedId, text, thing, usualPaths } from "./models.ts";

type Tree = { readonly [key: string]: Json };

/** The lines of the tests of an entity whose titles have these words. */
function linesOf(context: PlanContext, type: string, words: string): string {
  const entity = context.entity(type);
  const { describes } = homeTestsView(entity.name, entity, context);
  const all = describes.flatMap(({ title, tests }) =>
    tests.map((one) => ({ ...one, title: `${title} > ${one.title}` })),
  );
  const found = all.filter(({ title }) => words.split(" … ").every((word) => title.includes(word)));
  return found.flatMap(({ title, lines }) => [title, ...lines]).join("\n");
}

function pathParameter(name: string, schema: Json): Json {
  return { name, in: "path", required: true, schema };
}

describe("another parent than the caller's own", () => {
  const person = thing({ "id!": text, name: text });
  const note = thing({ id: generatedId, "text!": text, person_id: { type: "string", readOnly: true } });
  const parameters = [pathParameter("id", text)];
  const below: Tree = {
    "/persons/me": { get: { responses: { "200": json(ref("Person")) } } },
    "/persons/{id}/notes": { parameters, get: { responses: { "200": json(list("Note")) } } },
  };

  test("is a row that stands for nobody, where one stands for the caller", () => {
    const paths = { ...usualPaths("Person", text), ...usualPaths("Note"), ...below };
    const context = contextOfThings({ schemas: { Person: person, Note: note }, paths, rest: bearer });
    const owners = context.model.entities.map(({ owner: _, ...entity }) => entity);
    const open = { ...context, model: { ...context.model, entities: owners } };
    expect(linesOf(open, "Note", "/persons/{id}/notes … of another parent")).toContain(
      "const other = { ...request, params: { ...request.params, id: (await givenPerson()).id } };",
    );
  });

  test("is the one that the next request makes, where none stands for the caller", () => {
    const paths = { ...usualPaths("Person", text), "/persons/{id}/notes": below["/persons/{id}/notes"] ?? {} };
    const context = contextOfThings({ schemas: { Person: person, Note: note }, paths });
    expect(linesOf(context, "Note", "/persons/{id}/notes … of another parent")).toMatch(
      /const other = await \w+Request\(\);/,
    );
  });
});

describe("rows of tests", () => {
  const code: Json = { type: "string", minLength: 5, pattern: "^[a-z-]*\\d*$" };
  const point = thing({ "lat!": { type: "number" }, name: text, zone: text });
  const one = { "200": json(ref("Point")) };
  const paths: Tree = {
    "/{tenant}/points": {
      parameters: [pathParameter("tenant", text)],
      get: { responses: { "200": json(list("Point")) } },
    },
    "/{tenant}/zones/{zone}/points/{name}": {
      parameters: [pathParameter("tenant", text), pathParameter("zone", code), pathParameter("name", code)],
      get: { responses: one },
      put: { requestBody: json(ref("Point")), responses: one },
      post: { operationId: "freeze", responses: { "204": { description: "Frozen." } } },
    },
  };
  const context = contextOfThings({
    schemas: { Point: point },
    paths: { ...paths, "/points": {}, "/points/{id}": {} },
  });

  test("of one parent differ in the last part of their key", () => {
    const { key } = context.entity("Point");
    expect(key.fields.length).toBeGreaterThan(1);
    expect(key.fields.at(-1)).toBe("name");
    expect(rowsView(context).entities[0]?.members.join("\n")).toContain("name: unique.pointName()");
  });

  test("hold what paths that name them accept", () => {
    const members = rowsView(context).entities[0]?.members.join("\n") ?? "";
    expect(/zone: "([^"]*)"/.exec(members)?.[1]).toMatch(/^(?=.{5})[a-z-]*\d*$/);
    expect(rowsView(context).uniques).toEqual(["pointName: () => `text-${count()}`"]);
  });
});

test("a list whose place must be said is asked for from its start", () => {
  const required = (name: string): Json => ({
    name,
    in: "query",
    required: true,
    schema: { type: "integer", example: 3 },
  });
  const asked = (...names: readonly string[]): string => {
    const usual = usualPaths("Note");
    const get = { parameters: names.map(required), responses: { "200": json(list("Note")) } };
    const context = contextOfThings({
      schemas: { Note: thing({ id: generatedId, "text!": text }) },
      paths: { ...usual, "/notes": { ...(usual["/notes"] as Tree), get } },
    });
    const entity = context.entity("Note");
    const { requests } = homeTestsView(entity.name, entity, context);
    return requests.map(({ members }) => members.join("\n")).join("\n");
  };
  expect(asked("limit", "offset")).toContain("query: { limit: 20, offset: 0 }");
  expect(asked("page", "per_page")).toContain("query: { page: 1, per_page: 20 }");
});

test("keys that a new row is joined with may be null in a team's fixtures", () => {
  const tag = thing({ id: generatedId, "name!": text });
  const keys: Json = { type: ["array", "null"], items: { type: "integer" } };
  const shown = thing({ id: generatedId, "text!": text, tags: { type: "array", items: ref("Tag") } });
  const made = thing({ "text!": text, tags: keys });
  const usual = usualPaths("Note");
  const item = usual["/notes"] as Tree;
  const post: Json = { requestBody: json(made), responses: { "201": json(ref("Note")) } };
  const context = contextOfThings({
    schemas: { Note: shown, Tag: tag },
    paths: { ...usual, "/notes": { ...item, post } },
  });
  const lines = linesOf(context, "Note", "POST /notes … stores what it was sent");
  expect(lines).toContain("toEqual(sorted(request.body.tags ?? []));");
});

test("a row that is changed was changed long before, because two changes may fall into one millisecond", () => {
  const moment: Json = { type: "string", format: "date-time", readOnly: true };
  const note = thing({ id: generatedId, "text!": text, updated_at: moment });
  const context = contextOfThings({ schemas: { Note: note } });
  const lines = linesOf(context, "Note", "PATCH /notes/{id} … changes what it was sent");
  expect(lines).toContain('const note = await givenNote({ updated_at: "2020-02-29T09:30:00Z" });');
  expect(lines).toContain('expect(valueAt(response, "/updated_at")).not.toEqual(note.updated_at);');
});

test("rows of tests hold what every answer that shows them accepts", () => {
  const status = (...values: readonly string[]): Json => ({ type: "string", enum: values });
  const batch = (...values: readonly string[]): Json => thing({ id: generatedId, status: status(...values) });
  const listed = json({ type: "array", items: batch("sent", "failed") });
  const usual = usualPaths("Batch");
  const context = contextOfThings({
    schemas: { Batch: batch("open", "sent", "failed") },
    paths: { ...usual, "/batchs": { ...(usual["/batchs"] as Tree), get: { responses: { "200": listed } } } },
  });
  expect(rowsView(context).entities[0]?.members).toEqual(['status: "sent"']);
});

test("a change that says nothing is expected to change nothing, the moment of the last change included", () => {
  const moment: Json = { type: "string", format: "date-time", readOnly: true };
  const note = thing({ id: generatedId, "text!": text, updated_at: moment });
  const usual = usualPaths("Note");
  const item = usual["/notes/{id}"] as Tree;
  const patch: Json = { responses: { "200": json(ref("Note")) } };
  const context = contextOfThings({ schemas: { Note: note }, paths: { ...usual, "/notes/{id}": { ...item, patch } } });
  const lines = linesOf(context, "Note", "PATCH /notes/{id} … changes what it was sent");
  expect(lines).toContain("toMatchResponse");
  expect(lines).not.toContain("not.toEqual");
});

describe("what a row of a test refers to", () => {
  const linked = (parent: string): Json =>
    thing({ id: generatedId, "name!": text, [`${parent}_id!`]: { type: "integer" } });
  const context = contextOfThings({
    schemas: {
      Country: thing({ id: generatedId, "name!": text }),
      Town: linked("country"),
      Street: linked("town"),
      House: linked("street"),
    },
    paths: { ...usualPaths("Country"), ...usualPaths("Town"), ...usualPaths("Street"), ...usualPaths("House") },
  });
  const given = (type: string) => rowsView(context).entities.find((entity) => entity.type === type);

  test("is its own, and what that refers to is shared by all rows of the test", () => {
    expect(given("House")?.references.join()).toContain('(await givenStreet({}, "shared")).id');
    expect(given("Street")?.parameters).toContain('others: Others = "own"');
    expect(given("Street")?.references.join()).toContain(
      '(await referred(others, "Town", () => givenTown({}, "shared"))).id',
    );
    expect(given("Country")?.parameters).not.toContain("others");
  });
});
