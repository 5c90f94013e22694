import { expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import { operationsView } from "../../src/plan/views/operations.ts";
import { runnerOf } from "../../src/plan/views/operations/runner.ts";
import { repositoryView } from "../../src/plan/views/repository.ts";
import { json, list, ref } from "../model/pets.ts";
import { contextOfThings, generatedId, operationAt, text, thing, usualPaths } from "./models.ts";

const note = thing({ id: generatedId, "text!": text, tags: { type: "array", items: ref("Tag") } });
const tag = thing({ id: generatedId, "name!": text });
const tagId: Json = { name: "tagId", in: "path", required: true, schema: { type: "integer" } };
const body: Json = { required: true, ...json(thing({ "text!": text })) };
const context = contextOfThings({
  schemas: { Note: note, Tag: tag },
  paths: {
    ...usualPaths("Note"),
    ...usualPaths("Tag"),
    "/tags/{tagId}/notes": {
      parameters: [tagId],
      get: { operationId: "listTaggedNotes", responses: { "200": json(list("Note")) } },
      post: { operationId: "addTaggedNote", requestBody: body, responses: { "201": json(ref("Note")) } },
    },
  },
});
const notes = context.entity("Note");

function statementsOf(name: string): string {
  const view = operationsView(notes.name, notes, context).functions.find((one) => one.name === name);
  return view?.statements.join("\n") ?? "";
}

test("a list below a row that a join table joins others with has those, once the row is there", () => {
  expect(context.model.joins.map(({ name }) => name)).toEqual(["noteTags"]);
  expect(statementsOf("listTaggedNotes")).toBe(
    [
      "unlessMissing(await context.tags.read(params.tagId));",
      "return listRows(context.notes, { filters: { tagId: params.tagId } }, pageByOffset(0, 1000));",
    ].join("\n"),
  );
  expect(repositoryView(notes, context).filters).toEqual([
    'tagId: sql`${notes.id} in (select ${noteTags.noteId} from ${noteTags} where ${noteTags.tagId} = ${valueOf(noteTags.tagId, "$filter.tagId")})`',
  ]);
});

test("a row that is made below one that a join table joins it with is joined with it, in one transaction", () => {
  const statements = statementsOf("addTaggedNote");
  expect(statements).toContain("unlessMissing(await context.tags.read(params.tagId));");
  expect(statements).toContain("await context.noteTags.add(note.id, params.tagId);\nreturn note;");
  expect(runnerOf(operationAt(context, "post", "/tags/{tagId}/notes"), context)).toBe("transaction");
});
