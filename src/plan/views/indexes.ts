import type { Entity } from "../../model/model.ts";
import { fieldOf, operationsOf, type PlanContext } from "../context.ts";

/**
 * The members, or sets of members, that deserve an index: foreign keys, what the document says is to have one
 * (`x-field: { index: true }`), what lists filter by, and what they are ordered by. Left out is what a key or a unique constraint indexes already, and what btree cannot index (jsonb).
 */
export function indexedFields(entity: Entity, context: PlanContext): readonly (readonly string[])[] {
  const wanted = [...references(entity), ...annotated(entity), ...filters(entity, context), ...orders(entity, context)];
  const known = new Set([entity.key.fields, ...entity.unique].map((names) => names[0]));
  const seen = new Set<string>();
  return wanted.filter((names) => {
    const id = names.join();
    if (seen.has(id) || (names.length === 1 && known.has(names[0]))) return false;
    seen.add(id);
    return names.every((name) => canBeIndexed(entity, name));
  });
}

function references(entity: Entity): readonly (readonly string[])[] {
  return entity.fields.filter((field) => field.references !== undefined).map((field) => [field.name]);
}

function annotated(entity: Entity): readonly (readonly string[])[] {
  return entity.fields.filter((field) => field.isIndexed === true).map((field) => [field.name]);
}

function filters(entity: Entity, context: PlanContext): readonly (readonly string[])[] {
  const lists = operationsOf(context, entity.name.type).filter((operation) => operation.kind === "list");
  const roles = lists.flatMap((operation) => operation.parameters.map((parameter) => parameter.role));
  return roles.flatMap((role) => (role.kind === "filter" && role.operator !== "contains" ? [[role.field]] : []));
}

function orders(entity: Entity, context: PlanContext): readonly (readonly string[])[] {
  const key = new Set(entity.key.fields);
  return operationsOf(context, entity.name.type).flatMap(({ list }) => {
    if (list === undefined) return [];
    const byDefault = list.order.map((term) => term.field);
    const chosen = (list.sort?.choices ?? []).map((choice) => [choice.field, ...entity.key.fields]);
    return [byDefault, ...chosen].filter((names) => !key.has(names[0] ?? ""));
  });
}

function canBeIndexed(entity: Entity, name: string): boolean {
  const field = fieldOf(entity, name);
  return field.column !== undefined && field.type.kind !== "json" && field.type.kind !== "bytes";
}
