import type { FastifyRequest } from "fastify";
import { expect, test } from "vitest";
import { openKeys } from "./keys.ts";
import { openSecrets } from "./secrets.ts";

const keys = openSecrets({ KEYS: "ada=one" }, "KEYS");
const found = { subject: "ada", scopes: [] };

/** A request with these headers and parts of its query. */
function requestOf(headers: object, query: object = {}): FastifyRequest {
  return { headers, query: query as unknown } as FastifyRequest;
}

test.each([
  { place: "header", request: requestOf({ "x-key": "one" }), other: requestOf({ "x-other": "one" }) },
  { place: "query", request: requestOf({}, { "X-Key": ["one"] }), other: requestOf({}, { other: ["one"] }) },
  { place: "cookie", request: requestOf({ cookie: "a=b; X-Key=one" }), other: requestOf({ cookie: "other=one" }) },
] as const)("a key in the $place names its caller", async ({ place, request, other }) => {
  const scheme = openKeys(keys, place, "X-Key");
  expect(await scheme.callerOf(request)).toEqual(found);
  expect(await scheme.callerOf(other)).toBeUndefined();
  expect(await scheme.callerOf(requestOf({}))).toBeUndefined();
});

test.each([
  { place: "header", proof: { headers: { "x-key": expect.stringMatching(/^[\w-]{32}$/) as unknown } } },
  { place: "query", proof: { query: { "X-Key": expect.stringMatching(/^[\w-]{32}$/) as unknown } } },
  { place: "cookie", proof: { headers: { cookie: expect.stringMatching(/^X-Key=[\w-]{32}$/) as unknown } } },
] as const)("a key is made for the $place", async ({ place, proof }) => {
  expect(await openKeys(keys, place, "X-Key").issue("ada", [])).toEqual(proof);
});

test("a key that is wrong is refused", async () => {
  const scheme = openKeys(keys, "header", "X-Key");
  expect(scheme.isThrowAway).toBe(false);
  for (const key of ["two", ""]) {
    const refusal = { kind: "unauthenticated", message: "The key is not valid." };
    await expect(scheme.callerOf(requestOf({ "x-key": key }))).rejects.toMatchObject(refusal);
  }
});
