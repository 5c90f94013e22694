import { openDatabase, type Database } from "../database.ts";

/** Those that refer to others come first. */
const emptying: readonly string[] = [
  'DELETE FROM "orders"',
  'DELETE FROM "reviews"',
  'DELETE FROM "customers"',
  'DELETE FROM "books"',
  'DELETE FROM "authors"',
  'DELETE FROM "genres"',
];

const shared = globalThis as { testDatabase?: Promise<Database> };

/** The worker's database: PostgreSQL where TEST_DATABASE_URL is set, else PGlite in memory. Starting it is what costs. */
shared.testDatabase ??= openTestDatabase();
export const database = await shared.testDatabase;

async function openTestDatabase(): Promise<Database> {
  const opened = await openDatabase({ url: process.env["TEST_DATABASE_URL"] });
  // As one function, whose statements the database plans once for all tests.
  const body = `BEGIN ${emptying.map((statement) => `${statement};`).join(" ")} END`;
  const text = `'${body.replaceAll("'", "''")}'`;
  await opened.connected(({ command }) =>
    command(`CREATE OR REPLACE FUNCTION empty_tables() RETURNS void LANGUAGE plpgsql AS ${text}`),
  );
  return opened;
}

/** Rows that others only refer to, by name: one is enough for a test. */
export const sharedRows = new Map<string, Promise<unknown>>();

/** Empties all tables. */
export async function resetRows(): Promise<void> {
  sharedRows.clear();
  await database.connected(({ command }) => command("SELECT empty_tables()"));
}

/** Writes a table's first row anew, so that the order in which rows are stored is not the order in which they came. */
export async function stirRows(table: string, column: string): Promise<void> {
  const name = `"${table.replaceAll('"', '""')}"`;
  const value = `"${column.replaceAll('"', '""')}"`;
  await database.connected(({ command }) =>
    command(`UPDATE ${name} SET ${value} = ${value} WHERE ctid = (SELECT min(ctid) FROM ${name})`),
  );
}

/** All rows of a table, each as one text: the same as before where nothing was written. */
export async function storedRows(table: string): Promise<readonly string[]> {
  const name = `"${table.replaceAll('"', '""')}"`;
  const { rows } = await database.connected(({ command }) =>
    command(`SELECT t::text AS row FROM ${name} t ORDER BY 1`),
  );
  return rows.map(({ row }) => String(row));
}
