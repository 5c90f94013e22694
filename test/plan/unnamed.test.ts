import { expect, test } from "vitest";
import type { OpenApi, Schema } from "../../src/document/openapi.ts";
import { unnamedIn } from "../../src/plan/unnamed.ts";

const root: OpenApi = { openapi: "3.1.0", info: { title: "Test", version: "1" }, paths: {} };

const text: Schema = { type: "string" };

function object(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: "object", properties };
}

const closed = (properties: Readonly<Record<string, Schema>>): Schema => ({
  ...object(properties),
  additionalProperties: false,
});

test.each<{ title: string; sent: Schema; shown: Schema; expected: readonly (readonly string[])[] }>([
  {
    title: "what a closed object does not name",
    sent: object({ name: text, login: object({ key: text, secret: text }) }),
    shown: closed({ name: text, login: closed({ key: text }) }),
    expected: [["login", "secret"]],
  },
  {
    title: "the same in a list, and of a map's values",
    sent: object({ logins: { type: "array", items: object({ secret: text }) } }),
    shown: closed({ logins: { type: "array", items: closed({}) } }),
    expected: [["logins", "*", "secret"]],
  },
  {
    title: "what no form of several names",
    sent: { oneOf: [object({ key: text, secret: text }), object({ role: text })] },
    shown: { oneOf: [closed({ key: text }), closed({ role: text })] },
    expected: [["secret"]],
  },
  {
    title: "nothing where one form is open",
    sent: object({ secret: text }),
    shown: { oneOf: [closed({ key: text }), object({ role: text })] },
    expected: [],
  },
  {
    title: "nothing of a map",
    sent: object({ secret: text }),
    shown: { type: "object", additionalProperties: text },
    expected: [],
  },
  { title: "nothing where anything may be shown", sent: object({ secret: text }), shown: {}, expected: [] },
])("hidden is $title", ({ sent, shown, expected }) => {
  expect(unnamedIn(sent, shown, root)).toEqual(expected);
});
