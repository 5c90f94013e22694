import { expect, test } from "vitest";
import { routesView } from "../../src/plan/views/routes.ts";
import { homeTestsView } from "../../src/plan/views/tests/home-tests.ts";
import { matchView } from "../../src/plan/views/tests/testing.ts";
import { json, query, ref } from "../model/pets.ts";
import { contextOfThings, generatedId, text, thing, usualPaths, withOperation } from "./models.ts";

const schemas = { Note: thing({ id: generatedId, "text!": text }) };

function codeOf(context: ReturnType<typeof contextOfThings>, type: string): string {
  const entity = context.entity(type);
  return routesView(entity.name, entity, context)
    .routes.flatMap(({ statements }) => statements)
    .join("\n");
}

test("the address of a page that is not there is null where it may be", () => {
  const link = { type: ["string", "null"] };
  const links = thing({ "prev!": link, "next!": text });
  const page = thing({ "data!": { type: "array", items: ref("Note") }, "links!": links });
  const answer = {
    parameters: [query("page", { type: "integer" })],
    responses: { "200": json(page) },
  };
  const context = contextOfThings({ schemas, paths: withOperation(usualPaths("Note"), "/notes", "get", answer) });
  const code = codeOf(context, "Note");
  expect(code).toContain('prev: pageLink(request, page, "previous", "page", "page") ?? null');
  expect(code).toContain('next: pageLink(request, page, "next", "page", "page") }');
});

test("what shows a row is not called like an operation", () => {
  const tagged = { Note: thing({ id: generatedId, "text!": text, "kind!": { const: "note" } }) };
  const paths = withOperation(usualPaths("Note"), "/notes/{id}", "get", { operationId: "showNote" });
  expect(codeOf(contextOfThings({ schemas: tagged }), "Note")).toContain("showNote(");
  const code = codeOf(contextOfThings({ schemas: tagged, paths }), "Note");
  expect(code).toContain("await showNote(request.params, context)");
  expect(code).toContain("renderNote(");
});

test("an error that the document lacks is of its errors' media type, whatever their charset", () => {
  const error = {
    content: { "application/json;charset=utf-8": { schema: thing({ "code!": text, "reason!": text }) } },
  };
  const responses = { "200": json(ref("Note")), "404": error };
  const paths = withOperation(usualPaths("Note"), "/notes/{id}", "get", { responses });
  expect(matchView(contextOfThings({ schemas, paths })).errorType).toBe('"application/json"');
});

test("a key in the query of a write is that of a row that is there", () => {
  const parameters = [query("text", text), query("folderId", { type: "integer" })].map((one) => ({
    ...(one as object),
    required: true,
  }));
  const paths = { ...usualPaths("Note"), "/notes": { post: { parameters, responses: { "201": json(ref("Note")) } } } };
  const context = contextOfThings({
    schemas: {
      Folder: thing({ id: generatedId, "text!": text }),
      Note: thing({ id: generatedId, "text!": text, folderId: { type: "integer" } }),
    },
    paths,
  });
  const entity = context.entity("Note");
  const code = JSON.stringify(homeTestsView(entity.name, entity, context));
  expect(code).toMatch(/folderId: \(await givenFolder\(\)\)\.id/);
});

test("what must stand beside the members that hold a row is sent with it", () => {
  const tagged = thing({ "type!": { type: "string", enum: ["notes"] }, "attributes!": thing({ "text!": text }) });
  const row = thing({
    "id!": text,
    "type!": { type: "string", enum: ["notes"] },
    "attributes!": thing({ "text!": text }),
  });
  const one = json(thing({ "data!": row }));
  const post = { requestBody: { required: true, ...json(thing({ "data!": tagged })) }, responses: { "201": one } };
  const paths = {
    "/notes": { get: { responses: { "200": json(thing({ "data!": { type: "array", items: row } })) } }, post },
    "/notes/{id}": { get: { responses: { "200": one } } },
  };
  const context = contextOfThings({ schemas: {}, paths });
  const [entity] = context.model.entities;
  if (entity === undefined) throw new Error("There is no entity.");
  const code = JSON.stringify(homeTestsView(entity.name, entity, context));
  expect(code).toContain(String.raw`{ data: { type: \"notes\", attributes: { text: `);
});
