import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type RunningService } from "../support/service.ts";

/** A document that gives paging no bounds lets any number be asked for; no list has fewer rows than none. */
let service: RunningService;

beforeAll(async () => {
  service = await startService("specs/features/paging-without-bounds-takes-any-number.yaml");
  for (const subject of ["first", "second", "third"]) await service.call("POST /tickets", { body: { subject } });
}, 180_000);

afterAll(() => service[Symbol.asyncDispose]());

test.each([
  { query: "", shown: ["first", "second"] },
  { query: "limit=-1", shown: [] },
  { query: "limit=0", shown: [] },
  { query: "skip=-5", shown: ["first", "second"] },
  { query: "skip=1&limit=9007199254740991", shown: ["second", "third"] },
  { query: "skip=9007199254740991", shown: [] },
])("a page of ?$query is $shown", async ({ query, shown }) => {
  const { status, body } = await service.call(`GET /tickets?${query}`);
  expect(status).toBe(200);
  expect(body).toMatchObject(shown.map((subject) => ({ subject })));
  expect(body).toHaveLength(shown.length);
});
