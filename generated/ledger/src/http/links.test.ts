import { expect, test } from "vitest";
import { uriOf } from "./links.ts";

test.each([
  { title: "leaves a path as it is", path: "/a/b%20c?d=e&f=%5B", shown: "/a/b%20c?d=e&f=%5B" },
  { title: "escapes brackets, which stand around hosts alone", path: "/a?b[c]=1", shown: "/a?b%5Bc%5D=1" },
  { title: "escapes percent signs that escape nothing", path: "/a%2?b=100%&c=%ag", shown: "/a%252?b=100%25&c=%25ag" },
  { title: "escapes quotes and bytes", path: '/a?b="\u00ff"', shown: "/a?b=%22%C3%BF%22" },
  { title: "keeps all that may stand in one", path: "/-._~:?#@!$&'()*+,;=", shown: "/-._~:?#@!$&'()*+,;=" },
])("an address $title", ({ path, shown }) => {
  expect(uriOf(path)).toBe(shown);
});
