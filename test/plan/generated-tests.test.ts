import { describe, expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import { homeTestsView } from "../../src/plan/views/tests/home-tests.ts";
import { operationsView } from "../../src/plan/views/operations.ts";
import { routesView } from "../../src/plan/views/routes.ts";
import type { PlanContext } from "../../src/plan/context.ts";
import { contextOf, noteBody, noteId, noteOperation, queryParameter } from "./models.ts";

type Tree = { readonly [key: string]: Json };

function noteEntity(context: PlanContext) {
  const [entity] = context.model.entities;
  if (entity === undefined) throw new Error("There is no entity.");
  return entity;
}

/** The lines of each generated test of notes, by its title. */
function testsOf(context: PlanContext): ReadonlyMap<string, string> {
  const entity = noteEntity(context);
  const { describes } = homeTestsView(entity.name, entity, context);
  const tests = describes.flatMap(({ title, tests: own }) =>
    own.map((one) => [`${title} > ${one.title}`.replaceAll('"', ""), one.lines.join("\n")] as const),
  );
  return new Map(tests);
}

function routeOf(context: PlanContext): string {
  const entity = noteEntity(context);
  return routesView(entity.name, entity, context)
    .routes.map(({ statements }) => statements.join("\n"))
    .join("\n");
}

function operationsOf(context: PlanContext): string {
  const entity = noteEntity(context);
  return operationsView(entity.name, entity, context)
    .functions.map(({ statements }) => statements.join("\n"))
    .join("\n");
}

const notes: Json = { type: "array", items: { $ref: "#/components/schemas/Note" } };

function answers(schema: Json): Tree {
  return { responses: { "200": { description: "Them.", content: { "application/json": { schema } } } } };
}

const crud: Tree = {
  "/notes": { get: answers(notes), post: noteOperation({ requestBody: noteBody }) },
  "/notes/{id}": {
    parameters: [noteId],
    get: noteOperation(),
    delete: { responses: { "204": { description: "Gone." } } },
  },
};

describe("tests that a service is generated with", () => {
  test("leave a required query parameter out without naming what they do not use", () => {
    const near = queryParameter("within", { type: "integer" }, { required: true });
    const tests = testsOf(contextOf({ ...crud, "/notes/near": { get: { ...answers(notes), parameters: [near] } } }));
    expect(tests.get("GET /notes/near > refuses a request without within in the query")).toContain(
      'without(request, ["/query/within"])',
    );
  });

  test("do not expect to be kept what a change says by another name", () => {
    const person: Tree = { type: "object", required: ["id"], properties: { id: { type: "integer" } } };
    const members: Tree = {
      id: { type: "integer", readOnly: true },
      text: { type: "string" },
      author: { $ref: "#/components/schemas/Person" },
      author_id: { type: "integer", readOnly: true },
    };
    const note: Json = { type: "object", properties: members };
    const body: Json = {
      required: true,
      content: { "application/json": { schema: { $ref: "#/components/schemas/Note" } } },
    };
    const paths: Tree = {
      ...crud,
      "/notes/{id}": { parameters: [noteId], get: noteOperation(), patch: noteOperation({ requestBody: body }) },
      "/people": { get: answers({ type: "array", items: { $ref: "#/components/schemas/Person" } }) },
      "/people/{id}": { parameters: [noteId], get: answers({ $ref: "#/components/schemas/Person" }) },
    };
    const context = contextOf(paths, { components: { schemas: { Note: note, Person: person } } });
    const keeps = testsOf(context).get("PATCH /notes/{id} > keeps what it was not given");
    expect(keeps ?? "").not.toContain("author_id: note.author_id");
  });
});

describe("a generated route", () => {
  test("shows of each row of a list the value that the document lists", () => {
    const paths: Tree = {
      ...crud,
      "/notes": {
        get: answers({ type: "array", items: { type: "string" } }),
        post: noteOperation({ requestBody: noteBody }),
      },
    };
    const code = routeOf(contextOf(paths));
    expect(code).toMatch(/page\.items\.map\(\(item\) => item\.\w+\)/);
  });
});

describe("a generated operation", () => {
  test("asks a filter slot without a doubt where its parameter is required", () => {
    const near = queryParameter("within", { type: "integer" }, { required: true });
    const far = queryParameter("beyond", { type: "integer" });
    const paths: Tree = { ...crud, "/notes": { get: { ...answers(notes), parameters: [near, far] } } };
    const code = operationsOf(contextOf(paths));
    expect(code).not.toContain("query.within === undefined");
    expect(code).toContain("query.beyond === undefined ? {} :");
  });
});
