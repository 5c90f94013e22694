import fastify from "fastify";
import { expect, test } from "vitest";
import { acceptBodies } from "./media.ts";

const app = fastify();
app.setErrorHandler(
  ({ statusCode, kind, message }: { statusCode?: number; kind?: string; message: string }, _request, reply) =>
    reply.code(statusCode ?? 400).send({ kind, message }),
);
acceptBodies(app);
app.post("/", ({ body }) => ({ body }));

function sent(payload: string | Buffer, headers: Readonly<Record<string, string>> = {}) {
  return app.inject({ method: "POST", url: "/", payload, headers: { "content-type": "application/json", ...headers } });
}

test("JSON is read as it is", async () => {
  expect((await sent('{"a":[1,"é"],"__proto__":{"b":null}}')).body).toBe(
    '{"body":{"a":[1,"é"],"__proto__":{"b":null}}}',
  );
  expect((await sent('"a"')).json()).toEqual({ body: "a" });
});

test("no body is none", async () => {
  expect((await sent("")).json()).toEqual({});
});

test.each([
  { title: "what is not JSON", payload: "{", message: "The body is not JSON." },
  { title: "bytes that are not UTF-8", payload: Buffer.from([0x22, 0xff, 0x22]), message: "The body is not UTF-8." },
])("$title cannot be read", async ({ payload, message }) => {
  expect((await sent(payload)).json()).toEqual({ kind: "malformed", message });
});

test.each([
  { headers: { "content-encoding": "gzip" }, payload: "1", status: 415 },
  { headers: { "content-encoding": "gzip", "content-length": "0" }, payload: "", status: 415 },
  { headers: { "content-encoding": "gzip", "transfer-encoding": "chunked" }, payload: "", status: 415 },
  { headers: { "content-encoding": " Identity " }, payload: "1", status: 200 },
  { headers: { "content-type": "text/x-unheard-of" }, payload: "a", status: 415 },
])("a body with $headers is answered with $status", async ({ headers, payload, status }) => {
  expect((await sent(payload, headers)).statusCode).toBe(status);
});

test("what would be packed is no matter where there is no body", async () => {
  const response = await app.inject({ method: "POST", url: "/", headers: { "content-encoding": "gzip" } });
  expect(response.statusCode).toBe(200);
});
