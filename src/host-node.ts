import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import {
  copyFile,
  lstat,
  mkdir,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import process from "node:process";
import type { Command, CommandResult, Files, Host, Terminal } from "./host.ts";

interface NodeHostOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly terminal?: Terminal;
}

/** What a shell reports for a process that was ended by Ctrl-C (128 + SIGINT). */
const interruptedExitCode = 130;

/** The machine that the process runs on. */
export function createNodeHost(options: NodeHostOptions = {}): Host {
  const cwd = resolve(options.cwd ?? process.cwd());
  const environment = options.environment ?? process.env;
  const interrupts = createInterrupts();
  return {
    cwd,
    nodePath: process.execPath,
    environment,
    terminal: options.terminal ?? processTerminal(environment),
    files: createNodeFiles(cwd),
    elapsedMs: () => performance.now(),
    run: (command) => runCommand(command, cwd, interrupts),
    onInterrupt: interrupts.onInterrupt,
  };
}

function processTerminal(environment: Host["environment"]): Terminal {
  const isInteractive = process.stdout.isTTY === true;
  const isColourOff = (environment["NO_COLOR"] ?? "") !== "" || environment["TERM"] === "dumb";
  const isColourForced = (environment["FORCE_COLOR"] ?? "0") !== "0";
  return {
    isInteractive,
    hasColour: !isColourOff && (isInteractive || isColourForced),
    columns: process.stdout.columns ?? 80,
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
  };
}

function createNodeFiles(cwd: string): Files {
  const at = (path: string) => resolve(cwd, path);
  return {
    read: (path) => readFile(at(path), "utf8"),
    readBytes: (path) => readFile(at(path)),
    write: (path, content) => writeAtomically(at(path), content),
    async move(from, to) {
      await mkdir(dirname(at(to)), { recursive: true });
      await rename(at(from), at(to));
    },
    async copy(from, to) {
      await mkdir(dirname(at(to)), { recursive: true });
      await copyFile(at(from), at(to));
    },
    // Again where a file appears in the folder meanwhile (ENOTEMPTY), as an interrupt may find it.
    remove: (path) => rm(at(path), { recursive: true, force: true, maxRetries: 10, retryDelay: 20 }),
    makeFolder: async (path) => void (await mkdir(at(path), { recursive: true })),
    async link(target, path) {
      await mkdir(dirname(at(path)), { recursive: true });
      await symlink(target, at(path));
    },
    realPath: (path) => realpath(at(path)),
    kind: (path) => kindOf(at(path)),
    list: (folder, skip = []) => listFiles(at(folder), "", new Set(skip)),
  };
}

let writes = 0;

/** Readers see the old content or the new, never a part of it (rename, POSIX). */
async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const folder = dirname(path);
  const draft = join(folder, `.${basename(path)}.${process.pid}.${++writes}.tmp`);
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(draft, content);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw cause;
  }
}

async function kindOf(path: string): ReturnType<Files["kind"]> {
  try {
    const found = await stat(path);
    if (found.isFile()) return "file";
    return found.isDirectory() ? "folder" : "other";
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    return (await isDanglingLink(path)) ? "other" : "none";
  }
}

async function isDanglingLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (cause) {
    if (isMissing(cause)) return false;
    throw cause;
  }
}

/** Links are listed as files and never followed, so that a loop of links ends and nothing outside is touched. */
async function listFiles(folder: string, prefix: string, skip: ReadonlySet<string>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = prefix + entry.name;
    if (!entry.isDirectory()) found.push(path);
    else if (!skip.has(entry.name)) found.push(...(await listFiles(join(folder, entry.name), `${path}/`, skip)));
  }
  return prefix === "" ? found.sort() : found;
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ENOTDIR");
}

/** Runs in a process group of its own, so that a timeout or an interrupt ends its children too. */
function runCommand(command: Command, cwd: string, interrupts: Interrupts): Promise<CommandResult> {
  return new Promise((done, fail) => {
    const child = spawn(command.command, command.args, {
      cwd: resolve(cwd, command.cwd),
      env: command.environment ?? process.env,
      detached: true,
      stdio: "pipe",
    });
    const forget = interrupts.watch(child);
    const timer = command.timeoutMs === undefined ? undefined : setTimeout(() => killGroup(child), command.timeoutMs);
    const stdout: string[] = [];
    const stderr: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout.push(text);
      command.onOutput?.(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => stderr.push(text));
    // A child that ends before it has read its input is no mistake of ours (EPIPE).
    child.stdin.on("error", () => undefined).end(command.input ?? "");
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      // Whoever waits for a child that an interrupt has ended would only get in the way of the cleanups.
      if (!interrupts.hasEnded(child)) settle();
      forget();
    };
    child.on("error", (cause) => finish(() => fail(cause)));
    child.on("close", (exitCode) =>
      finish(() => done({ exitCode: exitCode ?? undefined, stdout: stdout.join(""), stderr: stderr.join("") })),
    );
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The group has ended by itself (ESRCH).
  }
}

interface Interrupts extends Pick<Host, "onInterrupt"> {
  /** Ends the child, and what it started, when the process is interrupted; the returned function takes it back. */
  watch(child: ChildProcess): () => void;
  /** True for a child that was ended because of an interrupt. */
  hasEnded(child: ChildProcess): boolean;
}

/** Ends every child, undoes what is under way in reverse order, and exits; a second Ctrl-C does not wait. */
function createInterrupts(): Interrupts {
  const children = new Set<ChildProcess>();
  const cleanups = new Set<() => Promise<void>>();
  let isInterrupted = false;
  const ended = new WeakSet<ChildProcess>();
  const interrupt = () => {
    for (const child of children) {
      ended.add(child);
      killGroup(child);
    }
    if (isInterrupted) process.exit(interruptedExitCode);
    isInterrupted = true;
    void runAll([...cleanups].reverse()).finally(() => process.exit(interruptedExitCode));
  };
  const keep = <T>(set: Set<T>, item: T) => {
    if (children.size + cleanups.size === 0) for (const signal of signals) process.on(signal, interrupt);
    set.add(item);
    return () => {
      const isLast = set.delete(item) && children.size + cleanups.size === 0;
      if (isLast) for (const signal of signals) process.off(signal, interrupt);
    };
  };
  return {
    watch: (child) => keep(children, child),
    hasEnded: (child) => ended.has(child),
    onInterrupt: (cleanup) => keep(cleanups, cleanup),
  };
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

async function runAll(cleanups: readonly (() => Promise<void>)[]): Promise<void> {
  for (const cleanup of cleanups) {
    try {
      await cleanup();
    } catch (cause) {
      process.stderr.write(`${String(cause)}\n`);
    }
  }
}
