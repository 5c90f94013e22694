import { expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import { inferModel } from "../../src/model/infer.ts";
import { documentOf, json, list, operation, pet, petModel, petPaths } from "./pets.ts";

function withScheme(scheme: Json, security: Json = [{ key: [] }]) {
  return petModel({ rest: { security, components: { schemas: { Pet: pet }, securitySchemes: { key: scheme } } } });
}

test.each<{ title: string; scheme: Json; kind: string }>([
  { title: "a bearer token", scheme: { type: "http", scheme: "Bearer" }, kind: "bearer" },
  { title: "basic authentication", scheme: { type: "http", scheme: "basic" }, kind: "basic" },
  { title: "an API key", scheme: { type: "apiKey", in: "query", name: "api_key" }, kind: "api-key" },
  {
    title: "a key in Authorization that is said to be a token",
    scheme: { type: "apiKey", in: "header", name: "Authorization", description: "Bearer {your JWT}" },
    kind: "bearer",
  },
  { title: "OAuth 2", scheme: { type: "oauth2", flows: {} }, kind: "oauth2" },
  { title: "a client certificate", scheme: { type: "mutualTLS" }, kind: "unsupported" },
])("$title is $kind", ({ scheme, kind }) => {
  expect(withScheme(scheme).security).toMatchObject({ isDeclared: true, schemes: [{ kind, name: "key" }] });
});

test("a scheme that no operation asks for protects nothing", () => {
  expect(withScheme({ type: "http", scheme: "bearer" }, []).security).toEqual({ schemes: [], isDeclared: false });
});

test("a scheme that is asked for and not declared is refused, and reported", () => {
  const { value, diagnostics } = inferModel(
    documentOf(petPaths(), { Pet: pet, Owner: pet }, { security: [{ ghost: [] }] }),
    {},
  );
  expect(value.security.schemes).toEqual([{ kind: "unsupported", name: "ghost" }]);
  expect(diagnostics.map(({ code }) => code)).toContain("security/unsupported");
});

test.each<{ title: string; own: Json; expected: Json }>([
  { title: "its own requirement", own: [{ key: ["read"] }], expected: [[{ scheme: "key", scopes: ["read"] }]] },
  { title: "no requirement", own: [], expected: [] },
  {
    title: "a requirement that anybody meets",
    own: [{ key: [] }, {}],
    expected: [[{ scheme: "key", scopes: [] }], []],
  },
])("an operation may have $title in place of the document's", ({ own, expected }) => {
  const rest = {
    security: [{ key: [] }],
    components: { schemas: { Pet: pet }, securitySchemes: { key: { type: "http", scheme: "bearer" } } },
  };
  const model = petModel({ rest, list: { security: own, responses: { "200": json(list("Pet")) } } });
  expect(operation(model, "get", "/pets").security).toEqual(expected);
  expect(operation(model, "post", "/pets").security).toEqual([[{ scheme: "key", scopes: [] }]]);
});
