import type { Origins } from "../document/origins.ts";
import { without } from "../document/raw.ts";
import type { RawObject } from "../document/raw.ts";
import { fileName, nameOf, typeName, wordsOf } from "../model/names.ts";
import { belongings } from "./complete.ts";
import { bodySchema, entityReference, entitySchemas, isRequiredOnCreate } from "./components.ts";
import { problemResponses, problemSchema, refusalsOf } from "./components.ts";
import { adopted, keyOf, propertiesOf, type Property, type Shaping } from "./schemas.ts";
import type { ActionSpec, EntitySpec, RelationSpec, Specification } from "./specification.ts";

/**
 * An OpenAPI 3.1 document in our own conventions: a collection and an item path for each entity, cursor pagination,
 * filters on what is a choice, unique or a key of another entity, problem details for refusals.
 */
export function toOpenApi(specification: Specification, origins: Origins): RawObject {
  const shaping: Shaping = { specification, origins };
  const { title, version, description, entities, security, written } = specification;
  const root = {
    openapi: "3.1.0",
    info: { title, version, ...(description !== undefined && { description }) },
    tags: entities.map((entity) => tagOf(entity)),
    ...(security !== "none" && { security: [{ credentials: [] }] }),
    paths: Object.fromEntries(entities.flatMap((entity) => pathsOf(entity, shaping))),
    components: {
      ...(security !== "none" && { securitySchemes: { credentials: schemeOf(security) } }),
      parameters: { Limit: limit, Cursor: cursor },
      headers: { Location: location },
      responses: problemResponses,
      schemas: {
        ...Object.assign({}, ...entities.map((entity) => entitySchemas(entity, shaping))),
        Problem: problemSchema,
      },
    },
  };
  return adopted(root, written, origins);
}

const limit: RawObject = {
  name: "limit",
  in: "query",
  description: "How many there are on a page at most.",
  schema: { type: "integer", format: "int32", minimum: 1, maximum: 100, default: 20 },
};
const cursor: RawObject = {
  name: "cursor",
  in: "query",
  description: "The `nextCursor` of the page before; the first page has none.",
  schema: { type: "string" },
};
const location: RawObject = {
  description: "Where the new resource is.",
  required: true,
  schema: { type: "string", format: "uri-reference" },
};

function schemeOf(security: "bearer" | "api-key"): RawObject {
  return security === "bearer"
    ? { type: "http", scheme: "bearer", bearerFormat: "JWT" }
    : { type: "apiKey", in: "header", name: "X-Api-Key" };
}

function tagOf({ name, description }: EntitySpec): RawObject {
  return { name: tagName(name.pluralWords), ...(description !== undefined && { description }) };
}

function tagName(words: string): string {
  return words.replaceAll(" ", "-");
}

interface Operation {
  readonly id: string;
  readonly summary: string;
  readonly rest: RawObject;
  readonly status: string;
  readonly answer: RawObject;
  readonly refusals: readonly string[];
}

type Paths = readonly (readonly [path: string, item: RawObject])[];

function pathsOf(entity: EntitySpec, shaping: Shaping): Paths {
  const { name, operations } = entity;
  const collection = `/${tagName(name.pluralWords)}`;
  const keys = keyOf(entity, shaping);
  const item = `${collection}${keys.map((key) => `/{${keyParameter(key, entity)}}`).join("")}`;
  const parameters = keys.map((key) => pathParameter(key, entity));
  const onCollection = {
    ...(operations.has("list") && { get: operation(listOf(entity, shaping), entity, shaping) }),
    ...(operations.has("create") && { post: operation(createOf(entity), entity, shaping) }),
  };
  const onItem = {
    ...(operations.has("read") && { get: operation(readOf(entity), entity, shaping) }),
    ...(operations.has("replace") && { put: operation(changeOf(entity, "replace"), entity, shaping) }),
    ...(operations.has("update") && { patch: operation(changeOf(entity, "update"), entity, shaping) }),
    ...(operations.has("delete") && { delete: operation(deleteOf(entity), entity, shaping) }),
  };
  const own: Paths = [
    [collection, onCollection],
    [item, Object.keys(onItem).length > 0 ? { parameters, ...onItem } : {}],
  ];
  return [
    ...own.filter(([, methods]) => Object.keys(methods).length > 0),
    ...entity.relations.flatMap((relation) => nestedList(relation, entity, item, parameters, shaping)),
    ...entity.actions.map((action) => actionPath(action, entity, item, parameters, shaping)),
  ];
}

function actionPath(
  action: ActionSpec,
  entity: EntitySpec,
  item: string,
  parameters: readonly RawObject[],
  shaping: Shaping,
): Paths[number] {
  const post = operation(actionOf(action, entity, shaping), entity, shaping);
  return [`${item}/${fileName(action.name)}`, { parameters, post: adopted(post, action.written, shaping.origins) }];
}

/** "has many" is a list below the one that has them. */
function nestedList(
  relation: RelationSpec,
  entity: EntitySpec,
  item: string,
  parameters: readonly RawObject[],
  shaping: Shaping,
): Paths {
  const child = shaping.specification.entities.find(({ name }) => name.type === relation.to);
  if (relation.kind !== "has-many" || child === undefined || !child.operations.has("list")) return [];
  if (belongings(child, entity.name.type, relation.by).length !== 1) return [];
  const words = wordsOf(relation.name).map((word) => word.toLowerCase());
  const list: Operation = {
    id: `list${entity.name.type}${typeName(relation.name)}`,
    summary: `List the ${words.join(" ")} of ${article(entity)}`,
    rest: { parameters: paging },
    ...pageAnswer(child),
    refusals: ["400", "404"],
  };
  return [[`${item}/${words.join("-")}`, { parameters, get: operation(list, child, shaping) }]];
}

