import type { Json } from "../../src/document/openapi.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { Operation } from "../../src/model/model.ts";
import { planContext, type PlanContext, type PlanOptions } from "../../src/plan/context.ts";
import { documentOf } from "../model/pets.ts";

type Tree = { readonly [key: string]: Json };

const options: PlanOptions = { readOnly: "refuse", openRules: "pass", omit: [], port: 3000 };

/** A context over a document of these paths, as `planService` makes one. */
export function contextOf(paths: Tree, rest: Tree = {}, change: Partial<PlanOptions> = {}): PlanContext {
  const document = documentOf(paths, { Note: note }, rest);
  return planContext(document, inferModel(document, { name: "notes" }).value, { ...options, ...change });
}

const note: Json = {
  type: "object",
  required: ["id", "text"],
  properties: { id: { type: "integer" }, text: { type: "string" } },
};

/** An operation that answers with a note; the rest as said. */
export function noteOperation(rest: Tree = {}, failures: Tree = {}): Tree {
  const success = {
    description: "It.",
    content: { "application/json": { schema: { $ref: "#/components/schemas/Note" } } },
  };
  return { responses: { "200": success, ...failures }, ...rest };
}

export const noteBody: Tree = bodyOf("application/json");

export function bodyOf(...types: readonly string[]): Tree {
  const content = Object.fromEntries(types.map((type) => [type, { schema: { $ref: "#/components/schemas/Note" } }]));
  return { required: true, content };
}

export const noteId: Json = { name: "id", in: "path", required: true, schema: { type: "integer" } };

export function queryParameter(name: string, schema: Json, rest: Tree = {}): Json {
  return { name, in: "query", schema, ...rest };
}

/** Documented failures without bodies. */
export function failures(...statuses: readonly string[]): Tree {
  return Object.fromEntries(statuses.map((status) => [status, { description: "No." }]));
}

export function operationAt(context: PlanContext, method: string, path: string): Operation {
  const found = context.model.operations.find((operation) => operation.method === method && operation.path === path);
  if (found === undefined) throw new Error(`There is no ${method} ${path}.`);
  return found;
}
