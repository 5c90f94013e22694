import { expect, test } from "vitest";
import { repeatedJsonKeys } from "../../src/diagnostic/json-locator.ts";
import { positionOf } from "../../src/diagnostic/positions.ts";
import { parseText } from "../../src/document/parse.ts";

const yaml = `openapi: 3.1.0
paths:
  /cards:
    get: &shared
      tags: [a, b]
    post:
      <<: *shared
      "x y": 1
`;

const json = `{
  "openapi": "3.1.0",
  "paths": { "/cards": { "get": { "tags": ["a", "b\\"]"], "t\\u0065xt": {} } } }
}`;

test.each([
  { title: "a member is at its name", text: yaml, pointer: "/paths/~1cards", line: 3, begins: "/cards:" },
  { title: "an item is at itself", text: yaml, pointer: "/paths/~1cards/get/tags/1", line: 5, begins: "b]" },
  {
    title: "a merged member is at its anchor",
    text: yaml,
    pointer: "/paths/~1cards/post/tags",
    line: 5,
    begins: "tags",
  },
  { title: "a quoted name", text: yaml, pointer: "/paths/~1cards/post/x y", line: 8, begins: '"x y"' },
  {
    title: "the nearest ancestor of what is missing",
    text: yaml,
    pointer: "/paths/~1cards/put/a",
    line: 3,
    begins: "/cards:",
  },
  { title: "the root", text: yaml, pointer: "", line: 1, begins: "openapi" },
  { title: "a member in JSON", text: json, pointer: "/paths/~1cards/get", line: 3, begins: '"get"' },
  { title: "an item in JSON", text: json, pointer: "/paths/~1cards/get/tags/1", line: 3, begins: '"b\\"]"' },
  {
    title: "a member after brackets in a text",
    text: json,
    pointer: "/paths/~1cards/get/text",
    line: 3,
    begins: '"t\\u0065xt"',
  },
  { title: "what is missing in JSON", text: json, pointer: "/info/title", line: 1, begins: "{" },
])("a position is found: $title", async ({ text: content, pointer, line, begins }) => {
  const text = { file: "openapi", text: content };
  await parseText(text);
  const found = positionOf(text, pointer);
  expect(found.line).toBe(line);
  expect(
    content
      .split("\n")
      [line - 1]?.slice(found.column - 1)
      .startsWith(begins),
  ).toBe(true);
});

test("a text without JSON or YAML to it has a first line", () => {
  expect(positionOf({ file: "empty", text: "" }, "/a/b")).toEqual({ line: 1, column: 1 });
});

test("a name given twice is found in its own object only", () => {
  const text = '{ "a": { "b": 1, "c": "}" }, "d": [ { "b": 1 }, { "b": 1, "b": 2 } ], "a": 1 }';
  expect(repeatedJsonKeys(text).map(({ name }) => name)).toEqual(["b", "a"]);
});