const paging = [{ $ref: "#/components/parameters/Limit" }, { $ref: "#/components/parameters/Cursor" }];

function operation(
  { id, summary, rest, status, answer, refusals }: Operation,
  entity: EntitySpec,
  { specification }: Shaping,
): RawObject {
  const statuses = specification.security === "none" ? refusals : [...refusals, "401"].toSorted();
  return {
    operationId: id,
    summary,
    tags: [tagName(entity.name.pluralWords)],
    ...rest,
    responses: { [status]: answer, ...refusalsOf(statuses) },
  };
}

function listOf(entity: EntitySpec, shaping: Shaping): Operation {
  const filters = propertiesOf(entity, shaping).filter(({ isFilter }) => isFilter);
  return {
    id: `list${entity.name.pluralType}`,
    summary: `List ${entity.name.pluralWords}`,
    rest: { parameters: [...paging, ...filters.map((filter) => filterParameter(filter, entity))] },
    ...pageAnswer(entity),
    refusals: ["400"],
  };
}

function filterParameter({ name, schema }: Property, entity: EntitySpec): RawObject {
  const plain = without(plainValue(schema), "description");
  return { name, in: "query", description: `Only ${entity.name.pluralWords} with this \`${name}\`.`, schema: plain };
}

/** The schema of the value alone: no null, no default, no annotation. */
function plainValue(schema: RawObject): RawObject {
  const { type, enum: values } = schema;
  const rest = without(schema, "type", "enum", "readOnly", "default", "x-field");
  return {
    type: Array.isArray(type) ? type[0] : type,
    ...(Array.isArray(values) && { enum: values.filter((value) => value !== null) }),
    ...rest,
  };
}

function createOf(entity: EntitySpec): Operation {
  return {
    id: `create${entity.name.type}`,
    summary: `Create ${article(entity)}`,
    rest: body(entityReference(`New${entity.name.type}`)),
    status: "201",
    answer: {
      description: `The ${entity.name.words}.`,
      headers: { Location: { $ref: "#/components/headers/Location" } },
      content: json(entityReference(entity.name.type)),
    },
    refusals: ["400", "409", "422"],
  };
}

function readOf(entity: EntitySpec): Operation {
  return {
    id: `get${entity.name.type}`,
    summary: `Read ${article(entity)}`,
    rest: {},
    ...itemAnswer(entity),
    refusals: ["400", "404"],
  };
}

function changeOf(entity: EntitySpec, kind: "update" | "replace"): Operation {
  const schema = kind === "update" ? `${entity.name.type}Update` : `${entity.name.type}Replacement`;
  return {
    id: `${kind}${entity.name.type}`,
    summary: `${kind === "update" ? "Change" : "Replace"} ${article(entity)}`,
    rest: body(entityReference(schema)),
    ...itemAnswer(entity),
    refusals: ["400", "404", "409", "422"],
  };
}

function deleteOf(entity: EntitySpec): Operation {
  return {
    id: `delete${entity.name.type}`,
    summary: `Delete ${article(entity)}`,
    rest: {},
    status: "204",
    answer: { description: `The ${entity.name.words} is gone.` },
    refusals: ["400", "404", "409"],
  };
}

function actionOf(action: ActionSpec, entity: EntitySpec, shaping: Shaping): Operation {
  const id = `${nameOf(wordsOf(action.name)).variable}${entity.name.type}`;
  const fields = { ...entity, fields: action.fields, relations: [] };
  const properties = propertiesOf(fields, shaping).filter(({ isKey, access }) => !isKey && access !== "read");
  return {
    id,
    summary: action.description ?? `${typeName(action.name)} ${article(entity)}`,
    rest: {
      ...(properties.length > 0 && body(bodySchema(properties, isRequiredOnCreate))),
      "x-business-rules": [{ kind: "operation", ...action.rule }],
    },
    ...itemAnswer(entity),
    refusals: ["400", "404", "409", "422"],
  };
}

function pageAnswer({ name }: EntitySpec): Pick<Operation, "status" | "answer"> {
  const content = json(entityReference(`${name.type}Page`));
  return { status: "200", answer: { description: `A page of ${name.pluralWords}.`, content } };
}

function itemAnswer({ name }: EntitySpec): Pick<Operation, "status" | "answer"> {
  return { status: "200", answer: { description: `The ${name.words}.`, content: json(entityReference(name.type)) } };
}

function body(schema: RawObject): RawObject {
  return { requestBody: { required: true, content: json(schema) } };
}

function json(schema: RawObject): RawObject {
  return { "application/json": { schema } };
}

function article({ name }: EntitySpec): string {
  return `${/^[aeiou]/i.test(name.words) ? "an" : "a"} ${name.words}`;
}

/** A key called "id" is named after its entity, so that paths below it can tell it from theirs. */
function keyParameter(key: Property, entity: EntitySpec): string {
  if (key.name !== "id") return key.name;
  return entity.fields.some(({ name }) => name.includes("_"))
    ? `${entity.name.file.replaceAll("-", "_")}_id`
    : `${entity.name.variable}Id`;
}

function pathParameter(key: Property, entity: EntitySpec): RawObject {
  return {
    name: keyParameter(key, entity),
    in: "path",
    required: true,
    description: `The ${entity.name.words}'s key.`,
    schema: plainValue(key.schema),
  };
}
