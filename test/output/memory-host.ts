import { posix } from "node:path";
import type { Files, Host } from "../../src/host.ts";

export interface MemoryHost extends Host {
  /** Everything on this disk: texts by absolute path. */
  readonly disk: Map<string, string>;
  /** Lets the nth change of the file system from now on fail (0 is the next), and all after it while `forEver`. */
  failAt(step: number, forEver?: boolean): void;
  /** How many changes of the file system there were since `failAt`. */
  steps(): number;
  interrupt(): Promise<void>;
}

/** A host whose disk is a map. Folders exist while they were made, or hold a file; `links` are folders that lead elsewhere. */
export function memoryHost(initial: Record<string, string> = {}, links: Record<string, string> = {}): MemoryHost {
  const disk = new Map(Object.entries(initial));
  const folders = new Set<string>(["/"]);
  const cleanups = new Set<() => Promise<void>>();
  let [step, failing, forEver] = [0, Infinity, false];
  let isInterrupted = false;

  const change = () => {
    const now = step++;
    if (now === failing || (forEver && now > failing)) throw Object.assign(new Error("disk full"), { code: "ENOSPC" });
  };
  const below = (folder: string) => [...disk.keys()].filter((path) => path.startsWith(`${folder}/`));
  const isFolder = (path: string) => folders.has(path) || below(path).length > 0 || path in links;
  const makeFolder = (path: string) => {
    for (let at = path; at !== "/"; at = posix.dirname(at)) folders.add(at);
  };
  const missing = (path: string) => Object.assign(new Error(`ENOENT: ${path}`), { code: "ENOENT" });
  const read = (path: string) => {
    const text = disk.get(path);
    if (text === undefined) throw missing(path);
    return text;
  };
  const files: Files = {
    read: async (path) => read(path),
    readBytes: async (path) => Buffer.from(read(path), "utf8"),
    async write(path, content) {
      change();
      makeFolder(posix.dirname(path));
      disk.set(path, typeof content === "string" ? content : Buffer.from(content).toString("utf8"));
    },
    async move(from, to) {
      change();
      makeFolder(posix.dirname(to));
      disk.set(to, read(from));
      disk.delete(from);
    },
    async copy(from, to) {
      change();
      makeFolder(posix.dirname(to));
      disk.set(to, read(from));
    },
    async remove(path) {
      change();
      for (const one of [path, ...below(path)]) disk.delete(one);
      for (const folder of folders) if (folder === path || folder.startsWith(`${path}/`)) folders.delete(folder);
    },
    async makeFolder(path) {
      change();
      makeFolder(path);
    },
    async removeEmptyFolder(path) {
      change();
      if (below(path).length === 0) folders.delete(path);
    },
    names: async (folder) => [
      ...new Set(below(folder).map((path) => path.slice(folder.length + 1).split("/")[0] ?? "")),
    ],
    link: async () => {},
    readLink: async () => "",
    async realPath(path) {
      const link = Object.keys(links).find((one) => path === one || path.startsWith(`${one}/`));
      const real = link === undefined ? path : links[link] + path.slice(link.length);
      if (!disk.has(path) && !isFolder(path)) throw missing(path);
      return real;
    },
    kind: async (path) => (disk.has(path) ? "file" : isFolder(path) ? "folder" : "none"),
    list: async (folder, skip = []) =>
      below(folder)
        .map((path) => path.slice(folder.length + 1))
        .filter(
          (path) =>
            !path
              .split("/")
              .slice(0, -1)
              .some((part) => skip.includes(part)),
        )
        .sort(),
  };
  return {
    cwd: "/work",
    nodePath: "node",
    processId: 1,
    processors: 2,
    pause: () => Promise.resolve(),
    fetch: () => Promise.reject(new Error("a host in memory has no network")),
    isRunning: () => true,
    environment: {},
    terminal: { isInteractive: false, hasColour: false, columns: 80, out: () => {}, error: () => {} },
    files,
    elapsedMs: () => 0,
    run: async () => ({ exitCode: 1, stdout: "", stderr: "" }),
    onInterrupt(cleanup) {
      cleanups.add(cleanup);
      return () => cleanups.delete(cleanup);
    },
    uninterrupted: (work) => work(() => isInterrupted),
    disk,
    failAt(at, always = false) {
      [step, failing, forEver] = [0, at, always];
    },
    steps: () => step,
    async interrupt() {
      isInterrupted = true;
      await Promise.all([...cleanups].map((cleanup) => cleanup()));
    },
  };
}
