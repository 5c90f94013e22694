import { posix } from "node:path";
import type { Checked } from "../diagnostic/diagnostic.ts";
import type { Document } from "../document/document.ts";
import type { Host } from "../host.ts";
import { keepBases } from "../output/bases.ts";
import { markConflicts, type Conflict } from "../output/conflict-index.ts";
import { historyAsItIs, manifestOf, mergeHistory, type ChangeSet } from "../output/merge.ts";
import type { Manifest } from "../output/manifest.ts";
import type { Output } from "../output/open.ts";
import { textsAfter } from "../output/result.ts";
import { writeChanges } from "../output/write.ts";
import { packageVersion } from "../package.ts";
import type { OutputFile } from "../plan/plan.ts";
import { lockPath, printLock, type Lock } from "../slot/lock.ts";
import { inputOf, journalIn } from "./memory.ts";
import type { Setting } from "./setting.ts";
import type { Merged } from "./stages.ts";

/** Everything that a run puts on disk. */
export interface Landing {
  readonly changes: ChangeSet;
  readonly manifest: Manifest;
  readonly lock: Lock;
}

/** A run that got through: migrations included, and the hash of what it all came from. */
export function landing(
  setting: Setting,
  document: Document,
  output: Output,
  merged: Merged,
  migrations: readonly OutputFile[],
): Landing {
  const changes = [...merged.changes, ...mergeHistory(output.previous, migrations)];
  const texts = textsAfter(output.previous, changes);
  const lock = isElsewhere(output) ? printLock(merged.lock) : (texts.get(lockPath) ?? "");
  const input = inputOf(setting, document, { lock, journal: journalIn(texts) });
  return { changes, manifest: manifestOf(changes, packageVersion(), input), lock: merged.lock };
}

/** A run that met conflicts: without a hash of its inputs, so that the next run looks at everything again. */
export function conflictLanding(output: Output, merged: Merged): Landing {
  const changes = [...merged.changes, ...historyAsItIs(output.previous)];
  return { changes, manifest: manifestOf(changes, packageVersion(), ""), lock: merged.lock };
}

export async function write(
  host: Host,
  { isDryRun }: Setting,
  output: Output,
  { changes, manifest, lock }: Landing,
): Promise<Checked<ChangeSet>> {
  if (isDryRun) return { value: changes, diagnostics: [] };
  const lockText = printLock(lock);
  const isLockNew = isElsewhere(output) && output.lockFile.text !== lockText;
  const { diagnostics } = await writeChanges(host, {
    out: output.out,
    changes,
    manifest,
    ...(output.manifestText !== undefined && { previousManifest: output.manifestText }),
    ...(isLockNew && { outside: { path: output.lockFile.path, content: lockText } }),
  });
  return { value: changes, diagnostics };
}

function isElsewhere({ lockFile }: Output): boolean {
  return posix.isAbsolute(lockFile.path);
}

/** Keeps the bases of the next merge, and lets git know of the conflicts as it knows those of its own merges. */
export async function keepConflict(
  host: Host,
  { workspace }: Setting,
  { out, previous, bases }: Output,
  { changes }: Merged,
  rendered: readonly OutputFile[],
): Promise<void> {
  await keepBases(host, workspace, out, rendered);
  const texts = new Map(rendered.map((file) => [file.path, file.content]));
  const conflicts = changes.flatMap(({ path, action, content }): readonly Conflict[] => {
    const [yours, generated] = [previous.files.get(path), texts.get(path)];
    if (action !== "conflict" || yours === undefined || generated === undefined || yours === content) return [];
    return [{ path, base: bases.get(previous.manifest?.files[path]?.hash ?? ""), yours, generated }];
  });
  await markConflicts(host, out, conflicts);
}
