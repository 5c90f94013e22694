import type { Entity, Field } from "../../model/model.ts";
import { valueLiteral } from "../../render/escape.ts";
import type { PlanContext } from "../context.ts";
import type { Imports } from "./imports.ts";
import { typeText } from "./types.ts";

/** The name of an entity's row, reader or writer, imported where it stands in another contract. */
export function entityType(
  entity: Entity,
  word: "Reader" | "Writer" | "",
  home: Entity | undefined,
  imports: Imports,
): string {
  const name = `${entity.name.type}${word}`;
  if (home?.name.type === entity.name.type) return name;
  return imports.type(name, `../${entity.name.file}/${entity.name.file}.contract.ts`);
}

/** What a column takes: null too, where it is not NOT NULL. */
export function columnType(field: Field, context: PlanContext): string {
  return field.isStoredNotNull ? fieldType(field, context) : `${fieldType(field, context)} | null`;
}

/** A field's type without null. */
export function fieldType(field: Field, context: PlanContext): string {
  const { type } = field;
  switch (type.kind) {
    case "enum":
    case "integer-enum":
      return type.values.map((value) => valueLiteral(value)).join(" | ");
    case "integer":
    case "number":
    case "decimal":
      return "number";
    case "boolean":
      return "boolean";
    case "json":
      return typeText(withoutNull(context.resolved(field.schema)));
    default:
      return "string";
  }
}

function withoutNull<T extends { readonly type?: string | readonly string[] }>(schema: T): T {
  if (!Array.isArray(schema.type)) return schema;
  const types = schema.type.filter((type: string) => type !== "null");
  return { ...schema, type: types.length === 1 ? types[0] : types };
}
