import type { Json } from "../../document/openapi.ts";
import type { Entity, Field, FieldType, FilterOperator } from "../../model/model.ts";
import { fieldOf, isLeftOut, readableFields, relationOf, storedFields, type PlanContext } from "../context.ts";
import { hiddenIn } from "../views/shown-values.ts";
import { filterMembers } from "../views/filters.ts";
import { presentMoment } from "../views/moments.ts";
import { defaultOrder } from "../views/repository.ts";
import { storedValue } from "../views/values.ts";

/**
 * The tables of a service as data: what an in-memory stand-in for its repositories needs to answer as they do
 * (src/slot/sandbox). One contract test runs both through the same calls.
 */
export interface StandInTables {
  readonly [collection: string]: StandInTable;
}

export interface StandInTable {
  readonly key: readonly string[];
  /** Makes the key of a row that comes without; undefined where a row must bring it. */
  readonly generated: "identity" | "uuid" | undefined;
  readonly columns: Readonly<Record<string, StandInColumn>>;
  /** Sets of columns that no two rows share, the key aside. */
  readonly unique: readonly (readonly string[])[];
  /** Whose a row is: undefined where rows belong to nobody. */
  readonly own: StandInOwner | undefined;
  /** The column that marks a row as deleted. */
  readonly deleted: { readonly column: string; readonly by: "now" | true } | undefined;
  /** What every update sets besides. */
  readonly touched: Readonly<Record<string, "now" | "count">>;
  readonly order: readonly { readonly by: string; readonly descending: boolean }[];
  readonly filters: Readonly<Record<string, StandInFilter>>;
}

export interface StandInColumn {
  readonly kind: FieldType["kind"];
  /** The values that it takes, where they are few. */
  readonly values?: readonly (string | number)[];
  readonly bits?: 32 | 64;
  readonly isNotNull: boolean;
  /** Never read: a write-only member. */
  readonly isHidden: boolean;
  /** Left out of a row where it has no value. */
  readonly isLeftOut: boolean;
  readonly default?: { readonly value: Json } | "now" | "seconds" | "milliseconds" | "today";
  readonly references?: {
    readonly collection: string;
    readonly column: string;
    readonly onDelete: "restrict" | "cascade" | "set null";
  };
}

/** By the caller's subject, or by a row of another table that is the caller's. */
export type StandInOwner =
  | { readonly kind: "subject"; readonly column: string }
  | { readonly kind: "through"; readonly column: string; readonly collection: string; readonly key: string };

export interface StandInFilter {
  readonly operator: FilterOperator;
  /** A row passes where one of them does. */
  readonly columns: readonly string[];
}

export function standInTables(context: PlanContext): StandInTables {
  return Object.fromEntries(context.model.entities.map((entity) => [entity.name.plural, tableOf(entity, context)]));
}

function tableOf(entity: Entity, context: PlanContext): StandInTable {
  const stored = storedFields(entity);
  const readable = new Set(readableFields(entity));
  const { generated } = entity.key;
  return {
    key: entity.key.fields,
    generated:
      generated === "identity" ? "identity" : generated === "uuid" || generated === "text" ? "uuid" : undefined,
    columns: Object.fromEntries(
      stored.map((field) => [field.name, columnOf(field, !readable.has(field), context)] as const),
    ),
    unique: entity.unique,
    own: ownerOf(entity, context),
    deleted: entity.softDelete && { column: entity.softDelete.field, by: entity.softDelete.deleted },
    touched: Object.fromEntries(
      stored.flatMap(({ name, role }): readonly (readonly [string, "now" | "count"])[] =>
        role === "updated-at" ? [[name, "now"]] : role === "version" ? [[name, "count"]] : [],
      ),
    ),
    order: defaultOrder(entity, context).map(({ field, direction }) => ({
      by: field,
      descending: direction === "desc",
    })),
    filters: Object.fromEntries(
      filterMembers(entity, context).map(({ name, operator, fields }) => [name, { operator, columns: fields }]),
    ),
  };
}

function columnOf(field: Field, isHidden: boolean, context: PlanContext): StandInColumn {
  const { type, references } = field;
  const target = references && context.entity(references.entity);
  return {
    kind: type.kind,
    ...((type.kind === "enum" || type.kind === "integer-enum") && { values: type.values }),
    ...(type.kind === "integer" && { bits: type.bits }),
    isNotNull: field.isStoredNotNull,
    isHidden: isHidden || hiddenIn(field, context).some((path) => path.length === 0),
    isLeftOut: isLeftOut(field),
    ...defaultOf(field),
    ...(references &&
      target && {
        references: { collection: target.name.plural, column: references.field, onDelete: references.onDelete },
      }),
  };
}

function defaultOf(field: Field): Pick<StandInColumn, "default"> {
  if (field.role === "created-at" || field.role === "updated-at") return { default: momentOf(field) };
  if (field.role === "version") return { default: { value: 1 } };
  return field.default === undefined || field.default === null
    ? {}
    : { default: { value: storedValue(field, field.default) } };
}

function momentOf(field: Field): "now" | "seconds" | "milliseconds" | "today" {
  const sql = presentMoment(field);
  if (sql === "current_date") return "today";
  if (!sql.startsWith("(") && !sql.startsWith("extract")) return "now";
  return sql.startsWith("(") ? "milliseconds" : "seconds";
}

/** As plan/views/ownership.ts has it in SQL. */
function ownerOf(entity: Entity, context: PlanContext): StandInOwner | undefined {
  if (entity.owner === undefined) return undefined;
  const [first] = entity.owner.relations;
  if (first === undefined) return { kind: "subject", column: entity.owner.field };
  const relation = relationOf(entity, first);
  const target = context.entity(relation.to);
  if (relation.field === undefined || target === entity) return undefined;
  return {
    kind: "through",
    column: relation.field,
    collection: target.name.plural,
    key: fieldOf(target, target.key.fields[0] ?? "id").name,
  };
}
