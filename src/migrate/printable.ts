import { mapValues, type Snapshot, type Table } from "./snapshot.ts";

/**
 * A copy for printing SQL alone, with every identifier as it stands between double quotes: drizzle-kit writes names as
 * they are, and a quote in one would end it.
 */
export function printable(snapshot: Snapshot): Snapshot {
  return { ...snapshot, tables: renamedKeys(mapValues(snapshot.tables, printableTable)) };
}

/** The text of an identifier between double quotes (PostgreSQL, 4.1.1 Identifiers). */
export function escapedName(name: string): string {
  return name.replaceAll('"', '""');
}

/**
 * A literal that holds drizzle-kit's separator of statements is written in two parts, for those who apply the file
 * split it there.
 */
export function printableStatement(statement: string): string {
  return statement.replaceAll("--> statement-breakpoint", "--' || '> statement-breakpoint");
}

function printableTable(table: Table): Table {
  return {
    ...table,
    name: escapedName(table.name),
    columns: named(table.columns, (column) => column),
    indexes: named(table.indexes, (index) => ({
      ...index,
      columns: index.columns.map((column) =>
        column.isExpression ? column : { ...column, expression: escapedName(column.expression) },
      ),
    })),
    foreignKeys: named(table.foreignKeys, (key) => ({
      ...key,
      tableFrom: escapedName(key.tableFrom),
      tableTo: escapedName(key.tableTo),
      columnsFrom: key.columnsFrom.map(escapedName),
      columnsTo: key.columnsTo.map(escapedName),
    })),
    compositePrimaryKeys: named(table.compositePrimaryKeys, withColumns),
    uniqueConstraints: named(table.uniqueConstraints, withColumns),
    checkConstraints: named(table.checkConstraints, (check) => check),
  };
}

function withColumns<Key extends { readonly columns: readonly string[] }>(key: Key): Key {
  return { ...key, columns: key.columns.map(escapedName) };
}

function named<Part extends { readonly name: string }>(
  parts: Readonly<Record<string, Part>>,
  change: (part: Part) => Part,
): Record<string, Part> {
  return renamedKeys(mapValues(parts, (part) => ({ ...change(part), name: escapedName(part.name) })));
}

function renamedKeys<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [escapedName(key), value]));
}
