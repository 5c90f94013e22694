import { spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { resolve } from "node:path";

/** One whole process: how long it took from start to exit, and the most memory that it held. */
export interface Measurement {
  readonly exitCode: number;
  readonly ms: number;
  /** What all its Node processes took of the processors, in milliseconds: steadier than `ms` on a busy machine. */
  readonly cpuMs: number;
  /** Peak resident set in MB of the process, or of its largest child if that is larger. */
  readonly peakMb: number;
  readonly stdout: string;
  readonly stderr: string;
}

const peaks = resolve(".scaffold/bench/peaks");

/** Runs a command under this Node; each Node process in it says at its end what it took (bench/peak.ts). */
export async function measure(args: readonly string[], cwd = process.cwd()): Promise<Measurement> {
  await rm(peaks, { force: true });
  const preload = `--import=${new URL("peak.ts", import.meta.url).href}`;
  const started = performance.now();
  const { exitCode, stdout, stderr } = await new Promise<Omit<Measurement, "ms" | "cpuMs" | "peakMb">>((done, fail) => {
    const environment = { ...process.env, NODE_OPTIONS: preload, PEAKS_FILE: peaks };
    const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"], env: environment });
    const output: string[] = [];
    const errors: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
    child.on("error", fail);
    child.on("close", (code) => done({ exitCode: code ?? 1, stdout: output.join(""), stderr: errors.join("") }));
  });
  const ms = performance.now() - started;
  const lines = (await readFile(peaks, "utf8").catch(() => "")).split("\n").filter(Boolean);
  const processes = lines.map((line) => line.split(" ").map(Number));
  const peakKb = Math.max(0, ...processes.map(([peak = 0]) => peak));
  const cpuMs = processes.reduce((sum, [, cpu = 0]) => sum + cpu / 1000, 0);
  return { exitCode, ms, cpuMs, peakMb: peakKb / 1024, stdout, stderr };
}

/** The measurement with the median time of several. */
export async function median(
  args: readonly string[],
  runs: number,
  before: () => Promise<void> = () => Promise.resolve(),
): Promise<Measurement> {
  const all: Measurement[] = [];
  for (let run = 0; run < runs; run++) {
    await before();
    all.push(await measure(args));
  }
  const middle = all.sort((left, right) => left.ms - right.ms)[Math.floor(all.length / 2)];
  if (middle === undefined) throw new Error("Nothing was measured.");
  return middle;
}
