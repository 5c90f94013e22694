import { readFile, readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { loadDocument } from "../../src/document/load.ts";
import { createNodeHost } from "../../src/host-node.ts";
import { memoryHost } from "../support/host.ts";
import { loadFiles, withSchemas } from "./documents.ts";

const head = "openapi: 3.1.0\ninfo: { title: A, version: '1' }\n";

test.each([
  { title: "a missing file", files: {}, code: "document/not-found", line: undefined },
  {
    title: "a broken file",
    files: { "a.yaml": "openapi: 3.1.0\ninfo: { title: A\npaths: {}" },
    code: "document/not-yaml",
    line: 3,
  },
  {
    title: "broken JSON",
    files: { "a.yaml": '{ "openapi": "3.1.0",\n  "info": [ }' },
    code: "document/not-yaml",
    line: 2,
  },
  { title: "prose", files: { "a.yaml": "Hello." }, code: "document/not-openapi", line: 1 },
  { title: "an empty file", files: { "a.yaml": "" }, code: "document/not-openapi", line: 1 },
  { title: "another kind of YAML", files: { "a.yaml": "services: {}" }, code: "document/not-openapi", line: 1 },
  {
    title: "a version from the future",
    files: { "a.yaml": "openapi: 4.0.0" },
    code: "document/unsupported-version",
    line: 1,
  },
  {
    title: "the version before 2.0",
    files: { "a.yaml": 'swagger: "1.2"' },
    code: "document/unsupported-version",
    line: 1,
  },
  {
    title: "a value that contains itself",
    files: { "a.yaml": "a: &a [*a]" },
    code: "document/not-openapi",
    line: undefined,
  },
  {
    title: "nesting without end",
    files: { "a.yaml": `{"a":${"[".repeat(9999)}${"]".repeat(9999)}}` },
    code: "document/not-openapi",
    line: undefined,
  },
])("what cannot be used is one error: $title", async ({ files, code, line }) => {
  const { value, diagnostics } = await loadDocument(memoryHost(files), "a.yaml");
  expect(value).toBeUndefined();
  expect(diagnostics).toMatchObject([
    { code, severity: "error", place: { file: "a.yaml", ...(line !== undefined && { line }) } },
  ]);
});

test("aliases that repeat each other without end are refused", async () => {
  const levels = Array.from({ length: 9 }, (_, index) => `l${index + 1}: &l${index + 1} [${`*l${index},`.repeat(9)}]`);
  const bomb = `${head}x: &l0 [a]\n${levels.join("\n")}\n`;
  const { diagnostics } = await loadDocument(memoryHost({ "a.yaml": bomb }), "a.yaml");
  expect(diagnostics.map(({ code }) => code)).toEqual(["document/not-yaml"]);
});

test.each([
  { title: "a byte order mark", text: `\uFEFF${head}paths: {}\n` },
  { title: "Windows line ends", text: `${head}paths: {}\n`.replaceAll("\n", "\r\n") },
  { title: "a document marker", text: `---\n${head}paths: {}\n` },
  {
    title: "JSON with a comma too many",
    text: '{ "openapi": "3.1.0", "info": { "title": "A", "version": "1" }, "paths": {}, }',
  },
  {
    title: "numbers as names of responses",
    text: `${head}paths:\n  /a: { get: { responses: { 200: { description: ok } } } }\n`,
  },
  {
    title: "anchors and merge keys",
    text: `${head}paths: {}\ncomponents:\n  schemas:\n    A: &a { type: object }\n    B: { <<: *a, title: B }\n    C: *a\n`,
  },
])("YAML as it is found is read: $title", async ({ text }) => {
  const { codes } = await loadFiles({ "a.yaml": text });
  expect(codes).toEqual([]);
});

test("dates, words and large numbers stay what they are", async () => {
  const { document } = await loadFiles({
    "a.yaml": `%YAML 1.1\n---\n${head}paths: {}\nx-all: [2024-01-01, no, off, 0o17, 9223372036854775807, 1_000]\n`,
  });
  expect(document.root["x-all"]).toEqual(["2024-01-01", "no", "off", 15, 2 ** 63, "1_000"]);
});

test("a name given twice is a warning, and the last one counts", async () => {
  for (const text of [
    `${head}paths: {}\nx-a: 1\nx-a: 2\n`,
    '{"openapi":"3.1.0","info":{"title":"A","version":"1"},"paths":{},"x-a":1,\n"x-a":2}',
  ]) {
    const { document, diagnostics } = await loadFiles({ "a.yaml": text });
    expect(document.root["x-a"]).toBe(2);
    expect(diagnostics.map(({ code, place }) => [code, place?.line, place?.column])).toEqual([
      ["document/duplicate-key", text.startsWith("{") ? 2 : 5, 1],
    ]);
  }
});

test("names that every object inherits are names like any other", async () => {
  const properties: object = JSON.parse(
    '{ "__proto__": { "type": "string" }, "constructor": { "$ref": "#/components/schemas/__proto__" } }',
  );
  const schemas: object = JSON.parse('{ "__proto__": { "type": "integer" } }');
  Object.defineProperty(schemas, "It", { value: { type: "object", properties }, enumerable: true });
  const { document, codes } = await loadFiles({ "a.json": withSchemas(schemas, "3.1.0") });
  expect(codes).toEqual([]);
  expect(JSON.stringify(document.root.components?.schemas)).toBe(JSON.stringify(schemas));
});

test.each([
  {
    title: "a parameter of the path that is not declared",
    path: "/pets/{id}",
    operation: { responses: { 200: { description: "ok" } } },
    to: { parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }] },
    code: "parameter/undeclared",
  },
  {
    title: "a parameter of a path that has it not",
    path: "/pets",
    operation: {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      responses: { 200: { description: "ok" } },
    },
    to: { parameters: [] },
    code: "parameter/not-in-path",
  },
  {
    title: "no responses",
    path: "/pets",
    operation: { summary: "s" },
    to: { responses: {} },
    code: "operation/no-responses",
  },
  {
    title: "an operationId that is taken",
    path: "/pets",
    operation: { operationId: "taken", responses: { 200: { description: "ok" } } },
    to: {},
    code: "operation/duplicate-id",
  },
])("an operation is mended with a warning: $title", async ({ path, operation, to, code }) => {
  const taken = { get: { operationId: "taken", responses: { 200: { description: "ok" } } } };
  const { document, codes } = await loadFiles({
    "a.json": {
      openapi: "3.1.0",
      info: { title: "A", version: "1" },
      paths: { "/taken": taken, [path]: { get: operation } },
    },
  });
  expect(codes).toEqual([code]);
  expect(document.root.paths?.[path]?.get).toMatchObject(to);
  expect(document.root.paths?.[path]?.get?.operationId).toBeUndefined();
});

test("what breaks the specification is a warning with its place", async () => {
  const text = `openapi: 3.0.3\ninfo: { version: '1' }\npaths:\n  /a:\n    get:\n      respones: {}\n      responses: { 200: { description: ok } }\n`;
  const { diagnostics } = await loadFiles({ "a.yaml": text });
  expect(diagnostics.map(({ code, place, saw }) => [code, place?.line, saw])).toEqual([
    ["document/invalid", 2, '"info" must have "title"; it is read without.'],
    ["document/invalid", 6, '"respones" is not a member that OpenAPI has here.'],
  ]);
});

test("a loaded tree, loaded again, is the same", async () => {
  const folder = new URL("../../specs/", import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml"));
  expect(names.length).toBeGreaterThan(0);
  const host = createNodeHost();
  for (const name of names) {
    const { value } = await loadDocument(host, new URL(name, folder).pathname);
    const { document, codes } = await loadFiles({ "a.json": value?.root });
    expect(JSON.stringify(document.root)).toBe(JSON.stringify(value?.root));
    expect(codes).toEqual([]);
    expect(await readFile(new URL(name, folder), "utf8")).toContain(value?.version);
  }
});
