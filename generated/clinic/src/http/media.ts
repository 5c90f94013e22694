import { errorCodes, type FastifyInstance, type FastifyRequest } from "fastify";
import { Failure } from "../failure.ts";

/** Reads bodies of the media types that the document has; Fastify answers 415 to all others. */
export function acceptBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addHook("preParsing", refuseEncoded);
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, async (_request: unknown, body: Buffer) =>
    parseJson(body),
  );
}

/** No body is unpacked: a small one might become a very large one. */
async function refuseEncoded({ headers }: FastifyRequest): Promise<void> {
  const coding = headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  const hasBody = headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
  if (hasBody && coding !== "identity") throw new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(coding);
}

/** `__proto__` is a member like any other, never a prototype. */
function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  const text = textOf(body);
  try {
    return JSON.parse(text);
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
