import { posix } from "node:path";
import { blobHash, hashOf, withUnixEndings } from "../hash.ts";
import type { Host } from "../host.ts";
import { isRecord } from "../json.ts";
import { cacheFile, writeCache } from "./bases.ts";
import { manifestPath, readManifest, type Manifest } from "./manifest.ts";
import type { RunResult } from "../run.ts";
import { sideBySide } from "../side-by-side.ts";
import type { ChangeSet } from "./merge.ts";

/** Everything that an output is a function of, as texts. */
export interface Inputs {
  /** Version of scaffold. */
  readonly tool: string;
  /** Hash of scaffold's templates. */
  readonly templates: string;
  /** Name of the document's file, without its folder. */
  readonly document: string;
  /** The document and what it refers to; overlays. In any order. */
  readonly sources: readonly string[];
  /** The config's options that bear on the output, as text. */
  readonly config: string;
  /** scaffold.lock.json and the journal of migrations, as they are after the run; empty where there are none. */
  readonly lock: string;
  readonly journal: string;
}

export function inputHash({ tool, templates, document, sources, config, lock, journal }: Inputs): string {
  const texts = [tool, templates, document, config, lock, journal, ...[...sources].sort()];
  return hashOf(...texts.map(withUnixEndings));
}

/**
 * What this machine remembers of the last run on an output, outside of what is committed: which files the document is
 * made of, how it left files that people have changed, and whether what is there was verified.
 */
export interface RunState {
  readonly input: string;
  /** The code of scaffold that ran; what is developed has the same version from one day to the next. */
  readonly code: string;
  /** Relative to the workspace; the document itself first. */
  readonly sources: readonly string[];
  /** The output folder, relative to the workspace. */
  readonly out: string;
  /** Whether the document's title named it, which only who has read the document can tell. */
  readonly isNamedByTitle: boolean;
  readonly isVerified: boolean;
  /** Blob hashes of files that are on disk otherwise than they were rendered, by path. */
  readonly edited: Readonly<Record<string, string>>;
  /** What the run had to say, to be said again. */
  readonly result: RunResult;
}

export async function readRunState(host: Host, workspace: string, out: string): Promise<RunState | undefined> {
  return readState(host, cacheFile(workspace, out, "state"));
}

/** Where a document went that was named by its title, as far as this machine remembers; absolute. */
export async function rememberedOut(host: Host, workspace: string, document: string): Promise<string | undefined> {
  const folder = posix.dirname(cacheFile(workspace, workspace, "state"));
  if ((await host.files.kind(folder)) !== "folder") return undefined;
  const files = (await host.files.names(folder)).filter((name) => name.endsWith(".json")).toSorted();
  const states = await sideBySide(files, (name) => readState(host, posix.join(folder, name)));
  const source = posix.relative(workspace, document);
  const known = states.find((state) => state?.isNamedByTitle === true && state.sources[0] === source);
  return known && posix.join(workspace, known.out);
}

async function readState(host: Host, file: string): Promise<RunState | undefined> {
  if ((await host.files.kind(file)) !== "file") return undefined;
  try {
    const value: unknown = JSON.parse(await host.files.read(file));
    return isRunState(value) ? value : undefined;
  } catch {
    // A state that was cut short is no state; the run only takes longer.
    return undefined;
  }
}

export async function keepRunState(host: Host, workspace: string, out: string, state: RunState): Promise<void> {
  await writeCache(host, cacheFile(workspace, out, "state"), JSON.stringify(state));
}

/** What the change set leaves on disk otherwise than as rendered. */
export function editedFiles(changes: ChangeSet): Readonly<Record<string, string>> {
  const edited = changes
    .filter((change) => change.action !== "remove" && change.class !== "once")
    .map((change): [string, string, string] => [change.path, blobHash(change.content), change.hash])
    .filter(([, disk, rendered]) => disk !== rendered);
  return Object.fromEntries(edited.map(([path, disk]) => [path, disk]));
}

/**
 * The number of files if a run would change nothing, else undefined: the inputs are those of the last run, and every file is as that run left it. A
 * file that is written once only has to be there. Loads nothing heavy.
 */
export async function countUnchanged(
  host: Host,
  out: string,
  input: string,
  state: RunState | undefined,
  needsVerified: boolean,
): Promise<number | undefined> {
  const manifest = await manifestOn(host, out);
  if (manifest === undefined || manifest.input !== input) return undefined;
  const known = state?.input === input ? state : undefined;
  if (needsVerified && known?.isVerified === false) return undefined;
  const files = Object.entries(manifest.files);
  const same = await sideBySide(files, async ([path, file]) => {
    const at = posix.join(out, path);
    if ((await host.files.kind(at)) !== "file") return false;
    return file.class === "once" || blobHash(await host.files.read(at)) === (known?.edited[path] ?? file.hash);
  });
  return same.every(Boolean) ? files.length : undefined;
}

async function manifestOn(host: Host, out: string): Promise<Manifest | undefined> {
  const file = posix.join(out, manifestPath);
  if ((await host.files.kind(file)) !== "file") return undefined;
  return readManifest(await host.files.read(file), file).value;
}

function isRunState(value: unknown): value is RunState {
  if (!isRecord(value)) return false;
  const { input, code, sources, out, isNamedByTitle, isVerified, edited, result } = value;
  const areTexts = [input, code, out].every((text) => typeof text === "string");
  const areFlags = [isNamedByTitle, isVerified].every((flag) => typeof flag === "boolean");
  return areTexts && areFlags && Array.isArray(sources) && isRecord(edited) && isRecord(result);
}
