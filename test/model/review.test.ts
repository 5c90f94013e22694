import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadDocument } from "../../src/document/load.ts";
import { inferModel } from "../../src/model/infer.ts";
import { reviewOf } from "../../src/model/review.ts";
import { memoryHost } from "../support/host.ts";

const ref = { $ref: "#/components/schemas/Task" };
const body = (schema: object) => ({ content: { "application/json": { schema } } });
const answer = (status: string, schema: object) => ({ [status]: { description: "It.", ...body(schema) } });

/** Tasks on boards that no schema describes, of callers whom nothing tells apart from each other. */
function tasks({ entity = {}, properties = {} } = {}) {
  return {
    openapi: "3.1.0",
    info: { title: "Tasks", version: "1" },
    security: [{ token: [] }],
    paths: {
      "/boards/{board}/tasks": {
        parameters: [{ name: "board", in: "path", required: true, schema: { type: "string" } }],
        get: { responses: answer("200", { type: "array", items: ref }) },
        post: { requestBody: body(ref), responses: answer("201", ref) },
      },
      "/boards/{board}/tasks/{id}": {
        parameters: ["board", "id"].map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
        get: { responses: { "200": { description: "Something." } } },
        delete: { responses: { "204": { description: "Gone." } } },
      },
      "/moods": { get: { responses: answer("200", { type: "array", items: { $ref: "#/components/schemas/Mood" } }) } },
    },
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
      schemas: {
        Task: {
          type: "object",
          properties: { id: { type: "string", readOnly: true }, text: { type: "string" }, extra: {}, ...properties },
          "x-entity": entity,
        },
        Mood: { type: "object", properties: { id: { type: "integer" }, word: { type: "string" }, extra: {} } },
      },
    },
  };
}

async function review(document: string) {
  const { value } = await loadDocument(memoryHost({ "api.yaml": document }), "api.yaml");
  if (value === undefined) throw new Error("not loaded");
  return reviewOf(inferModel(value, {}).value);
}

test("doubts come worst first, each with its place and what settles it", async () => {
  const found = await review(JSON.stringify(tasks()));
  expect(found.map(({ subject, decided, confidence }) => [confidence, subject, decided])).toEqual([
    ["likely", "Task", "rows belong to nobody"],
    ["guess", "GET /boards/{board}/tasks/{id}", "read Task"],
    ["guess", "Task.extra", "column extra"],
    ["guess", "Task.board", "column board"],
    ["likely", "Mood", "table without rows"],
  ]);
  expect(found.map(({ pointer }) => pointer)).toEqual([
    "/components/schemas/Task",
    "/paths/~1boards~1{board}~1tasks~1{id}/get",
    "/components/schemas/Task/properties/extra",
    expect.stringMatching(/^\/paths\/~1boards~1\{board\}~1tasks/),
    "/components/schemas/Mood",
  ]);
  expect(found.map(({ settledBy }) => settledBy)).toEqual([
    "x-entity: { owner: … }, or owner: null",
    "x-operation: { kind: … }",
    "x-field: { type: … }",
    "a property of that name, with x-field: { references: … }",
    "x-entity: false",
  ]);
});

test("what an annotation settles is no doubt any more", async () => {
  const settled = tasks({ entity: { owner: null }, properties: { extra: { "x-field": { type: "json" } } } });
  const subjects = (await review(JSON.stringify(settled))).map(({ subject }) => subject);
  expect(subjects).toEqual(["GET /boards/{board}/tasks/{id}", "Task.board", "Mood.extra", "Mood"]);
});

test("what the same answer settles is one doubt", async () => {
  const found = await review(JSON.stringify(tasks()));
  expect(found.filter(({ rule }) => rule === "no type is given")).toMatchObject([
    { subject: "Task.extra", alike: ["Mood.extra"] },
  ]);
});

test("a document that says everything leaves nothing to look at", async () => {
  expect(await review(readFileSync("specs/ledger.yaml", "utf8"))).toEqual([]);
});
