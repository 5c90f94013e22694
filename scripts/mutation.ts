import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { startPostgres } from "../test/support/postgres.ts";
import { runCommand } from "./mutation/command.ts";
import { printedCoverage, type CoverageSummary } from "./mutation/coverage.ts";
import { printedScores, scoresOf, type Report, type Score } from "./mutation/scores.ts";

/**
 * `npm run mutation`: how much of the generated source the generated tests run, and how many mutants of it they notice.
 * Stryker makes the mutants of a twin and chooses the tests; scripts/mutation/runner.ts runs them. Ends with 1 where a
 * figure is below its goal.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: "string" },
    "at-a-time": { type: "string", default: "2" },
    "coverage-only": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(`npm run mutation -- [twins]
  --files <pattern>   mutants of some files only: "src/card/*.routes.ts"
  --at-a-time 2       processes side by side
  --coverage-only     make no mutants`);
  process.exit(0);
}

/** In per cent. */
const goals = { mutants: 85, lines: 95, equivalent: 5 };
const home = resolve("scripts/mutation");
const tools = resolve(".scaffold/tools/mutation");
const stryker = `${tools}/node_modules/@stryker-mutator/core/bin/stryker.js`;
const c8 = `${tools}/node_modules/c8/bin/c8.js`;
const coverageFlags = [
  "--reporter=json-summary",
  "--all",
  "--include=src/**/*.ts",
  "--exclude=src/**/*.test.ts",
  "--exclude=src/testing/**",
  // Types alone, and what only a start of its own runs.
  "--exclude=src/**/*contract.ts",
  "--exclude=src/open-slots.ts",
  "--exclude=src/{server,seed,services}.ts",
];
const mutated = ["routes", "repository", "schema", "table"].map((kind) => `src/*/*.${kind}.ts`);
const twins = positionals.length > 0 ? positionals : ["ledger", "clinic", "bookshop"];

await mkdir(tools, { recursive: true });
for (const file of ["package.json", "package-lock.json"]) await cp(`${home}/${file}`, `${tools}/${file}`);
if (!existsSync(stryker) || !existsSync(c8)) await runCommand("npm", ["ci", "--no-audit", "--no-fund"], { cwd: tools });
const postgres = await startPostgres();
let isEnough = true;
try {
  for (const twin of twins) {
    const folder = resolve(`.scaffold/mutation/${twin}`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await cp(`generated/${twin}`, folder, {
      recursive: true,
      // Nothing is type-checked, and what would read the settings for it knows an older compiler.
      filter: (source) => !/\/(node_modules|\.data|tsconfig\.json)$/.test(source),
    });
    await writeFile(`${folder}/stryker.config.json`, JSON.stringify(configOf(), null, 2));
    const environment = { MUTATION_DATABASE_URL: postgres.url };
    await runCommand(process.execPath, [c8, ...coverageFlags, process.execPath, `${home}/cover.ts`], {
      cwd: folder,
      environment,
      isQuiet: true,
    });
    const covered = JSON.parse(await readFile(`${folder}/coverage/coverage-summary.json`, "utf8")) as CoverageSummary;
    console.log(printedCoverage(twin, folder, covered));
    if (covered.total.lines.pct < goals.lines) isEnough = false;
    if (values["coverage-only"]) continue;
    await runCommand(process.execPath, [stryker, "run"], { cwd: folder, environment });
    const report = JSON.parse(await readFile(`${folder}/mutation.json`, "utf8")) as Report;
    const scores = scoresOf(report);
    console.log(printedScores(twin, scores));
    if (scores.total.share < goals.mutants || isTooMany(scores.total)) isEnough = false;
  }
} finally {
  await postgres.stop();
}
process.exitCode = isEnough ? 0 : 1;

function isTooMany({ equivalent, all }: Score): boolean {
  return (equivalent / all) * 100 > goals.equivalent;
}

function configOf(): object {
  return {
    plugins: [`${home}/runner.ts`],
    testRunner: "generated",
    coverageAnalysis: "perTest",
    concurrency: Number(values["at-a-time"]),
    mutate: values.files === undefined ? [...mutated, "src/http/*.ts", "!src/**/*.test.ts"] : [values.files],
    reporters: ["progress-append-only", "json"],
    jsonReporter: { fileName: "mutation.json" },
    tempDirName: ".stryker",
    cleanTempDir: "always",
    disableTypeChecks: "src/**/*.ts",
    // Modules that were loaded again are never let go of.
    maxTestRunnerReuse: 150,
    timeoutMS: 20_000,
    timeoutFactor: 3,
    dryRunTimeoutMinutes: 15,
    allowConsoleColors: false,
  };
}
