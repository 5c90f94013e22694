import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { copiesOf } from "./copies.ts";
import { benchLoads } from "./loads.ts";
import { median } from "./measure.ts";
import type { Measurement } from "./measure.ts";
import { printHead, printRow } from "./print.ts";

/**
 * `npm run bench -- [--corpus ../shared/specs] [--runs 3]`: whole processes, each time beside that of a Node process
 * that does nothing. First how long a start takes; then `scaffold crud --no-verify` into an empty folder, and once more
 * with nothing changed; ten renamed copies of one document in one; what each kind of run loads. Ends with 1 where a
 * limit below is broken.
 */
const { values } = parseArgs({
  options: { corpus: { type: "string", default: "../shared/specs" }, runs: { type: "string", default: "3" } },
});
const runs = Number(values.runs);
const folder = ".scaffold/bench";

/** What must hold on a machine with two processors. */
const limits = { copies: 10, timesOne: 11, stripeMs: 20_000, stripeMb: 1_500 } as const;

const documents = [
  { name: "ledger", file: "specs/ledger.yaml" },
  { name: "petclinic", file: join(values.corpus, "petclinic/openapi.yaml") },
  { name: "digitalocean", file: join(values.corpus, "digitalocean/openapi.json") },
  { name: "stripe", file: join(values.corpus, "stripe/openapi.json") },
] as const;

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const broken: string[] = [];

printHead("start-up");
const empty = await median(["-e", "0"], 5);
// Then a process waits more than it works, and the processors' time says more than the clock.
const isBusy = empty.ms > 3 * empty.cpuMs;
printRow("node -e 0", empty, empty);
printRow("scaffold --help", await median(["bin/scaffold.js", "--help"], 5), empty);
await generate("ledger", "specs/ledger.yaml");
printRow("scaffold crud, nothing to do", await repeat("ledger", "specs/ledger.yaml", 5), empty);

printHead("scaffold crud --no-verify");
const fresh = new Map<string, Measurement>();
for (const { name, file } of documents) {
  if (!existsSync(file)) {
    console.log(`${name.padEnd(34)} skipped: there is no ${file}`);
    continue;
  }
  const first = await generate(name, file);
  fresh.set(name, first);
  printRow(name, first, empty);
  if (first.exitCode === 0) printRow(`${name}, unchanged`, await repeat(name, file, runs), empty);
}
const stripe = fresh.get("stripe");
if (stripe !== undefined) {
  check(timeOf(stripe) <= limits.stripeMs, `stripe takes at most ${limits.stripeMs / 1000} s`);
  check(stripe.peakMb <= limits.stripeMb, `stripe needs at most ${limits.stripeMb} MB`);
}
const petclinic = fresh.get("petclinic");
if (petclinic !== undefined) await benchCopies("petclinic", documents[1].file, petclinic);

await benchLoads(`${folder}/loads`);
if (isBusy) console.log("\nThe machine was busy with other work: limits were held against CPU ms, and ms says little.");
for (const limit of broken) console.error(`\nbroken: ${limit}`);
process.exitCode = broken.length === 0 ? 0 : 1;

/** Into an empty folder; what takes long is run once. */
async function generate(name: string, file: string): Promise<Measurement> {
  const empty = () => rm(`${folder}/${name}`, { recursive: true, force: true });
  await empty();
  const first = await median(crud(name, file), 1);
  return first.ms > 10_000 ? first : median(crud(name, file), runs, empty);
}

function repeat(name: string, file: string, times: number): Promise<Measurement> {
  return median(crud(name, file), times);
}

function crud(name: string, file: string): readonly string[] {
  return ["bin/scaffold.js", "crud", file, "--out", `${folder}/${name}`, "--no-verify", "--json"];
}

async function benchCopies(name: string, file: string, one: Measurement): Promise<void> {
  const { copies, timesOne } = limits;
  const copied = `${folder}/copies.json`;
  await writeFile(copied, JSON.stringify(copiesOf(parse(await readFile(file, "utf8")), copies)));
  const many = await generate(`${name}-copies`, copied);
  printRow(`${name} × ${copies}`, many, empty);
  const ratio = (many.ms - empty.ms) / (one.ms - empty.ms);
  const cpuRatio = (many.cpuMs - empty.cpuMs) / (one.cpuMs - empty.cpuMs);
  check(
    (isBusy ? cpuRatio : ratio) <= timesOne,
    `${copies} copies cost at most ${timesOne} times what one costs, start-up subtracted: ` +
      `${ratio.toFixed(1)} times the time, ${cpuRatio.toFixed(1)} times the processor's`,
  );
}

function timeOf({ ms, cpuMs }: Measurement): number {
  return isBusy ? cpuMs : ms;
}

function check(holds: boolean, limit: string): void {
  console.log(`${holds ? "holds " : "BROKEN"}  ${limit}`);
  if (!holds) broken.push(limit);
}
