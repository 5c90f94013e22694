import { createHash } from "node:crypto";
import { visibleSql } from "./visible.ts";
import { canonical, type Column, type Snapshot, type Table } from "./snapshot.ts";

/** Copies of two snapshots from which drizzle-kit can print SQL, and the way back from what it prints. */
export interface Printable {
  readonly previous: Snapshot;
  readonly next: Snapshot;
  /** Puts what was replaced into a statement, escaped for its place. */
  restore(statement: string): string;
}

/**
 * drizzle-kit writes names as they are between double quotes, and splits what it compares at commas and semicolons. So
 * each name that is not a plain word, and each condition, is replaced by a plain word until the SQL is printed. The
 * word cannot be foretold by a text that would like to be replaced: it follows from all of both snapshots.
 */
export function printable(previous: Snapshot, next: Snapshot): Printable {
  const salt = canonical([previous, next]);
  const originals = new Map<string, string>();
  const replaced = (sql: string): string => {
    const word = `replaced_${createHash("sha256").update(salt).update(sql).digest("hex").slice(0, 24)}`;
    originals.set(word, sql);
    return word;
  };
  const words: Words = {
    name: (name) => (/^[a-z_][a-z0-9_]*$/i.test(name) ? name : replaced(escapedName(name))),
    condition: replaced,
  };
  return {
    previous: reworded(previous, words),
    next: reworded(next, words),
    restore: (statement) => {
      const restored = statement.replace(/replaced_[0-9a-f]{24}/g, (word) => originals.get(word) ?? word);
      return visibleSql(split(restored));
    },
  };
}

/** The text of an identifier between double quotes (PostgreSQL, 4.1.1 Identifiers). */
export function escapedName(name: string): string {
  return name.replaceAll('"', '""');
}

interface Words {
  readonly name: (name: string) => string;
  readonly condition: (condition: string) => string;
}

/** A literal that holds drizzle-kit's separator of statements is written in two parts, for services split files there. */
function split(statement: string): string {
  return statement.replaceAll("--> statement-breakpoint", "--' || '> statement-breakpoint");
}

function reworded(snapshot: Snapshot, words: Words): Snapshot {
  const tables = Object.values(snapshot.tables).map((table): [string, Table] => {
    const schema = typeof table["schema"] === "string" && table["schema"] !== "" ? table["schema"] : "public";
    return [`${schema}.${words.name(table.name)}`, rewordedTable(table, words)];
  });
  return { ...snapshot, tables: Object.fromEntries(tables) };
}

/** The sequence behind a column that numbers rows has a name too. */
function rewordedIdentity(column: Column, name: Words["name"]): Column {
  const { identity } = column;
  if (typeof identity !== "object" || identity === null || !("name" in identity)) return column;
  return { ...column, identity: { ...identity, name: name(String(identity.name)) } };
}

function rewordedTable(table: Table, { name, condition }: Words): Table {
  const parts = <Part extends { readonly name: string }>(
    all: Readonly<Record<string, Part>>,
    change: (part: Part) => Part,
  ): Record<string, Part> => {
    const changed = Object.values(all).map((part): [string, Part] => [
      name(part.name),
      { ...change(part), name: name(part.name) },
    ]);
    return Object.fromEntries(changed);
  };
  const keyed = <Key extends { readonly name: string; readonly columns: readonly string[] }>(key: Key): Key => ({
    ...key,
    columns: key.columns.map(name),
  });
  return {
    ...table,
    name: name(table.name),
    columns: parts(table.columns, (column) => rewordedIdentity(column, name)),
    indexes: parts(table.indexes, (index) => ({
      ...index,
      columns: index.columns.map((column) => ({
        ...column,
        expression: column.isExpression ? condition(column.expression) : name(column.expression),
      })),
      ...(typeof index["where"] === "string" && { where: condition(index["where"]) }),
    })),
    foreignKeys: parts(table.foreignKeys, (key) => ({
      ...key,
      tableFrom: name(key.tableFrom),
      tableTo: name(key.tableTo),
      columnsFrom: key.columnsFrom.map(name),
      columnsTo: key.columnsTo.map(name),
    })),
    compositePrimaryKeys: parts(table.compositePrimaryKeys, keyed),
    uniqueConstraints: parts(table.uniqueConstraints, keyed),
    checkConstraints: parts(table.checkConstraints, (check) => ({ ...check, value: condition(check.value) })),
  };
}
