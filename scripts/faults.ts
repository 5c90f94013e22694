import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { faults } from "./faults/faults.ts";
import type { Fault } from "./faults/faults.ts";
import { runToEnd } from "./service.ts";

/**
 * `npm run faults [-- --only word] [--twins ledger]`: plants one mistake at a time in a copy of the templates, generates
 * the twins anew, and runs their tests, which must notice; first without any mistake, when all must pass. A cell is the
 * number of tests that fail, `-` where the document gives no occasion, and `NOT NOTICED` where none does.
 */
const { values } = parseArgs({ options: { only: { type: "string" }, twins: { type: "string" } } });
const twins = values.twins?.split(",") ?? ["ledger", "clinic", "bookshop"];
const chosen = faults.filter(({ title }) => values.only === undefined || title.includes(values.only));
const folder = ".scaffold/faults";
const titleWidth = Math.max(...faults.map(({ title }) => title.length), 20) + 2;

await rm(folder, { recursive: true, force: true });
console.log(`${"planted".padEnd(titleWidth)}${twins.map((twin) => twin.padStart(14)).join("")}`);

let missed = 0;
const clean = await row({ title: "nothing", edits: [] }, "clean");
if (clean.some((cell) => cell !== "0")) {
  console.error("\nThe twins must pass before anything is planted.");
  process.exit(1);
}
for (const [at, fault] of chosen.entries()) {
  const cells = await row(fault, String(at));
  missed += cells.filter((cell) => !/^(-|[1-9]\d*)$/.test(cell)).length;
}
console.log(`\n${chosen.length * twins.length - missed} passed, ${missed} failed`);
process.exitCode = missed === 0 ? 0 : 1;

async function row(fault: Fault, name: string): Promise<readonly string[]> {
  const copy = join(folder, name);
  const problem = await plant(fault, copy, name);
  const cells: string[] = [];
  for (const twin of twins) {
    if (fault.without?.[twin] !== undefined) cells.push("-");
    else cells.push(problem ?? (await failures(copy, twin)));
  }
  console.log(`${fault.title.padEnd(titleWidth)}${cells.map((cell) => cell.padStart(14)).join("")}`);
  if (problem === undefined) await rm(copy, { recursive: true, force: true });
  return cells;
}

/** A copy of the package that can generate, with the fault in it; libraries are found in the folder above. */
async function plant(fault: Fault, copy: string, name: string): Promise<string | undefined> {
  await mkdir(copy, { recursive: true });
  for (const part of ["src", "templates", "package.json"]) await cp(part, join(copy, part), { recursive: true });
  const description = JSON.parse(await readFile("package.json", "utf8")) as object;
  // Another version, so that an unchanged document is generated anew.
  await writeFile(join(copy, "package.json"), JSON.stringify({ ...description, version: `0.0.0-fault.${name}` }));
  for (const { file, find, replace } of fault.edits) {
    const path = join(copy, file);
    const text = await readFile(path, "utf8").catch(() => "");
    const edited = text.replace(find, () => replace);
    if (edited === text) return "not planted";
    await writeFile(path, edited);
  }
  return undefined;
}

/** How many tests fail, after the twin with its filled bodies was brought in step with the faulty templates. */
async function failures(copy: string, twin: string): Promise<string> {
  const out = join(copy, "generated", twin);
  const committed = join("generated", twin);
  if (existsSync(committed))
    await cp(committed, out, { recursive: true, filter: (path) => !path.includes("node_modules") });
  const main = join(copy, "src/main.ts");
  const crud = [main, "crud", `specs/${twin}.yaml`, "--out", out, "--no-verify", "--quiet"];
  const generated = await runToEnd(crud, { isKept: true });
  if (generated.exitCode !== 0) return `crud ends ${generated.exitCode}`;
  const report = resolve(copy, `${twin}.json`);
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--root", out, "--reporter=json", `--outputFile=${report}`];
  await runToEnd(vitest, { isKept: true, environment: { ...process.env, NODE_ENV: "test" } });
  const result = JSON.parse(await readFile(report, "utf8").catch(() => "{}")) as {
    numTotalTests?: number;
    numFailedTests?: number;
    numFailedTestSuites?: number;
  };
  if (result.numTotalTests === undefined) return "no report";
  const failed = Math.max(result.numFailedTests ?? 0, result.numFailedTestSuites ?? 0);
  return failed === 0 && copy.endsWith("clean") ? "0" : failed === 0 ? "NOT NOTICED" : String(failed);
}
