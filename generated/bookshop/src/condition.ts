import {
  and,
  eq,
  getTableColumns,
  gt,
  gte,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  or,
  type Column,
  type SQL,
} from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { RowCondition } from "./contract.ts";
import { valueOf } from "./statements.ts";

/** A condition as a statement needs it: its text, what the text depends on, and the values at its places. */
interface PlacedCondition {
  readonly sql: SQL | undefined;
  readonly shape: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const comparisons: Readonly<Record<string, (column: Column, place: SQL) => SQL>> = {
  equals: eq,
  not: ne,
  below: lt,
  atMost: lte,
  above: gt,
  atLeast: gte,
};

/** Turns a condition that business logic has answered with into SQL over this table's columns. */
export function conditionOn<Row>(table: PgTable, condition: RowCondition<Row> | undefined): PlacedCondition {
  const columns: Record<string, Column> = getTableColumns(table);
  const values: Record<string, unknown> = {};
  const shape: string[] = [];

  function group(conditions: unknown, combine: typeof and, word: string): SQL | undefined {
    shape.push(`${word}(`);
    const parts = Object.values(conditions ?? {}).map(translate);
    shape.push(")");
    return combine(...parts);
  }

  function translate(part: object): SQL | undefined {
    return and(
      ...Object.entries(part).map(([name, comparison]) => {
        if (name === "anyOf") return group(comparison, or, "or");
        if (name === "allOf") return group(comparison, and, "and");
        return compare(name, comparison);
      }),
    );
  }

  function compare(name: string, comparison: object): SQL | undefined {
    const column = columns[name];
    if (column === undefined) throw new Error(`A filter compares "${name}", which is no column.`);
    return and(
      ...Object.entries(comparison).map(([operator, value]) => {
        if (operator === "isNull") {
          shape.push(`${name} isNull ${String(value)}`);
          return value === true ? isNull(column) : isNotNull(column);
        }
        const place = `$where${Object.keys(values).length}`;
        values[place] = value;
        shape.push(`${name} ${operator}`);
        return comparisons[operator]?.(column, valueOf(column, place));
      }),
    );
  }

  const translated = condition === undefined ? undefined : translate(condition);
  return { sql: translated, shape: shape.join(), values };
}
