import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { printProblem, type Problem } from "./errors.ts";
import { always } from "./headers.ts";

/** What Node refuses by itself, by the code of its error. */
const refusals: Readonly<Record<string, Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: "timeout", detail: "The request took too long to come in." },
  HPE_HEADER_OVERFLOW: { status: 431, code: "too-large", detail: "The headers are too long." },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    code: "too-large",
    detail: "The parts of the body say too much of themselves.",
  },
};

const malformed: Problem = { status: 400, code: "malformed", detail: "This is no request of HTTP." };

/** How long a caller may go on sending what nobody reads, so that it reads the answer first. */
const lingerMs = 1_000;

/** Answers what came too slowly, or is no request: no route has seen it, and there is no reply to send. Closes the connection. */
export function answerClientError(error: Error & { readonly code: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return;
  const problem = refusals[error.code] ?? malformed;
  const id = randomUUID();
  const { type, text } = printProblem(problem, { id, url: "/" });
  const headers = { ...always, "x-request-id": id, "content-type": type, connection: "close" };
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ""}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(text)}`,
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${text}`);
  setTimeout(() => socket.destroy(), lingerMs).unref();
}
