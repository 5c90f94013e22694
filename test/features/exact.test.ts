import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type Answer, type RunningService } from "../support/service.ts";

/** `int64: "bigint"`: integers of 64 bits go through the whole service without losing a digit. Bodies are compared as texts. */
let service: RunningService;

beforeAll(async () => {
  service = await startService("specs/features/integers-of-64-bits-keep-every-digit.yaml", {
    config: { int64: "bigint" },
  });
}, 180_000);

afterAll(() => service[Symbol.asyncDispose]());

const headers = { "content-type": "application/json" };
const send = (request: string, body: string, type = "application/json"): Promise<Answer> =>
  service.call(request, { headers: { ...headers, "content-type": type }, body });

const wide = ["9007199254740993", "9223372036854775807", "-9223372036854775808", "-9007199254740993"];

test.each(wide)("%s is a key, a value, an item and a reference, and comes back digit by digit", async (digits) => {
  const sent = `{"number":${digits},"reading":${digits},"credit":${digits},"history":[${digits},1]}`;
  const created = await send("POST /meters", sent);
  expect(created.status, created.text).toBe(201);
  expect(created.text).toBe(sent);
  expect(created.headers["location"]).toBe(`/meters/${digits}`);
  expect((await service.call(`GET /meters/${digits}`)).text).toBe(sent);
  const [stored] = await service.rows(
    `SELECT number::text, reading::text, history::text FROM meters WHERE number = ${digits}`,
  );
  expect(stored).toEqual({ number: digits, reading: digits, history: `[${digits}, 1]` });

  const visit = await send("POST /visits", `{"meterNumber":${digits}}`);
  expect(visit.text).toContain(`"meterNumber":${digits}`);
  expect((await service.call(`GET /visits?meterNumber=${digits}`)).text).toContain(`"meterNumber":${digits}`);
  const neighbour = BigInt(digits) + (digits.startsWith("-") ? 1n : -1n);
  expect((await service.call(`GET /visits?meterNumber=${neighbour}`)).text).toBe("[]");
  expect(await service.call(`GET /meters/${neighbour}`)).toMatchObject({ status: 404 });
  expect(await send("POST /visits", `{"meterNumber":${neighbour}}`)).toMatchObject({ status: 409 });
});

test("a change keeps every digit too, in a list of them as well", async () => {
  await send("POST /meters", '{"number":100,"reading":1}');
  const change = '{"reading":9007199254740995,"history":[9007199254740997]}';
  const changed = await send("PATCH /meters/100", change, "application/merge-patch+json");
  expect(changed.text).toBe('{"number":100,"reading":9007199254740995,"credit":null,"history":[9007199254740997]}');
});

test("pages go on where one ended, though a number would not tell the rows apart", async () => {
  const readings = Array.from({ length: 5 }, (_, at) => 9007199254741992n + BigInt(at));
  for (const [at, reading] of readings.entries())
    expect(await send("POST /meters", `{"number":${200 + at},"reading":${reading}}`)).toMatchObject({ status: 201 });
  const seen: string[] = [];
  let cursor = "";
  do {
    const page = await service.call(`GET /meters?sort=reading&limit=1${cursor}`);
    seen.push(...(page.text.match(/(?<="reading":)-?\d+/g) ?? []));
    const next = /"nextCursor":"([^"]+)"/.exec(page.text)?.[1];
    cursor = next === undefined ? "" : `&cursor=${next}`;
  } while (cursor !== "");
  expect(seen.filter((digits) => readings.includes(BigInt(digits)))).toEqual(readings.map(String));
  expect(new Set(seen).size).toBe(seen.length);
});

test.each([
  ["beyond 64 bits", '{"number":9223372036854775808,"reading":1}', 400],
  ["below 64 bits", '{"number":-9223372036854775809,"reading":1}', 400],
  ["a fraction", '{"number":9007199254740993.5,"reading":1}', 400],
  ["an exponent that a number rounds", '{"number":9.007199254740993e15,"reading":1}', 400],
  ["digits as a text", '{"number":"9007199254740993","reading":1}', 400],
  ["below a minimum", '{"number":1,"reading":1,"serial":-9007199254740993}', 400],
  ["an integer without a format", '{"number":1,"reading":1,"digits":9007199254740993}', 400],
  ["a number", '{"number":301,"reading":1,"factor":9007199254740994}', 201],
  ["a number below its minimum", '{"number":1,"reading":1,"factor":-9007199254740994}', 400],
  ["a unique value", '{"number":302,"reading":1,"serial":9007199254740993}', 201],
  ["the same once more", '{"number":303,"reading":1,"serial":9007199254740993}', 409],
  ["its neighbour", '{"number":304,"reading":1,"serial":9007199254740992}', 201],
  ["a repeated key", '{"number":301,"reading":1}', 409],
])("%s: %s is answered with %i", async (_title, body, status) => {
  const answer = await send("POST /meters", body);
  expect(answer.status, answer.text).toBe(status);
});

test.each([
  ["a multiple", "9000000000000000000", 201],
  ["what is none", "9000000000000000001", 400],
  ["what is beyond the maximum", "9000000000000000005", 400],
  ["what a rule refuses", "-4503599627370500", 409],
])("%s: %s is answered with %s", async (_title, count, status) => {
  await send("POST /meters", '{"number":400,"reading":1}');
  const answer = await send("POST /visits", `{"meterNumber":400,"count":${count}}`);
  expect(answer.status, answer.text).toBe(status);
});

test("a rule in CEL reckons with them, and stores what it answers", async () => {
  await send("POST /meters", '{"number":500,"reading":1}');
  const answer = await send("POST /visits", '{"meterNumber":500,"count":3999999999999995}');
  expect(answer.text).toContain('"doubled":7999999999999990');
});

test("a path and a query are refused where no 64 bits hold what they say", async () => {
  expect(await service.call("GET /meters/9223372036854775808")).toMatchObject({ status: 404 });
  expect(await service.call("GET /meters?serial=9223372036854775808")).toMatchObject({ status: 400 });
  expect(await service.call("GET /meters?serial=9007199254740992.0")).toMatchObject({ status: 400 });
});
