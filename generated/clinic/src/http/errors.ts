import { STATUS_CODES } from "node:http";
import { DrizzleQueryError } from "drizzle-orm";
import type { FastifyError, FastifyReply, FastifyRequest, FastifySchemaValidationError } from "fastify";
import { asFailure, Failure, type FailureKind } from "../failure.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The statuses that the document has for this operation, where they differ from those of the others. */
    statuses?: Readonly<Partial<Record<FailureKind, number>>>;
  }
}

/** What this API answers with where a document says nothing else. */
const statuses: Readonly<Record<FailureKind, number>> = {
  malformed: 400,
  "malformed-path": 404,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  invalid: 400,
  "not-implemented": 501,
  contended: 503,
  unavailable: 503,
};

/** One thing that is wrong with a request, and where: a JSON pointer into the body, or a parameter's name. */
interface Violation {
  readonly pointer: string;
  readonly message: string;
}

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly Violation[];
}

/** What an error tells of the request that it answers. */
type Asked = Pick<FastifyRequest, "id" | "url">;

/** All that a body of an error can tell. */
interface ErrorFacts {
  readonly status: number;
  readonly title: string;
  readonly code: string;
  readonly detail: string;
  /** What is wrong with the request, part by part; empty where the whole is to blame. */
  readonly errors: readonly FieldViolation[];
}

interface FieldViolation extends Violation {
  /** The place in words of a form: `lines.0.amount`. */
  readonly field: string;
}

/** The bodies of errors that the document describes. */
const bodies = {
  standard: {
    type: "application/json",
    of: ({ code, detail, errors }: ErrorFacts): unknown => ({
      error: {
        code,
        message: detail,
        details: errors.length === 0 ? undefined : errors.map(({ field, message }) => ({ field, message })),
      },
    }),
  },
};

/** Answers a failed request. Only what is meant for its caller is told; the rest goes to the log. */
export async function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const problem = problemOf(asFailure(error), request);
  if (problem.status >= 500 && problem.status !== 501) request.log.error(withoutValues(error));
  if (problem.status === 401) reply.header("www-authenticate", "ApiKey");
  if (problem.status === 503) reply.header("retry-after", "1");
  await sendProblem(reply, problem);
}

/** Drizzle puts the values of a statement into its errors, and some of them are secrets. */
function withoutValues(error: unknown): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!(cause instanceof DrizzleQueryError)) continue;
    const { message, query } = cause;
    cause.message = `Failed query: ${query}`;
    cause.stack = cause.stack?.replace(message, () => cause.message) ?? "";
    cause.params = [];
  }
  return error;
}

/** Sends a problem in the document's own schema. */
export async function sendProblem(reply: FastifyReply, problem: Problem): Promise<void> {
  const { type, text } = printProblem(problem, reply.request);
  await reply.code(problem.status).type(type).send(text);
}

/** The body of an answer, and its media type. */
export function printProblem(problem: Problem, request: Asked) {
  const { type, of } = bodies.standard;
  const body = of(factsOf(problem, request));
  return { type, text: JSON.stringify(body) };
}

function factsOf({ status, code, detail, errors = [] }: Problem, _request: Asked): ErrorFacts {
  const parts = errors.map((violation) => ({ ...violation, field: fieldOf(violation.pointer) }));
  return {
    status,
    title: STATUS_CODES[status] ?? "Error",
    code,
    detail,
    errors: parts,
  };
}

/** `/lines/0/amount` is `lines.0.amount`. */
function fieldOf(pointer: string): string {
  const parts = pointer.replace(/^\//, "").split("/");
  return parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~")).join(".") || "body";
}

function problemOf(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Failure) return failureProblem(error, request);
  if (!isFastifyError(error)) return unexpected;
  if (error.validation !== undefined) return invalidRequest(error, request);
  const { statusCode: status = 500, message: detail, code } = error;
  if (code === "FST_ERR_BAD_URL")
    return {
      status: statusOf("malformed-path", request),
      code: "malformed",
      detail: "The path is not percent-encoded UTF-8.",
    };
  if (status >= 500) return unexpected;
  return status === 400
    ? { status: statusOf("malformed", request), code: "malformed", detail }
    : { status, code: codes[status] ?? "refused", detail };
}

const unexpected: Problem = { status: 500, code: "internal", detail: "Something went wrong on our side." };

const codes: Readonly<Record<number, string>> = {
  413: "too-large",
  415: "unsupported-media-type",
  429: "too-many-requests",
};

function failureProblem({ kind, code, message, pointer, status }: Failure, request: FastifyRequest): Problem {
  const problem = { status: status ?? statusOf(kind, request), code, detail: message };
  return pointer === undefined ? problem : { ...problem, errors: [{ pointer, message }] };
}

/** A body that does not fit its schema is invalid; a parameter that does not is malformed. */
function invalidRequest(
  { validation = [], validationContext = "querystring" }: FastifyError,
  request: FastifyRequest,
): Problem {
  const kind = invalidParts[validationContext] ?? "malformed";
  const errors = validation.map((result) => violationOf(result, validationContext));
  const reasons = errors.map(({ pointer, message }) => `${pointer || "it"} ${message}`);
  const detail = `The request does not fit its schema: ${reasons.join(", ")}.`;
  const code = kind === "invalid" ? kind : "malformed";
  return { status: statusOf(kind, request), code, detail, errors };
}

function violationOf(
  { keyword, instancePath, message, params }: FastifySchemaValidationError,
  part: string,
): Violation {
  const member = params["missingProperty"] ?? params["additionalProperty"];
  const pointer = typeof member === "string" ? `${instancePath}/${member}` : instancePath;
  return {
    pointer: part === "body" ? pointer : pointer.replace("/", ""),
    message: messages[keyword] ?? message ?? "is not valid",
  };
}

/** Where the validator's own words are about the whole, and not about the member that the pointer names. */
const messages: Readonly<Record<string, string>> = {
  required: "is missing",
  additionalProperties: "is not known",
  not: "is not to be given",
};

const invalidParts: Readonly<Record<string, FailureKind>> = { body: "invalid", params: "malformed-path" };

/** Where no body is taken, what is not valid is a parameter. */
function statusOf(kind: FailureKind, { routeOptions }: FastifyRequest): number {
  const blamed = kind === "invalid" && routeOptions.schema?.body === undefined ? "malformed" : kind;
  return routeOptions.config.statuses?.[blamed] ?? statuses[blamed];
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && "statusCode" in error;
}
