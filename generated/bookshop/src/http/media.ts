import { errorCodes, type FastifyInstance, type FastifyRequest } from "fastify";
import { Failure } from "../failure.ts";
import { decodeMembers, textsByName } from "./texts.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The media types of the body that this operation takes, where they are not those of most. */
    media?: readonly string[];
  }
}

const usualMedia: readonly string[] = ["application/json"];

/** Reads bodies of the media types that the document has; Fastify answers 415 to all others. */
export function acceptBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addHook("preParsing", refuseEncoded);
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, async (_request: unknown, body: Buffer) =>
    parseJson(body),
  );
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "buffer" },
    async (request: FastifyRequest, body: Buffer) => decodeForm(new URLSearchParams(textOf(body)), request),
  );
}

/** No body is unpacked: a small one might become a very large one. */
async function refuseEncoded({ headers }: FastifyRequest): Promise<void> {
  const coding = headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  const hasBody = headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
  if (hasBody && coding !== "identity") throw new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(coding);
}

/** Refuses a body of a media type that other operations take, and this one does not. */
export async function refuseOtherMedia({ headers, routeOptions }: FastifyRequest): Promise<void> {
  const given = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (given === undefined || routeOptions.schema?.body === undefined) return;
  const taken = routeOptions.config.media ?? usualMedia;
  if (!taken.includes(given)) throw new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(given);
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

/** What the texts of a form say, by the body's schema. */
function decodeForm(
  pairs: Iterable<readonly [string, string]>,
  { routeOptions }: FastifyRequest,
): Record<string, unknown> {
  return decodeMembers(textsByName(pairs), routeOptions.schema?.body ?? {});
}
