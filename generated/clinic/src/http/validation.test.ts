import type { FastifyRequest } from "fastify";
import { describe, expect, test } from "vitest";
import { compileValidator, readableUrl, refuseUnstorable } from "./validation.ts";

function isValid(schema: object, value: unknown): boolean {
  return compileValidator({ schema, method: "POST", url: "/" })(value) === true;
}

test.each([
  { format: "uuid", text: "0b1f3a52-9C4d-4e6f-8a7b-1c2d3e4f5a6b", isGood: true },
  { format: "uuid", text: "x0b1f3a52-9c4d-4e6f-8a7b-1c2d3e4f5a6b", isGood: false },
  { format: "uuid", text: "0b1f3a52-9c4d-4e6f-8a7b-1c2d3e4f5a6b0", isGood: false },
  { format: "uuid", text: "urn:uuid:0b1f3a52-9c4d-4e6f-8a7b-1c2d3e4f5a6b", isGood: false },
  { format: "date", text: "2024-02-29", isGood: true },
  { format: "date", text: "2023-02-29", isGood: false },
  { format: "date", text: "2024-02-29T00:00:00Z", isGood: false },
  { format: "date", text: "02024-02-29", isGood: false },
  { format: "date-time", text: "2024-02-29T23:59:60.123Z", isGood: true },
  { format: "date-time", text: "2024-02-29t09:05:07+14:30", isGood: true },
  { format: "date-time", text: "2023-02-29T10:00:00Z", isGood: false },
  { format: "date-time", text: "2024-02-29T24:00:00Z", isGood: false },
  { format: "date-time", text: "2024-02-29T10:60:00Z", isGood: false },
  { format: "date-time", text: "2024-02-29T10:00:61Z", isGood: false },
  { format: "date-time", text: "2024-02-29T10:00:00", isGood: false },
  { format: "date-time", text: "2024-02-29T10:00:00+24:00", isGood: false },
  { format: "date-time", text: "2024-02-29T10:00:00.Z", isGood: false },
  { format: "date-time", text: "x2024-02-29T10:00:00Z", isGood: false },
  { format: "date-time", text: "2024-02-29T10:00:00Zx", isGood: false },
  { format: "email", text: "ada.lovelace+notes@mail.example.com", isGood: true },
  { format: "email", text: "ada@x", isGood: true },
  { format: "email", text: "ada@-example.com", isGood: false },
  { format: "email", text: "ada@example.com-", isGood: false },
  { format: "email", text: "ada lovelace@example.com", isGood: false },
  { format: "email", text: "ada@example@com", isGood: false },
  { format: "email", text: "@example.com", isGood: false },
  { format: "url", text: "https://example.com/a?b=c", isGood: true },
  { format: "url", text: "example", isGood: false },
  { format: "decimal", text: "-12.50", isGood: true },
  { format: "decimal", text: "7", isGood: true },
  { format: "decimal", text: "7.", isGood: false },
  { format: "decimal", text: "1e3", isGood: false },
  { format: "decimal", text: "x7", isGood: false },
  { format: "decimal", text: "7x", isGood: false },
])("$text as $format: $isGood", ({ format, text, isGood }) => {
  expect(isValid({ type: "string", format }, text)).toBe(isGood);
});

test.each([
  { title: "an integer that JSON holds exactly", schema: { type: "integer" }, value: 9007199254740991, isGood: true },
  { title: "an integer that JSON rounds", schema: { type: "integer" }, value: 9007199254740992, isGood: false },
  {
    title: "a negative integer that JSON rounds",
    schema: { type: "integer" },
    value: -9007199254740992,
    isGood: false,
  },
  { title: "an integer below a minimum", schema: { type: "integer", minimum: 3 }, value: 2, isGood: false },
  { title: "an integer above a maximum", schema: { type: "integer", maximum: 3 }, value: 4, isGood: false },
  {
    title: "a rounded integer in a list",
    schema: { items: { type: ["integer", "null"] } },
    value: [9007199254740992],
    isGood: false,
  },
  { title: "a number that no integer is", schema: { type: "number" }, value: 1e300, isGood: true },
  { title: "a multiple of a fraction", schema: { type: "number", multipleOf: 0.01 }, value: 0.29, isGood: true },
  { title: "no multiple of a fraction", schema: { type: "number", multipleOf: 0.01 }, value: 0.295, isGood: false },
  { title: "a text for a number", schema: { type: "number" }, value: "1", isGood: false },
  { title: "characters, not their halves", schema: { type: "string", maxLength: 1 }, value: "😀", isGood: true },
  { title: "a Unicode pattern", schema: { type: "string", pattern: "^.$" }, value: "😀", isGood: true },
  { title: "a pattern that is no Unicode one", schema: { type: "string", pattern: "^\\-$" }, value: "-", isGood: true },
])("$title: $isGood", ({ schema, value, isGood }) => {
  expect(isValid(schema, value)).toBe(isGood);
});

test("a value that is not valid is told with the reason, and never changed", () => {
  const value = { count: "1", other: true };
  const schema = { properties: { count: { type: "integer", default: 3 }, more: { default: 1 } } };
  expect(compileValidator({ schema, method: "POST", url: "/" })(value)).toMatchObject({
    error: [{ instancePath: "/count", keyword: "type" }],
  });
  expect(value).toEqual({ count: "1", other: true });
});

describe("what no schema speaks of", () => {
  function refusal(request: { url?: string; params?: unknown; query?: unknown; body?: unknown }): Promise<void> {
    const { url = "/" } = request;
    return refuseUnstorable({ url, originalUrl: url, params: {}, query: {}, ...request } as FastifyRequest);
  }

  const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

  test.each([
    { title: "a NUL in a path", request: { params: { id: "a\0" } }, kind: "malformed-path" },
    { title: "a NUL in a query", request: { query: { word: "a\0" } }, kind: "malformed" },
    { title: "a NUL in a body", request: { body: { list: [{ text: "a\0" }] } }, kind: "malformed" },
    { title: "a NUL in a name", request: { body: { "a\0": 1 } }, kind: "malformed" },
    { title: "half of a surrogate pair", request: { body: "\ud800" }, kind: "malformed" },
    { title: "a number without end", request: { body: { number: Infinity } }, kind: "malformed" },
    { title: "deep nesting", request: { body: nested(65) }, kind: "malformed" },
    { title: "a query that is not UTF-8", request: { url: "/?word=%ff" }, kind: "malformed" },
    { title: "a path that is not UTF-8", request: { url: "/%ff?word=a" }, kind: "malformed-path" },
  ])("is refused: $title", async ({ request, kind }) => {
    await expect(refusal(request)).rejects.toMatchObject({ kind, code: "malformed" });
  });

  test.each([
    { title: "all of JSON", request: { body: { text: "é😀", number: -1.5, is: false, none: null, list: [1] } } },
    { title: "nesting that is deep enough", request: { body: nested(63) } },
    { title: "a query of percent signs", request: { url: "/?word=%C3%A9" } },
  ])("is taken: $title", async ({ request }) => {
    await expect(refusal(request)).resolves.toBeUndefined();
  });

  test.each([
    { title: "as it is", url: "/a//%C3%A9?b=%ff?c", routed: "/a//%C3%A9?b=%ff?c" },
    { title: "without what is no text in its path", url: "/a/%ff/b?c=%ff", routed: "/a/%EF%BF%BD/b?c=%ff" },
    { title: "as the root where there is none", url: undefined, routed: "/" },
  ])("an address is routed $title", ({ url, routed }) => {
    expect(readableUrl({ url })).toBe(routed);
  });
});
