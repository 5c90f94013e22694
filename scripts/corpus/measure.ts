import { mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { OpenApi } from "../../src/document/openapi.ts";
import { startService } from "../service.ts";
import { runWithin, type Ended } from "./command.ts";
import { watchTests, type Coverage } from "./coverage.ts";
import type { DocumentFile } from "./documents.ts";
import { basePath, probe, type Probe } from "./probe.ts";
import { belowFloors, type Row } from "./row.ts";
import { modelledKinds, readTruth, whyNotServed, type LabelledOperation } from "./truth.ts";

/** What `scaffold crud --json` prints, as far as it is read here. */
interface CrudReport {
  readonly outcome: string;
  readonly service?: { readonly entities: number; readonly operations: number };
  readonly tests?: { readonly passed: number; readonly failed: number; readonly skipped: number };
  readonly diagnostics: readonly { readonly code: string; readonly severity: string; readonly saw: string }[];
  readonly staging?: string;
}

export interface MeasureOptions {
  readonly out: string;
  /** For each of the two long parts: the command line, and the tests. */
  readonly timeoutMs: number;
  readonly isProbed: boolean;
}

/** One document through the command line, its generated tests, and the running service. Never fails. */
export async function measure(document: DocumentFile, options: MeasureOptions): Promise<Row> {
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  try {
    return { ...(await measured(document, options)), seconds: seconds() };
  } catch (failure) {
    const why = failure instanceof Error ? failure.message : String(failure);
    return { ...unknown, name: document.name, seconds: seconds(), faults: [`could not be measured: ${why}`] };
  }
}

/** What is not known of a document that the command line refused. */
const unknown: Omit<Row, "name" | "faults"> = {
  exitCode: undefined,
  entities: 0,
  operations: 0,
  served: undefined,
  crud: undefined,
  notImplemented: undefined,
  assertions: undefined,
  tests: undefined,
  seconds: 0,
  remarks: [],
};

async function measured({ name, file }: DocumentFile, { out, timeoutMs, isProbed }: MeasureOptions): Promise<Row> {
  await mkdir(dirname(out), { recursive: true });
  await rm(out, { recursive: true, force: true });
  const run = await runWithin(["bin/scaffold.js", "crud", file, "--out", out, "--json"], { timeoutMs });
  const report = parseReport(run.stdout);
  const known = {
    ...unknown,
    name,
    exitCode: run.exitCode,
    entities: report?.service?.entities ?? 0,
    operations: report?.service?.operations ?? 0,
  };
  if (run.exitCode !== 0) {
    return { ...known, tests: report?.tests, faults: [whyStopped(run, report)], remarks: errorsOf(report) };
  }
  const root = JSON.parse(await readFile(join(out, "openapi.json"), "utf8")) as OpenApi;
  const coverage = await watchTests(out, { basePath: basePath(root), timeoutMs });
  const probed = isProbed ? await probeService(out, root) : undefined;
  const missing = await missingOperations(file, coverage, probed, timeoutMs);
  const unnamed = coverage.skipped.filter((title) => !/ is open: /.test(title));
  const row = {
    ...known,
    served: missing && missing.crud - missing.why.length,
    crud: missing?.crud,
    notImplemented: probed?.notImplemented.length,
    assertions: coverage.assertions,
    tests: { passed: coverage.passed, failed: coverage.failed.length, skipped: coverage.skipped.length },
  };
  return {
    ...row,
    faults: [
      ...belowFloors(row),
      ...coverage.failed.map((title) => `failed: ${title}`),
      ...unnamed.map((title) => `skipped, and no open slot: ${title}`),
      ...(probed?.unanswered ?? []),
    ],
    remarks: [
      ...(missing?.why ?? []),
      ...coverage.skipped.map((title) => `skipped: ${title}`),
      ...(probed?.notImplemented ?? []).map((title) => `${title} answers 501`),
      ...(probed?.refused ?? []),
    ],
  };
}

interface Missing {
  readonly crud: number;
  readonly why: readonly string[];
}

/** Labelled CRUD operations that are not served from a table, and why; undefined where the document has no labels. */
async function missingOperations(
  file: string,
  coverage: Coverage,
  probed: Probe | undefined,
  timeoutMs: number,
): Promise<Missing | undefined> {
  const truth = await readTruth(join(dirname(file), "expected.json"));
  if (truth === undefined) return undefined;
  const kinds = await modelledKinds(file, timeoutMs);
  // Where a label leaves open whether an operation is CRUD at all, one that is custom is neither served nor missing.
  const isOpen = ({ method, path, accept = [] }: LabelledOperation) =>
    accept.includes("custom") && kinds.get(`${method} ${path}`) === "custom";
  const labelled = truth.filter((one) => !isOpen(one));
  const why = labelled.flatMap(({ method, path, class: kind, entity }) => {
    const title = `${method} ${path}`;
    const tested = coverage.statuses(method, path);
    const reason = whyNotServed({ kind: kinds.get(title), tested, probed: probed?.statuses.get(title) });
    return reason === undefined ? [] : [`${title} should ${kind} ${entity ?? ""}: ${reason}`];
  });
  return { crud: labelled.length, why };
}

function whyStopped({ exitCode, stderr }: Ended, report: CrudReport | undefined): string {
  const attempt = report?.staging === undefined ? "" : `; the attempt is in ${report.staging}`;
  if (exitCode === undefined) return `scaffold crud did not end in time${attempt}`;
  return `scaffold crud ended with ${exitCode} (${report?.outcome ?? stderr.trim().slice(0, 500)})${attempt}`;
}

function errorsOf(report: CrudReport | undefined): readonly string[] {
  const errors = report?.diagnostics.filter(({ severity }) => severity === "error") ?? [];
  return errors.map(({ code, saw }) => `${code}: ${saw.split("\n")[0] ?? ""}`);
}

function parseReport(stdout: string): CrudReport | undefined {
  try {
    return JSON.parse(stdout) as CrudReport;
  } catch {
    return undefined;
  }
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
    return { statuses: new Map(), notImplemented: [], refused: [], unanswered: [`did not start: ${why}`] };
  }
}
