import { expect, test } from "vitest";
import { expressionOf, linearPattern } from "../../src/document/expression.ts";
import { loadDocument } from "../../src/document/load.ts";
import { memoryHost } from "../support/host.ts";

async function slowOf(schema: object): Promise<{ slow: readonly object[]; told: readonly string[] }> {
  const document = {
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: {},
    components: { schemas: { A: schema } },
  };
  const { value, diagnostics } = await loadDocument(memoryHost({ "api.json": JSON.stringify(document) }), "api.json");
  return { slow: value?.slowPatterns ?? [], told: diagnostics.map(({ code }) => code) };
}

test.each([
  { pattern: "^(a+)+$", isSlow: true },
  { pattern: "^(?:[a-z]+|[a-z0-9]+)*$", isSlow: true },
  { pattern: String.raw`\d+$`, isSlow: true },
  { pattern: "^https?://[^/]+(/.*)?$", isSlow: false },
  { pattern: "^[a-z]+(-[a-z]+)*$", isSlow: false },
  { pattern: "^[a-z]+$", isSlow: false },
  // A spelling of other languages, which is no expression here.
  { pattern: "/(?P<product>.*)-.*/", isSlow: false },
])("$pattern is slow: $isSlow", async ({ pattern, isSlow }) => {
  expect((await slowOf({ type: "string", pattern })).slow).toHaveLength(isSlow ? 1 : 0);
});

test("a short text keeps no expression of polynomial growth busy", async () => {
  expect((await slowOf({ type: "string", maxLength: 100, pattern: String.raw`\d+$` })).slow).toEqual([]);
});

test("what can neither be matched in linear time nor be borne is left out, and said so", async () => {
  expect(await slowOf({ type: "string", pattern: "^(?=(a+)+$)b" })).toEqual({ slow: [], told: ["pattern/unbounded"] });
});

test.each([
  { pattern: String.raw`^\s$`, text: "\u00a0", fits: true },
  { pattern: String.raw`^\S$`, text: "\u2003", fits: false },
  { pattern: String.raw`^[^\s@]$`, text: "\ufeff", fits: false },
  { pattern: "^.{1,1}$", text: "😀", fits: true },
  { pattern: String.raw`^\p{Lu}$`, text: "É", fits: true },
  { pattern: "^(?!a).$", text: "a", fits: false },
])("$pattern means in RE2 what it means in ECMAScript", ({ pattern, text, fits }) => {
  expect(expressionOf(pattern)?.test(text)).toBe(fits);
  expect(new RegExp(pattern, "u").test(text)).toBe(fits);
});

test("RE2 has no word for looking around", () => {
  expect(linearPattern("^(?=a)")).toBeUndefined();
});
