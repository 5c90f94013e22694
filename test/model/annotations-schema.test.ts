import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostic/diagnostic.ts";
import { loadDocument } from "../../src/document/load.ts";
import { inferModel } from "../../src/model/infer.ts";
import { parse } from "yaml";
import { memoryHost } from "../support/host.ts";

/**
 * Editors complete and check annotations by docs/schemas/annotations.schema.json. What it allows is what the reader
 * understands, member by member; what an annotation refers to is the reader's alone to check.
 */
const schema = JSON.parse(readFileSync("docs/schemas/annotations.schema.json", "utf8")) as Schema;
interface Schema {
  readonly $defs: Readonly<Record<string, { readonly properties?: object; readonly oneOf?: readonly Schema[] }>>;
  readonly properties?: object;
}
const validate = new Ajv2020({ strict: true, strictTypes: false, validateFormats: false }).compile(schema);

interface Case {
  readonly annotation: string;
  readonly valid: readonly unknown[];
  readonly invalid: readonly unknown[];
}

const cases: readonly Case[] = [
  {
    annotation: "x-entity",
    valid: [
      false,
      {},
      { table: "memos" },
      { table: "Memo_2" },
      { key: "id" },
      { key: ["id", "text"] },
      { owner: "subject" },
      { owner: "author" },
      { owner: null },
      { owner: { path: "text", claim: "team", liftedBy: "all" } },
      { softDelete: "goneAt" },
      { ignore: true },
      { ignore: false },
    ],
    invalid: [
      true,
      null,
      "memos",
      [],
      { tabel: "memos" },
      { table: 1 },
      { table: "" },
      { table: "my memos" },
      { table: "a".repeat(61) },
      { table: 'm"; DROP TABLE notes' },
      { key: [] },
      { key: "" },
      { key: [1] },
      { owner: "" },
      { owner: ["author"] },
      { owner: { claim: "team" } },
      { owner: { path: "author", by: "team" } },
      { softDelete: true },
      { ignore: "yes" },
    ],
  },
  {
    annotation: "x-field",
    valid: [
      {},
      { column: "body" },
      ...["text", "json"].map((type) => ({ type })),
      { unique: true },
      { index: false },
      { references: "Author", onDelete: "restrict" },
      { references: null },
      { references: { entity: "Author" }, onDelete: "cascade" },
      { references: { entity: "Author", unscoped: true }, onDelete: "setNull" },
      { computed: false },
    ],
    invalid: [
      null,
      true,
      [],
      { colum: "body" },
      { column: "" },
      { column: "the body" },
      { type: "varchar" },
      { type: ["text"] },
      { unique: "yes" },
      { index: 1 },
      { references: "" },
      { references: true },
      { references: ["Author"] },
      { references: {} },
      { references: { entity: "Author", scoped: true } },
      { references: { entity: "Author", unscoped: "yes" } },
      { onDelete: "set null" },
      { onDelete: null },
      { computed: "yes" },
    ],
  },
  {
    annotation: "x-renamed-from",
    valid: ["Memo", ["Memo", "Leaf"]],
    invalid: ["", [], [1], [""], null, {}],
  },
  {
    annotation: "x-operation",
    valid: [
      {},
      ...["create", "custom"].map((kind) => ({ kind })),
      { kind: "create", entity: "Note" },
      { ignore: true },
    ],
    invalid: [
      null,
      "create",
      { kinds: "create" },
      { kind: "insert" },
      { entity: "" },
      { entity: 1 },
      { ignore: "yes" },
    ],
  },
  {
    annotation: "x-business-rules",
    valid: [
      "It is short.",
      [],
      ["It is short.", { rule: "It is kind." }],
      { rule: "It is short.", id: "note.create.short", on: "create", kind: "rule" },
      { rule: "It is short.", on: ["create", "createNote"], refuse: { "too-long": 422 } },
      { cel: "self.text.size() < 80" },
      { rule: "It is short.", cel: "self.text.size() < 80", message: "It is too long." },
      { rule: "It is theirs.", unscoped: "Author" },
      { rule: "It is theirs.", unscoped: ["Author"] },
      { rule: "Its length.", kind: "field", field: "length" },
      { rule: "Its length.", kind: "value", field: "length" },
      { rule: "Somebody hears of it.", kind: "effect", on: "create" },
      { rule: "It is short.", examples: [{ title: "a word", given: {}, when: { body: {} }, expect: "accept" }] },
    ],
    invalid: [
      null,
      1,
      {},
      { rules: "It is short." },
      { message: "It is too long." },
      { cel: 1 },
      { cel: " " },
      { rule: 1 },
      { rule: "It is short.", kind: "law" },
      { rule: "It is short.", id: "note create short" },
      { rule: "It is short.", on: [] },
      { rule: "It is short.", refuse: {} },
      { rule: "It is short.", refuse: { long: 200 } },
      { rule: "It is short.", refuse: { long: "422" } },
      { rule: "It is short.", unscoped: [] },
      { rule: "Its length.", kind: "field" },
      { rule: "Its length.", kind: "value" },
      { rule: "Some of them.", kind: "filter" },
      { rule: "It is short.", examples: {} },
      { rule: "It is short.", examples: [{ when: {} }] },
      { rule: "It is short.", examples: [{ expect: "accept", than: 1 }] },
    ],
  },
];

