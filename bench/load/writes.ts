import { headersOf, pause, started } from "../running.ts";
import { clients, type Answer } from "./clients.ts";
import { locked, rowsOf, type KillablePostgres } from "./postgres.ts";
import { expectOnly, expectThat, told } from "./promises.ts";

/** The service of bench/service/items.yaml, which has no logic. */
interface Place {
  readonly cwd: string;
  readonly postgres: KillablePostgres;
}

/** Many write for ten seconds, and every one of them gets through. */
export async function sustained({ cwd, postgres }: Place): Promise<void> {
  const database = await postgres.createDatabase("sustained");
  await using service = await started({ cwd, file: "src/server.ts", database });
  const load = await writers(service.address, 32);
  await pause(10_000);
  const answers = await load.stop();
  told("sustained writes, 32 clients", answers);
  expectOnly("sustained writes", answers, [201]);
  await expectStored("sustained writes", database, answers);
}

/** All connections wait for somebody else: who gets none in time is told to come back, and can as soon as there are some. */
export async function exhausted({ cwd, postgres }: Place): Promise<void> {
  const database = await postgres.createDatabase("exhausted");
  await using service = await started({ cwd, file: "src/server.ts", database, settings: { DATABASE_POOL_SIZE: "2" } });
  const load = await writers(service.address, 100);
  await pause(2_000);
  const lock = await locked(database, "items");
  await pause(8_000);
  const health = await fetch(`${service.address}/health`);
  await lock.letGo();
  const lockedUntil = performance.now();
  await pause(5_000);
  const answers = await load.stop();
  told("100 clients on 2 connections, the table locked for 8 s", answers);
  expectOnly("connections exhausted", answers, [201, 503]);
  expectThat(health.status === 200, "connections exhausted: the process does not say that it is alive");
  expectThat(
    answers.some(({ status }) => status === 503),
    "connections exhausted: nobody was told so",
  );
  const afterwards = answers.filter(({ sentAt }) => sentAt > lockedUntil);
  expectOnly("connections free again", afterwards, [201]);
  expectThat(afterwards.length > 0, "connections free again: nobody asked");
  await expectStored("connections exhausted", database, answers);
}

/** Told to end while requests wait for the database: each of them is answered, and then the process ends by itself. */
export async function terminated({ cwd, postgres }: Place): Promise<void> {
  const database = await postgres.createDatabase("terminated");
  const service = await started({ cwd, file: "src/server.ts", database, settings: { DATABASE_POOL_SIZE: "16" } });
  const load = await writers(service.address, 16);
  await pause(2_000);
  const lock = await locked(database, "items");
  await pause(1_000);
  const ended = service.terminate();
  const terminatedAt = performance.now();
  await pause(1_000);
  await lock.letGo();
  const code = await ended;
  const answers = await load.stop();
  const inFlight = answers.filter(({ sentAt, ms }) => sentAt < terminatedAt && sentAt + ms > terminatedAt);
  told("SIGTERM, to those who waited for an answer", inFlight);
  expectThat(inFlight.length === 16, `SIGTERM: ${inFlight.length} of 16 requests waited`);
  expectOnly("SIGTERM", inFlight, [201]);
  expectThat(code === 0, `SIGTERM: the service ended with ${code}`);
  await expectStored("SIGTERM", database, answers);
}

async function writers(address: string, count: number): Promise<ReturnType<typeof clients>> {
  const headers = await headersOf("somebody");
  return clients(address, count, (client, turn) => {
    return { method: "POST", path: "/items", headers, body: { name: `item ${client} ${turn}`, price: 1 } };
  });
}

/** What was acknowledged is there, once; nothing is there twice. */
async function expectStored(title: string, database: string, answers: readonly Answer[]): Promise<void> {
  const rows = await rowsOf<{ name: string; count: string }>(
    database,
    "SELECT name, count(*) FROM items GROUP BY name",
  );
  const stored = new Map(rows.map(({ name, count }) => [name, Number(count)]));
  const lost = answers.filter(({ status, asked }) => status === 201 && stored.get(String(asked.body?.["name"])) !== 1);
  expectThat(lost.length === 0, `${title}: ${lost.length} acknowledged writes are not there once`);
  expectThat(
    [...stored.values()].every((count) => count === 1),
    `${title}: something was written twice`,
  );
}
