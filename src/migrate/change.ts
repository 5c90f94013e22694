import { escapedName } from "./printable.ts";
import type { Table } from "./snapshot.ts";

/** One difference between two snapshots. */
export interface Change {
  /** What a migration is named for. */
  readonly act: "create" | "rename" | "add" | "index" | "relax" | "widen" | "change" | "drop";
  readonly table: string;
  /** The column, constraint or index; undefined for the table itself. */
  readonly part?: string;
  /** Why it must not be done by itself; undefined for what keeps every row and holds no lock for long. */
  readonly danger?: Danger;
  /** How the statements begin that carry it out. */
  readonly heads: readonly string[];
}

export interface Danger {
  /** A sentence without its full stop. */
  readonly what: string;
  /** How it is done without harm, as a sentence. */
  readonly recipe: string;
}

/** How a statement begins that adds or drops a constraint. */
export function constraintHead(table: Table, verb: "ADD" | "DROP", name: string): string {
  return `ALTER TABLE ${quoted(table.name)} ${verb} CONSTRAINT ${quoted(name)}${verb === "DROP" ? ";" : " "}`;
}

/** How statements begin that create or drop an index. */
export function indexHeads(name: string): readonly string[] {
  return [`CREATE INDEX ${quoted(name)} `, `CREATE UNIQUE INDEX ${quoted(name)} `, `DROP INDEX ${quoted(name)};`];
}

/** The identifier as SQL. */
export function quoted(name: string): string {
  return `"${escapedName(name)}"`;
}
