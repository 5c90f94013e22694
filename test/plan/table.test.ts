import { describe, expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import type { PlanContext } from "../../src/plan/context.ts";
import { joinTablesView, tableView } from "../../src/plan/views/table.ts";
import { contextOfThings, generatedId, text, thing, usualPaths } from "./models.ts";

function noteTable(context: PlanContext) {
  return tableView(context.entity("Note"), context);
}

/** The column of one more property of a note. */
function columnOf(name: string, schema: Json): string | undefined {
  const note = thing({ id: generatedId, "text!": text, [name]: schema });
  return noteTable(contextOfThings({ schemas: { Note: note } })).columns.at(-1);
}

describe("a column", () => {
  test.each<{ title: string; schema: Json; code: string }>([
    { title: "a text", schema: text, code: 'text("it")' },
    { title: "bytes in base64", schema: { type: "string", format: "byte" }, code: 'text("it")' },
    { title: "a uuid", schema: { type: "string", format: "uuid" }, code: 'uuid("it")' },
    { title: "a date", schema: { type: "string", format: "date" }, code: 'date("it")' },
    { title: "a date-time", schema: { type: "string", format: "date-time" }, code: 'instant("it")' },
    { title: "an int32", schema: { type: "integer", format: "int32" }, code: 'integer("it")' },
    { title: "an integer", schema: { type: "integer" }, code: 'bigint("it", { mode: "number" })' },
    { title: "a number", schema: { type: "number" }, code: 'doublePrecision("it")' },
    { title: "a decimal text", schema: { type: "string", format: "decimal" }, code: 'numeric("it")' },
    { title: "a flag", schema: { type: "boolean" }, code: 'boolean("it")' },
    { title: "a list of texts", schema: { type: "array", items: text }, code: 'jsonb("it")' },
    { title: "an object", schema: thing({ a: text }), code: 'jsonb("it")' },
    { title: "a choice of numbers", schema: { type: "integer", enum: [1, 2] }, code: 'integer("it")' },
    { title: "what may be null", schema: { type: ["string", "null"] }, code: 'text("it")' },
    {
      title: "a default",
      schema: { type: "string", default: 'a "b"' },
      code: 'text("it").notNull().default("a \\"b\\"")',
    },
    {
      title: "a default of a decimal text that is written as a number",
      schema: { type: "string", format: "decimal", default: 1.5 },
      code: 'numeric("it").notNull().default("1.5")',
    },
  ])("holds $title", ({ schema, code }) => {
    expect(columnOf("it", schema)).toBe(`it: ${code}`);
  });

  test("of money keeps every digit, and gives a number", () => {
    expect(columnOf("price", { type: "number" })).toBe('price: numeric("price", { mode: "number" })');
  });

  test.each([
    { name: "firstName", column: 'firstName: text("first_name")' },
    { name: "we-ird", column: '"we-ird": text("we_ird")' },
    { name: 'qu"ote', column: '"qu\\"ote": text("qu_ote")' },
  ])("is called in snake case: $name", ({ name, column }) => {
    expect(columnOf(name, text)).toBe(column);
  });

  test("of a moment that the service keeps has a default of its own", () => {
    const moment: Json = { type: "string", format: "date-time", readOnly: true };
    expect(columnOf("created_at", moment)).toBe('created_at: instant("created_at").notNull().default(sql`now()`)');
    expect(columnOf("version", generatedId)).toBe(
      'version: bigint("version", { mode: "number" }).notNull().default(1)',
    );
  });
});

describe("a key", () => {
  const uuid: Json = { type: "string", format: "uuid" };

  test.each<{ title: string; key: Json; isReadOnly: boolean; code: string }>([
    {
      title: "is counted where it is a number",
      key: { type: "integer" },
      isReadOnly: true,
      code: 'bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity()',
    },
    {
      title: "is random where it is a uuid",
      key: uuid,
      isReadOnly: true,
      code: 'uuid("id").primaryKey().defaultRandom()',
    },
    {
      title: "is random where it is a text",
      key: text,
      isReadOnly: true,
      code: 'text("id").primaryKey().default(sql`gen_random_uuid()`)',
    },
    { title: "is what the client says where it has to", key: text, isReadOnly: false, code: 'text("id").primaryKey()' },
  ])("$title", ({ key, isReadOnly, code }) => {
    const id = isReadOnly ? { id: { ...(key as object), readOnly: true } } : { "id!": key };
    const schemas = { Note: thing({ ...id, "text!": text }) };
    expect(noteTable(contextOfThings({ schemas, paths: usualPaths("Note", key) })).columns[0]).toBe(`id: ${code}`);
  });

  test("of several members is the table's, and no column's", () => {
    const note = thing({ "site!": text, "slug!": text, "text!": text }, { "x-entity": { key: ["site", "slug"] } });
    const { columns, extras } = noteTable(contextOfThings({ schemas: { Note: note } }));
    expect(columns.slice(0, 2)).toEqual(['site: text("site").notNull()', 'slug: text("slug").notNull()']);
    expect(extras).toEqual(["primaryKey({ columns: [table.site, table.slug] })"]);
  });
});

describe("a reference", () => {
  /** Notes in folders: the column of the reference, and its table's imports. */
  function reference(member: string, schema: Json, folder: Json = {}) {
    const schemas = {
      Folder: thing({ id: generatedId, "name!": text, ...(folder as object) }),
      Note: thing({ id: generatedId, [member]: schema, "text!": text }),
    };
    const { columns, imports } = noteTable(contextOfThings({ schemas }));
    return { column: columns[1] ?? "", imports: imports.join("\n") };
  }

  test.each([
    { title: "keeps what it needs", member: "folder_id!", schema: { type: "integer" }, onDelete: "restrict" },
    {
      title: "is cleared where it may be null",
      member: "folder_id",
      schema: { type: ["integer", "null"] },
      onDelete: "set null",
    },
  ])("$title", ({ member, schema, onDelete }) => {
    const { column, imports } = reference(member, schema);
    expect(column).toContain(`.references(() => folders.id, { onDelete: "${onDelete}" })`);
    expect(imports).toContain('import { folders } from "../folder/folder.table.ts";');
  });

  test("says its type where tables refer to each other", () => {
    const { column } = reference("folder_id", { type: "integer" }, { note_id: { type: "integer" } });
    expect(column).toContain(".references((): AnyPgColumn => folders.id");
  });

  test("to the table itself says its type, and imports nothing", () => {
    const schemas = { Note: thing({ id: generatedId, "text!": text, parent_id: { type: ["integer", "null"] } }) };
    const { columns, imports } = noteTable(contextOfThings({ schemas }));
    expect(columns.at(-1)).toContain(".references((): AnyPgColumn => notes.id");
    expect(imports.join("\n")).not.toContain("note.table.ts");
  });
});

describe("a table", () => {
  test("checks closed lists, and gives unique members a constraint", () => {
    const note = thing({
      id: generatedId,
      "text!": text,
      state: { type: "string", enum: ["open", "it's done"] },
      email: { type: "string", "x-field": { unique: true } },
    });
    expect(noteTable(contextOfThings({ schemas: { Note: note } })).extras).toEqual([
      'check("notes_state_check", isOneOf(table.state, ["open", "it\'s done"]))',
      'unique("notes_email_unique").on(table.email)',
    ]);
  });

  test("without constraints has no place for them", () => {
    const schemas = { Note: thing({ id: generatedId, "text!": text }) };
    expect(noteTable(contextOfThings({ schemas }))).toMatchObject({ hasExtras: false, extras: [] });
  });

  test("joins the rows of lists of keys on both sides' keys", () => {
    const schemas = {
      Note: thing({ id: generatedId, "text!": text, tag_ids: { type: "array", items: { type: "integer" } } }),
      Tag: thing({ id: generatedId, "name!": text }),
    };
    const { joins } = joinTablesView(contextOfThings({ schemas }));
    expect(joins).toEqual([
      {
        name: "noteTags",
        table: '"note_tags"',
        left: 'noteId: bigint("note_id", { mode: "number" }).notNull().references(() => notes.id, { onDelete: "cascade" })',
        right:
          'tagId: bigint("tag_id", { mode: "number" }).notNull().references(() => tags.id, { onDelete: "cascade" })',
        key: "primaryKey({ columns: [table.noteId, table.tagId] })",
        index: 'index("note_tags_tag_id_index").on(table.tagId)',
      },
    ]);
  });
});
