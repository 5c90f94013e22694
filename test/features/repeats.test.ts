import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type Answer, type RunningService } from "../support/service.ts";

/** What is asked again under one Idempotency-Key is done once, for one caller, and for one body. */
let service: RunningService;
let call: RunningService["call"];
const headersOf = new Map<string, Readonly<Record<string, string>>>();

beforeAll(async () => {
  service = await startService("specs/features/a-repeated-request-is-done-once.yaml");
  const file = pathToFileURL(join(service.folder, "src/http/authentication.ts")).href;
  const { openCredentials } = (await import(/* @vite-ignore */ file)) as {
    openCredentials(environment: object): { issue(name: string): Promise<{ headers: Record<string, string> }> };
  };
  const credentials = openCredentials({});
  for (const name of ["ada", "bob"]) headersOf.set(name, (await credentials.issue(name)).headers);
  call = await service.withApp({ credentials });
}, 180_000);

afterAll(() => service[Symbol.asyncDispose]());

function pay(key: string, amount: string, name = "ada"): Promise<Answer> {
  const headers = { ...headersOf.get(name), "idempotency-key": key };
  return call("POST /payments", { headers, body: { amount } });
}

const count = async () => (await service.rows("SELECT id FROM payments")).length;

test("a request that is sent again is answered as before, and does nothing", async () => {
  const before = await count();
  const first = await pay("one", "10.00");
  const second = await pay("one", "10.00");
  expect(first.status).toBe(201);
  expect(second).toMatchObject({ status: 201, text: first.text });
  expect(second.headers["location"]).toBe(first.headers["location"]);
  expect(await count()).toBe(before + 1);
});

test("eight at once are one", async () => {
  const before = await count();
  const answers = await Promise.all(Array.from({ length: 8 }, () => pay("eight", "8.00")));
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(await count()).toBe(before + 1);
});

test("a key that another body has is refused", async () => {
  await pay("body", "10.00");
  expect(await pay("body", "11.00")).toMatchObject({ status: 422, body: { code: "key-reused" } });
});

test("another caller's key is another key, and so is none", async () => {
  const before = await count();
  await pay("theirs", "10.00");
  await pay("theirs", "10.00", "bob");
  const headers = { ...headersOf.get("ada") };
  await call("POST /payments", { headers, body: { amount: "10.00" } });
  await call("POST /payments", { headers, body: { amount: "10.00" } });
  expect(await count()).toBe(before + 4);
});

test("a request that was refused may be sent again with its key", async () => {
  expect(await pay("again", "much")).toMatchObject({ status: 422 });
  expect(await pay("again", "10.00")).toMatchObject({ status: 201 });
});

test("a key may be longer than an index allows", async () => {
  expect(await pay("k".repeat(4000), "10.00")).toMatchObject({ status: 201 });
});
