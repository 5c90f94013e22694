import { expect, test } from "vitest";
import type { Json, OpenApi } from "../../src/document/openapi.ts";
import { servedDocument } from "../../src/plan/views/served.ts";

const [lowest, highest] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];

test.each<{ title: string; schema: Json; served: Json }>([
  {
    title: "an integer is bounded",
    schema: { type: "integer" },
    served: { type: "integer", minimum: lowest, maximum: highest },
  },
  {
    title: "an int32 has its bounds by its format",
    schema: { type: "integer", format: "int32" },
    served: { type: "integer", format: "int32" },
  },
  {
    title: "bounds of the document stay",
    schema: { type: "integer", format: "int64", minimum: 1 },
    served: { type: "integer", format: "int64", minimum: 1, maximum: highest },
  },
  {
    title: "bounds beyond what a number can hold come in",
    schema: { type: ["integer", "null"], exclusiveMinimum: 0, maximum: 2 ** 63 },
    served: { type: ["integer", "null"], exclusiveMinimum: 0, maximum: highest },
  },
  {
    title: "a closed list says it all",
    schema: { type: "integer", enum: [1, 2] },
    served: { type: "integer", enum: [1, 2] },
  },
  { title: "a number is no integer", schema: { type: "number" }, served: { type: "number" } },
  {
    title: "examples are data",
    schema: { type: "object", examples: [{ type: "integer" }], default: { type: "integer" } },
    served: { type: "object", examples: [{ type: "integer" }], default: { type: "integer" } },
  },
  {
    title: "members may be called like keywords",
    schema: { type: "object", properties: { type: { type: "string" }, example: { type: "integer" } } },
    served: {
      type: "object",
      properties: { type: { type: "string" }, example: { type: "integer", minimum: lowest, maximum: highest } },
    },
  },
  {
    title: "annotations are left out, and what others wrote stays",
    schema: {
      "x-entity": { owner: "customer" },
      "x-business-rules": "Nobody may know.",
      "x-internal": { "x-entity": 1 },
      properties: { name: { type: "string", "x-field": { column: "family_name" }, "x-renamed-from": "surname" } },
    },
    served: { "x-internal": { "x-entity": 1 }, properties: { name: { type: "string" } } },
  },
  {
    title: "members may be called like annotations",
    schema: { properties: { "x-entity": { type: "string" } }, example: { "x-entity": "a" } },
    served: { properties: { "x-entity": { type: "string" } }, example: { "x-entity": "a" } },
  },
])("in the served document $title", ({ schema, served }) => {
  const root = { openapi: "3.1.0", components: { schemas: { It: schema } } } as OpenApi;
  expect(JSON.parse(servedDocument(root, false))).toEqual({
    openapi: "3.1.0",
    components: { schemas: { It: served } },
  });
});

test("a header, a parameter and a security scheme may be called like annotations, which operations lose", () => {
  const header = { schema: { type: "string" } };
  const responses = { 200: { description: "", headers: { "x-operation": header } } };
  const operation = { responses, security: [{ "x-field": [] }] };
  const components = { parameters: { "x-entity": { in: "query", name: "a" } }, securitySchemes: { "x-field": {} } };
  const annotated = { ...operation, "x-operation": { kind: "custom" }, "x-business-rules": "Nobody may know." };
  const root = (get: object): unknown => ({ openapi: "3.1.0", paths: { "/a": { get } }, components });
  expect(JSON.parse(servedDocument(root(annotated) as OpenApi, false))).toEqual(root(operation));
});
