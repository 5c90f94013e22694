import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import {
  copyFile,
  lstat,
  mkdir,
  readFile,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import process from "node:process";
import type { Command, CommandResult, Files, Host, Terminal } from "./host.ts";
import { createInterrupts, killGroup, type Interrupts } from "./interrupts.ts";

interface NodeHostOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly terminal?: Terminal;
}

/** The machine that the process runs on. */
export function createNodeHost(options: NodeHostOptions = {}): Host {
  const cwd = resolve(options.cwd ?? process.cwd());
  const environment = options.environment ?? process.env;
  const interrupts = createInterrupts();
  return {
    cwd,
    nodePath: process.execPath,
    processId: process.pid,
    processors: availableParallelism(),
    environment,
    terminal: options.terminal ?? processTerminal(environment),
    files: createNodeFiles(cwd, interrupts),
    elapsedMs: () => performance.now(),
    pause: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
    fetch: (...asked) => globalThis.fetch(...asked),
    run: (command) => runCommand(command, cwd, interrupts),
    isRunning,
    onInterrupt: interrupts.onInterrupt,
    uninterrupted: interrupts.uninterrupted,
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

function createNodeFiles(cwd: string, { change }: Interrupts): Files {
  const at = (path: string) => resolve(cwd, path);
  return {
    read: (path) => readFile(at(path), "utf8"),
    readBytes: (path) => readFile(at(path)),
    write: (path, content) => change(() => writeAtomically(at(path), content)),
    move: (from, to) => change(() => intoFolder(at(to), (path) => rename(at(from), path))),
    copy: (from, to) => change(() => intoFolder(at(to), (path) => copyFile(at(from), path))),
    // Again where a child that was just ended has made a file in the folder meanwhile (ENOTEMPTY).
    remove: (path) => change(() => rm(at(path), { recursive: true, force: true, maxRetries: 10, retryDelay: 20 })),
    makeFolder: (path) => change(async () => void (await mkdir(at(path), { recursive: true }))),
    removeEmptyFolder: (path) => change(() => removeEmptyFolder(at(path))),
    link: (target, path) => change(() => intoFolder(at(path), (link) => symlink(target, link))),
    readLink: (path) => readlink(at(path)),
    realPath: (path) => realpath(at(path)),
    kind: (path) => kindOf(at(path)),
    names: (folder) => readdir(at(folder)),
    list: (folder, skip = []) => listFiles(at(folder), "", new Set(skip)),
  };
}

async function intoFolder(path: string, put: (path: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await put(path);
}

async function removeEmptyFolder(path: string): Promise<void> {
  try {
    await rmdir(path);
  } catch (cause) {
    // POSIX lets a folder that is not empty be refused by either code.
    const isFull = cause instanceof Error && "code" in cause && (cause.code === "ENOTEMPTY" || cause.code === "EEXIST");
    if (!isFull && !isMissing(cause)) throw cause;
  }
}

/**
 * Readers see the old content or the new, never a part of it (rename, POSIX). The draft has a name of its own also where
 * two processes have the same number: threads of one, or containers that share a folder.
 */
async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const folder = dirname(path);
  const draft = join(folder, `.${basename(path)}.${randomUUID()}.tmp`);
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
    const killAfter = (ms: number | undefined) =>
      ms === undefined ? undefined : setTimeout(() => killGroup(child), ms);
    const timer = killAfter(command.timeoutMs);
    let silence: ReturnType<typeof killAfter>;
    const stdout: string[] = [];
    const stderr: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout.push(text);
      clearTimeout(silence);
      silence = killAfter(command.silenceMs);
      command.onOutput?.(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => stderr.push(text));
    // A child that ends before it has read its input is no mistake of ours (EPIPE).
    child.stdin.on("error", () => undefined).end(command.input ?? "");
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      clearTimeout(silence);
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

/** Signal 0 is not sent, only tried; a process of somebody else refuses it (EPERM). */
function isRunning(processId: number): boolean {
  if (!Number.isSafeInteger(processId) || processId <= 0) return false;
  try {
    return process.kill(processId, 0);
  } catch (cause) {
    return cause instanceof Error && "code" in cause && cause.code === "EPERM";
  }
}
