import { runInThisContext } from "node:vm";
import type { Json } from "../../src/document/openapi.ts";
import { describe, expect, test } from "vitest";
import type { ErrorShape } from "../../src/model/model.ts";
import { errorBodyCode, problemDetails } from "../../src/plan/views/error-bodies.ts";
import { apiStatuses, errorsView, operationErrors, operationStatuses } from "../../src/plan/views/errors.ts";
import { contextOf, failures, noteBody, noteId, noteOperation, operationAt, queryParameter } from "./models.ts";

describe("the status of a failure", () => {
  const body = { requestBody: noteBody };
  const byId = { parameters: [noteId] };
  const search = { parameters: [queryParameter("text", { type: "string" })] };

  test.each([
    {
      title: "422 for a body where it is documented",
      rest: body,
      documented: ["400", "422"],
      statuses: { invalid: 422, malformed: 400 },
    },
    {
      title: "400 for a body where only that is documented",
      rest: body,
      documented: ["400"],
      statuses: { invalid: 400 },
    },
    {
      title: "400 for a body where neither is documented",
      rest: body,
      documented: ["404"],
      statuses: { invalid: 400 },
    },
    {
      title: "422 for a query where only that is documented",
      rest: search,
      documented: ["422"],
      statuses: { malformed: 422 },
    },
    {
      title: "404 for a malformed key where only that is documented",
      rest: byId,
      documented: ["404"],
      statuses: { "malformed-path": 404 },
    },
    {
      title: "400 for a malformed key where both are documented",
      rest: byId,
      documented: ["400", "404"],
      statuses: { "malformed-path": 400 },
    },
    { title: "409 for a conflict", rest: body, documented: ["400"], statuses: { conflict: 409 } },
  ])("is $title", ({ rest, documented, statuses }) => {
    const path = "parameters" in rest && rest.parameters === byId.parameters ? "/notes/{id}" : "/notes";
    const { model } = contextOf({ [path]: { post: noteOperation(rest, failures(...documented)) } });
    expect(apiStatuses(model)).toMatchObject(statuses);
  });

  test("is that of most operations, and said only where an operation differs", () => {
    const context = contextOf({
      "/a": { post: noteOperation(body, failures("400", "422")) },
      "/b": { post: noteOperation(body, failures("400", "422")) },
      "/c": { post: noteOperation(body, failures("400")) },
      "/d": { post: noteOperation(body, failures("default")) },
    });
    const statuses = (path: string) => operationStatuses(operationAt(context, "post", path), context.model);
    expect(apiStatuses(context.model).invalid).toBe(422);
    expect(["/a", "/c", "/d"].map(statuses)).toEqual([{}, { invalid: 400 }, {}]);
  });

  test.each([
    { documented: ["409", "422"], statuses: {} },
    { documented: ["400", "422"], statuses: {} },
    { documented: ["400"], statuses: {} },
    { documented: ["404"], statuses: {} },
  ])("of a body that contradicts other rows is 409 where $documented are documented", ({ documented, statuses }) => {
    const post = noteOperation({ requestBody: noteBody }, failures(...documented));
    const context = contextOf({ "/notes": { post }, "/notes/{id}": { get: noteOperation({ parameters: [noteId] }) } });
    const { conflict } = operationStatuses(operationAt(context, "post", "/notes"), context.model);
    expect(conflict === undefined ? {} : { conflict }).toEqual(statuses);
  });
});

test("a status that most operations document, and another one does not, is not that one's", () => {
  const body = { requestBody: noteBody };
  const { model } = contextOf({
    "/a": { post: noteOperation(body, failures("422")), put: noteOperation(body, failures("422")) },
    "/b": { get: noteOperation({}, failures("404")) },
    "/c": { get: noteOperation({}, failures("default")) },
  });
  const statuses = model.operations.map((operation) => operationStatuses(operation, model));
  expect(statuses).toEqual([{}, {}, { malformed: 400 }, {}]);
});

