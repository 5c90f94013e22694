import { spawn } from "node:child_process";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

/** A generated service that runs as a child on a free port. */
export interface Service {
  readonly address: string;
  /** The throw-away token that a start without configured keys prints; undefined where it prints none. */
  token(): string | undefined;
  /** All the throw-away credentials that such a start prints, by the name of the header or parameter that has each. */
  credentials(): Readonly<Record<string, string>>;
  readonly ended: Promise<void>;
  log(): string;
  stop(): Promise<void>;
}

/** Generous: several may start at once on a small machine. */
const readyMs = 90_000;
/** In characters: a service that is called often says much. */
const keptLog = 2_000_000;
const stopMs = 5_000;

/** Starts the service of a folder on its embedded database and waits until it is ready. Rejects with its log. */
export async function startService(folder: string): Promise<Service> {
  const port = await freePort();
  const child = spawn(process.execPath, ["src/server.ts"], {
    cwd: folder,
    env: { ...process.env, PORT: String(port), HOST: "127.0.0.1", NODE_ENV: "development" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      if (log.length < keptLog) log += text;
    });
  }
  let hasEnded = false;
  const ended = new Promise<void>((done) => child.once("close", () => done())).then(() => void (hasEnded = true));
  const service: Service = {
    address: `http://localhost:${port}`,
    token: () => /\beyJ[\w-]+\.[\w-]+\.[\w-]+/.exec(log)?.[0],
    credentials: () => credentialsIn(log),
    ended,
    log: () => log,
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), stopMs);
      await ended;
      clearTimeout(timer);
    },
  };
  try {
    await untilReady(service, () => hasEnded);
  } catch (cause) {
    await service.stop();
    throw new Error(`${cause instanceof Error ? cause.message : String(cause)}\n${log}`, { cause });
  }
  return service;
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
async function untilReady({ address }: Service, hasEnded: () => boolean): Promise<void> {
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

/** Runs a command to its end; what it prints is shown, or kept where `isKept`. */
export function runToEnd(
  args: readonly string[],
  options: { readonly isKept?: boolean; readonly environment?: NodeJS.ProcessEnv } = {},
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, {
      stdio: options.isKept === true ? ["ignore", "pipe", "pipe"] : "inherit",
      env: options.environment ?? process.env,
    });
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => void (stdout += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => void (stderr += text));
    child.on("error", fail);
    child.on("close", (code) => done({ exitCode: code ?? 1, stdout, stderr }));
  });
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on("error", fail).listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}
