import { isDeepStrictEqual } from "node:util";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { LightMyRequestResponse } from "fastify";
import { expect } from "vitest";
import { document, follow, operationAt, type Found, type Node } from "./document.ts";

interface Outcome {
  readonly pass: boolean;
  readonly message: () => string;
}

declare module "vitest" {
  interface Matchers<T> {
    /** Has this status, and headers and a body as the document has them for it: `toMatchResponse("GET /cards", 200)`. */
    toMatchResponse(operation: string, ...statuses: readonly number[]): T;
    /** Holds these members, with these values. Undefined is a member that is not there; instants may be written otherwise. */
    toHold(expected: unknown): T;
  }
}

/** What is compiled here is used a few times, so that making it faster costs more than it gains. */
const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  logger: false,
  multipleOfPrecision: 8,
  code: { regExp: expression, optimize: false },
});
addFormats.default(ajv);
for (const format of ["decimal", "url", "int32", "int64", "float", "double", "byte", "binary", "password"])
  ajv.addFormat(format, true);
ajv.addSchema(JSON.parse(JSON.stringify(document), asAnswered) as Node, "openapi.json", undefined, false);
const validators = new Map<string, ValidateFunction>();

/** Statuses of the protocol's own, which a document need not list. */
const undocumented = [400, 401, 403, 404, 405, 406, 409, 413, 415, 429, 500, 501, 503];

expect.extend({
  toMatchResponse(response: LightMyRequestResponse, operation: string, ...statuses: readonly number[]): Outcome {
    const problems = statuses.includes(response.statusCode)
      ? problemsOf(response, operation)
      : [`status ${response.statusCode}`];
    const message = () =>
      `${operation} should answer ${statuses.join(" or ")}: ${problems.join("; ")}\n${response.body}`;
    return { pass: problems.length === 0, message };
  },
  toHold(actual: unknown, expected: unknown): Outcome {
    const problems = [...differences(actual, expected, "")];
    return { pass: problems.length === 0, message: () => `${problems.join("; ")}\n${JSON.stringify(actual)}` };
  },
});

/** A pattern is a Unicode expression (JSON Schema, 6.4); one that is none may still be an expression without that flag. */
function expression(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "u");
  } catch {
    return new RegExp(pattern);
  }
}
expression.code = "expression";

function problemsOf(response: LightMyRequestResponse, operation: string): readonly string[] {
  return [...statusProblems(response), ...documentProblems(response, operation)];
}

/** The status that problem details tell is the response's own (RFC 9457, 3.1.2). */
function statusProblems(response: LightMyRequestResponse): readonly string[] {
  if (response.body === "" || !String(response.headers["content-type"]).startsWith("application/problem+json"))
    return [];
  const { status } = response.json<{ readonly status?: unknown }>();
  return status === undefined || status === response.statusCode
    ? []
    : [`the problem tells status ${JSON.stringify(status)}`];
}

function documentProblems(response: LightMyRequestResponse, operation: string): readonly string[] {
  const { method, path } = operationAt(operation);
  const responses = ["paths", path, method.toLowerCase(), "responses"];
  const found = responseOf(responses, response.statusCode);
  const documented = Object.keys(follow(responses)?.node ?? {});
  // Of success, the document may say nothing at all; 1xx is none.
  if (response.statusCode < 400 && documented.every((status) => /^[145]/.test(status))) return [];
  if (found !== undefined)
    return [...headerProblems(response, found), ...(method === "HEAD" ? [] : bodyProblems(response, operation, found))];
  if (method === "HEAD" && undocumented.includes(response.statusCode)) return [];
  return undocumented.includes(response.statusCode)
    ? errorProblems(response)
    : [`${response.statusCode} is not in the document`];
}

/** "default" stands for what is not listed: for errors, and where no success is listed for that too. */
function responseOf(path: readonly string[], status: number): Found | undefined {
  const words = [String(status), `${String(status).slice(0, 1)}XX`, `${String(status).slice(0, 1)}xx`];
  const known = Object.keys(follow(path)?.node ?? {});
  const isDefault = status >= 400 || !known.some((word) => /^[123]/.test(word));
  return [...words, ...(isDefault ? ["default"] : [])]
    .map((word) => follow([...path, word]))
    .find((found) => found !== undefined);
}

function headerProblems(response: LightMyRequestResponse, found: Found): readonly string[] {
  return Object.keys(found.node["headers"] ?? {}).flatMap((name) => {
    const header = follow([...found.path, "headers", name]);
    if (header?.node["required"] !== true || response.headers[name.toLowerCase()] !== undefined) return [];
    return [`header ${name} is missing`];
  });
}

