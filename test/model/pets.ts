import type { Document } from "../../src/document/document.ts";
import type { Json, OpenApi } from "../../src/document/openapi.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { Model, Operation } from "../../src/model/model.ts";

type Tree = { readonly [key: string]: Json };

/** A document as it stands after load, from its paths and schemas. */
export function documentOf(paths: Tree, schemas: Tree = {}, rest: Tree = {}): Document {
  const root = {
    openapi: "3.1.0",
    info: { title: "Pets", version: "1.0.0" },
    paths,
    ...rest,
    components: { schemas, ...(rest["components"] as Tree | undefined) },
  } as OpenApi;
  return {
    file: "pets.yaml",
    version: "3.1.0",
    root,
    sources: [],
    moves: [{ at: "", file: "pets.yaml", pointer: "" }],
    overlays: 0,
    slowPatterns: [],
  };
}

export function modelOf(paths: Tree, schemas: Tree = {}, rest: Tree = {}): Model {
  return inferModel(documentOf(paths, schemas, rest), { name: "pets" }).value;
}

export function operation(model: Model, method: string, path: string): Operation {
  const found = model.operations.find((one) => one.method === method && one.path === path);
  if (!found) throw new Error(`There is no ${method} ${path}.`);
  return found;
}

export function json(schema: Json, description = "It."): Tree {
  return { description, content: { "application/json": { schema } } };
}

export function ref(name: string): Tree {
  return { $ref: `#/components/schemas/${name}` };
}

export function list(name: string): Tree {
  return { type: "array", items: ref(name) };
}

const id: Tree = { type: "integer", format: "int64", readOnly: true };

export const owner: Tree = {
  type: "object",
  required: ["id", "name"],
  properties: {
    id,
    name: { type: "string" },
    email: { type: "string" },
    created_at: { type: "string", format: "date-time", readOnly: true },
  },
};

export const pet: Tree = {
  type: "object",
  required: ["id", "name", "owner_id"],
  properties: {
    id,
    name: { type: "string" },
    species: { type: "string", enum: ["cat", "dog"] },
    weight: { type: "number" },
    born: { type: "string", format: "date" },
    is_neutered: { type: "boolean" },
    owner_id: { type: "integer", format: "int64" },
    created_at: { type: "string", format: "date-time", readOnly: true },
  },
};

export interface PetOptions {
  readonly parameters?: readonly Json[];
  /** Schema of the list's answer; a bare array where it is left out. */
  readonly answer?: Json;
  readonly schemas?: Tree;
  readonly rest?: Tree;
  /** Members of GET /pets beside its parameters and answers. */
  readonly list?: Tree;
}

/** Pets and owners with their usual operations; what a case is about is handed in. */
export function petModel({
  parameters = [],
  answer = list("Pet"),
  schemas = {},
  rest = {},
  list: extra = {},
}: PetOptions = {}): Model {
  return modelOf(petPaths({ parameters, answer, list: extra }), { Pet: pet, Owner: owner, ...schemas }, rest);
}

export function petPaths({ parameters = [], answer = list("Pet"), list: extra = {} }: PetOptions = {}): Tree {
  return {
    "/owners": {
      get: { responses: { "200": json(list("Owner")) } },
      post: { requestBody: json(ref("Owner")), responses: { "201": json(ref("Owner")) } },
    },
    "/owners/{id}": { parameters: [keyOf("id")], get: { responses: { "200": json(ref("Owner")) } } },
    "/pets": {
      get: { operationId: "listPets", parameters, responses: { "200": json(answer) }, ...extra },
      post: { operationId: "createPet", requestBody: json(ref("Pet")), responses: { "201": json(ref("Pet")) } },
    },
    "/pets/{id}": {
      parameters: [keyOf("id")],
      get: { responses: { "200": json(ref("Pet")) } },
      patch: { requestBody: json(ref("Pet")), responses: { "200": json(ref("Pet")) } },
      delete: { responses: { "204": { description: "Gone." } } },
    },
  };
}

export function keyOf(name: string): Tree {
  return { name, in: "path", required: true, schema: { type: "integer", format: "int64" } };
}

export function query(name: string, schema: Json = { type: "string" }, description = ""): Tree {
  return { name, in: "query", schema, description };
}
