import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createNodeHost } from "../../src/host-node.ts";
import type { Files, Host, Terminal } from "../../src/host.ts";

/** What a host's terminal was told. */
export interface Printed {
  out: string;
  error: string;
}

/** A host whose files are in memory: paths and contents, below `cwd` unless absolute. It runs no commands. */
export function memoryHost(
  files: Readonly<Record<string, string>>,
  cwd = "/work",
): Host & { readonly printed: Printed } {
  const printed = { out: "", error: "" };
  let elapsedMs = 0;
  return {
    cwd,
    nodePath: process.execPath,
    processId: process.pid,
    processors: 2,
    environment: {},
    terminal: recordingTerminal(printed),
    files: memoryFiles(files, cwd),
    elapsedMs: () => elapsedMs++,
    run: () => Promise.reject(new Error("a host in memory runs no commands")),
    pause: () => Promise.resolve(),
    fetch: () => Promise.reject(new Error("a host in memory has no network")),
    isRunning: () => true,
    onInterrupt: () => () => undefined,
    uninterrupted: (work) => work(() => false),
    printed,
  };
}

/** A host over a folder of its own, which is gone once the test is done (`await using`). */
export async function temporaryHost(
  files: Readonly<Record<string, string>> = {},
): Promise<Host & AsyncDisposable & { readonly printed: Printed }> {
  const cwd = await mkdtemp(join(tmpdir(), "scaffold-"));
  const printed = { out: "", error: "" };
  const host = createNodeHost({ cwd, terminal: recordingTerminal(printed) });
  for (const [path, content] of Object.entries(files)) await host.files.write(path, content);
  return { ...host, printed, [Symbol.asyncDispose]: () => rm(cwd, { recursive: true, force: true }) };
}

function recordingTerminal(printed: Printed): Terminal {
  return {
    isInteractive: false,
    hasColour: false,
    columns: 120,
    out: (text) => void (printed.out += text),
    error: (text) => void (printed.error += text),
  };
}

function memoryFiles(initial: Readonly<Record<string, string>>, cwd: string): Files {
  const at = (path: string) => resolve(cwd, path);
  const contents = new Map(Object.entries(initial).map(([path, content]) => [at(path), Buffer.from(content)]));
  const folders = new Set<string>();
  const below = (folder: string) => [...contents.keys()].filter((path) => path.startsWith(`${folder}/`));
  const bytes = (path: string) => {
    const content = contents.get(at(path));
    if (content === undefined) throw Object.assign(new Error(`no such file: ${path}`), { code: "ENOENT" });
    return content;
  };
  const move = (from: string, to: string) => {
    for (const path of [at(from), ...below(at(from))]) {
      const content = contents.get(path);
      if (content === undefined) continue;
      contents.delete(path);
      contents.set(at(to) + path.slice(at(from).length), content);
    }
  };
  return {
    read: async (path) => bytes(path).toString("utf8"),
    readBytes: async (path) => bytes(path),
    write: async (path, content) => void contents.set(at(path), Buffer.from(content)),
    move: async (from, to) => move(from, to),
    copy: async (from, to) => void contents.set(at(to), bytes(from)),
    remove: async (path) => [at(path), ...below(at(path))].forEach((found) => contents.delete(found)),
    makeFolder: async (path) => {
      for (let folder = at(path); !folders.has(folder); folder = dirname(folder)) folders.add(folder);
    },
    removeEmptyFolder: async (path) => {
      if (below(at(path)).length === 0) folders.delete(at(path));
    },
    names: async (folder) => [
      ...new Set(below(at(folder)).map((path) => path.slice(at(folder).length + 1).split("/")[0] ?? "")),
    ],
    link: () => Promise.reject(new Error("a host in memory has no links")),
    readLink: () => Promise.reject(new Error("a host in memory has no links")),
    realPath: async (path) => at(path),
    kind: async (path) => {
      if (contents.has(at(path))) return "file";
      return folders.has(at(path)) || below(at(path)).length > 0 ? "folder" : "none";
    },
    list: async (folder, skip = []) => {
      const paths = below(at(folder)).map((path) => path.slice(at(folder).length + 1));
      return paths
        .filter(
          (path) =>
            !path
              .split("/")
              .slice(0, -1)
              .some((part) => skip.includes(part)),
        )
        .sort();
    },
  };
}
