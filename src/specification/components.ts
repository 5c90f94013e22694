import { without } from "../document/raw.ts";
import type { RawObject } from "../document/raw.ts";
import { adopted, propertiesOf, type Property, type Shaping } from "./schemas.ts";
import type { EntitySpec } from "./specification.ts";

/** The schemas of one entity: what is read, and what each way of writing takes. */
export function entitySchemas(entity: EntitySpec, shaping: Shaping): RawObject {
  const { type } = entity.name;
  const properties = propertiesOf(entity, shaping);
  const written = properties.filter(({ access }) => access !== "read");
  const changed = written.filter(({ isImmutable }) => !isImmutable);
  const { operations } = entity;
  return {
    [type]: readSchema(entity, properties, shaping),
    ...(operations.has("create") && { [`New${type}`]: bodySchema(written, isRequiredOnCreate) }),
    ...(operations.has("replace") && { [`${type}Replacement`]: bodySchema(changed, isRequiredOnCreate) }),
    ...(operations.has("update") && {
      [`${type}Update`]: { ...bodySchema(changed.map(withoutDefault), () => false), minProperties: 1 },
    }),
    [`${type}Page`]: pageSchema(type),
  };
}

export function entityReference(type: string): RawObject {
  return { $ref: `#/components/schemas/${type}` };
}

function readSchema(entity: EntitySpec, properties: readonly Property[], { origins }: Shaping): RawObject {
  const { description, owner, rules, key } = entity;
  // A write-only member is required of requests alone (OpenAPI 3.1 inherits that from 3.0).
  const required = properties.filter(({ isOptional }) => !isOptional);
  const annotation = {
    ...(key.length > 0 && { key: key.length === 1 ? key[0] : key }),
    ...(owner !== undefined && { owner }),
  };
  const schema = {
    ...(description !== undefined && { description }),
    type: "object",
    additionalProperties: false,
    required: required.map(({ name }) => name),
    properties: Object.fromEntries(properties.map(({ name, schema: property }) => [name, property])),
    ...(Object.keys(annotation).length > 0 && { "x-entity": annotation }),
    ...(rules.length > 0 && { "x-business-rules": rules }),
  };
  return adopted(schema, entity.written, origins);
}

export function bodySchema(properties: readonly Property[], isRequired: (property: Property) => boolean): RawObject {
  const required = properties.filter(isRequired).map(({ name }) => name);
  return {
    type: "object",
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(properties.map(({ name, schema }) => [name, schema])),
  };
}

export function isRequiredOnCreate({ isOptional, isNullable, schema }: Property): boolean {
  return !isOptional && !isNullable && schema["default"] === undefined;
}

/** A change leaves alone what it does not name, so nothing has a default in it. */
function withoutDefault(property: Property): Property {
  return { ...property, schema: without(property.schema, "default") };
}

function pageSchema(type: string): RawObject {
  return {
    type: "object",
    required: ["data", "nextCursor"],
    properties: {
      data: { type: "array", items: entityReference(type) },
      nextCursor: {
        type: ["string", "null"],
        description: "The `cursor` of the next page; null on the last one.",
      },
    },
  };
}

export const problemSchema: RawObject = {
  description: "Problem details (RFC 9457).",
  type: "object",
  required: ["type", "title", "status"],
  properties: {
    type: { type: "string", format: "uri-reference", default: "about:blank" },
    title: { type: "string" },
    status: { type: "integer", format: "int32", minimum: 400, maximum: 599 },
    detail: { type: "string" },
    instance: { type: "string", format: "uri-reference" },
    code: { type: "string", description: "The rule that refused, or the kind of problem." },
    errors: {
      type: "array",
      description: "What is wrong with the request, part by part.",
      items: {
        type: "object",
        required: ["pointer", "message"],
        properties: {
          pointer: { type: "string", description: "A JSON pointer into the body, or the name of a parameter." },
          message: { type: "string" },
        },
      },
    },
  },
};

const refusals: Readonly<Record<string, readonly [name: string, description: string]>> = {
  "400": ["BadRequest", "The request cannot be read, or a parameter is not what it should be."],
  "401": ["Unauthorized", "The credentials are missing or not valid."],
  "404": ["NotFound", "There is nothing of that key that the caller may see."],
  "409": ["Conflict", "The request is valid, and the state of the service does not allow it."],
  "422": ["Unprocessable", "The body is not what it should be, or a rule refuses it."],
};

export const problemResponses: RawObject = Object.fromEntries(
  Object.values(refusals).map(([name, description]) => [
    name,
    { description, content: { "application/problem+json": { schema: entityReference("Problem") } } },
  ]),
);

/** References to the responses of refusals, by status. */
export function refusalsOf(statuses: readonly string[]): RawObject {
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${refusals[status]?.[0] ?? ""}` }]),
  );
}
