import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";

/**
 * Everything that must hold before a change lands: `npm test`, or `npm test -- types unit` for some of it. The last
 * line, `N passed, N failed`, adds up all steps; a step that is one check counts as one.
 */
interface Step {
  readonly name: string;
  readonly what: string;
  readonly command: readonly string[];
  readonly count?: (output: string, succeeded: boolean) => Promise<Count>;
}

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const unitReport = ".scaffold/test/unit.json";
const checkedFolders = ["src", "test", "scripts", "bench", "bin", "docs", "*.md", "*.json", "*.ts"];

/** Steps of one group run side by side; the first groups are cheap, and say early what is wrong. */
const groups: readonly (readonly Step[])[] = [
  [{ name: "build", what: "bundle of the command line", command: ["node", "scripts/build.ts"] }],
  [
    { name: "types", what: "tsc, strict", command: ["tsc", "-p", "."] },
    { name: "lint", what: "oxlint with types", command: ["oxlint", "--type-aware", "--quiet"] },
    { name: "format", what: "prettier", command: ["prettier", "--check", "--log-level=warn", ...checkedFolders] },
  ],
  [
    {
      name: "unit",
      what: "vitest",
      command: ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${unitReport}`],
      count: countUnitTests,
    },
  ],
  [
    {
      name: "twins",
      what: "generated services on PGlite and PostgreSQL",
      command: ["node", "scripts/test-twins.ts"],
      count: (output, succeeded) => Promise.resolve(countRows(output, succeeded)),
    },
  ],
];

const chosen = new Set(process.argv.slice(2));
const known = groups.flat().map(({ name }) => name);
const unknown = [...chosen].filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no step "${unknown.join('", "')}". Steps: ${known.join(", ")}.`);
  process.exit(64);
}

let total: Count = { passed: 0, failed: 0 };
await mkdir(".scaffold/test", { recursive: true });
for (const group of groups) {
  const steps = group.filter(({ name }) => chosen.size === 0 || chosen.has(name));
  for (const count of await Promise.all(steps.map(runStep))) total = add(total, count);
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function runStep(step: Step): Promise<Count> {
  const started = performance.now();
  const { output, succeeded } = await run(step.command);
  const count = (await step.count?.(output, succeeded)) ?? verdict(succeeded);
  // A step that ends badly without a failed test (a crash, no report) is a failure of its own.
  const counted = !succeeded && count.failed === 0 ? add(count, verdict(false)) : count;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const result = `${counted.passed} passed, ${counted.failed} failed`;
  console.log(`${step.name.padEnd(9)}${step.what.padEnd(46)}${result.padEnd(26)}${seconds.padStart(6)} s`);
  if (counted.failed > 0) console.log(indent(output));
  return counted;
}

function run([command = "", ...args]: readonly string[]): Promise<{ output: string; succeeded: boolean }> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    const pieces: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => pieces.push(text));
    }
    child.on("error", fail);
    child.on("close", (exitCode) => done({ output: pieces.join(""), succeeded: exitCode === 0 }));
  });
}

async function countUnitTests(_output: string, succeeded: boolean): Promise<Count> {
  if (!existsSync(unitReport)) return verdict(succeeded);
  const report = JSON.parse(await readFile(unitReport, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
    numFailedTestSuites: number;
  };
  // A file that does not load has no failed test, only a failed suite.
  const failed = report.numFailedTests > 0 ? report.numFailedTests : report.numFailedTestSuites;
  return { passed: report.numPassedTests, failed };
}

/** Adds up every `12 passed, 0 failed` that a row says. */
function countRows(output: string, succeeded: boolean): Count {
  const rows = [...output.matchAll(/\b(\d+) passed, (\d+) failed\b/g)];
  const counts = rows.map(([, passed, failed]): Count => ({ passed: Number(passed), failed: Number(failed) }));
  return counts.length === 0 ? verdict(succeeded) : counts.reduce(add);
}

function verdict(succeeded: boolean): Count {
  return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function add(left: Count, right: Count): Count {
  return { passed: left.passed + right.passed, failed: left.failed + right.failed };
}

function indent(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, "  ");
}
