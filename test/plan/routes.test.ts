import { describe, expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import type { PlanContext } from "../../src/plan/context.ts";
import { routesView } from "../../src/plan/views/routes.ts";
import { json, list, query, ref } from "../model/pets.ts";
import { bearer, contextOfThings, generatedId, petContext, text, thing, usualPaths, withOperation } from "./models.ts";

function routeOf(context: PlanContext, type: string, method: string, path = "/"): string {
  const entity = context.entity(type);
  const found = routesView(entity.name, entity, context).routes.find(
    (route) => route.method === method && route.path.includes(path),
  );
  if (found === undefined) throw new Error(`There is no ${method} ${path}.`);
  return [found.path, found.options, ...found.statements].join("\n");
}

const note = thing({ id: generatedId, "text!": text });
const schemas = { Note: note };

/** Notes, with more said of one of their operations. */
function notesWith(path: string, method: string, more: { readonly [key: string]: Json }): PlanContext {
  return contextOfThings({ schemas, paths: withOperation(usualPaths("Note"), path, method, more) });
}

describe("a route", () => {
  test.each([
    {
      title: "answers with the row and its address where it makes one",
      method: "post",
      code: [
        "const note = await request.connected((context) => postNotes(request.body, context));",
        'return reply.code(201).header("location", app.prefix + addressOf`/notes/${note.id}`).send(note);',
      ],
    },
    {
      title: "answers with nothing where there is nothing to say",
      method: "delete",
      code: [
        "await request.connected((context) => deleteNotesById(request.params, context));",
        "return reply.code(204).send();",
      ],
    },
  ])("$title", ({ method, code }) => {
    expect(routeOf(contextOfThings({ schemas }), "Note", method)).toContain(code.join("\n"));
  });

  test("asks for no credentials where its document does not, and for them where it does", () => {
    expect(routeOf(contextOfThings({ schemas }), "Note", "get")).not.toContain("authenticated");
    expect(routeOf(contextOfThings({ schemas, rest: bearer }), "Note", "get")).toContain("onRequest: authenticated()");
  });

  test("checks what it is sent, where there is something to check", () => {
    const context = contextOfThings({ schemas });
    expect(routeOf(context, "Note", "post")).toContain("{ schema: postNotesSchema }, ");
    expect(routeOf(context, "Note", "get")).not.toContain("schema:");
  });

  test("leaves HEAD to the operation that the document has for it", () => {
    const head = { responses: { "204": { description: "There." } } };
    const context = notesWith("/notes/{id}", "head", head);
    expect(routeOf(context, "Note", "get", ":id")).toContain("exposeHeadRoute: false");
    expect(routeOf(context, "Note", "get", "/notes")).not.toContain("exposeHeadRoute");
  });

  test("lists the key of what it was about where the document lists no more", () => {
    const gone = json(thing({ data: { type: "array", items: { type: "string" } } }));
    const context = notesWith("/notes/{id}", "delete", { responses: { "200": gone } });
    expect(routeOf(context, "Note", "delete")).toContain("reply.code(200).send({ data: [String(note.id)] })");
  });

  test.each([
    { title: "must be there", member: "note!", call: "postNotes(request.body.note, context)" },
    { title: "may be missing", member: "note", call: "postNotes(request.body.note ?? undefined, context)" },
  ])("opens the envelope of a body, whose member $title", ({ member, call }) => {
    const envelope = { required: true, ...json(thing({ [member]: ref("Note") })) };
    expect(routeOf(notesWith("/notes", "post", { requestBody: envelope }), "Note", "post")).toContain(call);
  });

  test("has the status that its document has", () => {
    const accepted = { responses: { "202": json(ref("Note")) } };
    expect(routeOf(notesWith("/notes", "post", accepted), "Note", "post")).toContain("reply.code(202)");
  });

  test.each([
    {
      title: "a vendor's JSON",
      type: "application/vnd.notes+json",
      sends: '.type("application/vnd.notes+json").send(note)',
    },
    { title: "any type as JSON", type: "*/*", sends: "reply.code(200).send(note)" },
  ])("answers with $title", ({ type, sends }) => {
    const responses = { "200": { description: "It.", content: { [type]: { schema: ref("Note") } } } };
    expect(routeOf(notesWith("/notes/{id}", "get", { responses }), "Note", "get", ":id")).toContain(sends);
  });

  test.each([
    { title: "an object", schema: thing({ ok: { type: "boolean" } }), sends: "return reply.code(200).send(answer);" },
    {
      title: "a text, which is JSON too",
      schema: text,
      sends: 'return reply.code(200).type("application/json").send(JSON.stringify(answer));',
    },
  ])("answers with what business logic says: $title", ({ schema, sends }) => {
    const ping = { operationId: "ping", responses: { "200": json(schema) } };
    const context = contextOfThings({ schemas: {}, paths: { "/ping": { get: ping } } });
    const [group] = context.model.groups;
    if (group === undefined) throw new Error("There is no group.");
    expect(routesView(group.name, undefined, context).routes[0]?.statements).toEqual([
      "const answer = await request.operation((context) => ping({}, context));",
      sends,
    ]);
  });

  test("hands a body on without its envelope", () => {
    const envelope = thing({ "data!": ref("Note") });
    const required = notesWith("/notes", "post", { requestBody: { required: true, ...json(envelope) } });
    expect(routeOf(required, "Note", "post")).toContain("postNotes(request.body.data, context)");
    const optional = notesWith("/notes", "post", { requestBody: json(envelope) });
    expect(routeOf(optional, "Note", "post")).toContain("postNotes(request.body?.data ?? undefined, context)");
  });
});

describe("a list is shown", () => {
  const shown = (answer: Json, ...parameters: readonly Json[]) =>
    routeOf(petContext({ answer, parameters }), "Pet", "get").split("\n").at(-1) ?? "";
  const total: Json = { type: "integer" };

  test("bare", () => {
    expect(shown(list("Pet"))).toBe("return reply.code(200).send(page.items);");
  });

  test("in its envelope, with what is told of its page", () => {
    const numbers = [query("page", { type: "integer" }), query("per_page", { type: "integer" })];
    const meta = thing({ "total!": total, "page!": total, "per_page!": total, "total_pages!": total });
    const code = shown(thing({ "data!": list("Pet"), "meta!": meta }), ...numbers);
    expect(code).toContain(
      "send({ data: page.items, meta: { total: page.total, page: page.page, per_page: page.limit, total_pages: Math.ceil(page.total / Math.max(page.limit, 1)) } });",
    );
  });

  test("with a cursor to the next page, null or left out on the last", () => {
    const cursor = query("cursor");
    const nullable = thing({ "items!": list("Pet"), next_cursor: { type: ["string", "null"] } });
    expect(shown(nullable, cursor)).toContain("next_cursor: page.nextCursor }");
    const optional = thing({ "items!": list("Pet"), next_cursor: text });
    expect(shown(optional, cursor)).toContain("next_cursor: page.nextCursor ?? undefined }");
  });

  test("with its number of rows in a header", () => {
    const response = { ...json(list("Pet")), headers: { "X-Total-Count": { schema: total } } };
    const context = petContext({ list: { responses: { "200": response } } });
    expect(routeOf(context, "Pet", "get")).toContain('.header("x-total-count", String(page.total))');
  });
});

test.each([
  { path: "/notes/{id}", served: '"/notes/:id"' },
  { path: "/no:tes/{id}", served: '"/no::tes/:id"' },
])("$path is served as $served", ({ path, served }) => {
  const { "/notes/{id}": item } = usualPaths("Note");
  const context = contextOfThings({ schemas, paths: { "/notes/{id}": {}, [path]: item ?? {} } });
  expect(routeOf(context, "Note", "get", ":id")).toContain(served);
});
