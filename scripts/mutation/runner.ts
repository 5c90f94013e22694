import { dirname, relative } from "node:path";
import { failureOf, messageOf, ServiceTests } from "./service-tests.ts";
import type { CollectedTest } from "./vitest.ts";

/**
 * A test runner for Stryker that keeps a generated service, its tests and its database in one process: a mutant is switched
 * on, the tests that cover it run until one fails, and it is switched off. For a mutant in what runs while modules load
 * (schemas, tables) the service's own modules are loaded again, with the mutant active, and nothing else.
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
  readonly #service = new ServiceTests();

  capabilities(): object {
    return { reloadEnvironment: true };
  }

  init(): Promise<void> {
    return this.#service.open(process.env["MUTATION_DATABASE_URL"] ?? "");
  }

  async dryRun(): Promise<object> {
    const results: object[] = [];
    try {
      for (const test of await this.#service.load()) {
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
    if (run.reloadEnvironment) await this.#service.forget();
    this.#instrument.hitCount = hitLimit === undefined ? undefined : 0;
    this.#instrument.hitLimit = hitLimit;
    if (mutantActivation === "static") this.#instrument.activeMutant = activeMutant.id;
    let tests: readonly CollectedTest[];
    try {
      tests = await this.#service.load();
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
}

/** What a mutant breaks, the tests beside it notice most of the time. */
function nearestFirst(tests: readonly CollectedTest[], file: string): readonly CollectedTest[] {
  const folder = `${relative(".", dirname(file))}/`;
  return [...tests.filter(({ id }) => id.startsWith(folder)), ...tests.filter(({ id }) => !id.startsWith(folder))];
}