describe("the body of an error", () => {
  const leaf = (kind: "message" | "code" | "field" | "status" | "title" | "pointer"): ErrorShape => ({ kind });
  const object = (members: Readonly<Record<string, ErrorShape>>, optional: readonly string[] = []): ErrorShape => ({
    kind: "object",
    members: Object.entries(members).map(([name, shape]) => ({ name, isRequired: !optional.includes(name), shape })),
  });
  const violation = object({ field: leaf("field"), message: leaf("message") });
  const facts = {
    status: 422,
    title: "Unprocessable Entity",
    code: "invalid",
    detail: "It does not fit.",
    requestId: "r",
    instance: "/notes",
    timestamp: "2026-01-01T00:00:00.000Z",
  };
  const own = [
    { pointer: "/text", field: "text", message: "is missing" },
    { pointer: "/text", field: "text", message: "is short" },
  ];
  const whole = [{ pointer: "", field: "request", message: facts.detail }];

  /** Runs the code, as the generated file would. */
  function built(shape: ErrorShape, errors: readonly object[]): unknown {
    const { parameters, expression } = errorBodyCode(shape);
    const names = parameters.replace(/: ErrorFacts$/, "");
    const byField = (violations: { field: string }[], say: (own: { field: string }[]) => unknown) =>
      Object.fromEntries([...Map.groupBy(violations, ({ field }) => field)].map(([field, some]) => [field, say(some)]));
    const run = runInThisContext(`(byField) => (${names}) => ${expression}`) as (
      byField: unknown,
    ) => (facts: object) => unknown;
    const body = run(byField)({ ...facts, errors, violations: errors.length > 0 ? errors : whole });
    return JSON.parse(JSON.stringify(body)) as unknown;
  }

  test.each<{ title: string; shape: ErrorShape; told: unknown; whole: unknown }>([
    {
      title: "is made of a code and a message",
      shape: object({ code: leaf("code"), message: leaf("message") }),
      told: { code: "invalid", message: "It does not fit." },
      whole: { code: "invalid", message: "It does not fit." },
    },
    {
      title: "leaves an optional list of fields out where the whole is to blame",
      shape: object({ message: leaf("message"), errors: { kind: "array", items: violation } }, ["errors"]),
      told: { message: "It does not fit.", errors: own.map(({ field, message }) => ({ field, message })) },
      whole: { message: "It does not fit." },
    },
    {
      title: "has an empty list of fields where it must have one",
      shape: object({ message: leaf("message"), errors: { kind: "array", items: violation } }),
      told: { message: "It does not fit.", errors: own.map(({ field, message }) => ({ field, message })) },
      whole: { message: "It does not fit.", errors: [] },
    },
    {
      title: "has one entry for the whole where nothing else tells it",
      shape: object({ errors: { kind: "array", items: violation } }, ["errors"]),
      told: { errors: own.map(({ field, message }) => ({ field, message })) },
      whole: { errors: [{ field: "request", message: "It does not fit." }] },
    },
    {
      title: "is a list of messages",
      shape: object({ errors: { kind: "array", items: leaf("message") } }),
      told: { errors: ["is missing", "is short"] },
      whole: { errors: ["It does not fit."] },
    },
    {
      title: "is a map from fields to messages",
      shape: object({ errors: { kind: "field-map", items: { kind: "array", items: leaf("message") } } }),
      told: { errors: { text: ["is missing", "is short"] } },
      whole: { errors: { request: ["It does not fit."] } },
    },
    {
      title: "is a map from fields to one message",
      shape: { kind: "field-map", items: leaf("message") },
      told: { text: "is short" },
      whole: { request: "It does not fit." },
    },
    {
      title: "tells of the whole inside of a list too",
      shape: object({
        errors: {
          kind: "array",
          items: object({ status: leaf("status"), title: leaf("title"), detail: leaf("message") }),
        },
      }),
      told: {
        errors: own.map(({ message }) => ({ status: 422, title: facts.title, detail: message })),
      },
      whole: { errors: [{ status: 422, title: facts.title, detail: "It does not fit." }] },
    },
    {
      title: "is one text",
      shape: leaf("message"),
      told: "It does not fit.",
      whole: "It does not fit.",
    },
    {
      title: "keeps constants, whatever their names",
      shape: object({
        "odd name": { kind: "constant", value: "`${1}`" },
        __proto: { kind: "constant", value: null },
        message: leaf("message"),
      }),
      told: { "odd name": "`${1}`", __proto: null, message: "It does not fit." },
      whole: { "odd name": "`${1}`", __proto: null, message: "It does not fit." },
    },
    {
      title: "explains in its title where it has no better place",
      shape: object({ title: leaf("title") }),
      told: { title: "It does not fit." },
      whole: { title: "It does not fit." },
    },
    {
      title: "is problem details where the document has none (RFC 9457)",
      shape: problemDetails,
      told: {
        type: "about:blank",
        title: facts.title,
        status: 422,
        detail: facts.detail,
        code: "invalid",
        errors: own.map(({ pointer, message }) => ({ pointer, message })),
      },
      whole: { type: "about:blank", title: facts.title, status: 422, detail: facts.detail, code: "invalid" },
    },
  ])("$title", ({ shape, told, whole: ofWhole }) => {
    expect(built(shape, own)).toEqual(told);
    expect(built(shape, [])).toEqual(ofWhole);
  });

  const answer = (type: string, schema: Json): Json => ({ description: "No.", content: { [type]: { schema } } });
  const message = { type: "object", required: ["message"], properties: { message: { type: "string" } } };
  const plain = { type: "object", required: ["error"], properties: { error: { type: "string" } } };

  test("is the operation's own where the document gives it one, by status", () => {
    const context = contextOf({
      "/a": {
        get: noteOperation(
          {},
          { "400": answer("application/json", message), "404": answer("application/json", message) },
        ),
      },
      "/b": {
        get: noteOperation(
          {},
          { "400": answer("application/json", message), "404": answer("text/plain", { type: "string" }) },
        ),
      },
      "/c": {
        get: noteOperation(
          {},
          { default: answer("application/json", plain), "400": answer("application/json", message) },
        ),
      },
    });
    const bodies = errorsView(context.model).bodies.map(({ name, mediaType }) => [name, mediaType]);
    expect(bodies).toEqual([
      ["standard", '"application/json"'],
      ["getB404", '"text/plain"'],
      ["getCDefault", '"application/json"'],
    ]);
    const errors = (path: string) => operationErrors(operationAt(context, "get", path), context.model);
    expect(errors("/a")).toEqual([]);
    expect(errors("/b")).toEqual([["404", "getB404"]]);
    expect(errors("/c")).toEqual([
      ["400", "standard"],
      ["default", "getCDefault"],
    ]);
  });
});
