import { cp, rm } from "node:fs/promises";
import { runCommand } from "../scripts/mutation/command.ts";
import { startKillablePostgres } from "./load/postgres.ts";
import { broken } from "./load/promises.ts";
import { disconnected, slow } from "./load/rude.ts";
import { conflicting, killed } from "./load/transfers.ts";
import { exhausted, sustained, terminated } from "./load/writes.ts";

/**
 * `npm run load [-- part …]`: generated services on a PostgreSQL of their own, under load and under faults. Each part ends
 * with what must hold: no answer but the ones there may be, no acknowledged write lost or written twice, nothing
 * half-written, and an end in order.
 */
const parts = { sustained, exhausted, terminated, conflicting, killed, slow, disconnected };
/** Parts that need money, and the logic that moves it. */
const ofLedger: readonly string[] = ["conflicting", "killed", "slow", "disconnected"];
const chosen = process.argv.slice(2);

const items = ".scaffold/bench/load";
await generated("bench/service/items.yaml", items);
const ledger = ".scaffold/bench/ledger";
await rm(ledger, { recursive: true, force: true });
// With the bodies of its slots.
await cp("generated/ledger", ledger, { recursive: true });
await generated("specs/ledger.yaml", ledger);

await using postgres = await startKillablePostgres();
for (const [name, run] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  await run({ cwd: ofLedger.includes(name) ? ledger : items, postgres });
}
console.log(broken.length === 0 ? "everything holds" : `${broken.length} promises broken`);
process.exitCode = broken.length === 0 ? 0 : 1;

async function generated(document: string, out: string): Promise<void> {
  const args = ["src/main.ts", "crud", document, "--out", out, "--no-verify", "-q"];
  await runCommand(process.execPath, args, { cwd: "." });
}
