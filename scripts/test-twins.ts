import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { createNodeHost } from "../src/host-node.ts";
import { packageFolder } from "../src/package.ts";
import { runTests, type TestRun } from "../src/verify/tests.ts";
import { startPostgres } from "../test/support/postgres.ts";

/**
 * Runs the tests of the golden twins on PGlite and again on a real PostgreSQL server, and prints a row for each. With
 * arguments, of those packages: names of twins, or paths.
 */
const twins = ["ledger", "clinic", "bookshop"];

const wanted = process.argv.length > 2 ? process.argv.slice(2) : twins;
const folders = wanted.map((name) => (name.includes("/") ? resolve(name) : join(packageFolder, "generated", name)));
const missing = folders.filter((folder) => !existsSync(join(folder, "package.json")));
for (const folder of missing) console.log(`${basename(folder).padEnd(12)}  is not generated yet`);

const postgres = await startPostgres();
let hasFailed = missing.length > 0;
try {
  for (const folder of folders.filter((one) => !missing.includes(one))) {
    await row(folder, "PGlite", undefined);
    await row(folder, "PostgreSQL", await postgres.createDatabase(basename(folder)));
  }
} finally {
  await postgres.stop();
}
process.exitCode = hasFailed ? 1 : 0;

async function row(folder: string, storage: string, url: string | undefined): Promise<void> {
  const host = createNodeHost({ environment: { ...process.env, TEST_DATABASE_URL: url } });
  const startedMs = host.elapsedMs();
  const { summary, diagnostics }: TestRun = await runTests(host, folder);
  const seconds = ((host.elapsedMs() - startedMs) / 1000).toFixed(1);
  const counts = `${summary.passed} passed, ${summary.failed.length} failed, ${summary.skipped.length} skipped`;
  console.log(`${basename(folder).padEnd(12)}  ${storage.padEnd(10)}  ${counts.padEnd(40)}  ${seconds.padStart(5)} s`);
  for (const { place, saw } of diagnostics) console.log(`  ${place?.file ?? ""}:${place?.line ?? ""}  ${saw}`);
  hasFailed ||= diagnostics.length > 0 || summary.passed === 0;
}
