import { createReadStream } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { runWithin } from "./command.ts";

/** What the generated tests make the service do. */
export interface Coverage {
  /** The statuses that were seen for an operation. */
  statuses(method: string, path: string): readonly number[];
  /** Executed, and not counted in the text of the tests. */
  readonly assertions: number;
  readonly passed: number;
  /** Titles of failed tests, each with the first line of what it says. */
  readonly failed: readonly string[];
  /** Titles of skipped tests. */
  readonly skipped: readonly string[];
}

/** A line of what scripts/corpus/record.ts writes. */
export type CoverageLine =
  | { readonly kind: "answer"; readonly method: string; readonly route: string; readonly status: number }
  | { readonly kind: "test"; readonly assertions: number };

interface TestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

export interface WatchOptions {
  /** Where the package's routes are mounted. */
  readonly basePath: string;
  readonly timeoutMs: number;
}

/** Runs the tests of a generated package, and watches. */
export async function watchTests(folder: string, { basePath, timeoutMs }: WatchOptions): Promise<Coverage> {
  const [record, report] = [resolve(`${folder}.record.jsonl`), resolve(`${folder}.tests.json`)];
  await Promise.all([rm(record, { force: true }), rm(report, { force: true })]);
  const config = resolve("scripts/corpus/vitest.config.ts");
  const run = await runWithin(
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      `--root=${folder}`,
      `--config=${config}`,
      "--reporter=json",
      `--outputFile=${report}`,
    ],
    { timeoutMs, environment: { NODE_ENV: "test", CORPUS_FOLDER: folder, CORPUS_RECORD: record } },
  );
  const { assertions, seen } = await readRecord(record);
  const { testResults } = JSON.parse((await textOf(report)) || '{"testResults":[]}') as TestReport;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  const titles = (...states: readonly string[]) =>
    tests.filter(({ status }) => states.includes(status)).map(({ fullName }) => fullName);
  return {
    statuses: (method, path) =>
      [...(seen.get(`${method} ${basePath}${withoutNames(path)}`) ?? [])].sort((left, right) => left - right),
    assertions,
    passed: titles("passed").length,
    failed: [
      ...(run.exitCode === undefined ? [`the tests did not end in ${timeoutMs / 1000} s`] : []),
      ...(testResults.length === 0 ? [`the tests left no report: ${run.stderr.slice(0, 500)}`] : []),
      ...tests
        .filter(({ status }) => status === "failed")
        .map(({ fullName, failureMessages = [] }) => `${fullName}: ${(failureMessages[0] ?? "").split("\n")[0]}`),
      ...broken.map(({ name, message }) => `${name}: ${message ?? "did not load"}`),
    ],
    skipped: titles("skipped", "pending", "todo", "disabled"),
  };
}

interface Recorded {
  readonly assertions: number;
  readonly seen: ReadonlyMap<string, ReadonlySet<number>>;
}

/** Line by line: a large API's tests make more calls than one text should hold. */
async function readRecord(file: string): Promise<Recorded> {
  const seen = new Map<string, Set<number>>();
  let assertions = 0;
  const stream = createReadStream(file, "utf8").on("error", () => {});
  for await (const text of createInterface({ input: stream })) {
    const line = JSON.parse(text) as CoverageLine;
    if (line.kind === "test") {
      assertions += line.assertions;
      continue;
    }
    const operation = `${line.method} ${withoutNames(line.route)}`;
    seen.set(operation, (seen.get(operation) ?? new Set()).add(line.status));
  }
  return { assertions, seen };
}

/** The router's `:name` and the document's `{name}` are the same place, however the parameter is called. */
function withoutNames(path: string): string {
  return path.replaceAll(/\{[^}]*\}|:[A-Za-z_]\w*(?:\([^)]*\))?/g, "{}");
}

function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
