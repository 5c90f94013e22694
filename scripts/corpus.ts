import { existsSync } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readCoverage } from "./corpus/coverage.ts";
import { probe } from "./corpus/probe.ts";
import type { Probe } from "./corpus/probe.ts";
import { isServed, readTruth } from "./corpus/truth.ts";
import { printRow, printHead } from "./corpus/row.ts";
import type { Row } from "./corpus/row.ts";
import { runToEnd, startService } from "./service.ts";

/**
 * `npm run corpus -- <folder> [--only a,b]`: every document of a folder through the command line, its generated tests,
 * and the running service; one row for each document, and below the table by name what is missing.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, "no-probe": { type: "boolean" } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error("Usage: npm run corpus -- <folder> [--only name,name] [--no-probe]");
  process.exit(64);
}

const only = values.only?.split(",");
const documents = (await findDocuments(folder)).filter(({ name }) => only === undefined || only.includes(name));
if (documents.length === 0) {
  console.error(`There is no document in ${folder}${only === undefined ? "" : ` named ${only.join(" or ")}`}.`);
  process.exit(2);
}

const rows: Row[] = [];
console.log(printHead());
for (const document of documents) {
  const row = await measure(document);
  rows.push(row);
  console.log(printRow(row));
}
for (const { name, remarks } of rows.filter((row) => row.remarks.length > 0)) {
  console.log(`\n${name}`);
  for (const remark of remarks) console.log(`  ${remark}`);
}
const failed = rows.filter((row) => !row.isGood);
console.log(`\n${rows.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

interface DocumentFile {
  readonly name: string;
  readonly file: string;
}

/** What `scaffold crud --json` prints, as far as it is read here. */
interface CrudReport {
  readonly outcome: string;
  readonly service?: {
    readonly entities: number;
    readonly operations: number;
    readonly openSlots: readonly { readonly id: string }[];
  };
  readonly tests?: { readonly passed: number; readonly failed: number; readonly skipped: number };
  readonly diagnostics: readonly { readonly code: string; readonly severity: string; readonly saw: string }[];
  readonly staging?: string;
}

async function measure({ name, file }: DocumentFile): Promise<Row> {
  const out = `.scaffold/corpus/${name}`;
  const coverageFile = resolve(`.scaffold/corpus/${name}.coverage.jsonl`);
  await mkdir(".scaffold/corpus", { recursive: true });
  await rm(out, { recursive: true, force: true });
  await rm(coverageFile, { force: true });
  const started = performance.now();
  const environment = { ...process.env, SCAFFOLD_COVERAGE: coverageFile };
  const run = await runToEnd(["bin/scaffold.js", "crud", file, "--out", out, "--json"], { isKept: true, environment });
  const seconds = (performance.now() - started) / 1000;
  const report = parseReport(run.stdout);
  const remarks: string[] = [];
  if (run.exitCode !== 0)
    remarks.push(`scaffold crud ended with ${run.exitCode} (${report?.outcome ?? run.stderr.trim()})`);
  for (const { code, saw } of report?.diagnostics.filter(({ severity }) => severity === "error") ?? []) {
    remarks.push(`${code}: ${saw.split("\n")[0] ?? ""}`);
  }
  const coverage = await readCoverage(coverageFile);
  const truth = await readTruth(join(file, "..", "expected.json"), file, coverage);
  for (const operation of truth?.operations.filter((one) => !isServed(one)) ?? []) {
    remarks.push(
      `${operation.method} ${operation.path} should ${operation.class} ${operation.entity ?? ""}: ${operation.why}`,
    );
  }
  const probed = run.exitCode === 0 && values["no-probe"] !== true ? await probeService(out, remarks) : undefined;
  for (const unanswered of probed?.unanswered ?? []) remarks.push(unanswered);
  const skipped = coverage.skipped.map((title) => `skipped: ${title}`);
  return {
    name,
    exitCode: run.exitCode,
    entities: report?.service?.entities ?? 0,
    operations: report?.service?.operations ?? 0,
    served: truth === undefined ? undefined : truth.operations.filter(isServed).length,
    crud: truth?.operations.length,
    notImplemented: probed?.notImplemented.length,
    assertions: coverage.assertions,
    tests: report?.tests,
    seconds,
    isGood: run.exitCode === 0 && (probed?.unanswered.length ?? 0) === 0,
    remarks: [...remarks, ...skipped],
  };
}

async function probeService(out: string, remarks: string[]): Promise<Probe | undefined> {
  try {
    const service = await startService(out);
    try {
      return await probe(service, join(out, "openapi.json"));
    } finally {
      await service.stop();
    }
  } catch (failure) {
    remarks.push(`did not start: ${failure instanceof Error ? failure.message.slice(0, 2000) : String(failure)}`);
    return undefined;
  }
}

function parseReport(stdout: string): CrudReport | undefined {
  try {
    return JSON.parse(stdout) as CrudReport;
  } catch {
    return undefined;
  }
}

/** A document is a file in the folder itself, or one with a usual name in a folder below it. */
async function findDocuments(folder: string): Promise<readonly DocumentFile[]> {
  const names = (await readdir(folder)).sort();
  const found: DocumentFile[] = [];
  for (const name of names) {
    const path = join(folder, name);
    if (!(await stat(path)).isDirectory()) {
      if (/\.(ya?ml|json)$/.test(name)) found.push({ name: name.replace(/\.\w+$/, ""), file: relative(".", path) });
      continue;
    }
    const file = ["", "spec/"]
      .flatMap((below) => ["openapi", "swagger"].map((stem) => below + stem))
      .flatMap((stem) => ["json", "yaml", "yml"].map((extension) => join(path, `${stem}.${extension}`)))
      .find((candidate) => existsSync(candidate));
    if (file !== undefined) found.push({ name, file: relative(".", file) });
  }
  return found;
}
