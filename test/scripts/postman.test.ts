import { expect, test } from "vitest";
import { viewOf } from "../../scripts/contract/original.ts";
import { reasonsBy } from "../../scripts/postman/reasons.ts";

const pet = { type: "object", required: ["name"], properties: { id: { type: "integer" }, name: { type: "string" } } };
const answer = { description: "It.", content: { "application/json": { schema: pet } } };
const original = viewOf({
  openapi: "3.1.0",
  paths: {
    "/pets/{id}": {
      get: { responses: { "200": answer, "404": { description: "None." } } },
      put: {
        requestBody: { content: { "application/json": { schema: pet } } },
        responses: { "200": answer, "400": { description: "Wrong." } },
      },
    },
  },
});
const headers = new Headers({ "content-type": "application/json" });
const stored = { method: "PUT", path: "/pets/7", sent: '{"name":"Rex"}', status: 200, headers, body: '{"name":"Rex"}' };

test.each([
  {
    title: "a status that the document does not have is no fault of the service",
    called: stored,
    message: "expected response to have status code 204 but got 200",
    reason: "the document has 200 for PUT /pets/{id}, and no 204",
  },
  {
    title: "a body that the document does not allow may be refused",
    called: { ...stored, sent: '{"name":1}', status: 400 },
    message: "expected undefined to be a number",
    reason: 'the document does not allow what is sent: /name must be string {"type":"string"}',
  },
  {
    title: "a body that the document does not allow may not be taken",
    called: { ...stored, sent: '{"name":1}' },
    message: "expected response to have status code 400 but got 200",
    reason: undefined,
  },
  {
    title: "a body that the document allows may not be refused",
    called: { ...stored, status: 400 },
    message: "expected response to have status code 200 but got 400",
    reason: undefined,
  },
  {
    title: "a path with a variable that is empty is none of the document",
    called: { ...stored, path: "/pets/", status: 404 },
    message: "expected response to have status code 200 but got 404",
    reason: "the document has no PUT /pets/, of which a variable may be empty",
  },
  {
    title: "a row that no answer has told of may be missing",
    called: { ...stored, method: "GET", sent: undefined, status: 404, body: "" },
    message: "expected response to have status code 200 but got 404",
    reason: "no earlier answer tells of 7: it may be sample data",
  },
  {
    title: "a value that is not the expected one is unexplained",
    called: stored,
    message: "expected 'Rex' to equal 'Max'",
    reason: undefined,
  },
  {
    title: "an answer that its schema does not allow is unexplained",
    called: { ...stored, body: '{"name":1}' },
    message: "expected response to have status code 204 but got 200",
    reason: undefined,
  },
])("$title", ({ called, message, reason }) => {
  expect(reasonsBy(original)(called, message)).toBe(reason);
});

test("a row that an answer has told of may not be missing", () => {
  const reasonOf = reasonsBy(original);
  reasonOf({ ...stored, body: '{"id":7,"name":"Rex"}' }, "");
  const missing = { ...stored, method: "GET", sent: undefined, status: 404, body: "" };
  expect(reasonOf(missing, "expected response to have status code 200 but got 404")).toBeUndefined();
});
