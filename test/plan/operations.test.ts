import { describe, expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import type { PlanContext } from "../../src/plan/context.ts";
import { operationsView } from "../../src/plan/views/operations.ts";
import { runnerOf } from "../../src/plan/views/operations/runner.ts";
import { json, list, query, ref } from "../model/pets.ts";
import {
  bearer,
  contextOfThings,
  generatedId,
  operationAt,
  petContext,
  text,
  thing,
  usualPaths,
  withOperation,
} from "./models.ts";
import { ruledNotes } from "./ruled-notes.ts";

/** The function of one operation: its parameters, its answer, its statements. */
function written(context: PlanContext, method: string, path: string) {
  const operation = operationAt(context, method, path);
  const home = operation.entity ?? operation.group ?? "";
  const { name } = [...context.model.entities, ...context.model.groups].find((one) => one.name.type === home) ?? {};
  if (name === undefined) throw new Error(`${path} has no home.`);
  const entity = operation.entity === undefined ? undefined : context.entity(operation.entity);
  const view = operationsView(name, entity, context).functions.find((one) => one.name === operation.name);
  if (view === undefined) throw new Error(`${operation.name} has no function.`);
  return { ...view, runner: runnerOf(operation, context) };
}

const note = thing({ id: generatedId, "text!": text, mark: { type: ["string", "null"] } });
const notes = contextOfThings({ schemas: { Note: note } });
const usualList: Json = { responses: { "200": json(list("Note")) } };
const key = (name: string): Json => ({ name, in: "path", required: true, schema: { type: "integer" } });

describe("an operation on rows", () => {
  test.each([
    {
      route: "get /notes/{id}",
      parameters: "params: { readonly id: number }, context: Context",
      statements: ["return unlessMissing(await context.notes.read(params.id));"],
    },
    {
      route: "post /notes",
      parameters: "input: NewNote, context: Context",
      statements: ["return context.notes.create({ text: input.text, mark: input.mark });"],
    },
    {
      route: "put /notes/{id}",
      parameters: "params: { readonly id: number }, input: NewNote, context: Context",
      statements: [
        "return unlessMissing(await context.notes.update(params.id, { text: input.text, mark: input.mark ?? null }));",
      ],
    },
    {
      route: "delete /notes/{id}",
      parameters: "params: { readonly id: number }, context: Context",
      statements: ["return unlessMissing(await context.notes.delete(params.id));"],
    },
  ])("asks for no more than it uses, and is one statement: $route", ({ route, parameters, statements }) => {
    const [method = "", path = ""] = route.split(" ");
    expect(written(notes, method, path)).toMatchObject({
      parameters,
      statements,
      answer: "Promise<Note>",
      runner: "connected",
    });
  });

  test("takes a key that is a number or a text from the body as it is", () => {
    const { "/notes": item } = usualPaths("Note");
    const put: Json = { requestBody: json(ref("Note")), responses: { "200": json(ref("Note")) } };
    const either = thing({ id: { type: ["integer", "string"], format: "int32" }, "text!": text });
    const required = { ...put, requestBody: { required: true, ...json(ref("Note")) } };
    const paths = { "/notes": { ...(item as object), put: required } };
    const { statements } = written(contextOfThings({ schemas: { Note: either }, paths }), "put", "/notes");
    expect(statements.join("\n")).toContain("context.notes.update(unlessMissing(input.id), ");
  });

  test("shows what nobody in particular may read whoever's it is, and lets its owner alone change it", () => {
    const schema = thing({ id: generatedId, "text!": text, subject: text }, { "x-entity": { owner: "subject" } });
    const open = (security: Json) => {
      const listed = withOperation(usualPaths("Note"), "/notes", "get", { security });
      const paths = withOperation(listed, "/notes/{id}", "get", { security });
      const context = contextOfThings({ schemas: { Note: schema }, paths, rest: bearer });
      return ["get /notes", "get /notes/{id}", "delete /notes/{id}"].map((route) => {
        const [method = "", path = ""] = route.split(" ");
        return written(context, method, path)
          .statements.join("\n")
          .match(/context\.(unscoped\.)?notes/)?.[0];
      });
    };
    expect(open([])).toEqual(["context.unscoped.notes", "context.unscoped.notes", "context.notes"]);
    expect(open([{ it: [] }, {}])).toEqual(["context.unscoped.notes", "context.unscoped.notes", "context.notes"]);
    expect(open([{ it: [] }])).toEqual(["context.notes", "context.notes", "context.notes"]);
  });

  test("writes nothing that the document does not name", () => {
    const schemas = { Note: thing({ id: generatedId, "text!": text, made: { type: "string", readOnly: true } }) };
    const { statements } = written(contextOfThings({ schemas }), "post", "/notes");
    expect(statements).toEqual(["return context.notes.create({ text: input.text });"]);
  });

  test("keeps of what is sent what answers can show", () => {
    const empty = { type: "string", enum: [""] };
    const schemas = {
      Note: thing({ id: generatedId, "marks!": { type: "object", properties: { a: text } }, at: { type: "integer" } }),
      NewNote: thing({
        marks: { anyOf: [{ type: "object", properties: { a: { type: "boolean" } } }, empty] },
        at: { anyOf: [{ type: "string", enum: ["now"] }, { type: "integer" }, empty] },
      }),
    };
    const post = {
      requestBody: { required: true, ...json(ref("NewNote")) },
      responses: { "201": json(ref("Note")) },
    };
    const paths = withOperation(
      { ...usualPaths("Note"), "/newnotes": {}, "/newnotes/{id}": {} },
      "/notes",
      "post",
      post,
    );
    const [statement] = written(contextOfThings({ schemas, paths }), "post", "/notes").statements;
    expect(statement).toContain('withoutMembers(withoutText(membersOf(input).marks, null, []), ["a"])');
    expect(statement).toContain('asNumber(unlessWord(unlessWord(input.at, undefined, "now"), null, ""))');
  });

  test("that replaces its row takes null for a value, and a default for what is left out", () => {
    const tone = { type: ["string", "null"], default: "calm" };
    const schemas = { Note: thing({ id: generatedId, "text!": text, tone }) };
    const { statements } = written(contextOfThings({ schemas }), "put", "/notes/{id}");
    expect(statements.join()).toContain('tone: input.tone === undefined ? "calm" : input.tone');
  });

  test("that may make its row writes what is there, else makes it, in one transaction", () => {
    const { "/notes/{id}": item } = usualPaths("Note", text);
    const code = { name: "code", in: "path", required: true, schema: text };
    const paths = {
      "/notes": { get: usualList },
      "/notes/{id}": {},
      "/notes/{code}": { ...(item as object), parameters: [code] },
    };
    const context = contextOfThings({ schemas: { Note: thing({ "code!": text, "text!": text }) }, paths });
    expect(written(context, "put", "/notes/{code}")).toMatchObject({
      runner: "transaction",
      statements: [
        'unlessContradicted(input.code, params.code, "/code");',
        "return (await context.notes.update(params.code, { text: input.text })) ?? (await context.notes.create({ code: params.code, text: input.text }));",
      ],
    });
  });
});

describe("a list", () => {
  const listed = (...parameters: readonly Json[]) =>
    written(petContext({ parameters }), "get", "/pets").statements.at(-1);

  test.each([
    { title: "has a cap where nothing cuts it", parameters: [], page: "pageByOffset(0, 1000)" },
    {
      title: "is cut by offset",
      parameters: [query("offset", { type: "integer" }), query("limit", { type: "integer", default: 10 })],
      page: "pageByOffset(query.offset ?? 0, query.limit ?? 10)",
    },
    {
      title: "is cut by number",
      parameters: [query("page", { type: "integer" }), query("per_page", { type: "integer" })],
      page: "pageByNumber(query.page ?? 1, query.per_page ?? 20, 1)",
    },
    {
      title: "goes on after a key where its answer gives no cursor",
      parameters: [query("cursor"), query("limit", { type: "integer" })],
      page: "pageAfterKey(query.cursor, query.limit ?? 20)",
    },
    {
      title: "reads a number that is declared as a text",
      parameters: [query("cursor"), query("limit")],
      page: "pageAfterKey(query.cursor, spelledCount(query.limit, 20))",
    },
  ])("$title", ({ parameters, page }) => {
    expect(listed(...parameters)).toContain(`, ${page});`);
  });

  test.each([
    { title: "filters by what its parameters say", parameters: [query("name")], part: "filters: { name: query.name }" },
    {
      title: "is ordered by what its parameter chooses, ties by key",
      parameters: [query("sort", { type: "string", enum: ["name", "-name"] })],
      part: 'order: chosenOrder(listPetsOrders, query.sort, undefined, ["id"])',
    },
    {
      title: "asks a slot what no column answers, where it is asked for",
      parameters: [query("near", { type: "number" })],
      part: "where: query.near === undefined ? undefined : context.logic.pets.near(query.near, context)",
    },
  ])("$title", ({ parameters, part }) => {
    expect(listed(...parameters)).toContain(part);
  });

  test("counts all rows only where its answer says how many there are", () => {
    const answer = thing({ "items!": { type: "array", items: ref("Pet") }, "total!": { type: "integer" } });
    const { statements } = written(petContext({ answer }), "get", "/pets");
    expect(statements.at(-1)).toContain("counted(pageByOffset(0, 1000))");
  });
});

describe("a row below another", () => {
  const comment = thing({ id: generatedId, "note_id!": generatedId, "text!": text });
  const { "/comments": all, "/comments/{id}": one } = usualPaths("Comment");
  const context = contextOfThings({
    schemas: { Note: note, Comment: comment },
    paths: {
      "/comments": {},
      "/comments/{id}": {},
      "/notes/{note_id}/comments": { ...(all as object), parameters: [key("note_id")] },
      "/notes/{note_id}/comments/{id}": { ...(one as object), parameters: [key("note_id"), key("id")] },
    },
  });

  test.each([
    {
      route: "get /notes/{note_id}/comments",
      last: "return listRows(context.comments, { within: { note_id: params.note_id } }, pageByOffset(0, 1000));",
    },
    {
      route: "post /notes/{note_id}/comments",
      last: "return context.comments.create({ note_id: params.note_id, text: input.text });",
    },
    {
      route: "delete /notes/{note_id}/comments/{id}",
      last: "return unlessMissing(await context.comments.delete({ note_id: params.note_id, id: params.id }));",
    },
  ])("is found there alone, once that is: $route", ({ route, last }) => {
    const [method = "", path = ""] = route.split(" ");
    expect(written(context, method, path).statements).toEqual([
      "unlessMissing(await context.notes.read(params.note_id));",
      last,
    ]);
  });
});

describe("a write", () => {
  test("asks rules, computes values, writes, and has its effects, in this order and in one transaction", () => {
    const rules = [
      { id: "note.log", kind: "effect", rule: "Logs it." },
      { id: "note.slug", kind: "value", field: "slug", rule: "Of its text." },
      { id: "note.sane", rule: "It is sane.", refuse: { insane: 422 } },
    ];
    const ruled = thing(
      { id: generatedId, "text!": text, slug: { type: "string", readOnly: true } },
      { "x-business-rules": rules },
    );
    const context = contextOfThings({ schemas: { Note: ruled } });
    expect(written(context, "put", "/notes/{id}")).toMatchObject({
      runner: "transaction",
      statements: [
        "const current = unlessMissing(await context.notes.read(params.id));",
        "unlessRefused(await context.logic.notes.isSane(input, current, context), isSaneRefusals);",
        "const slug = await context.logic.notes.slug(input, current, context);",
        "const note = unlessMissing(await context.notes.update(params.id, { text: input.text, slug }));",
        "await context.logic.notes.log(note, context);",
        "return note;",
      ],
    });
  });

  test("reads the row before only for those who look at it", () => {
    const { context } = ruledNotes({ id: "note.it", on: "create", refuse: { odd: 422 } });
    expect(written(context, "post", "/notes").statements.join("\n")).not.toContain("read(");
    expect(written(context, "put", "/notes/{id}").statements.join("\n")).not.toContain("current");
  });

  test("refuses with the status that is declared for the code", () => {
    const { context } = ruledNotes({ id: "note.it", refuse: { odd: 422, "not even": 409 } });
    const { constants } = operationsView(context.entity("Note").name, context.entity("Note"), context);
    expect(constants).toEqual(['const isItRefusals = { odd: 422, "not even": 409 };']);
  });

  test("of a list of keys joins them, and a change joins them where they are given", () => {
    const schemas = {
      Note: thing({ id: generatedId, "text!": text, tag_ids: { type: "array", items: { type: "integer" } } }),
      Tag: thing({ id: generatedId, "name!": text }),
    };
    const context = contextOfThings({ schemas });
    const joining = (method: string, path: string) =>
      written(context, method, path).statements.filter((line) => line.includes("noteTags"));
    expect(joining("post", "/notes")).toEqual([expect.stringMatching(/^await context\.noteTags\.replace\(note\.id, /)]);
    expect(joining("patch", "/notes/{id}")).toEqual([expect.stringMatching(/^if \(.*tag_ids !== undefined\) await /)]);
    expect(written(context, "post", "/notes").runner).toBe("transaction");
  });
});

describe("rows that are somebody's", () => {
  const schemas = {
    User: thing(
      { id: generatedId, "subject!": { type: "string", readOnly: true } },
      { "x-entity": { owner: "subject" } },
    ),
    Note: thing({ id: generatedId, "user_id!": generatedId, "text!": text }, { "x-entity": { owner: "user" } }),
    Label: thing(
      { id: generatedId, "note_id!": { type: "integer" }, "text!": text },
      { "x-entity": { owner: "note.user" } },
    ),
  };
  const context = contextOfThings({ schemas, rest: bearer });

  test.each([
    {
      title: "keep the caller's subject",
      path: "/users",
      statements: ["return context.users.create({ subject: context.caller.subject });"],
    },
    {
      title: "belong to the row that stands for the caller",
      path: "/notes",
      statements: [
        'const owner = unlessForbidden(await context.users.own(), "The caller is no user yet.");',
        "return context.notes.create({ text: input.text, user_id: owner.id });",
      ],
    },
    {
      title: "refer to none of somebody else's",
      path: "/labels",
      statements: [
        'unlessDangling(await context.notes.read(input.note_id), "/note_id");',
        "return context.labels.create({ note_id: input.note_id, text: input.text });",
      ],
    },
  ])("$title", ({ path, statements }) => {
    expect(written(context, "post", path).statements).toEqual(statements);
  });
});

describe("any other operation", () => {
  const publish = {
    "/notes/{id}/publish": { parameters: [key("id")], post: { responses: { "200": json(ref("Note")) } } },
  };

  test("hands its request to its slot, once its row is there", () => {
    const context = contextOfThings({ schemas: { Note: note }, paths: publish });
    expect(written(context, "post", "/notes/{id}/publish")).toMatchObject({
      runner: "operation",
      parameters: "request: PostNotesByIdPublishRequest, context: OperationContext",
      statements: [
        "unlessMissing(await context.connected(({ notes }) => notes.read(request.params.id)));",
        "return unlessRefused(await context.logic.notes.postNotesByIdPublish(request, context), postNotesByIdPublishRefusals);",
      ],
    });
  });

  test("that the document leaves out is not implemented", () => {
    const paths = withOperation(publish, "/notes/{id}/publish", "post", { "x-operation": { ignore: true } });
    expect(written(contextOfThings({ schemas: { Note: note }, paths }), "post", "/notes/{id}/publish")).toMatchObject({
      parameters: "context: OperationContext",
      answer: "Promise<never>",
      statements: ['throw new Failure("not-implemented", "This operation is left out of the service.");'],
    });
  });
});

test("a word for an order that names nothing stored is valid all the same, and leaves the key's order", () => {
  const usual = usualPaths("Note");
  const sort = query("sort", { type: "string", enum: ["text", "category"] });
  const get: Json = { parameters: [sort], responses: { "200": json(list("Note")) } };
  const context = contextOfThings({
    schemas: { Note: note },
    paths: { ...usual, "/notes": { ...(usual["/notes"] as object), get } },
  });
  const { name } = context.entity("Note");
  expect(operationsView(name, context.entity("Note"), context).constants.join("\n")).toContain(
    '{ text: { by: "text" }, category: { by: "id" } }',
  );
});
