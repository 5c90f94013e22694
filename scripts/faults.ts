import { rm } from "node:fs/promises";
import { join } from "node:path";
import { startPostgres, type Postgres } from "../test/support/postgres.ts";
import { givesOccasion, type Fault, type Files } from "./faults/fault.ts";
import { faults } from "./faults/faults.ts";
import { faultyGenerator, type Generator } from "./faults/generate.ts";
import { inTurns } from "./faults/in-turns.ts";
import { cellOf, countOutcomes, goodOutcomes, printCell, printHead, type Cell } from "./faults/table.ts";
import { runTests } from "./faults/tests.ts";

/**
 * `npm run faults [-- <words of a fault, or a twin> …]`: plants one mistake at a time in the templates, or in the views
 * that they read, generates the twins with it, and runs their tests, which must notice it. First come the twins without
 * any mistake, which must pass. Ends with 1 where a mistake goes unnoticed though the document gives occasion for it.
 */
const folder = ".scaffold/faults";
const allTwins = ["ledger", "clinic", "bookshop"];
/** Side by side: two processors are what every machine has. */
const width = 2;
const sound: Fault = { title: "nothing", edits: [] };

const words = process.argv.slice(2);
const twins = allTwins.filter((twin) => words.includes(twin) || !words.some((word) => allTwins.includes(word)));
const titles = words.filter((word) => !allTwins.includes(word));
const chosen = faults.filter(({ title }) => titles.length === 0 || titles.some((word) => title.includes(word)));
const unknown = titles.filter((word) => !faults.some(({ title }) => title.includes(word)));
if (unknown.length > 0) {
  const known = faults.map(({ title }) => `  ${title}`).join("\n");
  console.error(`There is no fault "${unknown.join('", "')}". There are:\n${known}`);
  process.exit(64);
}

const startedMs = performance.now();
await rm(folder, { recursive: true, force: true });
const postgres = await startPostgres();
try {
  process.exitCode = await everything(postgres);
} finally {
  await postgres.stop();
}
console.log(`${((performance.now() - startedMs) / 1000).toFixed(0)} s`);

async function everything(server: Postgres): Promise<number> {
  printHead();
  const soundFiles = new Map<string, Files>();
  const generators = new Map<Fault, Promise<Generator>>();
  const row = async ([fault, twin]: readonly [Fault, string]): Promise<Cell> => {
    const generator = generators.get(fault) ?? faultyGenerator(join(folder, "source", fileName(fault)), fault.edits);
    generators.set(fault, generator);
    return tryFault(fault, twin, await generator);
  };

  async function tryFault(fault: Fault, twin: string, generator: Generator): Promise<Cell> {
    const cell = (outcome: Cell["outcome"], detail: string): Cell => ({ fault: fault.title, twin, outcome, detail });
    const before = soundFiles.get(twin);
    if (fault.occasion && before && !givesOccasion(fault.occasion, before))
      return cell("no occasion", `no ${fault.occasion.what}`);
    const out = join(folder, twin, fileName(fault));
    const files = await generator.generate(`specs/${twin}.yaml`, out);
    if (before === undefined) soundFiles.set(twin, files);
    else if (!differ(before, files)) return cell("badly planted", "the service is the same without it");
    const database = await server.createDatabase(`${twin} ${fault.title}`);
    try {
      return cellOf(fault.title, twin, before !== undefined, await runTests(out, database));
    } finally {
      await server.dropDatabase(database);
    }
  }

  const isFirst = (at: number): boolean => at % twins.length === 0;
  const unmutated = await inTurns(rowsOf([sound]), width, row, (cell, at) => printCell(cell, isFirst(at)));
  if (unmutated.some(({ outcome }) => outcome !== "green")) {
    console.error("\nThe twins must pass before anything is planted in them.");
    return 1;
  }
  const cells = await inTurns(rowsOf(chosen), width, row, (cell, at) => printCell(cell, isFirst(at)));
  console.log(`\n${countOutcomes(cells)}`);
  return cells.every(({ outcome }) => goodOutcomes.has(outcome)) ? 0 : 1;
}

function rowsOf(some: readonly Fault[]): readonly (readonly [Fault, string])[] {
  return some.flatMap((fault) => twins.map((twin) => [fault, twin] as const));
}

function fileName({ title }: Fault): string {
  return title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

function differ(left: Files, right: Files): boolean {
  return left.size !== right.size || [...left].some(([path, content]) => right.get(path) !== content);
}
