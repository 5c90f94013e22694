import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { copiesOf } from "./copies.ts";
import { median } from "./measure.ts";
import type { Measurement } from "./measure.ts";

/**
 * `npm run bench -- [document…] [--runs 3] [--copies 10]`: whole processes of `scaffold crud --no-verify`, each into an
 * empty folder, then once more with nothing changed; times as multiples of a Node process that does nothing. `--copies`
 * measures the first document against one that holds it so many times under other names.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: "string", default: "3" }, copies: { type: "string" } },
});
const runs = Number(values.runs);
const folder = ".scaffold/bench";
const documents =
  positionals.length > 0 ? positionals : ["specs/ledger.yaml", "specs/clinic.yaml", "specs/bookshop.yaml"];

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const nothing = await median(["-e", "0"], 5, () => Promise.resolve());
console.log(`empty Node process: ${nothing.ms.toFixed(0)} ms, ${nothing.peakMb.toFixed(0)} MB\n`);
console.log(`${"".padEnd(34)}${"ms".padStart(8)}${"× empty".padStart(9)}${"MB".padStart(7)}  stages, ms`);

const first = await benchDocument(documents[0] ?? "");
for (const document of documents.slice(1)) await benchDocument(document);
if (values.copies !== undefined) await benchCopies(documents[0] ?? "", Number(values.copies), first);

async function benchDocument(document: string, name = nameOf(document)): Promise<Measurement> {
  const out = `${folder}/${name}`;
  const args = ["bin/scaffold.js", "crud", document, "--out", out, "--no-verify", "--json"];
  const fresh = await median(args, runs, () => rm(out, { recursive: true, force: true }));
  print(name, fresh);
  if (fresh.exitCode === 0) print(`${name}, unchanged`, await median(args, runs, () => Promise.resolve()));
  return fresh;
}

async function benchCopies(document: string, count: number, one: Measurement): Promise<void> {
  const file = `${folder}/copies.json`;
  await writeFile(file, JSON.stringify(copiesOf(parse(await readFile(document, "utf8")), count)));
  const many = await benchDocument(file, `${nameOf(document)} × ${count}`);
  const ratio = (many.ms - nothing.ms) / (one.ms - nothing.ms);
  console.log(`\n${count} copies cost ${ratio.toFixed(1)} times what one costs, start-up subtracted`);
}

function print(name: string, { ms, peakMb, exitCode, stdout, stderr }: Measurement): void {
  const times = `${ms.toFixed(0).padStart(8)}${(ms / nothing.ms).toFixed(1).padStart(9)}${peakMb.toFixed(0).padStart(7)}`;
  console.log(
    `${name.padEnd(34)}${times}  ${exitCode === 0 ? stagesOf(stdout) : `ended with ${exitCode} ${stderr.slice(0, 300)}`}`,
  );
}

function stagesOf(stdout: string): string {
  const { stages } = JSON.parse(stdout) as { stages: readonly { stage: string; elapsedMs: number }[] };
  return stages.map(({ stage, elapsedMs }) => `${stage} ${Math.round(elapsedMs)}`).join(", ");
}

/** `openapi.yaml` says little, so its folder does. */
function nameOf(document: string): string {
  const stem = basename(document).replace(/\.\w+$/, "");
  return ["openapi", "swagger"].includes(stem) ? basename(dirname(document)) : stem;
}
