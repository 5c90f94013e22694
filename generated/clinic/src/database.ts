import { setTimeout as delay } from "node:timers/promises";
import { Connection } from "./connection.ts";
import { Failure, isRefusal, isUnavailable, sqlState } from "./failure.ts";
import { migrate } from "./migrations.ts";

/** Where rows live. Work gets a connection for itself, and must not ask for a second one meanwhile. */
export interface Database {
  /** Runs statements one by one, each in a transaction of its own. */
  connected<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>;
  /** Runs the work in one serializable transaction, again where it lost against another one. A refusal rolls it back. */
  transaction<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** A PostgreSQL URL; without one, PGlite is used. */
  readonly url?: string | undefined;
  /** The folder in which PGlite keeps its data; in memory without one. */
  readonly dataDir?: string | undefined;
  /** How many connections to PostgreSQL there are at most. */
  readonly poolSize?: number | undefined;
}

type Driver = Pick<Database, "connected" | "close">;

const maximumAttempts = 6;
/** serialization_failure and deadlock_detected: the same work may well succeed when it is done again. */
const retriedStates = ["40001", "40P01"];

/** Opens the database and brings its tables up to date. */
export async function openDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const driver = options.url === undefined ? await openPglite(options.dataDir) : await openPool(options.url, options);
  await driver.connected(migrate);
  return {
    ...driver,
    transaction: (work) => driver.connected((connection) => retried(() => inTransaction(connection, work))),
  };
}

async function inTransaction<Result>(
  connection: Connection,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  await connection.command("BEGIN ISOLATION LEVEL SERIALIZABLE");
  try {
    const result = await work(connection);
    await connection.command(isRefusal(result) ? "ROLLBACK" : "COMMIT");
    return result;
  } catch (error) {
    // On a connection that is lost there is nothing to roll back, and the first error says more than the second.
    await connection.command("ROLLBACK").catch(() => {});
    throw error;
  }
}

async function retried<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!retriedStates.includes(sqlState(error) ?? "")) throw error;
      if (attempts === maximumAttempts) throw new Failure("contended", "Too many changes at once.", { cause: error });
      await delay(Math.random() * 5 * 2 ** attempts);
    }
  }
}

async function openPool(url: string, { poolSize = 10 }: DatabaseOptions): Promise<Driver> {
  const [{ Pool }, { drizzle }] = await Promise.all([import("pg"), import("drizzle-orm/node-postgres")]);
  const pool = new Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 30_000,
    options: "-c TimeZone=UTC",
  });
  const connections = new WeakMap<object, Connection>();
  const lost = new WeakSet<object>();
  // A connection that dies while idle leaves the pool by itself; without a listener its error would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => lost.add(client)));
  return {
    async connected(work) {
      const client = await pool.connect().catch(unanswered);
      const connection =
        connections.get(client) ?? new Connection(drizzle({ client }), (command) => client.query(command));
      connections.set(client, connection);
      try {
        return await work(connection);
      } catch (error) {
        // A connection that breaks says so in words alone.
        if (lost.has(client)) unanswered(error);
        if (isUnavailable(error)) lost.add(client);
        throw error;
      } finally {
        client.release(lost.has(client));
      }
    },
    close: () => pool.end(),
  };
}

/** No connection was to be had: the server is not there, or all of the pool's are busy for too long. */
function unanswered(error: unknown): never {
  throw new Failure("unavailable", "The database does not answer.", { cause: error });
}

/** PGlite has one connection, so work waits for its turn. */
async function openPglite(dataDir: string | undefined): Promise<Driver> {
  const [{ PGlite }, { drizzle }] = await Promise.all([import("@electric-sql/pglite"), import("drizzle-orm/pglite")]);
  const client = await PGlite.create(dataDir);
  const connection = new Connection(drizzle({ client }), (command) => client.query(command));
  let turn: Promise<unknown> = Promise.resolve();
  return {
    connected(work) {
      const result = turn.then(() => work(connection));
      turn = result.catch(() => {});
      return result;
    },
    close: () => client.close(),
  };
}
