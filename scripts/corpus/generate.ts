import { mkdir, readFile, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { runWithin, type Ended } from "./command.ts";

/** What `scaffold crud --json` prints, as far as it is read here. */
interface CrudReport {
  readonly outcome: string;
  readonly service?: {
    readonly entities: number;
    readonly operations: number;
    readonly openSlots: readonly { readonly kind: string }[];
  };
  readonly diagnostics: readonly { readonly code: string; readonly severity: string; readonly saw: string }[];
  readonly staging?: string;
}

/** What the command line made of a document. */
export interface Generated {
  /** Undefined where `scaffold crud` did not end in time. */
  readonly exitCode: number | undefined;
  readonly entities: number;
  readonly operations: number;
  /** Operations that are left to business logic. */
  readonly slots: number;
  /** Of the largest of its processes, in MB. */
  readonly peakMb: number;
  /** Why there is no service; undefined where there is one. */
  readonly why: string | undefined;
  readonly errors: readonly string[];
}

/** Runs `scaffold crud` without its verification, whose parts are run and timed one by one. */
export async function generate(file: string, out: string, timeoutMs: number): Promise<Generated> {
  const peaks = resolve(`${out}.peaks`);
  await mkdir(dirname(out), { recursive: true });
  await Promise.all([rm(out, { recursive: true, force: true }), rm(peaks, { force: true })]);
  const run = await runWithin(["bin/scaffold.js", "crud", file, "--out", out, "--no-verify", "--json"], {
    timeoutMs,
    environment: {
      NODE_OPTIONS: `--import=${new URL("../../bench/peak.ts", import.meta.url).href}`,
      PEAKS_FILE: peaks,
    },
  });
  const report = parseReport(run.stdout);
  const slots = report?.service?.openSlots.filter(({ kind }) => kind === "operation") ?? [];
  return {
    exitCode: run.exitCode,
    entities: report?.service?.entities ?? 0,
    operations: report?.service?.operations ?? 0,
    slots: slots.length,
    peakMb: await readPeak(peaks),
    why: run.exitCode === 0 ? undefined : whyStopped(run, report),
    errors: errorsOf(report),
  };
}

/** Each process has left a line that begins with its peak in kilobytes. */
async function readPeak(file: string): Promise<number> {
  const lines = (await readFile(file, "utf8").catch(() => "")).split("\n");
  return Math.round(Math.max(0, ...lines.map((line) => Number(line.split(" ")[0]))) / 1024);
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
