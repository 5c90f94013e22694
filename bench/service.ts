import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { SignJWT } from "jose";
import { runCommand } from "../scripts/mutation/command.ts";
import { freePort } from "../scripts/port.ts";
import { startPostgres } from "../test/support/postgres.ts";

/**
 * `npm run bench:service`: requests per second and processor time per request of a generated service, beside services
 * written by hand that check the same and ask the same PostgreSQL, one after the other and round after round.
 */
const { values } = parseArgs({
  options: { requests: { type: "string", default: "6000" }, rounds: { type: "string", default: "3" } },
});
const goal = 1.15;
const clients = 16;
const warmUp = 3_000;
const secret = "what all of the compared services know";
const out = ".scaffold/bench/service";
const token = await new SignJWT({})
  .setProtectedHeader({ alg: "HS256" })
  .setSubject("somebody")
  .setExpirationTime("2h")
  .sign(new TextEncoder().encode(secret));
const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };

const candidates = [
  { name: "node:http + pg", cwd: ".", file: "bench/service/node-http.ts" },
  { name: "Fastify + pg", cwd: ".", file: "bench/service/fastify.ts" },
  { name: "generated", cwd: out, file: "src/server.ts" },
] as const;
const kinds = ["get", "list", "create"] as const;
type Kind = (typeof kinds)[number];

interface Measured {
  readonly perSecond: number;
  /** Of the service's process, in microseconds. */
  readonly cpu: number;
}

await runCommand(
  process.execPath,
  ["src/main.ts", "crud", "bench/service/items.yaml", "--out", out, "--no-verify", "-q"],
  {
    cwd: ".",
  },
);
const postgres = await startPostgres();
const measured = new Map<string, Measured[]>();
try {
  const databases = new Map<string, string>();
  for (const { name } of candidates) databases.set(name, await postgres.createDatabase("speed"));
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const candidate of candidates) await measure(candidate, databases.get(candidate.name) ?? "", measured);
} finally {
  await postgres.stop();
}
const broken = print(measured);
process.exitCode = broken ? 1 : 0;

async function measure(
  { name, cwd, file }: (typeof candidates)[number],
  database: string,
  found: Map<string, Measured[]>,
): Promise<void> {
  const port = await freePort(0);
  const child = spawn(process.execPath, [file], {
    cwd,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      PORT: String(port),
      DATABASE_URL: database,
      JWT_SECRET: secret,
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      LOG_LEVEL: "error",
    },
  });
  const ended = new Promise((done) => child.once("close", done));
  try {
    const address = `http://127.0.0.1:${port}`;
    await untilReady(address, () => child.exitCode !== null);
    const ids = await Promise.all(Array.from({ length: 40 }, () => create(address)));
    for (const kind of kinds) {
      const ask = asker(kind, address, ids);
      // Until everything that is asked has been compiled.
      await load(ask, warmUp);
      const count = Number(values.requests);
      const before = await cpuOf(child.pid ?? 0);
      const started = performance.now();
      await load(ask, count);
      const elapsed = performance.now() - started;
      const cpu = (await cpuOf(child.pid ?? 0)) - before;
      const key = `${name} ${kind}`;
      found.set(key, [...(found.get(key) ?? []), { perSecond: (count / elapsed) * 1_000, cpu: cpu / count }]);
    }
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}

async function untilReady(address: string, hasEnded: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && !hasEnded(); tries += 1) {
    const response = await fetch(`${address}/ready`).catch(() => undefined);
    if (response?.ok === true) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("The service did not become ready.");
}

async function create(address: string): Promise<string> {
  const body = JSON.stringify({ name: "Lamp", price: 4200, colour: "red", note: null });
  const response = await fetch(`${address}/items`, { method: "POST", headers, body });
  if (response.status !== 201) throw new Error(`create answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { readonly id: string }).id;
}

function asker(kind: Kind, address: string, ids: readonly string[]): (turn: number) => Promise<void> {
  if (kind === "create") return async () => void (await create(address));
  return async (turn) => {
    const path = kind === "list" ? "/items?limit=20" : `/items/${ids[turn % ids.length]}`;
    const response = await fetch(address + path, { headers });
    if (response.status !== 200) throw new Error(`${kind} answered ${response.status}`);
    await response.arrayBuffer();
  };
}

/** So many clients ask so often together. */
async function load(ask: (turn: number) => Promise<void>, count: number): Promise<void> {
  let asked = 0;
  const client = async (): Promise<void> => {
    while (asked < count) await ask(asked++);
  };
  await Promise.all(Array.from({ length: clients }, client));
}

/** Of a process, in microseconds; the kernel counts in hundredths of a second. */
async function cpuOf(id: number): Promise<number> {
  const fields = (await readFile(`/proc/${id}/stat`, "utf8")).split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

function print(found: ReadonlyMap<string, readonly Measured[]>): boolean {
  const best = (key: string): Measured => {
    const all = found.get(key) ?? [];
    return {
      perSecond: Math.max(...all.map(({ perSecond }) => perSecond)),
      cpu: Math.min(...all.map(({ cpu }) => cpu)),
    };
  };
  let isBroken = false;
  console.log("best of the rounds; processor time per request in µs, and beside Fastify + pg by hand");
  for (const kind of kinds) {
    const hand = best(`Fastify + pg ${kind}`);
    for (const { name } of candidates) {
      const { perSecond, cpu } = best(`${name} ${kind}`);
      const ratio = cpu / hand.cpu;
      if (name === "generated" && ratio > goal) isBroken = true;
      console.log(
        `${kind.padEnd(8)}${name.padEnd(18)}${perSecond.toFixed(0).padStart(7)}/s ${cpu.toFixed(0).padStart(6)} µs  ${ratio.toFixed(2)}`,
      );
    }
  }
  return isBroken;
}
