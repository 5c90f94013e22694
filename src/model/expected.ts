import type { Document } from "../document/document.ts";
import type { Entity, Field, Model, Operation, ReadShape, Relation } from "./model.ts";
import { resolvedSchema } from "./resolved-schema.ts";
import { SchemaReader, typesOf } from "./schemas.ts";

/** The model in the words of a yardstick for entity inference ("expected-entities/1"), and nothing that it does not hold. */
export function toExpectedEntities(model: Model, document: Document): object {
  const reader = new SchemaReader(document);
  return {
    format: "expected-entities/1",
    spec: model.api.name,
    coverage: "full",
    conventions: {
      case: model.api.propertyCase,
      error: model.errors.kind,
      auth: model.security.schemes.map(({ kind }) => kind).join(",") || "none",
    },
    entities: model.entities.map((entity) => expectedEntity(entity, model, reader)),
    operations: model.operations.map(expectedOperation),
  };
}

function expectedEntity(entity: Entity, model: Model, reader: SchemaReader): object {
  const { key } = entity;
  const keys = shownKeys(entity);
  const [only] = keys;
  const keyField = entity.fields.find(({ name }) => name === only);
  return {
    name: entity.name.type,
    table: "yes",
    schemas: entity.readSchemas,
    writeSchemas: entity.writeSchemas,
    id:
      keys.length > 1
        ? { fields: keys, type: "composite" }
        : { field: only ?? null, ...(keyField && { type: wireType(keyField, reader) }) },
    idGeneratedBy: key.isOptionalForClient ? "either" : key.generated === "client" ? "client" : "server",
    pathParams: keyParameters(entity, model),
    fields: shownFields(entity).map((field) => expectedField(field, entity, reader)),
    relations: [
      ...entity.relations.map((relation) => expectedRelation(relation)),
      ...entity.mentions.map(({ member, to, kind, via }) => ({ field: member ?? null, to, kind, via })),
    ],
  };
}

/** A parent that only the path tells is no part of the key that a row shows. */
function shownKeys({ key, fields }: Entity): readonly string[] {
  const shown = key.fields.filter((name) => fields.find((field) => field.name === name)?.origin !== "invented");
  return shown.length > 0 ? shown : key.fields;
}

function keyParameters(entity: Entity, model: Model): readonly string[] {
  const own = model.operations.filter((operation) => operation.entity === entity.name.type);
  const names = own.flatMap(({ parameters }) =>
    parameters.filter(({ in: place, role }) => place === "path" && role.kind === "key"),
  );
  return [...new Set(names.map(({ name }) => name))];
}

/**
 * A foreign key that had to be invented is shown by the member whose value it holds, not beside it; what chooses the
 * answer's members is none of the entity.
 */
function shownFields(entity: Entity): readonly Field[] {
  const shown = new Set(
    entity.relations.flatMap(({ field, member }) =>
      field !== undefined && member !== undefined && field !== member ? [field] : [],
    ),
  );
  const members = new Set(entity.fields.map(({ name }) => name));
  return entity.fields.filter(({ name, origin, role }) => {
    if (role === "projection") return false;
    const relation = entity.relations.find(({ field }) => field === name);
    return !(origin === "invented" && shown.has(name) && members.has(relation?.member ?? ""));
  });
}

function expectedField(field: Field, entity: Entity, reader: SchemaReader): object {
  const { schema, role, origin } = field;
  const isKey = entity.key.fields.includes(field.name);
  const isClients = isKey && entity.key.generated === "client" && origin !== "invented";
  return {
    name: field.name,
    type: wireType(field, reader),
    ...(typeof schema.format === "string" && { format: schema.format }),
    nullable: field.isNullable,
    requiredOnCreate: field.onCreate === "required",
    readOnly: !isClients && (origin === "read" || (field.onCreate === "refused" && field.onUpdate === "refused")),
    writeOnly: origin === "write",
    ...(schema.enum && { enum: schema.enum }),
    ...(field.default !== undefined && field.isDefaultInferred !== true && { default: field.default }),
    ...(role === "computed" && { computed: true }),
    ...(origin === "invented" && { synthetic: true }),
    ...(isKey && { key: true }),
  };
}

