import { subscribe } from "node:diagnostics_channel";
import { appendFileSync } from "node:fs";
import { afterEach, expect } from "vitest";
import { escapeInvisible } from "../../src/invisible.ts";
import type { CoverageLine } from "./coverage.ts";

/**
 * Runs before each generated test file (scripts/corpus/vitest.config.ts) and writes down what the tests make the service
 * do, from outside: Fastify announces each application, and vitest knows how many assertions a test made.
 */
interface Application {
  addHook(
    name: "onResponse",
    hook: (
      request: { readonly method: string; readonly routeOptions: { readonly url?: string } },
      reply: { readonly statusCode: number },
      done: () => void,
    ) => void,
  ): void;
}

const file = process.env["CORPUS_RECORD"] ?? "";
const once = Symbol.for("scaffold.corpus.record");

// Test files may share one process, in which this file runs again for each.
if (!(once in globalThis)) {
  Object.assign(globalThis, { [once]: true });
  subscribe("fastify.initialization", (message) => {
    (message as { fastify: Application }).fastify.addHook("onResponse", (request, reply, done) => {
      const { url } = request.routeOptions;
      if (url !== undefined) write({ kind: "answer", method: request.method, route: url, status: reply.statusCode });
      done();
    });
  });
}

afterEach(() => write({ kind: "test", assertions: expect.getState().assertionCalls }));

/** What reads this takes more for the end of a line than the end of a line (U+2028). */
function write(line: CoverageLine): void {
  appendFileSync(file, `${escapeInvisible(JSON.stringify(line))}\n`);
}
