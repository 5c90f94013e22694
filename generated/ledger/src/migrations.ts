import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Connection } from "./connection.ts";

const folder = new URL("../migrations/", import.meta.url);
const lock = "hashtext('ledger:migrations')";
const schema = "drizzle";
const applied = `${schema}.__drizzle_migrations`;

/** drizzle-kit's journal, and the part of it that we read. */
interface Journal {
  readonly entries: readonly { readonly tag: string; readonly when: number }[];
}

/**
 * Brings the tables up to date, each migration in a transaction of its own. The lock makes replicas that start
 * together go one after another. The folder and the table of what was applied are drizzle-kit's.
 */
export async function migrate(connection: Connection): Promise<void> {
  await connection.command("SET statement_timeout = 0");
  await connection.command(`SELECT pg_advisory_lock(${lock})`);
  try {
    for (const migration of await pendingMigrations(connection)) await applyMigration(migration, connection);
  } finally {
    await connection.command(`SELECT pg_advisory_unlock(${lock})`);
    await connection.command("RESET statement_timeout");
  }
}

async function pendingMigrations(connection: Connection): Promise<Journal["entries"]> {
  await connection.command(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  await connection.command(
    `CREATE TABLE IF NOT EXISTS ${applied} (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint)`,
  );
  const { rows } = await connection.command(`SELECT created_at FROM ${applied}`);
  const done = new Set(rows.map((row) => Number(row["created_at"])));
  const journal = JSON.parse(await readFile(new URL("meta/_journal.json", folder), "utf8")) as Journal;
  return journal.entries.filter((entry) => !done.has(entry.when));
}

async function applyMigration(migration: Journal["entries"][number], connection: Connection): Promise<void> {
  const text = await readFile(new URL(`${migration.tag}.sql`, folder), "utf8");
  const hash = createHash("sha256").update(text).digest("hex");
  await connection.command("BEGIN");
  try {
    for (const statement of text.split("--> statement-breakpoint")) await connection.command(statement);
    await connection.command(`INSERT INTO ${applied} (hash, created_at) VALUES ('${hash}', ${migration.when})`);
    await connection.command("COMMIT");
  } catch (error) {
    await connection.command("ROLLBACK");
    throw error;
  }
}
