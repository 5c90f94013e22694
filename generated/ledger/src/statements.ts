import { and, eq, getTableColumns, gt, isNull, lt, or, sql, type Column, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { OrderTerm, Position } from "./contract.ts";

/** The place of a column's value in a prepared statement. Drizzle alone would write null as the column's kind of text. */
export function valueOf(column: Column, name: string): SQL {
  const encoder = {
    mapToDriverValue: (value: unknown) => (value === null ? null : column.mapToDriverValue(value)),
  };
  return sql`${sql.param(sql.placeholder(name), encoder)}`;
}

/** Whether the column could hold this value at all. */
export function canHold(column: Column, value: unknown): boolean {
  switch (column.getSQLType()) {
    case "integer":
      return isDigits(value) && Math.abs(Number(value)) <= 2_147_483_647;
    case "bigint":
      return isDigits(value) && Number.isSafeInteger(Number(value));
    case "uuid":
      return typeof value === "string" && /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i.test(value);
    default:
      return true;
  }
}

/** PostgreSQL reads more than digits as an integer: `0x10`, and blanks around it. */
function isDigits(value: unknown): boolean {
  return /^-?\d+$/.test(String(value));
}

/** Whether the column holds one of the values at this place. */
export function anyOf(column: Column | undefined, name: string): SQL {
  if (column === undefined) throw new Error("There is no such column.");
  const encoder = {
    mapToDriverValue: (values: unknown) =>
      [values]
        .flat()
        .filter((value) => canHold(column, value))
        .map((value) => column.mapToDriverValue(value)),
  };
  return sql`${column} = any(${sql.param(sql.placeholder(name), encoder)})`;
}

/** The columns that are given a value: what the text of an insert or an update depends on. */
export function givenColumns(table: PgTable, values: object): string[] {
  const given: Record<string, unknown> = { ...values };
  return Object.keys(getTableColumns(table)).filter((name) => Object.hasOwn(given, name) && given[name] !== undefined);
}

/** The places of these columns' values, for an insert or an update. */
export function valuesOf(table: PgTable, names: readonly string[]): Record<string, SQL> {
  const columns = Object.entries<Column>(getTableColumns(table));
  return Object.fromEntries(
    columns.filter(([name]) => names.includes(name)).map(([name, column]) => [name, valueOf(column, name)]),
  );
}

/** Values under the names of their places. */
export function placed(...values: readonly object[]): Record<string, unknown> {
  return Object.fromEntries(values.flatMap((part) => Object.entries(part)));
}

/** What the text of `isAfter` depends on besides the order: which of the position's values are null. */
export function shapeOfPosition(position: Position | undefined): string {
  return position === undefined ? "" : `after ${position.map((value) => (value === null ? "null" : "value")).join()}`;
}

/**
 * Whether a row comes after a position in this order; `$after0` is the place of its first value. Nulls come last. Where
 * all is ascending and never null, one comparison of rows says it, which an index answers.
 */
export function isAfter(
  columns: Readonly<Record<string, PgColumn>>,
  order: readonly OrderTerm[],
  position: Position,
): SQL | undefined {
  const terms = order.map(({ by, descending = false }, index) => {
    const column = columns[by];
    if (column === undefined) throw new Error(`There is no column for "${by}".`);
    return { column, descending, isNull: position[index] === null, place: valueOf(column, `$after${index}`) };
  });
  if (terms.every(({ column, descending }) => column.notNull && !descending)) {
    const left = sql.join(
      terms.map(({ column }) => sql`${column}`),
      sql`, `,
    );
    const right = sql.join(
      terms.map(({ place }) => place),
      sql`, `,
    );
    return sql`(${left}) > (${right})`;
  }
  return or(
    ...terms.map((term, index) =>
      and(
        ...terms.slice(0, index).map((equal) => (equal.isNull ? isNull(equal.column) : eq(equal.column, equal.place))),
        isBeyond(term),
      ),
    ),
  );
}

interface PositionTerm {
  readonly column: PgColumn;
  readonly descending: boolean;
  readonly isNull: boolean;
  readonly place: SQL;
}

function isBeyond({ column, descending, isNull: isLast, place }: PositionTerm): SQL | undefined {
  if (isLast) return sql`false`;
  const beyond = descending ? lt(column, place) : gt(column, place);
  return column.notNull ? beyond : or(beyond, isNull(column));
}
