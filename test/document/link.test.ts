import { expect, test } from "vitest";
import { loadDocument } from "../../src/document/load.ts";
import { deref, placeOf } from "../../src/document/resolve.ts";
import { temporaryHost } from "../support/host.ts";
import { loadFiles, swagger, withSchemas } from "./documents.ts";

const answer = (schema: object) => ({ 200: { description: "ok", content: { "application/json": { schema } } } });

test("a schema of another file becomes a named schema of the document", async () => {
  const { document, codes } = await loadFiles({
    "spec/api.json": {
      ...withSchemas({ Pet: { $ref: "./Pet.yaml" } }),
      paths: { "/pets": { get: { responses: answer({ $ref: "./Pet.yaml" }) } } },
    },
    "spec/Pet.yaml": "type: object\nproperties:\n  owner: { $ref: '../common/people.yaml#/Owner' }\n",
    "common/people.yaml": "Owner:\n  type: object\n  properties:\n    pets: { $ref: ../spec/Pet.yaml }\n",
  });
  expect(codes).toEqual([]);
  expect(document.root.components?.schemas).toEqual({
    Pet: { type: "object", properties: { owner: { $ref: "#/components/schemas/Owner" } } },
    Owner: { type: "object", properties: { pets: { $ref: "#/components/schemas/Pet" } } },
  });
  expect(document.root.paths?.["/pets"]?.get?.responses).toEqual(answer({ $ref: "#/components/schemas/Pet" }));
  expect(placeOf(document, "/components/schemas/Owner/properties/pets")).toEqual({
    file: "common/people.yaml",
    line: 4,
    column: 5,
    pointer: "#/Owner/properties/pets",
  });
});

test("schemas of the same name in different files get different names", async () => {
  const { document } = await loadFiles({
    "api.json": withSchemas({ All: { oneOf: [{ $ref: "a.json#/Pet" }, { $ref: "b.json#/Pet" }] } }),
    "a.json": { Pet: { type: "string" } },
    "b.json": { Pet: { type: "integer" } },
  });
  expect(document.root.components?.schemas).toEqual({
    All: { oneOf: [{ $ref: "#/components/schemas/Pet" }, { $ref: "#/components/schemas/Pet_2" }] },
    Pet: { type: "string" },
    Pet_2: { type: "integer" },
  });
});

test("paths, lists and maps may be in files of their own", async () => {
  const { document, codes } = await loadFiles({
    "api.json": {
      openapi: "3.0.3",
      info: { title: "A", version: "1", description: { $ref: "intro.md" } },
      paths: { "/pets": { $ref: "paths.json#/pets" } },
      components: { schemas: { $ref: "schemas.json" } },
    },
    "paths.json": {
      pets: {
        parameters: [{ $ref: "#/limit" }],
        get: { responses: answer({ $ref: "api.json#/components/schemas/Pet" }) },
      },
      limit: { name: "limit", in: "query", schema: { type: "integer" } },
    },
    "schemas.json": { Pet: { type: "object" } },
    "intro.md": "# Read: [this]",
  });
  expect(codes.filter((code) => code !== "document/invalid")).toEqual([]);
  expect(document.root).toMatchObject({
    info: { description: "# Read: [this]" },
    paths: {
      "/pets": {
        parameters: [{ name: "limit", in: "query", schema: { type: "integer" } }],
        get: { responses: answer({ $ref: "#/components/schemas/Pet" }) },
      },
    },
    components: { schemas: { Pet: { type: "object" } } },
  });
});

test("parts of a 3.x document stay shared by reference, and references into paths hold", async () => {
  const paths = {
    "/a": { get: { responses: { 200: { $ref: "#/components/responses/Ok" } } } },
    "/b": {
      get: { responses: answer({ $ref: "#/paths/~1c~1{id}/get/responses/200/content/application~1json/schema" }) },
    },
    "/c/{id}": {
      get: {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        responses: answer({ type: "integer" }),
      },
    },
  };
  const responses = { Ok: { description: "ok" } };
  const { document, codes } = await loadFiles({
    "a.json": { openapi: "3.0.3", info: { title: "A", version: "1" }, paths, components: { responses } },
  });
  expect(codes).toEqual([]);
  expect(document.root.paths?.["/a"]?.get?.responses?.["200"]).toEqual({ $ref: "#/components/responses/Ok" });
  expect(deref(document, "/paths/~1b/get/responses/200/content/application~1json/schema")).toEqual({
    node: { type: "integer" },
    pointer: "/paths/~1c~1{id}/get/responses/200/content/application~1json/schema",
  });
});

test("the values of a discriminator's mapping are references too", async () => {
  const discriminator = {
    propertyName: "kind",
    mapping: { dog: "Dog", cat: "#/components/schemas/Cat", fish: "Fish.json" },
  };
  const { document } = await loadFiles({
    "a.json": withSchemas({ Pet: { discriminator }, Dog: { type: "object" }, Cat: { type: "object" } }),
  });
  expect(document.root.components?.schemas?.["Pet"]?.discriminator?.mapping).toEqual({
    dog: "#/components/schemas/Dog",
    cat: "#/components/schemas/Cat",
    fish: "Fish.json",
  });
});

