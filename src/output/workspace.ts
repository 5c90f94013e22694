import { posix } from "node:path";
import { error } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import { sideBySide } from "../side-by-side.ts";

/**
 * The folder below which files may be written: the root of the git repository, else the nearest folder with a
 * package.json, else the working folder.
 */
export async function findWorkspace(host: Host): Promise<string> {
  return (await nearestWith(host, ".git")) ?? (await nearestWith(host, "package.json")) ?? host.cwd;
}

/** Says why nothing may be written to this folder: it lies outside the workspace, or where no package can live. */
export async function checkPlace(host: Host, workspace: string, out: string): Promise<readonly Diagnostic[]> {
  const shown = posix.relative(host.cwd, out) || ".";
  const root = await host.files.realPath(workspace);
  const real = await realPlace(host, out);
  if (!isBelow(root, real)) {
    return [
      error("output/outside-workspace", {
        place: { file: shown },
        saw: `${shown} is outside the workspace, ${root}; nothing was written.`,
      }),
    ];
  }
  const file = await fileAbove(host, out);
  if (file !== undefined) {
    const saw = `${shown} cannot be a folder, because ${posix.relative(host.cwd, file)} is a file.`;
    return [error("output/not-ours", { place: { file: shown }, saw, fix: "choose another folder." })];
  }
  const closed = posix
    .relative(root, real)
    .split("/")
    .find((part) => part === "node_modules" || part === ".git");
  if (closed === undefined) return [];
  const saw = `${shown} is inside ${closed}, where no service can live.`;
  return [error("output/not-ours", { place: { file: shown }, saw })];
}

/** Paths that are symbolic links, or would be reached through one, and so might leave the output folder. */
export async function linkedPaths(host: Host, out: string, paths: readonly string[]): Promise<readonly string[]> {
  const known = new Map<string, Promise<string>>();
  const root = await realPlace(host, out, known);
  const real = await sideBySide(paths, (path) => realPlace(host, posix.join(out, path), known));
  return paths.filter((path, at) => real[at] !== posix.join(root, path));
}

/**
 * The real path of a place that may not exist yet: that of its nearest existing ancestor, and the rest. What is `known`
 * is not looked up again.
 */
async function realPlace(host: Host, path: string, known = new Map<string, Promise<string>>()): Promise<string> {
  try {
    return await host.files.realPath(path);
  } catch (cause) {
    const parent = posix.dirname(path);
    if (parent === path || !isMissing(cause)) throw cause;
    const place = known.get(parent) ?? realPlace(host, parent, known);
    known.set(parent, place);
    return posix.join(await place, posix.basename(path));
  }
}

/** The nearest thing above a path that is there, where it is no folder. */
async function fileAbove(host: Host, path: string): Promise<string | undefined> {
  for (let at = posix.dirname(path); at !== posix.dirname(at); at = posix.dirname(at)) {
    const kind = await host.files.kind(at);
    if (kind !== "none") return kind === "folder" ? undefined : at;
  }
  return undefined;
}

async function nearestWith(host: Host, name: string): Promise<string | undefined> {
  for (let folder = host.cwd; ; folder = posix.dirname(folder)) {
    if ((await host.files.kind(posix.join(folder, name))) !== "none") return folder;
    if (folder === posix.dirname(folder)) return undefined;
  }
}

function isBelow(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith("/") ? root : `${root}/`);
}

/** True when a file system call failed because what it asked for is not there. */
export function isMissing(cause: unknown): boolean {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR";
}
