import { posix } from "node:path";
import { error } from "../diagnostic/catalog.ts";
import type { Checked, Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import { sideBySide } from "../side-by-side.ts";
import { manifestPath, readManifest, type Manifest } from "./manifest.ts";

/** What stands in the output folder before a run, as a value. */
export interface Previous {
  readonly exists: boolean;
  readonly manifest?: Manifest;
  /** Text files by path relative to the output folder, those of other people included, as they are on disk. */
  readonly files: ReadonlyMap<string, string>;
  /** Paths of files that are no UTF-8 text, and so can be neither merged nor written back. */
  readonly others: ReadonlySet<string>;
}

/** Folders that are never part of what is generated, wherever they are. */
const passedOver: readonly string[] = ["node_modules", ".git", ".scaffold"];

/** Folders that running the package makes. An entity may have the same name: `src/coverage` is one. */
const made = /^(?:\.data|coverage|dist)\//;

/** What is never written over: migrations, and files that are written once and then theirs. */
const stays =
  /^(?:migrations\/.+|\.env\.example|README\.md|src\/(?:services|extensions)\.ts|src\/[^/]+\/[^/]+\.fixtures\.ts)$/;

/** Migrations, and beside them nothing but what stays as it is. */
function isHistory(paths: readonly string[]): boolean {
  return paths.includes("migrations/meta/_journal.json") && paths.every((path) => stays.test(path));
}

/**
 * Reads an output folder whole. A folder with files in it and no manifest is not ours: nothing of it may be touched.
 * But where a lock says that it `isOurs`, or only what we never write over is left, the rest of it comes back; a file
 * that is there and is another then is a conflict. `tolerated` are files that may stand there before the first run.
 */
export async function readPrevious(
  host: Host,
  out: string,
  isOurs = false,
  tolerated: readonly string[] = [".gitkeep", ".gitignore", ".DS_Store"],
): Promise<Checked<Previous>> {
  const shown = posix.relative(host.cwd, out) || ".";
  const nothing: Previous = { exists: false, files: new Map(), others: new Set() };
  const kind = await host.files.kind(out);
  if (kind === "none") return { value: nothing, diagnostics: [] };
  if (kind !== "folder") return { value: nothing, diagnostics: [notOurs(shown, "is a file, not a folder")] };

  const paths = (await host.files.list(out, passedOver)).filter((path) => !made.test(path));
  const at = posix.join(out, manifestPath);
  if ((await host.files.kind(at)) !== "file") {
    const strangers = paths.filter((path) => !tolerated.includes(path));
    if (strangers.length === 0) return { value: { ...nothing, exists: true }, diagnostics: [] };
    if (isOurs || isHistory(strangers)) {
      return { value: { exists: true, ...(await readAll(host, out, paths)) }, diagnostics: [] };
    }
    return { value: nothing, diagnostics: [notOurs(shown, `holds ${someOf(strangers)}, and no ${manifestPath}`)] };
  }
  const { value: manifest, diagnostics } = readManifest(await host.files.read(at), posix.join(shown, manifestPath));
  const read = await readAll(host, out, paths);
  return { value: { exists: true, ...(manifest && { manifest }), ...read }, diagnostics };
}

async function readAll(host: Host, out: string, paths: readonly string[]): Promise<Pick<Previous, "files" | "others">> {
  const files = new Map<string, string>();
  const others = new Set<string>();
  const texts = await sideBySide(paths, async (path) => {
    const at = posix.join(out, path);
    // A link may lead to a folder, or nowhere.
    return (await host.files.kind(at)) === "file" ? decode(await host.files.readBytes(at)) : undefined;
  });
  for (const [at, path] of paths.entries()) {
    const text = texts[at];
    if (text === undefined) others.add(path);
    else files.set(path, text);
  }
  return { files, others };
}

/** Undefined for what is no UTF-8 text, and so could not be written back as it was. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function notOurs(shown: string, what: string): Diagnostic {
  return error("output/not-ours", { place: { file: shown }, saw: `${shown} ${what}; nothing was touched.` });
}

function someOf(paths: readonly string[]): string {
  const rest = paths.length - 2;
  return paths.slice(0, 2).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
