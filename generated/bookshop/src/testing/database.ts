import { openDatabase, type Database } from "../database.ts";

const shared = globalThis as { testDatabase?: Promise<Database> };

/** The worker's database: PostgreSQL where TEST_DATABASE_URL is set, else PGlite in memory. Starting it is what costs. */
shared.testDatabase ??= openDatabase({ url: process.env["TEST_DATABASE_URL"] });
export const database = await shared.testDatabase;

const emptying: readonly string[] = [
  'DELETE FROM "orders"',
  'DELETE FROM "reviews"',
  'DELETE FROM "customers"',
  'DELETE FROM "books"',
  'DELETE FROM "authors"',
  'DELETE FROM "genres"',
];

/** Empties all tables, those that refer to others first. */
export async function resetRows(): Promise<void> {
  await database.connected(async ({ command }) => {
    for (const statement of emptying) await command(statement);
  });
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
