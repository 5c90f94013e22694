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
  },
});
