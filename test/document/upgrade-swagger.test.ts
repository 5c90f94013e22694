import { expect, test } from "vitest";
import { placeOf } from "../../src/document/resolve.ts";
import { loadFiles, swagger } from "./documents.ts";

const ok = { 200: { description: "ok" } };

test.each([
  {
    title: "a body is a request body of every media type",
    root: { consumes: ["application/json", "text/json"] },
    from: {
      parameters: [{ name: "pet", in: "body", required: true, description: "d", schema: { type: "object" } }],
      responses: ok,
    },
    to: {
      parameters: [],
      responses: ok,
      requestBody: {
        description: "d",
        required: true,
        content: { "application/json": { schema: { type: "object" } }, "text/json": { schema: { type: "object" } } },
      },
    },
  },
  {
    title: "form fields are an object",
    root: {},
    from: {
      parameters: [
        { name: "name", in: "formData", type: "string", required: true },
        { name: "tags", in: "formData", type: "array", items: { type: "string" }, collectionFormat: "multi" },
      ],
      responses: ok,
    },
    to: {
      parameters: [],
      responses: ok,
      requestBody: {
        required: true,
        content: {
          "application/x-www-form-urlencoded": {
            schema: {
              type: "object",
              properties: { name: { type: "string" }, tags: { type: "array", items: { type: "string" } } },
              required: ["name"],
            },
          },
        },
      },
    },
  },
  {
    title: "a file makes a form multipart",
    root: { consumes: ["application/json"] },
    from: { parameters: [{ name: "photo", in: "formData", type: "file" }], responses: ok },
    to: {
      parameters: [],
      responses: ok,
      requestBody: {
        content: {
          "multipart/form-data": {
            schema: { type: "object", properties: { photo: { type: "string", format: "binary" } } },
          },
        },
      },
    },
  },
  {
    title: "a query list is not exploded, as csv is the default",
    root: {},
    from: { parameters: [{ name: "ids", in: "query", type: "array", items: { type: "integer" } }], responses: ok },
    to: {
      parameters: [{ name: "ids", in: "query", schema: { type: "array", items: { type: "integer" } }, explode: false }],
      responses: ok,
    },
  },
  {
    title: "an answer has its schema and example under each media type",
    root: { produces: ["application/json"] },
    from: {
      responses: {
        200: {
          description: "ok",
          schema: { type: "string" },
          examples: { "application/json": "a" },
          headers: { "X-N": { type: "integer" } },
        },
      },
    },
    to: {
      responses: {
        200: {
          description: "ok",
          headers: { "X-N": { schema: { type: "integer" } } },
          content: { "application/json": { schema: { type: "string" }, example: "a" } },
        },
      },
    },
  },
])("OpenAPI 2.0 is upgraded: $title", async ({ root, from, to }) => {
  const { document, codes } = await loadFiles({ "a.json": swagger({ "/pets": { post: from } }, root) });
  expect(document.root.paths?.["/pets"]?.post).toEqual(to);
  expect(codes).toEqual([]);
});

test("host, base path and schemes are servers", async () => {
  const root = { host: "api.example.com", basePath: "/v1/", schemes: ["https", "http"] };
  const { document } = await loadFiles({ "a.json": swagger({}, root) });
  expect(document.root.servers).toEqual([{ url: "https://api.example.com/v1" }, { url: "http://api.example.com/v1" }]);
});

test("security definitions are security schemes", async () => {
  const securityDefinitions = {
    basic: { type: "basic" },
    key: { type: "apiKey", in: "header", name: "X-Key" },
    oauth: {
      type: "oauth2",
      flow: "accessCode",
      authorizationUrl: "https://a/",
      tokenUrl: "https://t/",
      scopes: { read: "r" },
    },
  };
  const { document } = await loadFiles({ "a.json": swagger({}, { securityDefinitions }) });
  expect(document.root.components?.securitySchemes).toEqual({
    basic: { type: "http", scheme: "basic" },
    key: { type: "apiKey", in: "header", name: "X-Key" },
    oauth: {
      type: "oauth2",
      flows: { authorizationCode: { authorizationUrl: "https://a/", tokenUrl: "https://t/", scopes: { read: "r" } } },
    },
  });
});

test("references follow what was moved, and places stay the author's", async () => {
  const yaml = `swagger: "2.0"
info: { title: A, version: "1" }
paths:
  /pets:
    post:
      parameters:
        - $ref: "#/parameters/Body"
        - { name: dry, in: query, type: boolean }
      responses:
        201: { $ref: "#/responses/Made" }
parameters:
  Body:
    name: pet
    in: body
    schema:
      $ref: "#/definitions/Pet"
responses:
  Made:
    description: made
    schema:
      $ref: "#/definitions/Pet"
definitions:
  Pet:
    type: object
    properties:
      owner: { $ref: "#/parameters/Body/schema" }
`;
  const { document, codes } = await loadFiles({ "a.yaml": yaml });
  expect(codes).toEqual([]);
  const post = document.root.paths?.["/pets"]?.post;
  expect(post?.requestBody).toEqual({
    content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
  });
  const places = [
    "/components/schemas/Pet/properties/owner",
    "/paths/~1pets/post/parameters/0/schema/type",
    "/paths/~1pets/post/requestBody/content/application~1json/schema/$ref",
    "/paths/~1pets/post/responses/201/content/application~1json/schema",
  ].map((pointer) => placeOf(document, pointer));
  expect(places).toEqual([
    { file: "a.yaml", line: 26, column: 7, pointer: "#/definitions/Pet/properties/owner" },
    { file: "a.yaml", line: 8, column: 35, pointer: "#/paths/~1pets/post/parameters/1/type" },
    { file: "a.yaml", line: 16, column: 7, pointer: "#/parameters/Body/schema/$ref" },
    { file: "a.yaml", line: 20, column: 5, pointer: "#/responses/Made/schema" },
  ]);
});
