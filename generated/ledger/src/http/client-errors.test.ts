import { once } from "node:events";
import { connect, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import fastify from "fastify";
import { expect, test } from "vitest";
import { answerClientError } from "./client-errors.ts";

/** All that is answered to these bytes before the connection ends. */
async function answered(bytes: string): Promise<string> {
  const late = { requestTimeout: 200, http: { headersTimeout: 200, connectionsCheckingInterval: 50 } };
  const app = fastify({ ...late, clientErrorHandler: answerClientError });
  app.post("/", () => "");
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    socket.write(bytes);
    return await text(socket);
  } finally {
    socket.destroy();
    await app.close();
  }
}

test.each([
  {
    title: "no request of HTTP",
    bytes: "\u0016\u0003\u0001",
    line: "400 Bad Request",
    code: "malformed",
    detail: "no request",
  },
  {
    title: "a request that never ends",
    bytes: "GET / HTTP/1.1\r\n",
    line: "408 Request Timeout",
    code: "timeout",
    detail: "too long to",
  },
  {
    title: "a header that is too long",
    bytes: `GET / HTTP/1.1\r\na: ${"b".repeat(20_000)}\r\n`,
    line: "431 Request Header Fields Too Large",
    code: "too-large",
    detail: "The headers",
  },
  {
    title: "a chunk that says too much of itself",
    bytes: `POST / HTTP/1.1\r\nhost: a\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n1;${"b".repeat(20_000)}\r\n`,
    line: "413 Payload Too Large",
    code: "too-large",
    detail: "The parts",
  },
])("$title is answered with $line", async ({ bytes, line, code, detail }) => {
  const [head = "", body = ""] = (await answered(bytes)).split("\r\n\r\n");
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${line}\r\n`));
  expect(head).toContain(`content-type: ${"application/problem+json"}`);
  expect(head).toContain("x-content-type-options: nosniff");
  expect(head).toMatch(/\r\nx-request-id: [\w-]{36}\r\n/);
  expect(head).toContain("\r\nconnection: close\r\n");
  expect(head).toContain(`\r\ncontent-length: ${Buffer.byteLength(body)}`);
  expect(body).toContain(`"${code}"`);
  expect(body).toContain(detail);
});
