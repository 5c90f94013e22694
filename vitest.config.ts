import { defineConfig } from "vitest/config";

/** Pure stages keep nothing between calls, and are loaded once for all of their tests: loading them is what costs. */
const pure = ["diagnostic", "document", "model", "plan", "specification"].map((stage) => `test/${stage}/**/*.test.ts`);

export default defineConfig({
  test: {
    // Template and compiler loads are slow on a busy machine; a test that waits for longer hangs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "forks",
    // vitest leaves a core free, which is half of a machine with two; much of the time goes by in child processes.
    maxWorkers: "100%",
    projects: [
      { extends: true, test: { name: "whole", include: ["test/**/*.test.ts"], exclude: pure } },
      { extends: true, test: { name: "pure", include: pure, isolate: false } },
    ],
  },
});
