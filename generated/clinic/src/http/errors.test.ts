import { DrizzleQueryError } from "drizzle-orm";
import fastify, { type InjectOptions } from "fastify";
import { describe, expect, test } from "vitest";
import { Failure, type FailureKind } from "../failure.ts";
import { answerError } from "./errors.ts";
import { compileValidator } from "./validation.ts";

/** The answer to a request that fails with this error, and what the log says of it. With POST, a body is taken. */
async function answered(error: Error, method: "GET" | "POST" = "POST") {
  const logged: string[] = [];
  const app = fastify({ logger: { level: "error", stream: { write: (line) => void logged.push(line) } } });
  app.setErrorHandler(answerError);
  app.get("/", () => Promise.reject(error));
  app.post("/", { schema: { body: {} } }, () => Promise.reject(error));
  const payload = method === "POST" ? { payload: {} } : {};
  return { response: await app.inject({ method, url: "/", ...payload }), log: logged.join("") };
}

describe("a failure", () => {
  test.each<{ kind: FailureKind; status: number }>([
    { kind: "malformed", status: 400 },
    { kind: "malformed-path", status: 404 },
    { kind: "unauthenticated", status: 401 },
    { kind: "forbidden", status: 403 },
    { kind: "not-found", status: 404 },
    { kind: "conflict", status: 409 },
    { kind: "invalid", status: 400 },
    { kind: "not-implemented", status: 501 },
    { kind: "contended", status: 503 },
    { kind: "unavailable", status: 503 },
  ])("that is $kind is answered with $status", async ({ kind, status }) => {
    const { response } = await answered(new Failure(kind, "It cannot be done."));
    expect(response.statusCode).toBe(status);
    expect(response.headers["content-type"]).toContain("application/json");
    expect(response.body).toContain("It cannot be done.");
    expect(response.body).not.toContain("[");
  });

  test("of what is not valid blames a parameter where no body is taken", async () => {
    const { response } = await answered(new Failure("invalid", "It cannot be stored."), "GET");
    expect(response.statusCode).toBe(400);
  });

  test("has the status, the code and the place that it was given", async () => {
    const failure = new Failure("conflict", "It is taken.", { code: "is-taken", status: 412, pointer: "/place" });
    const { response } = await answered(failure);
    expect(response.statusCode).toBe(412);
    expect(response.body).toContain('"is-taken"');
    expect(response.body).toContain("place");
  });

  test("that may be over soon says when to ask again", async () => {
    const { response } = await answered(new Failure("unavailable", "The database does not answer."));
    expect(response.headers["retry-after"]).toBe("1");
    const { response: other } = await answered(new Failure("conflict", "It is there already."));
    expect(other.headers["retry-after"]).toBeUndefined();
  });

  test("that is the caller's is nothing for the log", async () => {
    expect((await answered(new Failure("conflict", "It is there already."))).log).toBe("");
    expect((await answered(new Failure("not-implemented", "It is not written yet."))).log).toBe("");
  });
});

test("who does not say who they are is told how", async () => {
  const { response } = await answered(new Failure("unauthenticated", "Who are you?"));
  expect(response.headers["www-authenticate"]).toBe("ApiKey");
  const { response: other } = await answered(new Failure("forbidden", "Not you."));
  expect(other.headers["www-authenticate"]).toBeUndefined();
});

test("a path that is no text is malformed", async () => {
  const { response } = await answered(Object.assign(new Error("hidden"), { statusCode: 400, code: "FST_ERR_BAD_URL" }));
  expect(response.statusCode).toBe(404);
  expect(response.body).toContain("The path is not percent-encoded UTF-8.");
  expect(response.body).toContain('"malformed"');
});

test.each<{ state: string; kind: FailureKind }>([
  { state: "23505", kind: "conflict" },
  { state: "23503", kind: "conflict" },
  { state: "23502", kind: "conflict" },
  { state: "23514", kind: "invalid" },
  { state: "22003", kind: "invalid" },
  { state: "54000", kind: "invalid" },
  { state: "08006", kind: "unavailable" },
  { state: "57P01", kind: "unavailable" },
])("what the database refuses with $state is $kind, in other words", async ({ state, kind }) => {
  const { response } = await answered(Object.assign(new Error("hidden"), { code: state }));
  const { response: same } = await answered(new Failure(kind, ""));
  expect(response.statusCode).toBe(same.statusCode);
  expect(response.body).not.toContain("hidden");
});

