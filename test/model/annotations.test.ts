import { describe, expect, test } from "vitest";
import { loadDocument } from "../../src/document/load.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { Model } from "../../src/model/model.ts";
import { memoryHost } from "../support/host.ts";

type Patch = Readonly<Record<string, unknown>>;

/** Notes of authors; what a case annotates is laid over the schemas, the properties and the operations. */
interface Annotated {
  readonly note?: Patch;
  readonly author?: Patch;
  /** Of the note's properties. */
  readonly properties?: Readonly<Record<string, Patch>>;
  /** By operationId. */
  readonly operations?: Readonly<Record<string, Patch>>;
  /** Beside those two. */
  readonly schemas?: Patch;
}

async function read({ note, author, properties = {}, operations = {}, schemas }: Annotated) {
  const body = (schema: object) => ({ content: { "application/json": { schema } } });
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const answer = (status: string, schema?: object) => ({
    [status]: { description: "It.", ...(schema && body(schema)) },
  });
  const call = (operationId: string, rest: object) => ({ operationId, ...rest, ...operations[operationId] });
  const resource = (path: string, name: string) => ({
    [path]: {
      get: call(`list${name}s`, { responses: answer("200", { type: "array", items: ref(name) }) }),
      post: call(`create${name}`, { requestBody: body(ref(name)), responses: answer("201", ref(name)) }),
    },
    [`${path}/{id}`]: {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
      get: call(`get${name}`, { responses: answer("200", ref(name)) }),
      delete: call(`delete${name}`, { responses: answer("204") }),
    },
  });
  const document = {
    openapi: "3.1.0",
    info: { title: "Notes", version: "1" },
    paths: {
      ...resource("/notes", "Note"),
      ...resource("/authors", "Author"),
      "/ping": {
        get: call("ping", { responses: answer("200", { type: "object", properties: { ok: { type: "boolean" } } }) }),
      },
    },
    components: {
      schemas: {
        Note: {
          type: "object",
          required: ["text", "writerId", "endedAt"],
          properties: {
            id: { type: "integer", readOnly: true },
            text: { type: "string", ...properties["text"] },
            size: { type: "integer", ...properties["size"] },
            writerId: { type: "integer", ...properties["writerId"] },
            wordCount: { type: "integer", readOnly: true, ...properties["wordCount"] },
            goneAt: { type: "string", format: "date-time" },
            endedAt: { type: "string", format: "date-time" },
            isGone: { type: "boolean" },
            tags: { type: "array", items: { type: "string" }, ...properties["tags"] },
          },
          ...note,
        },
        Author: {
          type: "object",
          properties: { id: { type: "integer", readOnly: true }, subject: { type: "string" } },
          ...author,
        },
        ...schemas,
      },
    },
  };
  const { value } = await loadDocument(memoryHost({ "notes.json": JSON.stringify(document) }), "notes.json");
  if (value === undefined) throw new Error("not loaded");
  const { value: model, diagnostics } = inferModel(value, {});
  const told = diagnostics.map(({ code, place, saw, fix }) => ({ code, pointer: place?.pointer, saw, fix }));
  return { model, told };
}

const note = (model: Model) => model.entities.find(({ name }) => name.type === "Note");
const column = (model: Model, name: string) => note(model)?.fields.find((field) => field.name === name);

describe("what an annotation says holds", () => {
  test.each<{ title: string; annotated: Annotated; holds: (model: Model) => unknown; value: unknown }>([
    {
      title: "a column is called as it is written",
      annotated: { properties: { text: { "x-field": { column: "bodyText" } } } },
      holds: (model) => column(model, "text")?.column,
      value: "bodyText",
    },
    {
      title: "an annotated column goes before an inferred one of that name",
      annotated: { properties: { size: { "x-field": { column: "text" } } } },
      holds: (model) => [column(model, "size")?.column, column(model, "text")?.column],
      value: ["text", "text2"],
    },
    {
      title: "a type that holds every value",
      annotated: { properties: { size: { "x-field": { type: "numeric" } } } },
      holds: (model) => column(model, "size")?.type,
      value: { kind: "decimal" },
    },
    {
      title: "an annotation at the target of a reference",
      annotated: {
        properties: { text: { type: undefined, $ref: "#/components/schemas/Text" } },
        schemas: { Text: { type: "string", "x-field": { column: "said" } } },
      },
      holds: (model) => column(model, "text")?.column,
      value: "said",
    },
    {
      title: "a reference, whatever the property is called",
      annotated: { properties: { size: { "x-field": { references: "Author", onDelete: "cascade" } } } },
      holds: (model) => column(model, "size")?.references,
      value: { entity: "Author", field: "id", onDelete: "cascade" },
    },
    {
      title: "a count that is kept",
      annotated: { properties: { wordCount: { "x-field": { computed: false } } } },
      holds: (model) => column(model, "wordCount")?.column,
      value: "word_count",
    },
    {
      title: "a former name of a property",
      annotated: { properties: { text: { "x-renamed-from": "body" } } },
      holds: (model) => column(model, "text")?.renamedFrom,
      value: ["body"],
    },
    {
      title: "a boolean that marks what was deleted",
      annotated: { note: { "x-entity": { softDelete: "isGone" } } },
      holds: (model) => note(model)?.softDelete,
      value: { field: "isGone", deleted: true },
    },
  ])("$title", async ({ annotated, holds, value }) => {
    const { model, told } = await read(annotated);
    expect(holds(model)).toEqual(value);
    expect(told.filter(({ code }) => code === "annotation/invalid")).toEqual([]);
  });
});

