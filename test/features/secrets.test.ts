import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type RunningService } from "../support/service.ts";

/** What callers confide to a service stands in no answer and in no log, not even when something breaks. */
let service: RunningService;
let feeds: RunningService;

beforeAll(async () => {
  service = await startService("specs/features/write-only-members-are-never-returned.yaml");
  feeds = await startService("specs/features/what-a-closed-answer-has-no-room-for-is-hidden.yaml");
}, 180_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await feeds[Symbol.asyncDispose]();
});

const secret = "correct-horse-battery";

test("a secret stands in no answer and no log where its statement fails", async () => {
  const lines: string[] = [];
  const logger = { level: "trace", stream: { write: (line: string) => lines.push(line) } };
  const call = await service.withApp({ logger });
  const body = { name: "ada", password: secret };
  const headers = { authorization: `Bearer ${secret}`, cookie: `session=${secret}` };
  expect(await call("POST /logins", { headers, body })).toMatchObject({ status: 201 });
  await service.rows("ALTER TABLE logins RENAME TO people");
  const broken = await call("POST /logins", { headers, body });
  expect(broken.status).toBe(500);
  expect(broken.text).not.toMatch(/logins|insert|select|correct-horse/i);
  const log = lines.join("");
  expect(log).toContain("Failed query: insert into");
  expect(log).not.toContain(secret);
});

test("a secret inside of a value is kept, and stands in no answer", async () => {
  const target = { region: "north", login: { name: "ada", secret } };
  const made = await feeds.call("POST /feeds", { body: { kind: "queue", target } });
  expect(made).toMatchObject({
    status: 201,
    body: { kind: "queue", target: { region: "north", login: { name: "ada" } } },
  });
  const { id } = made.body as { readonly id: string };
  for (const { status, text } of [made, await feeds.call(`GET /feeds/${id}`), await feeds.call("GET /feeds")]) {
    expect(status).toBeLessThan(300);
    expect(text).toContain("ada");
    expect(text).not.toContain(secret);
  }
  expect(await feeds.rows("SELECT target FROM feeds")).toEqual([{ target }]);
});
