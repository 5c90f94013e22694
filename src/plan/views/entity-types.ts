import type { Entity, Field } from "../../model/model.ts";
import type { PlanContext } from "../context.ts";
import { isExactField } from "../exact.ts";
import type { Imports } from "./imports.ts";
import { exactInteger, nothing, memberNode, unionOf, withoutNull, type TypeNode } from "./type-node.ts";
import { printedType } from "./types.ts";

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
  const type = fieldNode(field, context);
  return printedType(field.isStoredNotNull ? type : unionOf([type, nothing]));
}

/** What a slot answers for a field: what the document lets it be. */
export function answeredType(field: Field, context: PlanContext): string {
  return printedType(unionOf([fieldNode(field, context), ...(field.isNullable ? [nothing] : [])]));
}

/** A field's type without null. */
export function fieldType(field: Field, context: PlanContext): string {
  return printedType(fieldNode(field, context));
}

export function fieldNode(field: Field, context: PlanContext): TypeNode {
  const { type } = field;
  switch (type.kind) {
    case "enum":
    case "integer-enum":
      return unionOf(type.values.map((value) => ({ kind: "literal", value })));
    case "integer":
      return isExactField(field, context) ? exactInteger : { kind: "name", name: "number" };
    case "number":
    case "decimal":
      return { kind: "name", name: "number" };
    case "boolean":
      return { kind: "name", name: "boolean" };
    case "json":
      return withoutNull(memberNode(context.resolved(field.schema)));
    default:
      return { kind: "name", name: "string" };
  }
}
