import { describe, expect, test } from "vitest";
import type { Json, Schema } from "../../src/document/openapi.ts";
import { homeTestsView } from "../../src/plan/views/tests/home-tests.ts";
import { callerNames } from "../../src/plan/views/tests/callers.ts";
import { isAccepted } from "../../src/plan/views/tests/parameters.ts";
import { rowsView } from "../../src/plan/views/tests/rows.ts";
import { subjectField } from "../../src/plan/views/ownership.ts";
import { operationsView } from "../../src/plan/views/operations.ts";
import { routesView } from "../../src/plan/views/routes.ts";
import type { PlanContext } from "../../src/plan/context.ts";
import { json } from "../model/pets.ts";
import {
  contextOf,
  contextOfThings,
  noteBody,
  noteId,
  noteOperation,
  queryParameter,
  usualPaths,
  withOperation,
} from "./models.ts";

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
  test("hold conversations about what can be read by itself, with every call at its own address", () => {
    const lines = testsOf(contextOf(crud)).get(
      "conversations about notes > shows what a record of any valid calls says, and to nobody else",
    );
    expect(lines).toContain('route: "POST /notes"');
    expect(lines).toContain('read: { route: "GET /notes/{id}"');
    expect(lines).toContain('remove: { route: "DELETE /notes/{id}"');
    expect(lines).toContain('lists: [{ route: "GET /notes"');
    const { delete: _, ...item } = crud["/notes/{id}"] as Tree;
    const withoutDelete = testsOf(contextOf({ ...crud, "/notes/{id}": item }));
    expect([...withoutDelete.values()].join("\n")).toContain("remove: undefined");
    const { get: __, ...unreadable } = crud["/notes/{id}"] as Tree;
    const titles = [...testsOf(contextOf({ ...crud, "/notes/{id}": unreadable })).keys()];
    expect(titles.filter((title) => title.startsWith("conversations"))).toEqual([]);
  });

  test("say nothing in a conversation of what is sent as a text and shown as a number", () => {
    const rated = { id: { type: "integer", readOnly: true }, rating: { type: "number" }, title: { type: "string" } };
    const said = { type: "object", properties: { rating: { type: "string" }, title: { type: "string" } } };
    const post = { requestBody: { required: true, ...json(said) } };
    const paths = withOperation(usualPaths("Note"), "/notes", "post", post);
    const context = contextOfThings({ schemas: { Note: { type: "object", properties: rated } }, paths });
    const lines = testsOf(context).get(
      "conversations about notes > shows what a record of any valid calls says, and to nobody else",
    );
    const create = /^create: .*$/m.exec(lines ?? "")?.[0];
    expect(create).toContain('sent: "/title"');
    expect(create).not.toContain('sent: "/rating"');
  });

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

