import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type RunningService } from "../support/service.ts";

/** What the document calls a text may be any text, though the column that it asks for holds moments or numbers. */
let service: RunningService;

beforeAll(async () => {
  service = await startService("specs/features/a-filter-that-is-a-text-may-be-any-text.yaml");
  const lot = { opens_on: "2026-05-01", price: 2.5 };
  await service.call("POST /lots", { body: { ...lot, title: "chair", closes_at: "2026-05-02T10:00:00Z" } });
  await service.call("POST /lots", {
    body: { ...lot, title: "table", closes_at: "2026-05-03T10:00:00Z", price: 40 },
  });
  await service.call("POST /lots", {
    body: { ...lot, title: "vase", closes_at: "2026-05-04T10:00:00Z", opens_on: "2026-05-02" },
  });
}, 180_000);

afterAll(() => service[Symbol.asyncDispose]());

test.each([
  { query: "", shown: ["chair", "table"] },
  { query: "limit=3", shown: ["chair", "table", "vase"] },
  { query: "limit=many", shown: ["chair", "table"] },
  { query: "limit=-1", shown: ["chair", "table"] },
  { query: "limit=1.5", shown: ["chair", "table"] },
  { query: "offset=2", shown: ["vase"] },
  { query: "offset=none", shown: ["chair", "table"] },
  { query: "closes_after=2026-05-03", shown: ["table", "vase"] },
  { query: "closes_after=2026-05-03T10:00:00Z", shown: ["vase"] },
  { query: "closes_after=2026-05-03+10:00:00%2B00:00", shown: ["vase"] },
  { query: "closes_after=tomorrow", shown: [] },
  { query: "closes_after=2026-13-45", shown: [] },
  { query: "opens_on=2026-05-02", shown: ["vase"] },
  { query: "opens_on=May", shown: [] },
  { query: "price_min=3", shown: ["table"] },
  { query: "price_min=dear", shown: [] },
  { query: "price_min=%20", shown: [] },
  { query: "price_min=0x2", shown: [] },
  { query: "price_min=1e999", shown: [] },
])("lots of ?$query are $shown", async ({ query, shown }) => {
  const { status, body } = await service.call(`GET /lots?${query}`);
  expect(status).toBe(200);
  expect((body as readonly { readonly title: string }[]).map(({ title }) => title)).toEqual(shown);
});
