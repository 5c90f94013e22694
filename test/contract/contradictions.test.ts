import { expect, test } from "vitest";
import { contradictionIn } from "../../scripts/contract/contradictions.ts";
import type { Exchange } from "../../scripts/contract/judge.ts";
import { viewOf } from "../../scripts/contract/original.ts";
import type { Request } from "../../scripts/contract/requests.ts";
import { readSchemas } from "../../scripts/contract/schemas.ts";
import { inferModel } from "../../src/model/infer.ts";
import { documentOf, object, operation, ref } from "../model/documents.ts";

/** A refusal of what the document calls valid is the document's own fault only where no answer could show what was sent. */
const number = { type: "number" } as const;
const text = { type: "string" } as const;
const document = documentOf(
  {
    "/places": { post: operation(ref("Place"), ref("NewPlace"), 201) },
    "/places/{id}": { get: operation(ref("Place")) },
  },
  {
    Place: object({ id: { type: "integer" }, height: number, name: { ...text, maxLength: 2 } }, ["id"]),
    NewPlace: object({ height: text, name: text }),
  },
);

test.each([
  { title: "a text where answers have a number", body: { height: "high" }, status: 422, isFound: true },
  { title: "a text beyond the length of those in answers", body: { name: "long" }, status: 422, isFound: false },
  { title: "a member that answers do not have", body: { other: "high" }, status: 422, isFound: false },
  { title: "an answer that is no refusal", body: { height: "high" }, status: 500, isFound: false },
])("$title: $isFound", ({ body, status, isFound }) => {
  const original = viewOf({ ...document.root });
  const { value: model } = inferModel(document, {});
  const known = model.operations.find(({ method }) => method === "post");
  const asked = original.operations.find(({ method }) => method === "POST");
  if (asked === undefined) throw new Error("There is no such operation.");
  const request: Request = {
    operation: asked,
    params: {},
    query: {},
    headers: {},
    mediaType: "application/json",
    body,
    row: undefined,
    intent: "valid",
  };
  const exchange = { status } satisfies Partial<Exchange>;
  const said = { original, model, answers: readSchemas(original, "response") };
  expect(contradictionIn(request, exchange, known, said) !== undefined).toBe(isFound);
});
