import { expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import { presentMoment } from "../../src/plan/views/moments.ts";
import { repositoryView } from "../../src/plan/views/repository.ts";
import { tableView } from "../../src/plan/views/table.ts";
import { contextOf, noteBody, noteId, noteOperation } from "./models.ts";

/** A document whose notes say when they were made and changed, by these schemas. */
function contextWith(moment: { readonly [key: string]: Json }) {
  const read = { ...moment, readOnly: true };
  const note: Json = {
    type: "object",
    required: ["id", "created", "modified"],
    properties: { id: { type: "integer", readOnly: true }, text: { type: "string" }, created: read, modified: read },
  };
  return contextOf(
    {
      "/notes": { post: noteOperation({ requestBody: noteBody }) },
      "/notes/{id}": { parameters: [noteId], get: noteOperation() },
    },
    { components: { schemas: { Note: note } } },
  );
}

test.each([
  { title: "an instant", schema: { type: "string", format: "date-time" }, sql: "now()" },
  { title: "a date", schema: { type: "string", format: "date" }, sql: "current_date" },
  { title: "a number", schema: { type: "integer" }, sql: "extract(epoch from now())::bigint" },
  {
    title: "a number of seconds",
    schema: { type: "integer", example: 1_602_844_091 },
    sql: "extract(epoch from now())::bigint",
  },
  {
    title: "a number of milliseconds",
    schema: { type: "integer", example: 1_602_844_091_815 },
    sql: "(extract(epoch from now()) * 1000)::bigint",
  },
])("the moment of creation and of the last change is kept as $title", ({ schema, sql }) => {
  const context = contextWith(schema);
  const [entity] = context.model.entities;
  if (entity === undefined) throw new Error("There is no entity.");
  const field = entity.fields.find(({ name }) => name === "created");
  expect(field === undefined ? undefined : presentMoment(field)).toBe(sql);
  expect(JSON.stringify(tableView(entity, context)).split(sql)).toHaveLength(3);
  expect(JSON.stringify(repositoryView(entity, context))).toContain(sql);
});