/** The JSON type on the wire; arrays are `array<item>`. */
function wireType(field: Field, reader: SchemaReader): string {
  const type = schemaType(field.schema, reader);
  if (type !== "array") return type ?? storedType(field);
  const items = field.schema.items ? schemaType(field.schema.items, reader) : undefined;
  return `array<${items ?? "object"}>`;
}

function schemaType(named: Field["schema"], reader: SchemaReader): string | undefined {
  const schema = resolvedSchema({ schema: named, pointer: "" }, reader);
  const types = typesOf(schema).filter((type) => type !== "null");
  if (types.length === 2 && types.includes("string") && schema.pattern !== undefined)
    return types.find((type) => type !== "string");
  if (types[0] !== undefined) return types[0];
  if (schema.properties || schema.additionalProperties || schema.$ref !== undefined) return "object";
  if (schema.items) return "array";
  const [branch] = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].filter(
    (choice) => choice.type !== "null",
  );
  if (branch) return schemaType(branch, reader);
  const [value] = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  return value === undefined || value === null ? undefined : typeof value;
}

function storedType({ type }: Field): string {
  switch (type.kind) {
    case "integer":
    case "integer-enum":
      return "integer";
    case "number":
    case "decimal":
      return "number";
    case "boolean":
      return "boolean";
    case "json":
      return "object";
    default:
      return "string";
  }
}

function expectedRelation({ field, member, to, kind, via }: Relation): object {
  return { field: member ?? (via === "path" || via === "auth" ? null : (field ?? null)), to, kind, via };
}

function expectedOperation(operation: Operation): object {
  return {
    method: operation.method.toUpperCase(),
    path: operation.path,
    class: operation.kind,
    entity: operation.entity ?? null,
    ...(operation.variant && { variant: operation.variant }),
    ...(operation.list && { list: expectedList(operation) }),
  };
}

const pageRoles = new Set(["limit", "offset", "page", "cursor"]);

function expectedList({ parameters, success, list }: Operation): object {
  const named = (matches: (kind: string) => boolean) =>
    parameters.filter(({ role }) => matches(role.kind)).map(({ name }) => name);
  return {
    envelope: envelope(success),
    pagination: { style: list?.pagination.style ?? "none", params: named((kind) => pageRoles.has(kind)) },
    filters: parameters
      .filter(({ in: place, role }) => place === "query" && /^(filter|joined|slot)$/.test(role.kind))
      .map(({ name }) => name),
    sort: named((kind) => kind === "sort" || kind === "direction"),
    search: named((kind) => kind === "search"),
  };
}

function envelope({ schema, shape }: Operation["success"]): object {
  if (schema === undefined || shape === undefined) return { kind: "unknown" };
  if (shape.kind === "rows" || shape.kind === "row-map") return { kind: "bare" };
  if (shape.kind !== "object") return { kind: "unknown" };
  const path = rowsPath(shape);
  if (!path) return { kind: "unknown" };
  const meta = shape.members.map(({ name }) => name).filter((name) => name !== path[0]);
  const kind = path[0] === "_embedded" ? "hal" : isJsonApi(shape, path) ? "jsonapi" : "object";
  return { kind, itemsKey: path.join("."), meta };
}

function rowsPath(shape: ReadShape): readonly string[] | undefined {
  if (shape.kind === "rows" || shape.kind === "row-map") return [];
  if (shape.kind !== "object") return undefined;
  for (const { name, source } of shape.members) {
    const rest = source.kind === "shape" ? rowsPath(source.shape) : undefined;
    if (rest) return [name, ...rest];
  }
  return undefined;
}

/** Rows whose fields are one level down, beside `id` and `type`. */
function isJsonApi(shape: ReadShape, path: readonly string[]): boolean {
  const rows = shape.kind === "object" ? shape.members.find(({ name }) => name === path[0])?.source : undefined;
  const items = rows?.kind === "shape" && rows.shape.kind === "rows" ? rows.shape.items : undefined;
  return (
    path.length === 1 &&
    items?.kind === "row" &&
    items.members.some(({ name, source }) => name === "attributes" && source.kind === "shape")
  );
}
