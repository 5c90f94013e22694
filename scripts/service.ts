import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { plainEnvironment } from "../src/child-process.ts";
import { createNodeHost } from "../src/host-node.ts";
import { freePort } from "./port.ts";

/** A generated service that runs as a child. */
export interface Service {
  readonly port: number;
  readonly address: string;
  /** The throw-away token that a start without configured keys prints; undefined where it prints none. */
  token(): string | undefined;
  /** All the throw-away credentials that such a start prints, by the name of the header or parameter that has each. */
  credentials(): Readonly<Record<string, string>>;
  readonly ended: Promise<void>;
  log(): string;
  stop(): Promise<void>;
}

interface Start {
  /** The port to listen on if nobody else does; default: any that is free. */
  readonly port?: number;
  /**
   * Ends a start that is under way. Whoever gives one hears Ctrl-C itself, which reaches a whole group of processes:
   * the service gets a group of its own then, so that it is told to stop once.
   */
  readonly signal?: AbortSignal;
  /** Settings of the service beside those that every start has. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Generous: several may start at once on a small machine. */
const readyMs = 300_000;
/** In characters: a service that is called often says much. */
const keptLog = 2_000_000;
const stopMs = 5_000;

/**
 * Starts the service of a folder on its embedded database and waits until it is ready. Rejects with its log. A port
 * that somebody else has taken since it was free is no reason to give up.
 */
export async function startService(folder: string, start: Start = {}): Promise<Service> {
  const { port: wanted = 0, signal, environment = {} } = start;
  const port = await freePort(wanted);
  const service = spawnService(folder, { ...environment, PORT: String(port) }, signal !== undefined);
  const stop = () => void service.stop();
  signal?.addEventListener("abort", stop);
  try {
    await untilReady(service);
    return service;
  } catch (cause) {
    await service.stop();
    if (service.log().includes("EADDRINUSE")) return await startService(folder, { ...start, port: 0 });
    throw new Error(`${cause instanceof Error ? cause.message : String(cause)}\n${service.log()}`, { cause });
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

interface Starting extends Service {
  hasEnded(): boolean;
}

function spawnService(folder: string, environment: Readonly<Record<string, string>>, isApart: boolean): Starting {
  const port = Number(environment["PORT"]);
  const child = spawn(process.execPath, ["src/server.ts"], {
    cwd: folder,
    // Nothing of the caller's own settings: neither a database nor a secret.
    env: plainEnvironment(createNodeHost(), { HOST: "127.0.0.1", NODE_ENV: "development", ...environment }),
    stdio: ["ignore", "pipe", "pipe"],
    detached: isApart,
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      if (log.length < keptLog) log += text;
    });
  }
  let hasEnded = false;
  const ended = new Promise<void>((done) => child.once("close", () => done())).then(() => void (hasEnded = true));
  return {
    port,
    address: `http://localhost:${port}`,
    token: () => /\beyJ[\w-]+\.[\w-]+\.[\w-]+/.exec(log)?.[0],
    credentials: () => credentialsIn(log),
    ended,
    log: () => log,
    hasEnded: () => hasEnded,
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), stopMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** From `Credentials for this run: authorization: Bearer …, x-api-key: …`. */
function credentialsIn(log: string): Readonly<Record<string, string>> {
  const line = /Credentials for this run: ([^"\n]+)/.exec(log)?.[1] ?? "";
  const pairs = line.split(", ").flatMap((pair): readonly (readonly [string, string])[] => {
    const at = pair.indexOf(": ");
    return at < 1 ? [] : [[pair.slice(0, at), pair.slice(at + 2)]];
  });
  return Object.fromEntries(pairs);
}

/** `/ready` moves to `/-/ready` where the document has that path itself. */
async function untilReady({ address, hasEnded }: Starting): Promise<void> {
  const deadline = performance.now() + readyMs;
  while (performance.now() < deadline) {
    if (hasEnded()) throw new Error("The service ended before it was ready.");
    for (const path of ["/-/ready", "/ready"]) {
      const response = await fetch(address + path).catch(() => undefined);
      if (response?.ok === true) return;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("The service did not become ready.");
}

interface Run {
  /** What the command prints is kept, and not shown. */
  readonly isKept?: boolean;
  readonly environment?: NodeJS.ProcessEnv;
  /** Interrupts the command as Ctrl-C would, once; the command has a process group of its own then. */
  readonly signal?: AbortSignal;
}

/** Runs a command to its end. */
export function runToEnd(
  args: readonly string[],
  { isKept = false, environment = process.env, signal }: Run = {},
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  return new Promise((done, fail) => {
    const child: ChildProcess = spawn(process.execPath, args, {
      stdio: isKept ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
      env: environment,
      detached: signal !== undefined,
    });
    signal?.addEventListener("abort", () => child.kill("SIGINT"));
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => void (stdout += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => void (stderr += text));
    child.on("error", fail);
    child.on("close", (code) => done({ exitCode: code ?? 1, stdout, stderr }));
  });
}
