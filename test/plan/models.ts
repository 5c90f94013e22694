import type { Json } from "../../src/document/openapi.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { Operation } from "../../src/model/model.ts";
import { planContext, type PlanContext, type PlanOptions } from "../../src/plan/context.ts";
import { documentOf, json, list, owner, pet, petPaths, ref, type PetOptions } from "../model/pets.ts";

type Tree = { readonly [key: string]: Json };

const options: PlanOptions = { readOnly: "refuse", openRules: "pass", omit: [], port: 3000 };

/** A context over a document of these paths, as `planService` makes one. */
export function contextOf(paths: Tree, rest: Tree = {}, change: Partial<PlanOptions> = {}): PlanContext {
  const document = documentOf(paths, { Note: note }, rest);
  return planContext(document, inferModel(document, { name: "notes" }).value, { ...options, ...change });
}

/** A context over entities of these schemas, each with the usual operations at the path of its name. */
export interface Things {
  /** By type: Note is at /notes and /notes/{id}. */
  readonly schemas: Tree;
  /** Paths beside the usual ones, or instead of them. */
  readonly paths?: Tree;
  readonly rest?: Tree;
  readonly planned?: Partial<PlanOptions>;
}

export function contextOfThings({ schemas, paths = {}, rest = {}, planned = {} }: Things): PlanContext {
  const usual = Object.keys(schemas).map((type) => usualPaths(type));
  const document = documentOf({ ...Object.assign({}, ...usual), ...paths } as Tree, schemas, rest);
  return planContext(document, inferModel(document, { name: "things" }).value, { ...options, ...planned });
}

/** The usual operations of a type: /notes and /notes/{id}. */
export function usualPaths(type: string, key: Json = { type: "integer" }): Tree {
  const path = `/${type.toLowerCase()}s`;
  const body: Tree = { required: true, ...json(ref(type)) };
  const one = { "200": json(ref(type)) };
  return {
    [path]: {
      get: { responses: { "200": json(list(type)) } },
      post: { requestBody: body, responses: { "201": json(ref(type)) } },
    },
    [`${path}/{id}`]: {
      parameters: [{ name: "id", in: "path", required: true, schema: key }],
      get: { responses: one },
      put: { requestBody: body, responses: one },
      patch: { requestBody: json(ref(`${type}`)), responses: one },
      delete: { responses: { "204": { description: "Gone." } } },
    },
  };
}

/** Paths in which more is said of one operation. */
export function withOperation(paths: Tree, path: string, method: string, more: Tree): Tree {
  const item = (paths[path] ?? {}) as Tree;
  return { ...paths, [path]: { ...item, [method]: { ...(item[method] as Tree | undefined), ...more } } };
}

/** An object schema: members that end with "!" are required. */
export function thing(properties: Tree, rest: Tree = {}): Tree {
  const names = Object.keys(properties);
  const required = names.filter((name) => name.endsWith("!")).map((name) => name.slice(0, -1));
  const plain = names.map((name) => [name.replace(/!$/, ""), properties[name] ?? {}] as const);
  return { type: "object", required, properties: Object.fromEntries(plain), ...rest };
}

/** Every operation asks for a bearer token. */
export const bearer: Tree = {
  security: [{ it: [] }],
  components: { securitySchemes: { it: { type: "http", scheme: "bearer" } } },
};

export const text: Json = { type: "string" };
export const generatedId: Json = { type: "integer", readOnly: true };

/** A context over pets and their owners, changed as said. */
export function petContext(change: PetOptions = {}, planned: Partial<PlanOptions> = {}): PlanContext {
  const document = documentOf(petPaths(change), { Pet: pet, Owner: owner, ...change.schemas }, change.rest);
  return planContext(document, inferModel(document, { name: "pets" }).value, { ...options, ...planned });
}

/** Pets with one more property. */
export function petContextWith(name: string, schema: Json, rest: Tree = {}): PlanContext {
  return petContext({ schemas: { Pet: { ...pet, properties: { ...petProperties, [name]: schema }, ...rest } } });
}

const petProperties = pet["properties"] as Tree;

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
