import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Diagnostic } from "../../src/diagnostic/diagnostic.ts";
import type { OpenApi } from "../../src/document/openapi.ts";
import type { Host } from "../../src/host.ts";
import { lint } from "../../src/verify/lint.ts";
import { typecheck } from "../../src/verify/typecheck.ts";
import { startService } from "../service.ts";
import { watchTests, type Coverage } from "./coverage.ts";
import type { DocumentFile } from "./documents.ts";
import { generate } from "./generate.ts";
import { listedResources } from "./index-table.ts";
import { judgedOf } from "./judged.ts";
import { crudOf, readModel, resourcesOf, type Modelled } from "./modelled.ts";
import { basePath, probe, type Probe } from "./probe.ts";
import { belowFloors, type PartName, type Row } from "./row.ts";
import { readTruth, whyNotServed, type LabelledOperation } from "./truth.ts";

export interface MeasureOptions {
  readonly out: string;
  /** For each of the two long parts: the command line, and the tests. */
  readonly timeoutMs: number;
  readonly isProbed: boolean;
}

/**
 * One document through the command line, the checks that follow there, its generated tests, and the running service.
 * Each part is run once, so that a corpus takes what its documents take. Never fails.
 */
export async function measure(host: Host, document: DocumentFile, options: MeasureOptions): Promise<Row> {
  const clock = startClock();
  const known = { ...unknown, name: document.name };
  try {
    return { ...(await measured(host, document, options, clock)), ...clock.read() };
  } catch (failure) {
    const why = failure instanceof Error ? failure.message : String(failure);
    return { ...known, ...clock.read(), faults: [`could not be measured: ${why}`] };
  }
}

/** What is not known of a document that the command line refused. */
const unknown: Omit<Row, "name" | "faults"> = {
  exitCode: undefined,
  entities: 0,
  operations: 0,
  crudOperations: 0,
  slots: 0,
  resources: undefined,
  served: undefined,
  notImplemented: undefined,
  assertions: undefined,
  tests: undefined,
  peakMb: 0,
  seconds: 0,
  parts: {},
  remarks: [],
};

interface Clock {
  time<T>(part: PartName, work: () => Promise<T>): Promise<T>;
  read(): Pick<Row, "seconds" | "parts">;
}

function startClock(): Clock {
  const parts: Partial<Record<PartName, number>> = {};
  const secondsSince = (start: number) => Math.round((performance.now() - start) / 100) / 10;
  const started = performance.now();
  return {
    async time(part, work) {
      const start = performance.now();
      try {
        return await work();
      } finally {
        parts[part] = secondsSince(start);
      }
    },
    read: () => ({ seconds: secondsSince(started), parts }),
  };
}

async function measured(
  host: Host,
  { name, file }: DocumentFile,
  { out, timeoutMs, isProbed }: MeasureOptions,
  clock: Clock,
): Promise<Row> {
  const { why, errors, ...generated } = await clock.time("generate", () => generate(file, out, timeoutMs));
  const known = { ...unknown, name, ...generated };
  if (why !== undefined) return { ...known, faults: [why], remarks: errors };
  const modelled = await readModel(file, timeoutMs);
  const root = JSON.parse(await readFile(join(out, "openapi.json"), "utf8")) as OpenApi;
  const types = await clock.time("types", () => typecheck(host, resolve(out)));
  const findings = await clock.time("lint", () => lint(host, resolve(out)));
  const coverage = await clock.time("tests", () => watchTests(out, { basePath: basePath(root), timeoutMs }));
  const probed = isProbed ? await clock.time("probe", () => probeService(out, root)) : undefined;
  const missing = await missingOperations(file, modelled, coverage, probed);
  const resources = resourcesOf(modelled, coverage.statuses);
  const judged = judgedOf(name);
  const listed = judged?.resources ?? (await listedResources(name, file));
  const unnamed = coverage.skipped.filter((title) => !/ is open: /.test(title));
  const row = {
    ...known,
    crudOperations: crudOf(modelled).length,
    resources: listed === undefined ? undefined : { answering: resources.answering.length, listed },
    served: missing && { count: missing.crud - missing.why.length, of: missing.crud },
    notImplemented: probed?.notImplemented.length,
    assertions: coverage.assertions,
    tests: { passed: coverage.passed, failed: coverage.failed.length, skipped: coverage.skipped.length },
  };
  return {
    ...row,
    faults: [
      ...belowFloors(row),
      ...types.map((one) => printFinding("type error", one)),
      ...findings.map((one) => printFinding("lint", one)),
      ...coverage.failed.map((title) => `failed: ${title}`),
      ...unnamed.map((title) => `skipped, and no open slot: ${title}`),
      ...(probed?.unanswered ?? []),
    ],
    remarks: [
      ...(judged ? [`${judged.resources} resources count, where more are listed: ${judged.because}`] : []),
      ...resources.why,
      ...(missing?.why ?? []),
      ...coverage.skipped.map((title) => `skipped: ${title}`),
      ...(probed?.notImplemented ?? []).map((title) => `${title} answers 501`),
      ...(probed?.refused ?? []),
    ],
  };
}

function printFinding(kind: string, { place, saw }: Diagnostic): string {
  const at = [place?.file, place?.line, place?.column].filter((part) => part !== undefined).join(":");
  return `${kind}: ${at === "" ? "" : `${at} `}${saw}`;
}

interface Missing {
  readonly crud: number;
  readonly why: readonly string[];
}

/** Labelled CRUD operations that are not served from a table, and why; undefined where the document has no labels. */
async function missingOperations(
  file: string,
  { operations }: Modelled,
  coverage: Coverage,
  probed: Probe | undefined,
): Promise<Missing | undefined> {
  const truth = await readTruth(join(dirname(file), "expected.json"));
  if (truth === undefined) return undefined;
  const kinds = new Map(operations.map((one) => [`${one.method} ${one.path}`, one.class]));
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