function bodyProblems(response: LightMyRequestResponse, operation: string, found: Found): readonly string[] {
  // These have no body, whatever the document gives them (RFC 9110, 15.3.5, 15.3.6 and 15.4.5).
  const content = [204, 205, 304].includes(response.statusCode) ? {} : ((found.node["content"] ?? {}) as Node);
  const types = Object.keys(content);
  // What is read is shown also where the document does not describe it.
  const isBodiless = response.statusCode < 400 && !operation.startsWith("GET ");
  if (types.length === 0)
    return isBodiless && response.body !== "" ? ["there is a body where the document has none"] : [];
  const type = String(response.headers["content-type"]).split(";")[0]?.toLowerCase() ?? "";
  const declared =
    types.find((one) => one.split(";")[0]?.trim().toLowerCase() === type) ?? types.find((one) => one === "*/*");
  if (declared === undefined) return [`content type ${type}`];
  if (follow([...found.path, "content", declared, "schema"]) === undefined || !/[/+]json$/.test(type)) return [];
  return schemaProblems(response, [...found.path, "content", declared, "schema"]);
}

function schemaProblems(response: LightMyRequestResponse, path: readonly string[]): readonly string[] {
  const validate = validatorAt(path);
  return validate(response.json()) ? [] : [ajv.errorsText(validate.errors)];
}

/** An error that the operation does not document has the body that the API's errors have. */
function errorProblems(response: LightMyRequestResponse): readonly string[] {
  const type = String(response.headers["content-type"]).split(";")[0];
  if (type !== "application/problem+json") return [`content type ${String(type)}`];
  return schemaProblems(response, ["components", "schemas", "Problem"]);
}

function validatorAt(path: readonly string[]): ValidateFunction {
  const pointer = path.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
  const known = validators.get(pointer);
  if (known !== undefined) return known;
  const validate = ajv.compile({ $ref: `openapi.json#/${pointer}` });
  validators.set(pointer, validate);
  return validate;
}

/** A response never has write-only members, so that none is required and each is forbidden. */
function asAnswered(name: string, node: unknown): unknown {
  // The document has no schemas with names of their own: this is the content of an example.
  if (name === "$id" && typeof node === "string") return undefined;
  const { properties, required } = (node ?? {}) as { properties?: Record<string, Node>; required?: unknown };
  if (typeof properties !== "object" || Object.values(properties).some((property) => typeof property !== "object"))
    return node;
  const hidden = Object.keys(properties).filter((name) => properties[name]?.["writeOnly"] === true);
  if (hidden.length === 0) return node;
  const forbidden = Object.fromEntries(hidden.map((name) => [name, false]));
  return {
    ...(node as Node),
    properties: { ...properties, ...forbidden },
    ...(Array.isArray(required) ? { required: required.filter((name) => !hidden.includes(String(name))) } : {}),
  };
}

/** What keeps a value from holding what is expected. */
function* differences(actual: unknown, expected: unknown, path: string): Generator<string> {
  if (isNode(expected) && isNode(actual)) {
    for (const [name, member] of Object.entries(expected)) {
      const own = Object.hasOwn(actual, name) ? actual[name] : undefined;
      yield* differences(own, member, `${path}/${name}`);
    }
  } else if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    for (const [index, item] of expected.entries()) yield* differences(actual[index], item, `${path}/${index}`);
  } else if (!isDeepStrictEqual(actual, expected) && !isSameText(actual, expected)) {
    yield `${path || "it"} should be ${printed(expected)}, and is ${printed(actual)}`;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The same instant, or the same UUID, written otherwise. */
function isSameText(actual: unknown, expected: unknown): boolean {
  if (typeof actual !== "string" || typeof expected !== "string") return false;
  if (uuid.test(actual) && uuid.test(expected)) return actual.toLowerCase() === expected.toLowerCase();
  return instant.test(actual) && instant.test(expected) && microseconds(actual) === microseconds(expected);
}

/** Since 1970; a Date would cut an instant to milliseconds. */
function microseconds(text: string): number {
  const [, digits = ""] = /\.(\d{1,6})/.exec(text) ?? [];
  return Date.parse(text.replace(/\.\d+/, "")) * 1000 + Number(digits.padEnd(6, "0"));
}

function printed(value: unknown): string {
  return value === undefined ? "left out" : JSON.stringify(value);
}
