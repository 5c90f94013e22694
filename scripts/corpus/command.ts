import { spawn } from "node:child_process";

/** How a command of a measurement ended, and the beginning of what it printed. */
export interface Ended {
  /** Undefined where it did not end in time, and was ended. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Limits {
  readonly timeoutMs: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Of each stream, in characters: more is read and forgotten. */
const keptOutput = 32_000_000;
/** Time to tidy up after a request to end. */
const graceMs = 5_000;
/** Of JavaScript values, for each process that a command starts. */
const heapMegabytes = 3_072;

const running = new Set<number>();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    for (const group of running) signalGroup(group, "SIGKILL");
    process.exit(130);
  });
}

/**
 * Runs Node with these arguments, for so long at most and with so much memory. It leads a process group of its own, so
 * that whatever it has started ends with it.
 */
export function runWithin(args: readonly string[], { timeoutMs, environment = {} }: Limits): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [`--max-old-space-size=${heapMegabytes}`, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
      env: { ...process.env, ...environment },
    });
    const group = child.pid;
    if (group !== undefined) running.add(group);
    let [stdout, stderr, isLate] = ["", "", false];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (stdout.length < keptOutput) stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (stderr.length < keptOutput) stderr += text;
    });
    const end = setTimeout(() => {
      isLate = true;
      signalGroup(group, "SIGTERM");
    }, timeoutMs);
    const kill = setTimeout(() => signalGroup(group, "SIGKILL"), timeoutMs + graceMs);
    child.on("error", fail);
    child.on("close", (code) => {
      clearTimeout(end);
      clearTimeout(kill);
      signalGroup(group, "SIGKILL");
      if (group !== undefined) running.delete(group);
      done({ exitCode: isLate ? undefined : (code ?? 1), stdout, stderr });
    });
  });
}

function signalGroup(group: number | undefined, signal: NodeJS.Signals): void {
  if (group === undefined) return;
  try {
    process.kill(-group, signal);
  } catch (failure) {
    // The group has ended already.
    if (!(failure instanceof Error && "code" in failure && failure.code === "ESRCH")) throw failure;
  }
}
