import type { Refusal } from "./contract.ts";

/** Why an operation could not be done. Which status that is, is for the HTTP side to say. */
export type FailureKind =
  | "malformed"
  /** The path cannot be that of any resource: a key of another type. */
  | "malformed-path"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "invalid"
  | "not-implemented"
  /** Lost against other changes, again and again. */
  | "contended"
  | "unavailable";

interface FailureOptions {
  readonly cause?: unknown;
  /** The code of the rule that refused. */
  readonly code?: string;
  /** The status that the document declares for this code. */
  readonly status?: number | undefined;
  /** The part of the request that is to blame, as a JSON pointer into its body or a parameter's name. */
  readonly pointer?: string | undefined;
}

/** An operation that could not be done, for a reason that its caller is told. */
export class Failure extends Error {
  readonly kind: FailureKind;
  readonly code: string;
  readonly status: number | undefined;
  readonly pointer: string | undefined;

  constructor(kind: FailureKind, message: string, options: FailureOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "Failure";
    this.kind = kind;
    this.code = options.code ?? kind;
    this.status = options.status;
    this.pointer = options.pointer;
  }
}

/** A rule's refusal, as a value. */
export class Refused<Code extends string> implements Refusal<Code> {
  readonly accepted = false;
  readonly code: Code;
  readonly field: string | undefined;

  constructor(code: Code, field?: string) {
    this.code = code;
    this.field = field;
  }
}

export function isRefusal<Result, Code extends string>(result: Result | Refusal<Code>): result is Refusal<Code> {
  return result instanceof Refused;
}

/** What business logic answered; a refusal becomes a failure, with the status that the document declares for its code. */
export function unlessRefused<Result, Code extends string>(
  result: Result | Refusal<Code>,
  statuses: Readonly<Record<Code, number>>,
): Result {
  if (!isRefusal(result)) return result;
  const { code, field } = result;
  throw new Failure("conflict", sentence(code), {
    code,
    status: statuses[code],
    pointer: field === undefined ? undefined : `/${field}`,
  });
}

/** "insufficient-funds" is told as "Insufficient funds." */
function sentence(code: string): string {
  const words = code.replaceAll(/[-_.]+/g, " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** What was looked for, or a failure where there is none, or none that is the caller's. */
export function unlessMissing<Result>(result: Result | undefined): Result {
  if (result === undefined) throw new Failure("not-found", "There is no such resource.");
  return result;
}

/** What stands for the caller, or a failure where nothing does yet. */
export function unlessForbidden<Result>(result: Result | undefined, message: string): Result {
  if (result === undefined) throw new Failure("forbidden", message);
  return result;
}

/** Fails unless what a request refers to exists, and is in the caller's reach. The pointer names the reference. */
export function unlessDangling(referred: object | undefined, pointer: string): void {
  if (referred === undefined) throw new Failure("conflict", "It refers to what does not exist.", { pointer });
}

/** Says in our own words what the database refused; other errors stay as they are. */
export function asFailure(error: unknown): unknown {
  if (error instanceof Failure) return error;
  const state = sqlState(error) ?? "";
  const failure = refusedByDatabase.find(({ states }) => states.test(state));
  return failure ? new Failure(failure.kind, failure.message, { cause: error }) : error;
}

/** Whether the database did not answer, so that its connection is of no more use. */
export function isUnavailable(error: unknown): boolean {
  return unavailable.test(sqlState(error) ?? "");
}

/** The SQLSTATE of an error that came from the database (PostgreSQL, appendix A), however it was wrapped. */
export function sqlState(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return cause.code;
  }
  return undefined;
}

/** Connection lost, resources short, statement cancelled, server stopping; and what sockets report. */
const unavailable = /^(08|53|57|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)/;

/** The first line whose states match decides. */
const refusedByDatabase: readonly { states: RegExp; kind: FailureKind; message: string }[] = [
  { states: /^23505/, kind: "conflict", message: "Another one has this value already." },
  { states: /^23503/, kind: "conflict", message: "It refers to what does not exist, or is itself referred to." },
  { states: /^23514/, kind: "invalid", message: "A value is none of those that can be stored." },
  { states: /^23/, kind: "conflict", message: "The values do not fit what is stored." },
  { states: /^(22|54)/, kind: "invalid", message: "A value is out of the range that can be stored." },
  { states: unavailable, kind: "unavailable", message: "The database does not answer." },
];
