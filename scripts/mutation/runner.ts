import { glob } from "node:fs/promises";
import { registerHooks } from "node:module";
import { dirname, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createDatabase } from "../../test/support/postgres.ts";
import { collected, enterFile, type CollectedTest } from "./vitest.ts";

/**
 * A test runner for Stryker that keeps a generated service, its tests and its database in one process: a mutant is switched
 * on, the tests that cover it run until one fails, and it is switched off. For a mutant in what runs while modules load
 * (schemas, tables) the service's own modules are loaded again, and nothing else.
 */
export const strykerPlugins = [
  {
    kind: "TestRunner",
    name: "generated",
    factory: Object.assign(() => new GeneratedTestRunner(), { inject: [] as const }),
  },
];

/** What Stryker and the code that it has instrumented share (INSTRUMENTER_CONSTANTS of its api). */
interface Instrument {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: unknown;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}

interface MutantRun {
  readonly activeMutant: { readonly id: string };
  readonly testFilter?: readonly string[];
  readonly mutantActivation: "runtime" | "static";
  readonly sandboxFileName: string;
  readonly reloadEnvironment: boolean;
  readonly hitLimit?: number;
}

class GeneratedTestRunner {
  readonly #instrument: Instrument = ((globalThis as { __stryker__?: Instrument }).__stryker__ ??= {});
  #tests: readonly CollectedTest[] | undefined;

  /** How often the service's own modules were loaded; those of packages are loaded once. */
  #generation = 0;

  capabilities(): object {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    const server = process.env["MUTATION_DATABASE_URL"] ?? "";
    process.env["TEST_DATABASE_URL"] = await createDatabase(server, "mutation");
    const standIn = new URL("vitest.ts", import.meta.url).href;
    const own = pathToFileURL(resolve("src")).href;
    registerHooks({
      resolve: (specifier, context, next) => {
        if (specifier === "vitest") return { url: standIn, shortCircuit: true };
        const found = next(specifier, context);
        return found.url.startsWith(own) ? { ...found, url: `${found.url}?generation=${this.#generation}` } : found;
      },
    });
  }

  async dryRun(): Promise<object> {
    const results: object[] = [];
    try {
      for (const test of await this.#load()) {
        const started = performance.now();
        this.#instrument.currentTestId = test.id;
        const failure = test.isSkipped ? undefined : await failureOf(test);
        this.#instrument.currentTestId = undefined;
        results.push({
          id: test.id,
          name: test.id,
          timeSpentMs: performance.now() - started,
          status: test.isSkipped ? 2 : failure === undefined ? 0 : 1,
          ...(failure === undefined ? {} : { failureMessage: failure }),
        });
      }
    } catch (cause) {
      return { status: "error", errorMessage: messageOf(cause) };
    }
    return { status: "complete", tests: results, mutantCoverage: this.#instrument.mutantCoverage };
  }

  async mutantRun(run: MutantRun): Promise<object> {
    const { activeMutant, testFilter, mutantActivation, hitLimit } = run;
    if (run.reloadEnvironment) await this.#forget();
    this.#instrument.hitCount = hitLimit === undefined ? undefined : 0;
    this.#instrument.hitLimit = hitLimit;
    if (mutantActivation === "static") this.#instrument.activeMutant = activeMutant.id;
    let tests: readonly CollectedTest[];
    try {
      tests = await this.#load();
    } catch (cause) {
      // A service that does not even load is noticed by everything.
      return { status: "killed", killedBy: ["loading"], failureMessage: messageOf(cause), nrOfTests: 1 };
    }
    this.#instrument.activeMutant = activeMutant.id;
    const wanted = testFilter === undefined ? undefined : new Set(testFilter);
    let count = 0;
    for (const test of nearestFirst(tests, run.sandboxFileName)) {
      if (test.isSkipped || wanted?.has(test.id) === false) continue;
      count += 1;
      const failure = await failureOf(test);
      if (failure === undefined) continue;
      this.#instrument.activeMutant = undefined;
      if (hitLimit !== undefined && (this.#instrument.hitCount ?? 0) > hitLimit)
        return { status: "timeout", reason: "It went round for too long." };
      return { status: "killed", killedBy: [test.id], failureMessage: failure, nrOfTests: count };
    }
    this.#instrument.activeMutant = undefined;
    return { status: "survived", nrOfTests: count };
  }

  /** The service is loaded anew, with the mutant that is active then, and opens the same database once more. */
  async #forget(): Promise<void> {
    const shared = globalThis as { testDatabase?: Promise<{ close(): Promise<void> }> | undefined };
    await (await shared.testDatabase?.catch(() => undefined))?.close();
    shared.testDatabase = undefined;
    this.#tests = undefined;
    this.#generation += 1;
    collected.length = 0;
  }

  async #load(): Promise<readonly CollectedTest[]> {
    if (this.#tests !== undefined) return this.#tests;
    enterFile("setup");
    await load("src/testing/match.ts");
    const files: string[] = [];
    for await (const file of glob("src/**/*.test.ts")) files.push(file);
    for (const file of files.toSorted()) {
      enterFile(file);
      await load(file);
    }
    this.#tests = [...collected];
    return this.#tests;
  }
}

/** What a mutant breaks, the tests beside it notice most of the time. */
function nearestFirst(tests: readonly CollectedTest[], file: string): readonly CollectedTest[] {
  const folder = `${relative(".", dirname(file))}/`;
  return [...tests.filter(({ id }) => id.startsWith(folder)), ...tests.filter(({ id }) => !id.startsWith(folder))];
}

function load(file: string): Promise<unknown> {
  return import(pathToFileURL(resolve(file)).href);
}

async function failureOf(test: CollectedTest): Promise<string | undefined> {
  try {
    await test.run();
    return undefined;
  } catch (cause) {
    return messageOf(cause);
  }
}

function messageOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)) || "failed";
}