describe("what cannot be followed is told once, with its place and what would be right", () => {
  test.each<{ title: string; annotated: Annotated; at: string; saw: RegExp; fix: RegExp }>([
    {
      title: "a misspelt member",
      annotated: { note: { "x-entity": { tabel: "memos" } } },
      at: "/components/schemas/Note/x-entity/tabel",
      saw: /no member "tabel"/,
      fix: /did you mean "table"/,
    },
    {
      title: "a value of another type",
      annotated: { properties: { text: { "x-field": { unique: "yes" } } } },
      at: "/components/schemas/Note/properties/text/x-field/unique",
      saw: /cannot be "yes"/,
      fix: /true or false/,
    },
    {
      title: "a table that two entities name",
      annotated: { note: { "x-entity": { table: "rows" } }, author: { "x-entity": { table: "rows" } } },
      at: "/components/schemas/Author/x-entity/table",
      saw: /"rows" is that of Note already; that of Author is called authors/,
      fix: /table of its own/,
    },
    {
      title: "a column that two properties name",
      annotated: {
        properties: { text: { "x-field": { column: "c" } }, size: { "x-field": { column: "c" } } },
      },
      at: "/components/schemas/Note/properties/size/x-field/column",
      saw: /"c" of Note is that of "text" already/,
      fix: /column of its own/,
    },
    {
      title: "a key that is no property",
      annotated: { note: { "x-entity": { key: "txt" } } },
      at: "/components/schemas/Note/x-entity/key",
      saw: /no member "txt"/,
      fix: /Did you mean "text"/,
    },
    {
      title: "a key that is a list",
      annotated: { note: { "x-entity": { key: "tags" } } },
      at: "/components/schemas/Note/x-entity/key",
      saw: /no member "tags" that could be a key/,
      fix: /Its members are/,
    },
    {
      title: "an owner that is nothing of the entity",
      annotated: { note: { "x-entity": { owner: "writr" } } },
      at: "/components/schemas/Note/x-entity/owner",
      saw: /"writr" is no relation of Note/,
      fix: /There is/,
    },
    {
      title: "an owner's path that breaks off",
      annotated: {
        note: { "x-entity": { owner: "writer.company" } },
        properties: { writerId: { "x-field": { references: "Author" } } },
      },
      at: "/components/schemas/Note/x-entity/owner",
      saw: /"company" is no relation of Author/,
      fix: /nothing that leads on/,
    },
    {
      title: "an owner's path through rows of another owner",
      annotated: {
        note: { "x-entity": { owner: { path: "writer.id", claim: "team" } } },
        author: { "x-entity": { owner: null } },
        properties: { writerId: { "x-field": { references: "Author" } } },
      },
      at: "/components/schemas/Note/x-entity/owner",
      saw: /The owner of Note leads through Author, whose rows belong to another one/,
      fix: /Give both the same end/,
    },
    {
      title: "a text that would mark what was deleted",
      annotated: { note: { "x-entity": { softDelete: "text" } } },
      at: "/components/schemas/Note/x-entity/softDelete",
      saw: /"text" of Note is neither a date-time nor a boolean/,
      fix: /date-time that is not required/,
    },
    {
      title: "a moment that every row has",
      annotated: { note: { "x-entity": { softDelete: "endedAt" } } },
      at: "/components/schemas/Note/x-entity/softDelete",
      saw: /"endedAt" of Note is required and not nullable/,
      fix: /date-time that is not required/,
    },
    {
      title: "a mark that is no property",
      annotated: { note: { "x-entity": { softDelete: "gonAt" } } },
      at: "/components/schemas/Note/x-entity/softDelete",
      saw: /no property "gonAt"/,
      fix: /Did you mean "goneAt"/,
    },
    {
      title: "a reference to nothing",
      annotated: { properties: { writerId: { "x-field": { references: "Autor" } } } },
      at: "/components/schemas/Note/properties/writerId/x-field/references",
      saw: /no entity "Autor"/,
      fix: /Did you mean "Author"/,
    },
    {
      title: "a reference from another type",
      annotated: { properties: { text: { "x-field": { references: "Author" } } } },
      at: "/components/schemas/Note/properties/text/x-field/references",
      saw: /"text" cannot hold the key of Author/,
      fix: /schema of Author\.id/,
    },
    {
      title: "a list of another type",
      annotated: { properties: { tags: { "x-field": { references: "Author" } } } },
      at: "/components/schemas/Note/properties/tags/x-field/references",
      saw: /"tags" cannot hold the key of Author/,
      fix: /schema of Author\.id/,
    },
    {
      title: "a row without its key",
      annotated: {
        properties: { tags: { type: "object", properties: { x: {} }, "x-field": { references: "Author" } } },
      },
      at: "/components/schemas/Note/properties/tags/x-field/references",
      saw: /"tags" does not show id, the key of Author/,
      fix: /member id/,
    },
    {
      title: "a deletion without a reference",
      annotated: { properties: { size: { "x-field": { onDelete: "cascade" } } } },
      at: "/components/schemas/Note/properties/size/x-field/onDelete",
      saw: /"size" of Note holds no reference/,
      fix: /references/,
    },
    {
      title: "null for a reference that is required",
      annotated: { properties: { writerId: { "x-field": { references: "Author", onDelete: "setNull" } } } },
      at: "/components/schemas/Note/properties/writerId/x-field/onDelete",
      saw: /"writerId" of Note is never null/,
      fix: /cascade or restrict/,
    },
    {
      title: "a type that cannot hold the values",
      annotated: { properties: { text: { "x-field": { type: "integer" } } } },
      at: "/components/schemas/Note/properties/text/x-field/type",
      saw: /"text" is a string/,
      fix: /text or json/,
    },
    {
      title: "a computed member that clients write",
      annotated: { properties: { size: { "x-field": { computed: true } } } },
      at: "/components/schemas/Note/properties/size/x-field/computed",
      saw: /Clients write "size"/,
      fix: /readOnly/,
    },
    {
      title: "what is unique, and kept nowhere",
      annotated: { properties: { wordCount: { "x-field": { unique: true } } } },
      at: "/components/schemas/Note/properties/wordCount/x-field/unique",
      saw: /"wordCount" of Note has no column/,
      fix: /./,
    },
    {
      title: "an operation of no entity there is",
      annotated: { operations: { createNote: { "x-operation": { entity: "Nota" } } } },
      at: "/paths/~1notes/post/x-operation/entity",
      saw: /no entity "Nota"/,
      fix: /Did you mean "Note"/,
    },
    {
      title: "a read without a key",
      annotated: { operations: { listNotes: { "x-operation": { kind: "read" } } } },
      at: "/paths/~1notes/get/x-operation/kind",
      saw: /GET \/notes does not say which Note is meant; it is custom/,
      fix: /Put the key \(id\) into the path/,
    },
    {
      title: "a list that answers one",
      annotated: { operations: { getNote: { "x-operation": { kind: "list" } } } },
      at: "/paths/~1notes~1{id}/get/x-operation/kind",
      saw: /GET \/notes\/\{id\} answers no list of Note/,
      fix: /array of its rows/,
    },
    {
      title: "a kind for what is about nothing",
      annotated: { operations: { ping: { "x-operation": { kind: "read" } } } },
      at: "/paths/~1ping/get/x-operation/kind",
      saw: /GET \/ping is about no entity/,
      fix: /Name one with entity/,
    },
    {
      title: "an annotation of a schema on an operation",
      annotated: { operations: { getNote: { "x-entity": { table: "a" } } } },
      at: "/paths/~1notes~1{id}/get/x-entity",
      saw: /x-entity has no effect here/,
      fix: /on the schema of something that is stored/,
    },
    {
      title: "an annotation of an operation on a schema",
      annotated: { note: { "x-operation": { kind: "read" } } },
      at: "/components/schemas/Note/x-operation",
      saw: /x-operation has no effect here/,
      fix: /on an operation/,
    },
    {
      title: "a rule on a property",
      annotated: { properties: { text: { "x-business-rules": "It is short." } } },
      at: "/components/schemas/Note/properties/text/x-business-rules",
      saw: /x-business-rules has no effect here/,
      fix: /on the schema of an entity, or on an operation/,
    },
    {
      title: "a rule that reaches nothing there is",
      annotated: { note: { "x-business-rules": { rule: "It is theirs.", unscoped: ["Authr"] } } },
      at: "/components/schemas/Note/x-business-rules/unscoped",
      saw: /no entity "Authr"/,
      fix: /Did you mean "Author"/,
    },
    {
      title: "a rule on nothing there is",
      annotated: { note: { "x-business-rules": { rule: "It is theirs.", on: ["create", "creatNote"] } } },
      at: "/components/schemas/Note/x-business-rules/on",
      saw: /"creatNote" is no kind of operation and no operationId/,
      fix: /./,
    },
    {
      title: "an example that expects nothing",
      annotated: { note: { "x-business-rules": { rule: "It is short.", examples: [{ when: {} }] } } },
      at: "/components/schemas/Note/x-business-rules/examples/0",
      saw: /"examples\.0" is unknown, or has a value that it cannot have/,
      fix: /./,
    },
  ])("$title", async ({ annotated, at, saw, fix }) => {
    const { told } = await read(annotated);
    expect(told.filter(({ code }) => code === "annotation/invalid")).toEqual([
      {
        code: "annotation/invalid",
        pointer: `#${at}`,
        saw: expect.stringMatching(saw),
        fix: expect.stringMatching(fix),
      },
    ]);
  });
});
