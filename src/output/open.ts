import { posix } from "node:path";
import { hasErrors, type Checked } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import { emptyLock, lockPath, readLock, type Lock } from "../slot/lock.ts";
import { findBases } from "./bases.ts";
import { holdOutput, type Hold } from "./hold.ts";
import { manifestPath } from "./manifest.ts";
import type { Bases } from "./merge.ts";
import { readPrevious, type Previous } from "./previous.ts";
import { recover } from "./transaction.ts";
import { checkPlace } from "./workspace.ts";

/** An output folder as it stands before a run, with everything that the next output grows out of. */
export interface Output {
  /** Absolute. */
  readonly out: string;
  /** Relative to the working folder, for people. */
  readonly shown: string;
  readonly workspace: string;
  readonly previous: Previous;
  readonly manifestText?: string;
  readonly bases: Bases;
  readonly lock: Lock;
  readonly lockFile: LockFile;
}

export interface LockFile {
  /** Relative to the output folder; absolute where the config puts it elsewhere. */
  readonly path: string;
  readonly text?: string;
}

export interface OpenInput {
  readonly workspace: string;
  /** Absolute. */
  readonly out: string;
  /** Where the config puts the lock, relative to the working folder. */
  readonly lock: string | undefined;
  /** Called when nobody else may change the folder any more. */
  held(hold: Hold): void;
}

/**
 * Takes hold of an output folder and reads it, after undoing a write that did not finish. The value is undefined where nothing may be
 * written there, another run is at work there, or what stands there is not understood.
 */
export async function openOutput(
  host: Host,
  { workspace, out, lock, held }: OpenInput,
): Promise<Checked<Output | undefined>> {
  const shown = posix.relative(host.cwd, out) || ".";
  const wrongPlaces = [
    ...(await checkPlace(host, workspace, out)),
    ...(lock === undefined ? [] : await checkPlace(host, workspace, posix.resolve(host.cwd, lock))),
  ];
  if (wrongPlaces.length > 0) return { value: undefined, diagnostics: wrongPlaces };

  const { value: hold, diagnostics: busy } = await holdOutput(host, out);
  if (hold === undefined) return { value: undefined, diagnostics: busy };
  held(hold);
  await recover(host, out);
  const lockFile = await readLockFile(host, out, lock);
  const locked = lockFile.text === undefined ? undefined : readLock(lockFile.text, posix.join(shown, lockFile.path));
  const isOurs = locked !== undefined && !hasErrors(locked.diagnostics);
  const { value: previous, diagnostics } = await readPrevious(host, out, isOurs);
  const all = [...diagnostics, ...(locked?.diagnostics ?? [])];
  if (hasErrors(all)) return { value: undefined, diagnostics: all };

  const manifestText = previous.manifest && (await host.files.read(posix.join(out, manifestPath)));
  const bases = await findBases(host, workspace, out, previous);
  const read = { out, shown, workspace, previous, bases, lockFile, lock: locked?.value ?? emptyLock };
  return { value: { ...read, ...(manifestText !== undefined && { manifestText }) }, diagnostics: all };
}

async function readLockFile(host: Host, out: string, lock: string | undefined): Promise<LockFile> {
  const file = lock === undefined ? posix.join(out, lockPath) : posix.resolve(host.cwd, lock);
  const path = lock === undefined ? lockPath : file;
  if ((await host.files.kind(file)) !== "file") return { path };
  return { path, text: await host.files.read(file) };
}
