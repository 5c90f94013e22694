import { glob } from "node:fs/promises";
import { registerHooks } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createDatabase } from "../../test/support/postgres.ts";
import { collected, enterFile, type CollectedTest } from "./vitest.ts";

/** The tests of the generated service in the working folder, in this process, over a database of their own. */
export class ServiceTests {
  #tests: readonly CollectedTest[] | undefined;

  /** How often the service's own modules were loaded; those of packages are loaded once. */
  #generation = 0;

  /** `server` is a PostgreSQL that the database is made in. Once in a process. */
  async open(server: string): Promise<void> {
    process.env["TEST_DATABASE_URL"] = await createDatabase(server, "mutation");
    const standIn = new URL("vitest.ts", import.meta.url).href;
    const own = pathToFileURL(resolve("src")).href;
    registerHooks({
      resolve: (specifier, context, next) => {
        if (specifier === "vitest") return { url: standIn, shortCircuit: true };
        const found = next(specifier, context);
        const isAgain = this.#generation > 0 && found.url.startsWith(own);
        return isAgain ? { ...found, url: `${found.url}?generation=${this.#generation}` } : found;
      },
    });
  }

  /** Loads the service where it is not loaded. Throws where it cannot be. */
  async load(): Promise<readonly CollectedTest[]> {
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

  /** The service is loaded anew the next time, and opens the same database once more. */
  async forget(): Promise<void> {
    const shared = globalThis as { testDatabase?: Promise<{ close(): Promise<void> }> | undefined };
    await (await shared.testDatabase?.catch(() => undefined))?.close();
    shared.testDatabase = undefined;
    this.#tests = undefined;
    this.#generation += 1;
    collected.length = 0;
  }
}

function load(file: string): Promise<unknown> {
  return import(pathToFileURL(resolve(file)).href);
}

/** Runs one test: why it fails, or undefined. */
export async function failureOf(test: CollectedTest): Promise<string | undefined> {
  const { promise: broken, reject } = Promise.withResolvers<never>();
  // What nobody catches ends a run of tests, and is noticed by that.
  process.on("uncaughtException", reject);
  try {
    await Promise.race([test.run(), broken]);
    return undefined;
  } catch (cause) {
    return messageOf(cause);
  } finally {
    process.off("uncaughtException", reject);
  }
}

export function messageOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)) || "failed";
}
