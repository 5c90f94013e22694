import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type RunningService } from "../support/service.ts";

/** Only where the document has several media types is there anything to choose, and to refuse. */
let service: RunningService;

beforeAll(async () => {
  service = await startService("specs/features/an-answer-is-what-its-caller-takes.yaml");
}, 180_000);

afterAll(() => service[Symbol.asyncDispose]());

test.each([
  { accept: "application/json", status: 200 },
  { accept: "application/*;q=0.5", status: 200 },
  { accept: "text/csv, */*;q=0.1", status: 200 },
  { accept: "", status: 200 },
  { accept: "text/csv", status: 406 },
  { accept: "application/json;q=0, text/csv", status: 406 },
  { accept: "application/json;q=0, */*", status: 406 },
])("where there is a choice, Accept: $accept is answered with $status", async ({ accept, status }) => {
  expect(await service.call("GET /rates", { headers: { accept } })).toMatchObject({ status });
});

test("where there is none, whoever asks for something else is answered all the same", async () => {
  const headers = { accept: "text/csv" };
  const answer = await service.call("POST /rates", { headers, body: { percent: 1.25 } });
  expect(answer).toMatchObject({ status: 201, body: { percent: 1.25 } });
});