describe.each(cases)("$annotation", ({ annotation, valid, invalid }) => {
  test.each(valid.map((value) => [JSON.stringify(value), value] as const))("%s is valid to both", async (_, value) => {
    expect({ editor: validate({ [annotation]: value }), reader: await found(annotation, value) }).toEqual({
      editor: true,
      reader: [],
    });
  });

  test.each(invalid.map((value) => [JSON.stringify(value), value] as const))(
    "%s is invalid to both",
    async (_, value) => {
      const reader = await found(annotation, value);
      expect({ editor: validate({ [annotation]: value }), reader: reader[0] }).toEqual({
        editor: false,
        reader: "annotation/invalid",
      });
    },
  );
});

test("each member that the schema has stands in a case above, and none besides", () => {
  for (const { annotation, valid } of cases) {
    const known = membersOf(annotation);
    const used = valid.flatMap((value) =>
      (Array.isArray(value) ? value : [value]).flatMap((one: unknown) =>
        typeof one === "object" && one !== null ? Object.keys(one) : [],
      ),
    );
    expect(new Set(known.filter((name) => name !== "parameter"))).toEqual(new Set(used));
  }
});

test.each(["bookshop", "clinic", "ledger"])("an editor finds nothing to say of %s", (name) => {
  expect(validate(parse(readFileSync(`specs/${name}.yaml`, "utf8"))), JSON.stringify(validate.errors)).toBe(true);
});

test("an editor sees annotations at any depth, and looks into no example", () => {
  const deep = (annotation: object) => ({
    components: { schemas: { Note: { allOf: [{ properties: { text: { type: "string", ...annotation } } }] } } },
  });
  expect(validate(deep({ "x-field": { unique: true } }))).toBe(true);
  expect(validate(deep({ "x-field": { uniqe: true } }))).toBe(false);
  expect(validate.errors?.map(({ instancePath }) => instancePath)).toContain(
    "/components/schemas/Note/allOf/0/properties/text/x-field",
  );
  expect(validate(deep({ examples: [{ "x-field": 1 }] }))).toBe(true);
});

function membersOf(annotation: string): readonly string[] {
  const definition = schema.$defs[annotation === "x-business-rules" ? "rule" : annotation];
  const choices = [definition, ...(definition?.oneOf ?? [])];
  return choices.flatMap((choice) => Object.keys(choice?.properties ?? {}));
}

/** The codes of what the reader finds where the annotation stands as it should. */
async function found(annotation: string, value: unknown): Promise<readonly Diagnostic["code"][]> {
  const on = (place: string) => (place === homes[annotation] ? { [annotation]: value } : {});
  const body = (name: string) => ({
    content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } },
  });
  const resource = (path: string, name: string, operation: object) => ({
    [path]: {
      post: {
        operationId: `create${name}`,
        requestBody: body(name),
        responses: { "201": { description: "It.", ...body(name) } },
        ...operation,
      },
    },
    [`${path}/{id}`]: {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      get: { operationId: `get${name}`, responses: { "200": { description: "It.", ...body(name) } } },
    },
  });
  const isReadOnly = isComputing(value);
  const document = {
    openapi: "3.1.0",
    info: { title: "Notes", version: "1" },
    paths: { ...resource("/notes", "Note", on("operation")), ...resource("/authors", "Author", {}) },
    components: {
      schemas: {
        Note: {
          type: "object",
          properties: {
            id: { type: "string", readOnly: true },
            subject: { type: "string" },
            text: { type: "string", ...on("property"), ...(isReadOnly && { readOnly: true }) },
            author: { type: "string", "x-field": { references: "Author" } },
            goneAt: { type: "string", format: "date-time" },
            length: { type: "integer", readOnly: true },
          },
          ...on("schema"),
        },
        Author: {
          type: "object",
          "x-entity": { owner: "subject" },
          properties: { id: { type: "string", readOnly: true }, subject: { type: "string" } },
        },
      },
    },
  };
  const host = memoryHost({ "notes.json": JSON.stringify(document) });
  const { value: loaded } = await loadDocument(host, "notes.json");
  if (loaded === undefined) throw new Error("not loaded");
  return inferModel(loaded, {})
    .diagnostics.map(({ code }) => code)
    .filter((code) => code !== "entity/none");
}

function isComputing(value: unknown): boolean {
  return typeof value === "object" && value !== null && "computed" in value;
}

const homes: Readonly<Record<string, string>> = {
  "x-entity": "schema",
  "x-field": "property",
  "x-renamed-from": "schema",
  "x-operation": "operation",
  "x-business-rules": "schema",
};
