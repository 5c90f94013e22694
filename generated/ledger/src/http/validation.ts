import type { FastifyRequest, FastifySchemaCompiler } from "fastify";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { Failure, type FailureKind } from "../failure.ts";

const maximumDepth = 64;

/** Changes nothing that it validates: no coercion, no defaults, no removal. Lengths count code points. */
const ajv = new Ajv2020({
  strict: false,
  logger: false,
  allErrors: false,
  coerceTypes: false,
  // 0.29 is a multiple of 0.01, whatever binary fractions make of it.
  multipleOfPrecision: 8,
  code: { regExp: expression },
});
addFormats.default(ajv);

const date = /^\d{4}-\d\d-\d\d$/;
const dateTime = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

/** Formats that are looser or stricter in ajv-formats than what is stored, and what others take for valid. */
ajv.addFormat("uuid", /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i);
ajv.addFormat("date", (text) => date.test(text) && isDay(text));
ajv.addFormat("date-time", (text) => dateTime.test(text) && isDay(text.slice(0, 10)));
ajv.addFormat("email", /^[^\s@"(),:;<>[\]\\]+@[a-z\d]([a-z\d.-]*[a-z\d])?$/i);
ajv.addFormat("url", (text) => URL.canParse(text));
ajv.addFormat("int64", { type: "number", validate: Number.isSafeInteger });
ajv.addFormat("decimal", /^-?\d+(\.\d+)?$/);

/** A day that the calendar has (RFC 3339, 5.7). */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text);
}

/** A pattern is a Unicode expression (JSON Schema, 6.4); one that is none may still be an expression without that flag. */
function expression(pattern: string): { test(text: string): boolean; toString(): string } {
  try {
    return new RegExp(pattern, "u");
  } catch {
    return new RegExp(pattern);
  }
}
expression.code = "expression";

const validators = new WeakMap<object, ValidateFunction>();

/** Compiled when it is first needed, and for all applications of a process: a start need not wait for what nobody calls. */
export const compileValidator: FastifySchemaCompiler<object> =
  ({ schema }) =>
  (value) => {
    const validate = validatorOf(schema);
    return validate(value) || { error: validate.errors ?? [] };
  };

function validatorOf(schema: object): ValidateFunction {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const validate = ajv.compile(withSafeIntegers(schema));
  validators.set(schema, validate);
  return validate;
}

/** JSON.parse has already changed integers beyond 2^53 − 1, so none is let in. */
function withSafeIntegers<Schema>(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema), (_name, node: unknown) => {
    if (typeof node !== "object" || node === null || !("type" in node)) return node;
    if (![node.type].flat().includes("integer")) return node;
    const { minimum, maximum } = node as { minimum?: number; maximum?: number };
    return {
      ...node,
      minimum: Math.max(minimum ?? -Infinity, Number.MIN_SAFE_INTEGER),
      maximum: Math.min(maximum ?? Infinity, Number.MAX_SAFE_INTEGER),
    };
  }) as Schema;
}

/** Refuses what no schema speaks of, and no database can store or print again. */
export async function refuseUnstorable({ body, params, query, url, originalUrl }: FastifyRequest): Promise<void> {
  if (originalUrl.split("?", 1).some((path) => !isDecodable(path)))
    throw new Failure("malformed-path", "The path is not percent-encoded UTF-8.", { code: "malformed" });
  if (!isDecodable(url)) throw new Failure("malformed", "The query is not percent-encoded UTF-8.");
  refuse(params, "malformed-path");
  refuse(query, "malformed");
  refuse(body, "malformed");
}

/**
 * The address by which a route is found: what is no percent-encoded UTF-8 in its path stands as a sign for no character,
 * so that the operation that is meant refuses it in its own words.
 */
export function readableUrl({ url = "/" }: { readonly url?: string | undefined }): string {
  const [path = "", ...query] = url.split("?");
  const parts = path.split("/").map((part) => (part === "" || isDecodable(part) ? part : "%EF%BF%BD"));
  return [parts.join("/"), ...query].join("?");
}

/** URLSearchParams would put a sign of its own for bytes that are no text. */
function isDecodable(url: string): boolean {
  try {
    return decodeURIComponent(url) !== "";
  } catch {
    return false;
  }
}

function refuse(part: unknown, kind: FailureKind): void {
  const reason = unstorable(part, 0);
  if (reason !== undefined) throw new Failure(kind, reason, { code: "malformed" });
}

function unstorable(value: unknown, depth: number): string | undefined {
  if (typeof value === "string" && (value.includes("\0") || !value.isWellFormed())) return "A text cannot be stored.";
  if (typeof value === "number" && !Number.isFinite(value)) return "A number is out of range.";
  if (typeof value !== "object" || value === null) return undefined;
  if (depth === maximumDepth) return "The body is nested too deeply.";
  for (const [name, member] of Object.entries(value)) {
    const reason = unstorable(name, depth) ?? unstorable(member, depth + 1);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
