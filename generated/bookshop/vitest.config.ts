import { defineConfig } from "vitest/config";

/** One worker that keeps its modules and its database: starting PGlite is what costs. */
export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/testing/match.ts"],
    pool: "forks",
    isolate: false,
    maxWorkers: 1,
    fileParallelism: false,
    // A machine may be busy with other things.
    testTimeout: 30_000,
    // A test's name says the place in the document, however long that is.
    chaiConfig: { truncateThreshold: 0 },
  },
});
