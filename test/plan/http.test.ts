import { expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import { httpView, mediaNames, routeConfigCode, servicePaths } from "../../src/plan/views/http.ts";
import { bodyOf, contextOf, noteBody, noteOperation, operationAt, queryParameter } from "./models.ts";

const list: Json = { type: "array", items: { type: "string" } };

test.each<{ title: string; operation: Parameters<typeof noteOperation>[0]; code: string | undefined }>([
  { title: "nothing where all is as usual", operation: { requestBody: noteBody }, code: undefined },
  {
    title: "the media types of its body where others have another",
    operation: { requestBody: bodyOf("application/x-www-form-urlencoded") },
    code: '{ media: ["application/x-www-form-urlencoded"] }',
  },
  {
    title: "a body that may be left out",
    operation: { requestBody: { ...noteBody, required: false } },
    code: "{ isBodyOptional: true }",
  },
  {
    title: "how a list is written where it is not exploded",
    operation: { parameters: [queryParameter("tags", list, { explode: false })] },
    code: "{ styles: { tags: { explode: false } } }",
  },
  {
    title: "no style of a list that is exploded",
    operation: { parameters: [queryParameter("tags", list)] },
    code: undefined,
  },
  {
    title: "no style of a single text",
    operation: { parameters: [queryParameter("text", { type: "string" }, { explode: false })] },
    code: undefined,
  },
  {
    title: "a deep object",
    operation: { parameters: [queryParameter("filter", { type: "object" }, { style: "deepObject" })] },
    code: '{ styles: { filter: { style: "deepObject", explode: false } } }',
  },
])("a route is told $title", ({ operation, code }) => {
  const usual = { post: noteOperation({ requestBody: noteBody }) };
  const context = contextOf({ "/a": usual, "/b": usual, "/notes": { post: noteOperation(operation) } });
  expect(routeConfigCode(operationAt(context, "post", "/notes"), context)).toBe(code);
});

test.each([
  { type: "application/json", has: { hasJson: true, hasForms: false, hasText: false, hasBytes: false } },
  { type: "application/merge-patch+json", has: { hasJson: true, jsonTypes: '"application/merge-patch+json"' } },
  { type: "application/JSON; charset=utf-8", has: { hasJson: true, jsonTypes: '"application/json"' } },
  { type: "*/*", has: { hasJson: true, jsonTypes: '"application/json"' } },
  { type: "application/x-www-form-urlencoded", has: { hasJson: false, hasForms: true, hasTypedForms: true } },
  { type: "multipart/form-data", has: { hasMultipart: true, hasTypedForms: true } },
  { type: "text/plain", has: { hasText: true, textTypes: '"text/plain"' } },
  { type: "application/octet-stream", has: { hasBytes: true, byteTypes: '"application/octet-stream"' } },
  { type: "application/xml", has: { hasJson: false, hasText: false, hasBytes: false } },
])("a body of $type is read as what it is", ({ type, has }) => {
  const context = contextOf({ "/notes": { post: noteOperation({ requestBody: bodyOf(type) }) } });
  expect(httpView(context)).toMatchObject({ ...has, choosesMedia: false });
});

test.each([
  { title: "an object", schema: { type: "object" }, isGuarded: false },
  { title: "anything with these members", schema: { properties: { text: { type: "string" } } }, isGuarded: true },
  { title: "an object or null", schema: { type: ["object", "null"] }, isGuarded: true },
])("a required body that is $title is asked for beside validation: $isGuarded", ({ schema, isGuarded }) => {
  const requestBody = { required: true, content: { "application/json": { schema } } };
  const context = contextOf({ "/notes": { post: noteOperation({ requestBody }) } });
  expect(httpView(context).needsBodies).toBe(isGuarded);
  expect(mediaNames(context).includes("refuseMissingBodies")).toBe(isGuarded);
});

test("a service without bodies reads none", () => {
  expect(mediaNames(contextOf({ "/notes": { get: noteOperation() } }))).toBe("");
});

test.each([
  { path: "/notes", base: "", moved: [] },
  { path: "/health", base: "", moved: ["healthPath"] },
  { path: "/docs/{name}", base: "", moved: ["docsPath"] },
  { path: "/{name}", base: "", moved: ["docsPath", "documentPath", "healthPath", "readyPath"] },
  { path: "/openapi.json", base: "/v1", moved: ["documentPath"] },
  { path: "/", base: "/docs", moved: ["docsPath"] },
])("our own paths make room for $base$path", ({ path, base, moved }) => {
  const context = contextOf({ [path]: { get: noteOperation() } }, { servers: [{ url: `https://example.com${base}` }] });
  const paths = servicePaths(context.model);
  expect(Object.entries(paths).flatMap(([name, own]) => (own.startsWith("/-/") ? [name] : []))).toEqual(moved);
});

test("a circular schema refers to the served document", () => {
  const tree = { type: "object", properties: { child: { $ref: "#/components/schemas/Tree" } } };
  const content = { "application/json": { schema: { $ref: "#/components/schemas/Tree" } } };
  const paths = { "/trees": { post: noteOperation({ requestBody: { content } }) } };
  expect(httpView(contextOf(paths, { components: { schemas: { Tree: tree } } })).refersToDocument).toBe(true);
  expect(httpView(contextOf({ "/notes": { post: noteOperation({ requestBody: noteBody }) } })).refersToDocument).toBe(
    false,
  );
});
