import { fileURLToPath } from "node:url";
import { ownScript } from "../../child-process.ts";
import type { Host } from "../../host.ts";
import { packageFolder } from "../../package.ts";
import type { CallReport, SandboxJob } from "./job.ts";

/** What the child has told before it ended, and how it did. */
export interface SandboxRun {
  /** One for each call of each function, in order, as far as it came. */
  readonly reports: readonly CallReport[];
  readonly end:
    | "done"
    /** It said nothing for too long, or took more processor or memory than it is given. */
    | "killed"
    /** It ended by itself before the last call was answered. */
    | "early"
    /** The body could not even be made. */
    | "not-run";
}

/** The longest that one call may take, in milliseconds, on a machine that is busy. */
const callMs = 2000;
/** Starting the process included, on a machine that is busy. */
const wholeMs = 20_000;
const mostHeapMb = 96;
/** Far from UTC, and by no whole hours: a body that counts in the machine's own zone is wrong here. */
const oddZone = { TZ: "Pacific/Chatham" };
/** Memory outside of the heap included (`RLIMIT_DATA`); less than this, Node does not start. */
const mostDataBytes = 1_000_000_000;

/**
 * Runs a body in a process of its own, which has no environment, no files but our own script, no children, no workers,
 * and limits in time and memory. What holds on which platform is in docs/slots-policy.md.
 */
export async function runInSandbox(host: Host, job: SandboxJob): Promise<SandboxRun> {
  const [limiter, ...limits] = await limitsOf(host);
  const script = ownScript("slot/sandbox/child.ts");
  const node = [
    host.nodePath,
    "--permission",
    ...readable(script).map((path) => `--allow-fs-read=${path}`),
    `--max-old-space-size=${mostHeapMb}`,
    "--no-warnings",
    script,
  ];
  const [command = host.nodePath, ...args] = limiter === undefined ? node : [limiter, ...limits, ...node];
  const { exitCode, stdout } = await host.run({
    command,
    args,
    cwd: packageFolder,
    environment: oddZone,
    input: JSON.stringify(job),
    timeoutMs: wholeMs,
    silenceMs: callMs,
  });
  const lines = stdout
    .split("\n")
    .flatMap((line) => (line.startsWith(`${job.nonce} `) ? [line.slice(job.nonce.length + 1)] : []));
  const count = job.calls.length * job.scripts.length;
  const reports = lines.slice(1, count + 1).map((line) => JSON.parse(line) as CallReport);
  if (reports.length === count && exitCode === 0) return { reports, end: "done" };
  if (lines.length === 0) return { reports, end: "not-run" };
  return { reports, end: exitCode === undefined ? "killed" : "early" };
}

/** The built script holds all that it needs; the source imports its neighbours and the compartment's library. */
function readable(script: string): readonly string[] {
  if (!script.endsWith(".ts")) return [`${packageFolder}dist/*`];
  const library = fileURLToPath(new URL("../..", import.meta.resolve("ses")));
  return [`${packageFolder}*`, `${library}*`];
}

const probes = new WeakMap<Host, Promise<readonly string[]>>();

/** `prlimit` where there is one (Linux, util-linux): processor time, data, written files. */
function limitsOf(host: Host): Promise<readonly string[]> {
  const known = probes.get(host);
  if (known) return known;
  const limits = ["prlimit", "--cpu=5", `--data=${mostDataBytes}`, "--fsize=0", "--core=0"];
  const probe = host
    .run({
      command: "prlimit",
      args: [...limits.slice(1), host.nodePath, "--version"],
      cwd: packageFolder,
      environment: {},
    })
    .then(({ exitCode }) => (exitCode === 0 ? limits : []))
    .catch(() => []);
  probes.set(host, probe);
  return probe;
}
