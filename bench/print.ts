import type { Measurement } from "./measure.ts";

const nameWidth = 34;

export function printHead(title: string): void {
  const columns = ["ms", "× empty", "CPU ms", "MB"].map((name) => name.padStart(9)).join("");
  console.log(`\n${title.padEnd(nameWidth)}${columns}  stages, ms`);
}

/** A measurement beside its ratio to a process that does nothing. */
export function printRow(
  name: string,
  { ms, cpuMs, peakMb, exitCode, stdout, stderr }: Measurement,
  empty: Measurement,
): void {
  const numbers = [ms.toFixed(0), (ms / empty.ms).toFixed(1), cpuMs.toFixed(0), peakMb.toFixed(0)];
  const rest = exitCode === 0 ? stagesOf(stdout) : `ended with ${exitCode}: ${stderr.slice(0, 300)}`;
  console.log(`${name.padEnd(nameWidth)}${numbers.map((number) => number.padStart(9)).join("")}  ${rest}`.trimEnd());
}

/** Of a run that printed JSON. */
function stagesOf(stdout: string): string {
  if (!stdout.startsWith("{")) return "";
  const { stages } = JSON.parse(stdout) as { stages: readonly { stage: string; elapsedMs: number }[] };
  return stages.map(({ stage, elapsedMs }) => `${stage} ${Math.round(elapsedMs)}`).join(", ");
}