test("a value of a closed list that is a path of its own too is not asked for what that path has", () => {
  const kind: Tree = {
    name: "kind",
    in: "path",
    required: true,
    schema: { type: "string", enum: ["urgent", "later"] },
  };
  const context = contextOf({
    ...crud,
    "/notes/kinds/{kind}": { parameters: [kind], get: answers(notes), delete: noteOperation() },
    "/notes/kinds/urgent": { put: noteOperation() },
  });
  const homes = [...context.model.entities, ...context.model.groups];
  const cases = homes.flatMap((home) => {
    const entity = context.model.entities.find((one) => one === home);
    const { describes } = homeTestsView(home.name, entity, context);
    return describes.flatMap(({ tests }) => tests.flatMap((one) => ("cases" in one ? one.cases : [])));
  });
  const atUrgent = cases.filter((one) => one.includes('url: "/notes/kinds/urgent"'));
  expect(atUrgent).toHaveLength(2);
  expect(atUrgent.filter((one) => one.includes('method: "PUT"'))).toEqual([]);
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
    expect(code).toMatch(/page\.items\.map\(\(item\) => String\(item\.id\)\)/);
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

describe("requests of generated tests", () => {
  test("send what an answer that is stricter than the body can show", () => {
    const body: Json = {
      type: "object",
      required: ["mail", "text"],
      properties: { mail: { type: "string" }, text: { type: "string" } },
    };
    const note: Json = {
      type: "object",
      required: ["id", "text", "mail"],
      properties: { id: { type: "integer" }, text: { type: "string" }, mail: { type: "string", format: "email" } },
    };
    const requestBody: Json = { required: true, content: { "application/json": { schema: body } } };
    const paths: Tree = { ...crud, "/notes": { get: answers(notes), post: noteOperation({ requestBody }) } };
    const context = contextOf(paths, { components: { schemas: { Note: note } } });
    const { requests, describes } = homeTestsView(noteEntity(context).name, noteEntity(context), context);
    expect(requests.map(({ members }) => members.join("\n")).join("\n")).toMatch(/mail: "[^"]+@[^"]+"/);
    const accepted = describes.flatMap(({ tests }) => tests.filter(({ title }) => title.includes("accepts")));
    expect(accepted.flatMap(({ cases }) => cases).join("\n")).not.toContain("mail of its shortest");
    expect(accepted.flatMap(({ cases }) => cases).join("\n")).toContain("text of its shortest");
  });
});

/** A document whose notes belong to the person who calls, of whom it reads one as the caller. */
function peopleContext(key: Json): PlanContext {
  const person: Json = { type: "object", required: ["id"], properties: { id: key, mail: { type: "string" } } };
  const note: Json = {
    type: "object",
    required: ["id", "text", "owner_id"],
    properties: { id: { type: "integer" }, text: { type: "string" }, owner_id: { ...(key as Tree), readOnly: true } },
  };
  const personId: Json = { name: "id", in: "path", required: true, schema: key };
  const personAnswer = answers({ $ref: "#/components/schemas/Person" });
  const paths: Tree = {
    "/people": { get: answers({ type: "array", items: { $ref: "#/components/schemas/Person" } }) },
    "/people/me": { get: personAnswer },
    "/people/{id}": {
      parameters: [personId],
      get: personAnswer,
      delete: { responses: { "204": { description: "Gone." } } },
    },
    ...crud,
  };
  return contextOf(paths, {
    components: {
      schemas: { Note: note, Person: person },
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
    },
    security: [{ token: [] }],
  });
}

describe("rows that stand for callers and that anybody sees", () => {
  test.each([
    { title: "a uuid", key: { type: "string", format: "uuid" }, subject: /^[\da-f]{8}-/, made: "{ id: owner }" },
    { title: "a number", key: { type: "integer" }, subject: /^\d+$/, made: "{ id: Number(owner) }" },
    { title: "a text", key: { type: "string" }, subject: /^caller$/, made: "{ id: owner }" },
    { title: "digits", key: { type: "string", pattern: "^[1-9]\\d*$" }, subject: /^\d+$/, made: "{ id: owner }" },
  ])("are found by $title that is the caller's subject", ({ key, subject, made }) => {
    const context = peopleContext(key);
    const person = rowsView(context).entities.find(({ type }) => type === "Person");
    expect(person).toMatchObject({ hasOwn: true, ownName: "callersPerson", makeOwn: `givenPerson(${made})` });
    expect(callerNames(context).caller).toMatch(subject);
  });

  test("are what tests read as the caller, and what the caller's notes refer to", () => {
    const context = peopleContext({ type: "string", format: "uuid" });
    const [person] = context.model.entities;
    if (person === undefined) throw new Error("There is no entity.");
    const { describes } = homeTestsView(person.name, person, context);
    const me = describes.find(({ title }) => title.includes("/people/me"));
    expect(me?.tests.find(({ title }) => title.includes("as it is"))?.lines.join("\n")).toContain(
      "await callersPerson()",
    );
    const note = rowsView(context).entities.find(({ type }) => type === "Note");
    expect(note?.parameters).toContain("owner = caller");
    expect(note?.references.join("\n")).toContain("await callersPerson(owner)");
  });

  test("are the caller's own also where nothing else belongs to them", () => {
    const context = peopleContext({ type: "string", format: "uuid" });
    const alone = planContextWithoutOwners(context);
    const [person] = alone.model.entities;
    expect(person === undefined ? undefined : subjectField(person, alone)).toBe("id");
  });
});

function planContextWithoutOwners(context: PlanContext): PlanContext {
  const entities = context.model.entities.map(({ owner: _, ...entity }) => entity);
  return { ...context, model: { ...context.model, entities } };
}

test("an entity without a row for the caller, and without an id of that name, has tests too", () => {
  const label: Json = { type: "object", required: ["code"], properties: { code: { type: "string" } } };
  const code: Json = { name: "code", in: "path", required: true, schema: { type: "string" } };
  const one: Json = { $ref: "#/components/schemas/Label" };
  const paths: Tree = {
    "/labels": { get: answers({ type: "array", items: one }) },
    "/labels/{code}": {
      parameters: [code],
      get: answers(one),
      put: { ...answers(one), requestBody: { content: { "application/json": { schema: one } } } },
    },
  };
  const context = contextOf(paths, { components: { schemas: { Label: label } } });
  expect(rowsView(context).entities.map(({ hasOwn }) => hasOwn)).toEqual([false]);
});

test.each<{ what: string; schema: Schema; isTaken: boolean }>([
  { what: "no integer", schema: { type: "integer" }, isTaken: false },
  { what: "a number all the same", schema: { type: "number" }, isTaken: true },
])("a number of twenty digits in a path is $what", ({ schema, isTaken }) => {
  expect(isAccepted(schema, "99999999999999999999")).toBe(isTaken);
});
