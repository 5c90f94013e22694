import type { StandInFilter, StandInTable } from "../../plan/trials/stand-in.ts";
import { canHold, compared, StandInError, textOf, type Cell } from "./cells.ts";

export type Row = Readonly<Record<string, Cell>>;

interface Column {
  readonly column: StandInTable["columns"][string];
  readonly name: string;
}

/** Whether a condition that business logic has answered with lets a row through (src/condition.ts of a generated package). */
export function meets(table: StandInTable, row: Row, condition: unknown): boolean {
  return Object.entries(objectOf(condition)).every(([name, part]) => {
    if (name === "anyOf") return listOf(part).some((one) => meets(table, row, one));
    if (name === "allOf") return listOf(part).every((one) => meets(table, row, one));
    const column = columnOf(table, name, "A filter compares");
    return Object.entries(objectOf(part)).every(([operator, value]) =>
      holds(column, row[name] ?? null, operator, value),
    );
  });
}

/** As SQL has it: a comparison with null holds for nothing. */
function holds({ column, name }: Column, cell: Cell, operator: string, value: unknown): boolean {
  if (operator === "isNull") return value === true ? cell === null : cell !== null;
  if (!(operator in comparisons)) throw new StandInError("42601", `"${operator}" compares nothing.`);
  if (value === undefined) throw new StandInError("22023", `"${name}" is compared with undefined.`);
  // PostgreSQL reads the value before it looks at a row.
  if (value !== null && !canHold(column, value))
    throw new StandInError("22P02", `"${name}" cannot be ${textOf(value)}.`);
  if (cell === null || value === null) return false;
  return comparisons[operator as keyof typeof comparisons](compared(column, cell, value));
}

const comparisons = {
  equals: (sign: number) => sign === 0,
  not: (sign: number) => sign !== 0,
  below: (sign: number) => sign < 0,
  atMost: (sign: number) => sign <= 0,
  above: (sign: number) => sign > 0,
  atLeast: (sign: number) => sign >= 0,
};

/** Whether a filter of a list lets a row through. */
export function passes(table: StandInTable, row: Row, filter: StandInFilter, value: unknown): boolean {
  return filter.columns.some((name) => {
    const { column } = columnOf(table, name, "A filter asks for");
    const cell = row[name] ?? null;
    if (filter.operator === "is-null") return (cell === null) === value;
    if (cell === null || value === null) return false;
    const text = textOf(cell);
    switch (filter.operator) {
      case "eq":
        return compared(column, cell, value) === 0;
      case "ne":
        return compared(column, cell, value) !== 0;
      case "gt":
        return compared(column, cell, value) > 0;
      case "gte":
        return compared(column, cell, value) >= 0;
      case "lt":
        return compared(column, cell, value) < 0;
      case "lte":
        return compared(column, cell, value) <= 0;
      case "in":
        return (Array.isArray(value) ? value : [value]).some((one) => compared(column, cell, one) === 0);
      case "starts-with":
        return text.startsWith(textOf(value));
      case "has":
        return Array.isArray(cell) && [value].flat().some((one) => cell.includes(one));
      case "on":
        return dayOf(text) === dayOf(textOf(value));
      default:
        return text.toLowerCase().includes(textOf(value).toLowerCase());
    }
  });
}

function dayOf(moment: string): string {
  return new Date(Date.parse(moment)).toISOString().slice(0, 10);
}

type Order = readonly { readonly by: string; readonly descending?: boolean }[];

/** Nulls come last, whichever way. */
export function inOrder(table: StandInTable, rows: readonly Row[], order: Order): readonly Row[] {
  return rows.toSorted((left, right) => {
    for (const { by, descending } of order) {
      const sign = comparedCells(table, by, left[by] ?? null, right[by] ?? null, descending === true);
      if (sign !== 0) return sign;
    }
    return 0;
  });
}

/** Whether a row comes after a position: the values that the list is ordered by, of the last row that was seen. */
export function isAfter(table: StandInTable, row: Row, order: Order, position: readonly unknown[]): boolean {
  for (const [at, { by, descending }] of order.entries()) {
    const sign = comparedCells(table, by, row[by] ?? null, position[at] ?? null, descending === true);
    if (sign !== 0) return sign > 0;
  }
  return false;
}

function comparedCells(table: StandInTable, name: string, left: Cell, right: Cell, isDescending: boolean): number {
  const { column } = columnOf(table, name, "A list is ordered by");
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  const sign = compared(column, left, right);
  return isDescending ? -sign : sign;
}

export function columnOf(table: StandInTable, name: string, what: string): Column {
  const column = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined;
  if (column === undefined) throw new StandInError("42703", `${what} "${name}", which is no column.`);
  return { column, name };
}

export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
