import { expect, test } from "vitest";
import type { OpenApi, Schema } from "../../src/document/openapi.ts";
import { requestSchema } from "../../src/plan/request-schema.ts";

const id: Schema = { type: "integer", readOnly: true };
const name: Schema = { type: "string" };
const text = { type: "string" };

const root = {
  openapi: "3.1.0",
  components: {
    schemas: {
      Fields: { type: "object", required: ["name"], properties: { name } },
      Topic: { type: "object", required: ["id", "name"], properties: { id, name } },
    },
  },
} as OpenApi;

test.each<{ title: string; schema: Schema; named?: readonly string[]; asked: object }>([
  {
    title: "a read-only member is refused, and not required",
    schema: { $ref: "#/components/schemas/Topic" },
    asked: { type: "object", properties: { id: { not: {} }, name: text }, required: ["name"] },
  },
  {
    title: "a member that one part calls read-only is not required by another part",
    schema: {
      allOf: [{ $ref: "#/components/schemas/Fields" }, { type: "object", properties: { id } }],
      required: ["id", "name"],
    },
    asked: { type: "object", properties: { name: text, id: { not: {} } }, required: ["name"] },
  },
  {
    title: "parts without a type are merged into an object",
    schema: { allOf: [{ $ref: "#/components/schemas/Fields" }, { properties: { size: { type: "integer" } } }] },
    asked: { type: "object", properties: { name: text, size: { type: "integer" } }, required: ["name"] },
  },
  {
    title: "the key by which a body names another row is accepted, and not required",
    schema: {
      type: "object",
      properties: { topics: { type: "array", items: { $ref: "#/components/schemas/Topic" } } },
    },
    named: ["topics", "id"],
    asked: {
      type: "object",
      properties: {
        topics: {
          type: "array",
          items: { type: "object", properties: { id: { type: "integer" }, name: text }, required: ["name"] },
        },
      },
    },
  },
  {
    title: "what no part of an object names is refused",
    schema: {
      allOf: [{ $ref: "#/components/schemas/Fields" }, { properties: { size: { type: "integer" } } }],
      unevaluatedProperties: false,
    },
    asked: {
      type: "object",
      properties: { name: text, size: { type: "integer" } },
      required: ["name"],
      additionalProperties: false,
    },
  },
  {
    title: "what no part of a union names is refused",
    schema: { oneOf: [{ properties: { name } }], unevaluatedProperties: false },
    asked: { oneOf: [{ properties: { name: text } }], unevaluatedProperties: false },
  },
])("$title", ({ schema, named, asked }) => {
  const options = { readOnly: "refuse", ...(named === undefined ? {} : { named: [named] }) } as const;
  expect(requestSchema(root, schema, options)).toEqual(asked);
});

test("of an answer that business logic makes, what is only written is left out", () => {
  const schema: Schema = {
    type: "object",
    required: ["name", "secret"],
    properties: { name, secret: { type: "string", writeOnly: true } },
  };
  const asked = requestSchema(root, schema, { readOnly: "keep", writeOnly: "leave out" });
  expect(asked).toEqual({ type: "object", properties: { name: text }, required: ["name"] });
});
