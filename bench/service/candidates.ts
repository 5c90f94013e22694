import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { runCommand } from "../../scripts/mutation/command.ts";

/** What is measured, side by side. */
export interface Candidate {
  readonly name: string;
  readonly cwd: string;
  readonly file: string;
}

export const byHand = "Fastify + pg";
export const generated = "generated";
export const peers = ["NestJS + TypeORM", "LoopBack 4"] as const;

const out = ".scaffold/bench/service";
const tools = ".scaffold/tools/peers";

export const candidates: readonly Candidate[] = [
  { name: "node:http + pg", cwd: ".", file: "bench/service/node-http.ts" },
  { name: byHand, cwd: ".", file: "bench/service/fastify.ts" },
  { name: generated, cwd: out, file: "src/server.ts" },
  { name: peers[0], cwd: tools, file: "dist/nest.js" },
  { name: peers[1], cwd: tools, file: "dist/loopback.js" },
];

/** Generates the service, and installs and compiles those that it is measured beside. */
export async function prepareCandidates(): Promise<void> {
  await generateService("bench/service/items.yaml", out);
  await mkdir(tools, { recursive: true });
  await cp("bench/service/peers", tools, { recursive: true });
  if (!existsSync(`${tools}/node_modules/typeorm`))
    await runCommand("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: tools });
  await runCommand("npx", ["tsc", "-p", "."], { cwd: tools });
}

export async function generateService(document: string, folder: string): Promise<void> {
  const args = ["src/main.ts", "crud", document, "--out", folder, "--no-verify", "-q"];
  await runCommand(process.execPath, args, { cwd: "." });
}

/** Gives a database the tables of the generated service, which makes its own at start. */
export async function createTables(candidate: Candidate, database: string): Promise<void> {
  if (candidate.name === generated) return;
  const client = new Client({ connectionString: database });
  await client.connect();
  const files = (await readdir(join(out, "migrations"))).filter((file) => file.endsWith(".sql"));
  for (const file of files.toSorted()) await client.query(await readFile(join(out, "migrations", file), "utf8"));
  await client.end();
}
