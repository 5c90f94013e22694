import { rm } from "node:fs/promises";
import { startPostgres, type Postgres } from "../test/support/postgres.ts";
import { faults } from "./faults/faults.ts";
import { inTurns } from "./faults/in-turns.ts";
import { countOutcomes, goodOutcomes, printCell, printHead, type Cell } from "./faults/table.ts";
import { Trial } from "./faults/trial.ts";

/**
 * `npm run faults [-- <words of a fault, or a twin> …]`: plants one mistake at a time in the templates, or in the views
 * that they read, generates the twins with it, and runs their tests, which must notice it. First come the twins without
 * any mistake, which must pass. Ends with 1 where a mistake goes unnoticed though the document gives occasion for it.
 */
const folder = ".scaffold/faults";
const allTwins = ["ledger", "clinic", "bookshop"];
/** Side by side: two processors are what every machine has. */
const width = 2;

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
  const trial = new Trial(folder, server);
  const print = (cell: Cell, at: number): void => printCell(cell, at % twins.length === 0);
  printHead();
  const unmutated = await inTurns(twins, width, (twin) => trial.sound(twin), print);
  if (unmutated.some(({ outcome }) => outcome !== "green")) {
    console.error("\nThe twins must pass before anything is planted in them.");
    return 1;
  }
  const pairs = chosen.flatMap((fault) => twins.map((twin) => ({ fault, twin })));
  const cells = await inTurns(pairs, width, ({ fault, twin }) => trial.try(fault, twin), print);
  console.log(`\n${countOutcomes(cells)}`);
  return cells.every(({ outcome }) => goodOutcomes.has(outcome)) ? 0 : 1;
}