describe("a mistake of ours", () => {
  test("is told to the log, and not to the caller", async () => {
    for (const statusCode of [undefined, 500, 502]) {
      const { response, log } = await answered(Object.assign(new Error("hidden"), statusCode && { statusCode }));
      expect(response.statusCode).toBe(500);
      expect(response.body).not.toContain("hidden");
      expect(response.body).toContain('"internal"');
      expect(response.body).toContain("Something went wrong on our side.");
      expect(log).toContain("hidden");
    }
  });

  test("tells nobody the values of the statement that failed", async () => {
    const cause = new DrizzleQueryError("select $1", ["a secret"], new Error("It broke."));
    const { response, log } = await answered(new Error("It failed.", { cause }));
    expect(response.statusCode).toBe(500);
    expect(log).toContain("Failed query: select $1");
    expect(log).toContain("It broke.");
    expect(log + response.body).not.toContain("a secret");
    expect(cause.params).toEqual([]);
    expect(cause.stack).toMatch(/Failed query: select \$1\n/);
  });
});

test.each([
  { status: 400, answer: 400, code: "malformed" },
  { status: 413, answer: 413, code: "too-large" },
  { status: 415, answer: 415, code: "unsupported-media-type" },
  { status: 418, answer: 418, code: "refused" },
  { status: 429, answer: 429, code: "too-many-requests" },
])("what the server refuses by itself, with $status, says why", async ({ status, answer, code }) => {
  const { response } = await answered(Object.assign(new Error("It is declined."), { statusCode: status }));
  expect(response.statusCode).toBe(answer);
  expect(response.body).toContain(code);
  expect(response.body).toContain("It is declined.");
});

describe("a request that does not fit its schema", () => {
  const short = { type: "string", maxLength: 3 };
  const app = fastify();
  app.setValidatorCompiler(compileValidator);
  app.setErrorHandler(answerError);
  app.post(
    "/:place",
    {
      schema: {
        params: { properties: { place: short } },
        querystring: { properties: { search: short } },
        body: {
          type: "object",
          properties: { name: short, own: { not: {} }, either: { anyOf: [{ type: "string" }, { type: "number" }] } },
          required: ["name"],
          additionalProperties: false,
        },
      },
    },
    () => "",
  );

  test.each<{ part: string; says: string; request: InjectOptions; status: number; code: string }>([
    { part: "name", says: "/name is missing", request: { body: {} }, status: 400, code: "invalid" },
    {
      part: "other",
      says: "/other is not known",
      request: { body: { name: "a", other: 1 } },
      status: 400,
      code: "invalid",
    },
    {
      part: "own",
      says: "/own is not to be given",
      request: { body: { name: "a", own: 1 } },
      status: 400,
      code: "invalid",
    },
    { part: "name", says: ": /name must NOT have", request: { body: { name: "abcd" } }, status: 400, code: "invalid" },
    {
      part: "either",
      says: ", /either must",
      request: { body: { name: "a", either: true } },
      status: 400,
      code: "invalid",
    },
    { part: "", says: ": it must be object", request: { body: [] }, status: 400, code: "invalid" },
    {
      part: "place",
      says: ": place must NOT",
      request: { url: "/long", body: { name: "a" } },
      status: 404,
      code: "malformed",
    },
    {
      part: "search",
      says: ": search must NOT",
      request: { url: "/a?search=long", body: { name: "a" } },
      status: 400,
      code: "malformed",
    },
  ])("is told: $says", async ({ part, says, request, status, code }) => {
    const response = await app.inject({ method: "POST", url: "/a", ...request });
    expect(response.statusCode).toBe(status);
    expect(response.body).toContain(`"${code}"`);
    expect(response.body).toContain(says);
    expect(response.body).toContain("The request does not fit its schema: ");
    expect(response.body).toContain(part);
  });
});
