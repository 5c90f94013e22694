import type { FastifyInstance } from "fastify";
import { Failure } from "../failure.ts";

/** Reads bodies of the media types that the document has; Fastify answers 415 to all others. */
export function acceptBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, async (_request: unknown, body: Buffer) =>
    parseJson(body),
  );
}

/** `__proto__` is a member like any other, never a prototype. */
function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(textOf(body));
  } catch (error) {
    throw new Failure("malformed", "The body is not JSON.", { cause: error });
  }
}

function textOf(body: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch (error) {
    throw new Failure("malformed", "The body is not UTF-8.", { cause: error });
  }
}
