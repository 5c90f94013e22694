import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Template and compiler loads are slow on a busy machine; a test that waits for longer hangs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "forks",
    // vitest leaves a core free, which is half of a machine with two; much of the time goes by in child processes.
    maxWorkers: "100%",
  },
});
