import { expect, test } from "vitest";
import type { PathItem, Schema } from "../../src/document/openapi.ts";
import { listOf, modelOf, object, operation, ref } from "./documents.ts";

const text: Schema = { type: "string" };
const untyped = operation({});
const emails = object({ emails: listOf(text) });

interface Case {
  readonly what: string;
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly schemas?: Readonly<Record<string, Schema>>;
  readonly tables: readonly string[];
}

const cases: readonly Case[] = [
  {
    what: "what is done to one thing is no thing",
    paths: { "/letters/{id}/send": { post: operation(ref("SendLetter"), ref("SendLetter")) } },
    schemas: { SendLetter: emails },
    tables: [],
  },
  {
    what: "one thing below another, with a key of its own, is a thing",
    paths: { "/letters/{id}/receipt": { post: operation(ref("Receipt"), ref("Receipt"), 201) } },
    schemas: { Receipt: object({ id: text, signature: text, signedBy: text }) },
    tables: ["Receipt"],
  },
  {
    what: "a verb and its object are a function",
    paths: { "/tools/convert-number/{id}": { get: operation(object({ id: text, formatted: text })) } },
    tables: [],
  },
  {
    what: "rows of a path's name that are listed and read by key are a thing, though the read says nothing of them",
    paths: { "/notes": { get: operation(listOf(ref("Note"))) }, "/notes/{id}": { get: untyped } },
    schemas: { Note: object({ text, createdAt: text }) },
    tables: ["Note"],
  },
  {
    what: "rows of another name are not",
    paths: { "/reports": { get: operation(listOf(ref("Line"))) }, "/reports/{id}": { get: untyped } },
    schemas: { Line: object({ text, amount: text }) },
    tables: [],
  },
];

test.each(cases)("$what", ({ paths, schemas = {}, tables }) => {
  expect(modelOf(paths, schemas).entities.map(({ name }) => name.type)).toEqual(tables);
});

test("where two paths end in one noun, the name is the entity's that is called so", () => {
  const user = object({ id: { type: "integer" }, name: text, handle: text });
  const follower = object({ id: { type: "integer" }, since: text });
  const model = modelOf(
    {
      "/followers/users": { get: operation(listOf(follower)) },
      "/users": { get: operation(listOf(ref("User"))), post: operation(ref("User"), ref("User"), 201) },
      "/notes": { get: operation(listOf(ref("Note"))), post: operation(ref("Note"), ref("Note"), 201) },
    },
    { User: user, Note: object({ id: { type: "integer" }, user_id: { type: "integer" } }) },
  );
  const note = model.entities.find(({ name }) => name.type === "Note");
  expect(note?.relations).toMatchObject([{ name: "user", to: "User", kind: "many-to-one" }]);
});

test("a user's name in a query finds rows, and is no credential", () => {
  const list: PathItem = {
    get: { ...operation(listOf(ref("Note"))), parameters: [{ name: "username", in: "query", schema: text }] },
    post: operation(ref("Note"), ref("Note"), 201),
  };
  const model = modelOf({ "/notes": list }, { Note: object({ id: { type: "integer" }, username: text }) });
  expect(model.operations[0]?.parameters[0]?.role).toEqual({ kind: "filter", field: "username", operator: "eq" });
});