test.each([
  {
    title: "of a name that was misspelt",
    reference: "#/components/schemas/Pte",
    code: "reference/not-found",
    saw: '"#/components/schemas/Pte" does not exist; POST /pets accepts any object until it does.',
    fix: 'did you mean "#/components/schemas/Pet"?',
  },
  {
    title: "to where another version of OpenAPI has it",
    reference: "#/definitions/Pet",
    code: "reference/not-found",
    saw: '"#/definitions/Pet" does not exist; POST /pets accepts any object until it does.',
    fix: 'did you mean "#/components/schemas/Pet"?',
  },
  {
    title: "to a missing file",
    reference: "./Pet.yaml",
    code: "reference/file-not-found",
    saw: 'The file of "./Pet.yaml" does not exist; POST /pets accepts any object until it does.',
    fix: "Correct the path; it is relative to the file that holds the reference.",
  },
  {
    title: "over the network",
    reference: "https://example.com/pet.json",
    code: "reference/not-local",
    saw: '"https://example.com/pet.json" is on the network, and is not followed; POST /pets accepts any object until it is local.',
    fix: "Copy the file into the workspace and refer to it there.",
  },
  {
    title: "out of the workspace",
    reference: "../../etc/secrets.yaml",
    code: "reference/not-local",
    saw: '"../../etc/secrets.yaml" is outside the workspace, and is not followed; POST /pets accepts any object until it is local.',
    fix: "Copy the file into the workspace and refer to it there.",
  },
])("a reference that leads nowhere is left out: $title", async ({ reference, code, saw, fix }) => {
  const post = {
    requestBody: { content: { "application/json": { schema: { $ref: reference } } } },
    responses: { 200: { description: "ok" } },
  };
  const { document, diagnostics } = await loadFiles({
    "a.json": { ...withSchemas({ Pet: { type: "object" } }), paths: { "/pets": { post } } },
    "/etc/secrets.yaml": "type: string",
  });
  const place = {
    file: "a.json",
    line: 1,
    pointer: "#/paths/~1pets/post/requestBody/content/application~1json/schema/$ref",
  };
  expect(diagnostics).toMatchObject([{ code, severity: "warning", place, saw, fix }]);
  expect(document.root.paths?.["/pets"]?.post?.requestBody).toEqual({
    content: { "application/json": { schema: {} } },
  });
});

test("a file that does not parse is shown with its mistake", async () => {
  const { diagnostics } = await loadFiles({
    "a.json": withSchemas({ A: { $ref: "b.yaml" } }),
    "b.yaml": "type: object\nproperties: { a: {}",
  });
  expect(diagnostics).toMatchObject([
    {
      code: "reference/file-not-found",
      saw: expect.stringMatching(/^"b\.yaml" does not parse at b\.yaml:2:\d+; A allows anything here until it does\.$/),
    },
  ]);
});

test("the way to a document may be written in any way", async () => {
  const schemas = { A: { $ref: "b.json" }, B: { type: "string" } };
  const { document, codes } = await loadFiles({
    "./x/../a.json": withSchemas(schemas),
    "b.json": { properties: { b: { $ref: "./a.json#/components/schemas/B" } } },
  });
  expect(codes).toEqual([]);
  expect(document.root.components?.schemas?.["A"]).toEqual({ properties: { b: { $ref: "#/components/schemas/B" } } });
  expect(document.file).toBe("./x/../a.json");
});

test("a reference from many places to one missing thing is one warning", async () => {
  const missing = { $ref: "#/components/schemas/Gone" };
  const { diagnostics } = await loadFiles({
    "a.json": withSchemas({ A: { properties: { a: missing, b: missing, c: missing } } }),
  });
  expect(diagnostics.map(({ saw }) => saw)).toEqual([
    expect.stringMatching(
      /^"#\/components\/schemas\/Gone" does not exist; A allows anything here until it does\. The same at 1:\d+, 1:\d+\.$/,
    ),
  ]);
});

test("a link to a file outside the workspace is not followed", async () => {
  await using outside = await temporaryHost({ "secrets.yaml": "type: string" });
  await using host = await temporaryHost({ "api.json": JSON.stringify(withSchemas({ A: { $ref: "link.yaml" } })) });
  await host.files.link(`${outside.cwd}/secrets.yaml`, "link.yaml");
  const { diagnostics } = await loadDocument(host, "api.json");
  expect(diagnostics.map(({ code }) => code)).toEqual(["reference/not-local"]);
});

test.each([
  { title: "to itself", schemas: { A: { $ref: "#/components/schemas/A" } } },
  { title: "through itself", schemas: { A: { $ref: "#/components/schemas/A/x" } } },
  { title: "in a circle", schemas: { A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } } },
])("a reference that leads only $title is cut", async ({ schemas }) => {
  const { document, codes } = await loadFiles({ "a.json": withSchemas(schemas) });
  expect(codes).toEqual([expect.stringMatching(/^reference/)]);
  expect(deref(document, "/components/schemas/A")?.node).toEqual({});
});

test("a path item that calls back to itself ends", async () => {
  const responses = { 200: { description: "ok" } };
  const paths = { "/a": { get: { responses, callbacks: { again: { "{$url}": { $ref: "#/paths/~1a" } } } } } };
  const { document, codes } = await loadFiles({ "a.json": { ...withSchemas({}), paths } });
  expect(codes).toEqual(["reference/circular"]);
  expect(JSON.stringify(document.root.paths)).toContain('"{$url}":{}');
});

test("references in 2.0 are written anew for where 3.1 has them", async () => {
  const schema = { $ref: "#/definitions/List«Pet»" };
  const paths = { "/pets": { get: { responses: { 200: { description: "ok", schema } } } } };
  const definitions = { "List«Pet»": { type: "array", items: { $ref: "#/definitions/Pet" } }, Pet: { type: "object" } };
  const { document } = await loadFiles({ "a.json": swagger(paths, { definitions }) });
  expect(document.root.paths?.["/pets"]?.get?.responses).toEqual(
    answer({ $ref: "#/components/schemas/List%C2%ABPet%C2%BB" }),
  );
  expect(document.root.components?.schemas?.["List«Pet»"]?.items).toEqual({ $ref: "#/components/schemas/Pet" });
});
