import { posix } from "node:path";
import { ownScript, plainEnvironment } from "../child-process.ts";
import { error } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { hashOf } from "../hash.ts";
import type { Host } from "../host.ts";
import { findTool } from "./modules.ts";

export interface TestProgress {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Tests that are known of so far; it grows while files are read. */
  readonly total: number;
}

export interface TestSummary {
  readonly passed: number;
  readonly failed: readonly NamedTest[];
  readonly skipped: readonly NamedTest[];
}

export interface NamedTest {
  /** Relative to the package. */
  readonly file: string;
  readonly title: string;
}

/** What our reporter prints, in one line each. */
export type TestLine =
  | { readonly kind: "collected"; readonly count: number }
  | ({ readonly kind: "passed" | "skipped" } & NamedTest)
  | FailedLine
  | { readonly kind: "ended" };

interface FailedLine extends NamedTest {
  readonly kind: "failed";
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

export interface TestRun {
  readonly summary: TestSummary;
  readonly diagnostics: readonly Diagnostic[];
}

/** Ten times what the largest of our own services needs on a slow machine. */
const timeoutMs = 600_000;

/**
 * Runs the tests of a package, in a process that sees no more of the environment than it needs; a database for them is
 * handed on in TEST_DATABASE_URL.
 */
export async function runTests(
  host: Host,
  folder: string,
  onProgress: (progress: TestProgress) => void = () => undefined,
): Promise<TestRun> {
  const vitest = await findTool(host, folder, "vitest");
  if (vitest === undefined) return broken("vitest is not installed.");
  const mark = `test:${hashOf(folder)}:`;
  const reader = createLineReader(mark, onProgress);
  const { exitCode, stderr } = await host.run({
    command: host.nodePath,
    args: [
      vitest,
      "run",
      "--root",
      folder,
      "--reporter",
      ownScript("verify/reporter.ts"),
      "--no-color",
      "--passWithNoTests",
    ],
    cwd: folder,
    environment: plainEnvironment(host, {
      NODE_ENV: "test",
      NO_COLOR: "1",
      SCAFFOLD_REPORT_MARK: mark,
      TEST_DATABASE_URL: host.environment["TEST_DATABASE_URL"],
    }),
    timeoutMs,
    onOutput: (text) => reader.read(text),
  });
  const lines = reader.lines();
  const run = summarise(lines, posix.relative(host.cwd, folder));
  if (exitCode === undefined) return broken(`The tests did not end within ${timeoutMs / 1000} s.`, run);
  const hasEnded = lines.some((line) => line.kind === "ended");
  if (hasEnded && (exitCode === 0) === (run.summary.failed.length === 0)) return run;
  return broken(`The tests stopped before their end: ${firstLine(stderr)}`, run);
}

function summarise(lines: readonly TestLine[], folder: string): TestRun {
  const named = (kind: "failed" | "skipped") =>
    lines.flatMap((line) => (line.kind === kind ? [{ file: line.file, title: line.title }] : []));
  const failed = lines.flatMap((line) => (line.kind === "failed" ? [line] : []));
  return {
    summary: {
      passed: lines.filter((line) => line.kind === "passed").length,
      failed: named("failed"),
      skipped: named("skipped"),
    },
    diagnostics: failed.map((line) => toDiagnostic(line, folder)),
  };
}

function toDiagnostic({ file, title, message, line, column }: FailedLine, folder: string): Diagnostic {
  const place = {
    file: posix.join(folder, file),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
  const text = message.split("\n").slice(0, 3).join(" ").trim();
  return error("verify/tests", { place, saw: `${title}: ${text}` });
}

function broken(saw: string, run?: TestRun): TestRun {
  const summary = run?.summary ?? { passed: 0, failed: [], skipped: [] };
  return { summary, diagnostics: [...(run?.diagnostics ?? []), error("verify/tests", { saw })] };
}

/** Output arrives in pieces that end anywhere. */
function createLineReader(mark: string, onProgress: (progress: TestProgress) => void) {
  const lines: TestLine[] = [];
  const counts = { passed: 0, failed: 0, skipped: 0, total: 0 };
  let rest = "";
  const take = (text: string) => {
    const line = JSON.parse(text) as TestLine;
    lines.push(line);
    if (line.kind === "collected") counts.total += line.count;
    else if (line.kind !== "ended") counts[line.kind] += 1;
    onProgress({ ...counts });
  };
  return {
    lines: (): readonly TestLine[] => lines,
    read(text: string): void {
      const parts = (rest + text).split("\n");
      rest = parts.pop() ?? "";
      for (const part of parts) if (part.startsWith(mark)) take(part.slice(mark.length));
    },
  };
}

function firstLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.find((line) => /Error\b/.test(line)) ?? lines.find((line) => line !== "") ?? "vitest says nothing";
}
