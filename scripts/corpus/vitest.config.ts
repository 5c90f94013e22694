import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { mergeConfig } from "vitest/config";

/** The generated package's own configuration, and a recorder before each of its test files. */
const folder = process.env["CORPUS_FOLDER"] ?? "";
const own = (await import(pathToFileURL(resolve(folder, "vitest.config.ts")).href)) as { default: object };

export default mergeConfig(own.default, {
  test: { setupFiles: [resolve(import.meta.dirname, "record.ts")] },
});
