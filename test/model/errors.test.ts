import { expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import type { ErrorShape } from "../../src/model/model.ts";
import { json, operation, petModel, ref, list } from "./pets.ts";

const text = { type: "string" };
const whole = { type: "integer" };

function object(properties: Record<string, Json>, required: readonly string[] = Object.keys(properties)): Json {
  return { type: "object", required, properties };
}

function conventionOf(schema: Json) {
  const responses = { "200": json(list("Pet")), "400": json(ref("Failure")), "404": json(ref("Failure")) };
  return petModel({ schemas: { Failure: schema }, list: { responses } }).errors;
}

/** { message: "message", error: { code: "code" } }: a shape as short as it can be read. */
function brief(shape: ErrorShape | undefined): unknown {
  switch (shape?.kind) {
    case "object":
      return Object.fromEntries(shape.members.map((member) => [member.name, brief(member.shape)]));
    case "array":
      return [brief(shape.items)];
    case "field-map":
      return { "*": brief(shape.items) };
    case "constant":
      return { constant: shape.value };
    default:
      return shape?.kind;
  }
}

test.each<{ title: string; schema: Json; shape: unknown }>([
  { title: "{ message }", schema: object({ message: text }), shape: { message: "message" } },
  {
    title: "{ code, message } with a number",
    schema: object({ code: whole, message: text }),
    shape: { code: "status", message: "message" },
  },
  {
    title: "{ code, message } with a text",
    schema: object({ code: text, message: text }),
    shape: { code: "code", message: "message" },
  },
  { title: "{ error }", schema: object({ error: text }), shape: { error: "message" } },
  {
    title: "Spring's",
    schema: object({
      timestamp: { ...text, format: "date-time" },
      status: whole,
      error: text,
      message: text,
      path: text,
    }),
    shape: { timestamp: "timestamp", status: "status", error: "status-text", message: "message", path: "instance" },
  },
  {
    title: "{ error: { … } }",
    schema: object({
      error: object({
        code: text,
        message: text,
        details: { type: "array", items: object({ field: text, message: text }) },
      }),
    }),
    shape: { error: { code: "code", message: "message", details: [{ field: "field", message: "message" }] } },
  },
  {
    title: "{ errors: [ … ] } of texts",
    schema: object({ errors: { type: "array", items: text } }),
    shape: { errors: ["message"] },
  },
  {
    title: "{ errors: { field: [ … ] } }",
    schema: object({ message: text, errors: { type: "object", additionalProperties: { type: "array", items: text } } }),
    shape: { message: "message", errors: { "*": ["message"] } },
  },
  {
    title: "FastAPI's",
    schema: object({
      detail: {
        type: "array",
        items: object({ loc: { type: "array", items: { anyOf: [text, whole] } }, msg: text, type: text }),
      },
    }),
    shape: { detail: [{ loc: ["field"], msg: "message", type: "type" }] },
  },
  {
    title: "problem details",
    schema: object({ type: { ...text, format: "uri" }, title: text, status: whole, detail: text }),
    shape: { type: "type", title: "title", status: "status", detail: "detail" },
  },
  {
    title: "a flag that says no",
    schema: object({ ok: { type: "boolean" }, error: text }),
    shape: { ok: { constant: false }, error: "message" },
  },
  { title: "plain text", schema: { type: "string" }, shape: "message" },
])("$title is built member by member", ({ schema, shape }) => {
  expect(brief(conventionOf(schema).shape)).toEqual(shape);
});

test.each<{ title: string; member: Json; value: Json }>([
  { title: "a closed list", member: { ...text, enum: ["E1", "E2"] }, value: "E1" },
  { title: "a pattern", member: { ...text, pattern: "^0{3}$" }, value: "" },
  { title: "bounds", member: { ...whole, minimum: 1000, maximum: 2000 }, value: 1000 },
])("a required member with $title has a value that is valid for it", ({ member, value }) => {
  expect(brief(conventionOf(object({ message: text, code: member })).shape)).toMatchObject({
    code: { constant: value === "" ? expect.anything() : value },
  });
});

test("a required member that means nothing to us is filled, an optional one left out", () => {
  const { shape } = conventionOf(object({ message: text, weather: text, mood: text }, ["message", "weather"]));
  expect(brief(shape)).toEqual({ message: "message", weather: { constant: "" } });
});

test("a document without error schemas gets problem details", () => {
  expect(petModel().errors).toMatchObject({ kind: "problem", mediaType: "application/problem+json" });
});

test("a schema without a place for words is no convention", () => {
  expect(conventionOf({ type: "object" }).kind).toBe("problem");
});

test("a response of another schema than the common one has a shape of its own", () => {
  const responses = {
    "200": json(list("Pet")),
    "400": json(ref("Failure")),
    "404": json(ref("Failure")),
    "409": json(object({ reason: text })),
    default: json({
      type: "object",
      required: ["error"],
      properties: { error: { ...text, enum: ["gone", "full"] } },
    }),
  };
  const model = petModel({ schemas: { Failure: object({ message: text }) }, list: { responses } });
  const { failures } = operation(model, "get", "/pets");
  expect(failures.map(({ status, shape }) => [status, brief(shape)])).toEqual([
    [400, undefined],
    [404, undefined],
    [409, { reason: "message" }],
    [0, { error: { constant: "gone" } }],
  ]);
});
