import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type RunningService } from "../support/service.ts";

/** What a service answers to requests that no document speaks of: odd methods, media, bodies and paths. */
let service: RunningService;

beforeAll(async () => {
  service = await startService("specs/features/put-with-a-client-key-is-an-upsert.yaml");
  await service.call("PUT /labels/sale", { body: { colour: "red" } });
}, 180_000);

afterAll(() => service[Symbol.asyncDispose]());

const json = { "content-type": "application/json" };

test.each<{ title: string; request: string; headers?: Record<string, string>; body?: unknown; status: number }>([
  { title: "another method", request: "POST /labels/sale", status: 405 },
  { title: "TRACE", request: "TRACE /labels/sale", status: 405 },
  { title: "OPTIONS", request: "OPTIONS /labels/sale", status: 204 },
  { title: "another path", request: "GET /others", status: 404 },
  { title: "a path in other letters", request: "GET /Labels/sale", status: 404 },
  { title: "a path that is no UTF-8", request: "GET /labels/%ff", status: 404 },
  { title: "a path that ends in a percent sign", request: "GET /labels/%", status: 404 },
  { title: "a NUL in the path", request: "GET /labels/%00", status: 404 },
  { title: "another method at a path that is no UTF-8", request: "POST /labels/%ff", status: 405 },
  { title: "a path below, of bytes", request: "GET /labels/sale/%ff", status: 404 },
  {
    title: "another media type",
    request: "PUT /labels/sale",
    headers: { "content-type": "text/xml" },
    body: "<a/>",
    status: 415,
  },
  { title: "no media type", request: "PUT /labels/sale", body: Buffer.from("{}"), status: 415 },
  {
    title: "a media type that is none",
    request: "PUT /labels/sale",
    headers: { "content-type": ";;" },
    body: "{}",
    status: 415,
  },
  {
    title: "a packed body",
    request: "PUT /labels/sale",
    headers: { ...json, "content-encoding": "gzip" },
    body: '{"colour":"red"}',
    status: 415,
  },
  {
    title: "a body of two megabytes",
    request: "PUT /labels/sale",
    headers: json,
    body: `"${"a".repeat(2_000_000)}"`,
    status: 413,
  },
  { title: "no body", request: "PUT /labels/sale", status: 400 },
  { title: "half a body", request: "PUT /labels/sale", headers: json, body: '{"colour":', status: 400 },
  { title: "NaN", request: "PUT /labels/sale", headers: json, body: '{"colour":NaN}', status: 400 },
  {
    title: "a body that is no UTF-8",
    request: "PUT /labels/sale",
    headers: json,
    body: Buffer.from('{"colour":"\xff"}', "latin1"),
    status: 400,
  },
  {
    title: "a hundred thousand brackets",
    request: "PUT /labels/sale",
    headers: json,
    body: "[".repeat(100_000),
    status: 400,
  },
  {
    title: "a deep body",
    request: "PUT /labels/sale",
    headers: json,
    body: `{"colour":${"[".repeat(5000)}${"]".repeat(5000)}}`,
    status: 400,
  },
  {
    title: "a prototype",
    request: "PUT /labels/sale",
    headers: json,
    body: '{"colour":"red","__proto__":{"admin":true}}',
    status: 200,
  },
])("$title: $status", async ({ request, headers = {}, body, status }) => {
  const answer = await service.call(request, { headers, body });
  expect(answer.status, answer.text).toBe(status);
  expect(answer.text).not.toMatch(/\.ts:|node_modules| {4}at |SELECT|insert/i);
  expect(answer.headers).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "no-store" });
  if (status === 405 || status === 204) expect(answer.headers["allow"]).toBe("GET, HEAD, OPTIONS, PUT");
  expect({}).not.toHaveProperty("admin");
});

test("HEAD answers as GET does, without its body", async () => {
  const [get, head] = await Promise.all([service.call("GET /labels/sale"), service.call("HEAD /labels/sale")]);
  expect(head).toMatchObject({ status: 200, text: "" });
  expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
});

test("an id of a request is kept where a log can hold it, and made where there is none", async () => {
  const withId = (id: string) => service.call("GET /labels/none", { headers: { "x-request-id": id } });
  expect((await withId("abc-1")).headers["x-request-id"]).toBe("abc-1");
  expect((await withId("a b\u00e9")).headers["x-request-id"]).toMatch(/^[\da-f-]{36}$/);
  expect((await service.call("GET /labels/none")).headers["x-request-id"]).toMatch(/^[\da-f-]{36}$/);
});

test("the page of the API may load its own scripts, and nothing else", async () => {
  const { status, headers } = await service.call("GET /docs");
  expect(status).toBe(200);
  expect(headers["content-security-policy"]).toContain("default-src 'self'");
});

test("what is no request at all is answered in the service's own words", async () => {
  const socket = connect(await service.listening({}), "127.0.0.1");
  try {
    socket.write("no request\r\n\r\n");
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain('"detail":"This is no request of HTTP."');
  } finally {
    socket.destroy();
  }
});
