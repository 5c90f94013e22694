import type { Origins } from "../document/origins.ts";
import { without } from "../document/raw.ts";
import type { RawObject } from "../document/raw.ts";
import { columnName, singularOf, typeName } from "../model/names.ts";
import { belongings, isHeldByOther } from "./complete.ts";
import type { EntitySpec, FieldSpec, RelationSpec, Specification, Written } from "./specification.ts";

/** One member of an entity on the wire: a field, or what names the rows that it is related to. */
export interface Property {
  readonly name: string;
  readonly schema: RawObject;
  readonly isOptional: boolean;
  readonly isNullable: boolean;
  readonly access: FieldSpec["access"];
  readonly isImmutable: boolean;
  readonly isKey: boolean;
  /** Lists can be narrowed by it. */
  readonly isFilter: boolean;
}

export interface Shaping {
  readonly specification: Specification;
  readonly origins: Origins;
}

/** The key first, then fields and relations as the file has them. */
export function propertiesOf(entity: EntitySpec, shaping: Shaping): readonly Property[] {
  const fields = entity.fields.map((field) => fieldProperty(field, shaping));
  const named = new Set(fields.map(({ name }) => name));
  const relations = entity.relations
    .flatMap((relation) => relationProperty(relation, entity, shaping))
    .filter(({ name }) => !named.has(name));
  const isKeyed = fields.some(({ isKey }) => isKey) || named.has("id");
  return [...(isKeyed ? [] : [surrogate(entity, shaping)]), ...fields, ...relations];
}

/** The members that identify a row. */
export function keyOf(entity: EntitySpec, shaping: Shaping): readonly Property[] {
  return propertiesOf(entity, shaping).filter(({ isKey }) => isKey);
}

function surrogate(entity: EntitySpec, { origins }: Shaping): Property {
  return {
    name: "id",
    schema: adopted({ type: "string", format: "uuid", readOnly: true }, entity.written, origins),
    isOptional: false,
    isNullable: false,
    access: "read",
    isImmutable: true,
    isKey: true,
    isFilter: false,
  };
}

function fieldProperty(field: FieldSpec, { origins }: Shaping): Property {
  const isKey = field.isKey || field.name === "id";
  // A key called "id" is made by the service, unless the file says that clients give it.
  const access = field.name === "id" && !field.isKey ? "read" : field.access;
  const marks = { ...(field.isUnique && { unique: true }), ...(field.isIndexed && { index: true }) };
  const isChoice = Array.isArray(field.schema["enum"]) || field.schema["type"] === "boolean";
  return {
    name: field.name,
    schema: adopted(
      {
        ...field.schema,
        ...(field.isNullable && { type: [field.schema["type"], "null"], ...withNull(field.schema) }),
        ...(access === "read" && { readOnly: true }),
        ...(access === "write" && { writeOnly: true }),
        ...(Object.keys(marks).length > 0 && { "x-field": marks }),
      },
      field.written,
      origins,
    ),
    isOptional: field.isOptional,
    isNullable: field.isNullable,
    access,
    isImmutable: field.isImmutable || isKey,
    isKey,
    isFilter: access !== "write" && (isChoice || field.isUnique) && !isKey,
  };
}

function withNull({ enum: values }: RawObject): RawObject {
  return Array.isArray(values) ? { enum: [...values, null] } : {};
}

function relationProperty(relation: RelationSpec, entity: EntitySpec, shaping: Shaping): readonly Property[] {
  const { specification, origins } = shaping;
  const target = specification.entities.find(({ name }) => name.type === relation.to);
  const [key] = target === undefined ? [] : keyOf({ ...target, relations: [] }, shaping);
  if (target === undefined || key === undefined) return [];
  const keySchema = without(key.schema, "readOnly", "default", "x-field");
  const references = relation.isUnscoped ? { entity: relation.to, unscoped: true } : relation.to;
  const onDelete = relation.onDelete === undefined ? {} : { onDelete: relation.onDelete };
  const base = {
    isImmutable: relation.isImmutable,
    isKey: false,
    access: relation.isReadOnly ? ("read" as const) : ("both" as const),
  };
  const flags = relation.isReadOnly ? { readOnly: true } : {};
  if (relation.kind === "many-to-many" && !isHeldByOther(relation, entity, specification.entities)) {
    const items = { ...keySchema };
    const schema = { type: "array", uniqueItems: true, items, ...flags, "x-field": { references } };
    const name = joined(singularOf(relation.name), `${key.name}s`, entity);
    return [
      {
        ...base,
        name,
        schema: adopted(schema, relation.written, origins),
        isOptional: relation.isOptional,
        isNullable: false,
        isFilter: false,
      },
    ];
  }
  if (relation.kind !== "belongs-to") return [];
  const isOnly = target.relations.some(
    ({ kind, to, by }) =>
      kind === "has-one" && to === entity.name.type && belongings(entity, target.name.type, by).includes(relation),
  );
  const schema = {
    ...keySchema,
    ...(relation.isOptional && { type: [keySchema["type"], "null"] }),
    ...flags,
    "x-field": { references, ...onDelete, ...(isOnly && { unique: true }) },
  };
  return [
    {
      ...base,
      name: joined(relation.name, key.name, entity),
      schema: adopted(schema, relation.written, origins),
      isOptional: false,
      isNullable: relation.isOptional,
      isFilter: true,
    },
  ];
}

/** customerId, or customer_id where the entity's fields are written so. */
function joined(stem: string, key: string, entity: EntitySpec): string {
  const isSnake = entity.fields.some(({ name }) => name.includes("_"));
  return isSnake ? `${columnName(stem)}_${columnName(key)}` : `${stem}${typeName(key)}`;
}

/** What is made from a line of the file has its place. */
export function adopted<T extends object>(made: T, { node, key }: Written, origins: Origins): T {
  return key === undefined ? origins.adopt(made, node) : origins.adoptMember(made, node, key);
}
