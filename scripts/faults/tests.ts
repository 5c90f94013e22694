import { readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { runToEnd } from "../service.ts";

/** How the tests of a package went, up to the first that failed. */
export interface Verdict {
  readonly passed: number;
  readonly skipped: number;
  readonly firstFailure: Failure | undefined;
}

export interface Failure {
  readonly file: string;
  /** Undefined where the file itself could not be run. */
  readonly title: string | undefined;
  readonly message: string;
}

/** What vitest's JSON reporter writes, as far as we read it. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

/** Runs the tests of a package on an empty PostgreSQL database, which starts faster than an embedded one. */
export async function runTests(folder: string, databaseUrl: string): Promise<Verdict> {
  const file = resolve(folder, ".scaffold/tests.json");
  const vitest = resolve("node_modules/vitest/vitest.mjs");
  const options = ["--root", folder, "--bail=1", "--reporter=json", `--outputFile=${file}`];
  const environment = { ...process.env, NODE_ENV: "test", TEST_DATABASE_URL: databaseUrl };
  const { stdout, stderr } = await runToEnd([vitest, "run", ...options], { isKept: true, environment });
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) throw new Error(`The tests of ${folder} made no report.\n${stdout}${stderr}`);
  return verdictOf(JSON.parse(text) as Report, folder);
}

function verdictOf({ testResults }: Report, folder: string): Verdict {
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((result) => ({ ...result, file: relative(resolve(folder), name) })),
  );
  const failed = tests.find(({ status }) => status === "failed");
  const broken = testResults.find(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return {
    passed: tests.filter(({ status }) => status === "passed").length,
    skipped: tests.filter(({ status }) => status !== "passed" && status !== "failed").length,
    firstFailure:
      failed !== undefined
        ? {
            file: failed.file,
            title: [...failed.ancestorTitles, failed.title].join(" › "),
            message: failed.failureMessages?.[0] ?? "",
          }
        : broken && { file: join(relative(resolve(folder), broken.name)), title: undefined, message: broken.message },
  };
}
