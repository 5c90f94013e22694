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
  sql,
  type Column,
  type SQL,
} from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { RowCondition } from "./contract.ts";
import { valueOf } from "./statements.ts";

/** A condition as a statement needs it: its text, what the text depends on, and the values at its places. */
interface PlacedCondition {
  readonly sql: SQL;
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

/**
 * Turns a condition that business logic has answered with into SQL over this table's columns. The names of its places
 * begin with the prefix, so that a statement can have several.
 */
export function conditionOn<Row>(table: PgTable, condition: RowCondition<Row>, prefix = "$where"): PlacedCondition {
  const columns: Record<string, Column> = getTableColumns(table);
  const values: Record<string, unknown> = {};
  const shape: string[] = [];

  /** What says nothing lets everything through; so does all of nothing, and any of nothing lets nothing through. */
  function translate(part: object): SQL {
    shape.push("(");
    const parts = Object.entries(part).map(([name, comparison]) => {
      if (name === "anyOf") return or(...group(name, comparison)) ?? sql`false`;
      if (name === "allOf") return and(...group(name, comparison));
      return compare(name, comparison);
    });
    shape.push(")");
    return and(...parts) ?? sql`true`;
  }

  function group(name: string, parts: object): readonly SQL[] {
    shape.push(name, "(");
    const translated = Object.values(parts).map(translate);
    shape.push(")");
    return translated;
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
        const place = `${prefix}${Object.keys(values).length}`;
        values[place] = value;
        shape.push(`${name} ${operator}`);
        return comparisons[operator]?.(column, valueOf(column, place));
      }),
    );
  }

  return { sql: translate(condition), shape: shape.join(), values };
}
