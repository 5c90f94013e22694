import type { Schema } from "../../../document/openapi.ts";
import type { Entity, Field } from "../../../model/model.ts";
import { operationsOf, type PlanContext } from "../../context.ts";
import { withoutNull } from "../../nullable.ts";
import { shownBy } from "./shown.ts";

const known = new WeakMap<PlanContext, Map<Entity, ReadonlyMap<string, readonly Schema[]>>>();

/** What the answers that show a member say of it: a list may be stricter than the answer with a single row. */
export function shownSchemas(entity: Entity, field: Field, context: PlanContext): readonly Schema[] {
  const byEntity = known.get(context) ?? new Map<Entity, ReadonlyMap<string, readonly Schema[]>>();
  known.set(context, byEntity);
  const schemas = byEntity.get(entity) ?? schemasOf(entity, context);
  byEntity.set(entity, schemas);
  return schemas.get(field.name) ?? [];
}

/** By field, each schema once. */
function schemasOf(entity: Entity, context: PlanContext): ReadonlyMap<string, readonly Schema[]> {
  const found = operationsOf(context, entity.name.type).flatMap((operation) => {
    const shown = shownBy(operation);
    const { schema } = operation.success;
    if (schema === undefined || shown === undefined || shown.entity !== entity.name.type) return [];
    const answer = below(context.resolved(schema), shown.at.split("/").slice(1));
    const row = shown.kind === "rows" ? answer?.items : answer;
    return shown.members.flatMap(({ path, field }) => {
      const member = row === undefined || shown.kind === "row-map" ? undefined : below(row, path);
      return member === undefined ? [] : [{ field, schema: withoutNull(member) }];
    });
  });
  const schemas = new Map<string, Map<string, Schema>>();
  for (const { field, schema } of found) {
    const own = schemas.get(field) ?? new Map<string, Schema>();
    schemas.set(field, own.set(JSON.stringify(schema), schema));
  }
  return new Map([...schemas].map(([field, own]) => [field, [...own.values()]]));
}

function below(schema: Schema, path: readonly string[]): Schema | undefined {
  return path.reduce<Schema | undefined>((inner, name) => inner?.properties?.[name], schema);
}
