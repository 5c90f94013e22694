import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import type { OpenApi } from "../src/document/openapi.ts";
import { watchTests } from "./corpus/coverage.ts";
import { basePath, probe } from "./corpus/probe.ts";
import type { Probe } from "./corpus/probe.ts";
import { readTruth } from "./corpus/truth.ts";
import { printRow, printHead } from "./corpus/row.ts";
import type { Row } from "./corpus/row.ts";
import { runToEnd, startService } from "./service.ts";

/**
 * `npm run corpus -- <folder> [--only a,b]`: every document of a folder through the command line, its generated tests,
 * and the running service; one row for each document, and below the table by name what is missing.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, "no-probe": { type: "boolean" }, verbose: { type: "boolean" } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error("Usage: npm run corpus -- <folder> [--only name,name] [--no-probe] [--verbose]");
  process.exit(64);
}

/** How many things that fail or are missing are named for each document. */
const shownRemarks = 20;

/** What is not known of a document that the command line refused. */
const unknown = { served: undefined, crud: undefined, notImplemented: undefined, assertions: undefined } as const;

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
  const shown = values.verbose === true ? remarks : remarks.slice(0, shownRemarks);
  for (const remark of shown) console.log(`  ${remark}`);
  if (shown.length < remarks.length) console.log(`  and ${remarks.length - shown.length} more (--verbose)`);
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
  };
  readonly tests?: { readonly passed: number; readonly failed: number; readonly skipped: number };
  readonly diagnostics: readonly { readonly code: string; readonly severity: string; readonly saw: string }[];
  readonly staging?: string;
}

async function measure({ name, file }: DocumentFile): Promise<Row> {
  const out = `.scaffold/corpus/${name}`;
  await mkdir(".scaffold/corpus", { recursive: true });
  await rm(out, { recursive: true, force: true });
  const started = performance.now();
  const run = await runToEnd(["bin/scaffold.js", "crud", file, "--out", out, "--json"], { isKept: true });
  const seconds = (performance.now() - started) / 1000;
  const report = parseReport(run.stdout);
  const row = {
    name,
    exitCode: run.exitCode,
    entities: report?.service?.entities ?? 0,
    operations: report?.service?.operations ?? 0,
    seconds,
    ...unknown,
    tests: report?.tests,
  };
  if (run.exitCode !== 0) return { ...row, isGood: false, remarks: whyFailed(run, report) };

  const root = JSON.parse(await readFile(join(out, "openapi.json"), "utf8")) as OpenApi;
  const coverage = await watchTests(out, basePath(root));
  const truth = await readTruth(join(dirname(file), "expected.json"), file, coverage);
  const missing = truth?.filter(({ why }) => why !== undefined) ?? [];
  const probed = values["no-probe"] === true ? undefined : await probeService(out, root);
  return {
    ...row,
    served: truth === undefined ? undefined : truth.length - missing.length,
    crud: truth?.length,
    notImplemented: probed?.notImplemented.length,
    assertions: coverage.assertions,
    tests: { passed: coverage.passed, failed: coverage.failed.length, skipped: coverage.skipped.length },
    isGood: coverage.failed.length === 0 && (probed?.unanswered.length ?? 0) === 0,
    remarks: [
      ...missing.map(
        ({ method, path, class: kind, entity, why }) =>
          `${method} ${path} should ${kind} ${entity ?? ""}: ${why ?? ""}`,
      ),
      ...coverage.failed.map((title) => `failed: ${title}`),
      ...coverage.skipped.map((title) => `skipped: ${title}`),
      ...(probed?.unanswered ?? []),
      ...(probed?.notImplemented ?? []).map((title) => `${title} answers 501`),
    ],
  };
}

function whyFailed(
  { exitCode, stderr }: { readonly exitCode: number; readonly stderr: string },
  report?: CrudReport,
): readonly string[] {
  const errors = report?.diagnostics.filter(({ severity }) => severity === "error") ?? [];
  const attempt = report?.staging === undefined ? "" : `; the attempt is in ${report.staging}`;
  return [
    `scaffold crud ended with ${exitCode} (${report?.outcome ?? stderr.trim()})${attempt}`,
    ...errors.map(({ code, saw }) => `${code}: ${saw.split("\n")[0] ?? ""}`),
  ];
}

async function probeService(out: string, root: OpenApi): Promise<Probe> {
  try {
    const service = await startService(out);
    try {
      return await probe(service, root);
    } finally {
      await service.stop();
    }
  } catch (failure) {
    const why = failure instanceof Error ? failure.message.slice(0, 2000) : String(failure);
    return { notImplemented: [], unanswered: [`did not start: ${why}`] };
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
