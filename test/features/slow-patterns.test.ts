import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type RunningService } from "../support/service.ts";

/** A text that would keep a regular expression busy for ever is answered like any other: a service that hangs fails here. */
let service: RunningService;

beforeAll(async () => {
  service = await startService("specs/features/a-slow-pattern-is-matched-in-linear-time.yaml");
}, 180_000);

afterAll(() => service[Symbol.asyncDispose]());

const long = 100_000;

test.each<{ title: string; body: object; status: number }>([
  { title: "a repetition of repetitions", body: { words: `${"a".repeat(long)}!` }, status: 422 },
  { title: "a repetition of repetitions that fits", body: { words: "one two\u00a0three " }, status: 201 },
  { title: "alternatives that begin alike", body: { choice: `${"a".repeat(long)}!` }, status: 422 },
  { title: "alternatives that begin alike, and fit", body: { choice: "a1b2" }, status: 201 },
  { title: "an end that never comes", body: { ending: `${"1".repeat(long)}!` }, status: 422 },
  { title: "an end that comes", body: { ending: `${"1".repeat(long)}` }, status: 201 },
  { title: "a short text that does not fit", body: { short: `${"a".repeat(40)}` }, status: 422 },
  { title: "a short text that fits", body: { short: "abc1" }, status: 201 },
  { title: "what looks ahead, over a long text", body: { password: `${"A".repeat(long)}!` }, status: 422 },
  { title: "what looks ahead, and fits", body: { password: "aAb1" }, status: 201 },
  { title: "what looks ahead, and does not fit", body: { password: "aaaa" }, status: 422 },
  { title: "a member's name", body: { members: { [`${"x".repeat(long)}!`]: 1 } }, status: 422 },
  { title: "a member's name that fits", body: { members: { xxx: 1 } }, status: 201 },
])("$title: $status", async ({ body, status }) => {
  const answer = await service.call("POST /labels", { body });
  expect(answer.status, answer.text.slice(0, 300)).toBe(status);
});
