import { readFile, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { runToEnd } from "../service.ts";

/** What the generated tests make the service do. */
export interface Coverage {
  /** The statuses that were seen for an operation. */
  statuses(method: string, path: string): readonly number[];
  readonly assertions: number;
  /** Titles of skipped tests. */
  readonly skipped: readonly string[];
  readonly failed: readonly string[];
  readonly passed: number;
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
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Runs the tests of a generated package once more, and watches. `basePath` is where its routes are mounted. */
export async function watchTests(folder: string, basePath: string): Promise<Coverage> {
  const [record, report] = [resolve(`${folder}.record.jsonl`), resolve(`${folder}.tests.json`)];
  await Promise.all([rm(record, { force: true }), rm(report, { force: true })]);
  const vitest = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--root",
    folder,
    "--config",
    resolve("scripts/corpus/vitest.config.ts"),
  ];
  await runToEnd([...vitest, "--reporter=json", `--outputFile=${report}`], {
    isKept: true,
    environment: { ...process.env, NODE_ENV: "test", CORPUS_FOLDER: folder, CORPUS_RECORD: record },
  });
  const lines = (await textOf(record))
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as CoverageLine);
  const { testResults } = JSON.parse((await textOf(report)) || '{"testResults":[]}') as TestReport;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  const titles = (...states: readonly string[]) =>
    tests.filter(({ status }) => states.includes(status)).map(({ fullName }) => fullName);
  const seen = seenStatuses(lines);
  return {
    statuses: (method, path) =>
      [...(seen.get(`${method} ${basePath}${withoutNames(path)}`) ?? [])].sort((left, right) => left - right),
    assertions: lines.reduce((sum, line) => sum + (line.kind === "test" ? line.assertions : 0), 0),
    skipped: titles("skipped", "pending", "todo", "disabled"),
    failed: [...titles("failed"), ...broken.map(({ name, message }) => `${name}: ${message ?? "did not load"}`)],
    passed: titles("passed").length,
  };
}

function seenStatuses(lines: readonly CoverageLine[]): ReadonlyMap<string, ReadonlySet<number>> {
  const seen = new Map<string, Set<number>>();
  for (const line of lines) {
    if (line.kind !== "answer") continue;
    const operation = `${line.method} ${withoutNames(line.route)}`;
    seen.set(operation, (seen.get(operation) ?? new Set()).add(line.status));
  }
  return seen;
}

/** The router's `:name` and the document's `{name}` are the same place, however the parameter is called. */
function withoutNames(path: string): string {
  return path.replaceAll(/\{[^}]*\}|:[A-Za-z_]\w*(?:\([^)]*\))?/g, "{}");
}

function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
