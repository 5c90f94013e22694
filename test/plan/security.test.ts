import { expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import { challenge, isSecured, securityCode, securityView } from "../../src/plan/views/security.ts";
import { contextOf, noteOperation, operationAt } from "./models.ts";

const securitySchemes = {
  token: { type: "http", scheme: "bearer" },
  oauth: { type: "oauth2", flows: {} },
  "a key": { type: "apiKey", in: "header", name: "X-Key" },
  users: { type: "http", scheme: "basic" },
  certificate: { type: "mutualTLS" },
};

function codeOf(security: Json): string | undefined {
  const context = contextOf({ "/notes": { get: noteOperation({ security }) } }, { components: { securitySchemes } });
  return securityCode(operationAt(context, "get", "/notes"), context.model);
}

test.each<{ title: string; security: Json; code: string | undefined }>([
  { title: "nothing where it is open", security: [], code: undefined },
  { title: "nothing where everybody may come in", security: [{}], code: undefined },
  { title: "no more than its call for one scheme", security: [{ token: [] }], code: "authenticated()" },
  { title: "the scopes of a token", security: [{ oauth: ["read", "write"] }], code: 'authenticated("read", "write")' },
  { title: "no roles of a key, which brings none", security: [{ "a key": ["admin"] }], code: "authenticated()" },
  {
    title: "each alternative",
    security: [{ token: [] }, { users: [] }],
    code: "authenticated({ token: [] }, { users: [] })",
  },
  {
    title: "all of a combination, the token first",
    security: [{ "a key": [], oauth: ["read"] }],
    code: 'authenticated({ oauth: ["read"], "a key": [] })',
  },
  { title: "that it is optional", security: [{}, { token: [] }], code: "authenticated({}, { token: [] })" },
])("a route is told $title", ({ security, code }) => {
  expect(codeOf(security)).toBe(code);
});

test("only what operations ask for is generated", () => {
  const paths = { "/notes": { get: noteOperation({ security: [{ "a key": [] }] }) } };
  const { model } = contextOf(paths, { components: { securitySchemes } });
  expect(securityView(model)).toMatchObject({
    hasKeys: true,
    hasTokens: false,
    hasUsers: false,
    hasUnsupported: false,
  });
  expect(challenge(model)).toBe('"ApiKey"');
});

test("a service that asks for nothing has no authentication", () => {
  const { model } = contextOf({ "/notes": { get: noteOperation() } }, { components: { securitySchemes } });
  expect([isSecured(model), challenge(model)]).toEqual([false, ""]);
});

test("a scheme that is not supported refuses everybody", () => {
  const paths = { "/notes": { get: noteOperation({ security: [{ certificate: [] }] }) } };
  const { model } = contextOf(paths, { components: { securitySchemes } });
  expect(securityView(model)).toMatchObject({
    hasUnsupported: true,
    schemes: [{ name: '"certificate"', code: "unsupported" }],
  });
});
