import { posix } from "node:path";
import { error } from "../diagnostic/catalog.ts";
import type { Checked } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import { printManifest, manifestPath, type Manifest } from "./manifest.ts";
import type { Change, ChangeSet } from "./merge.ts";
import { commit, prepare, recover, type Edit } from "./transaction.ts";
import { linkedPaths } from "./workspace.ts";

export interface WriteInput {
  readonly out: string;
  readonly changes: ChangeSet;
  readonly manifest: Manifest;
  /** The text of the manifest on disk, if there is one. */
  readonly previousManifest?: string;
  /** The lock where the config puts it elsewhere: the one file outside the output folder. */
  readonly outside?: { readonly path: string; readonly content: string };
}

/**
 * Applies a change set, all or nothing, the manifest last; what failed or was interrupted half-way is undone. The
 * value says whether anything had to be written. Nothing is written through a symbolic link.
 */
export async function writeChanges(host: Host, input: WriteInput): Promise<Checked<boolean>> {
  const edits = [...fileEdits(input), ...outsideEdit(input), ...manifestEdit(input)];
  if (edits.length === 0) return { value: false, diagnostics: [] };
  const inside = edits.map((edit) => edit.path).filter((path) => !posix.isAbsolute(path));
  const linked = await linkedPaths(host, input.out, inside);
  if (linked.length > 0) return refused(host, input.out, linked);

  await host.uninterrupted(async (isInterrupted) => {
    await recover(host, input.out);
    const transaction = await prepare(host, input.out, edits, isInterrupted);
    await commit(host, transaction, isInterrupted);
    await removeEmptyFolders(host, input.out, input.changes);
  });
  return { value: true, diagnostics: [] };
}

/** True when the change puts other bytes on disk. */
export function isWritten(change: Change): boolean {
  return change.action !== "same" && change.action !== "kept" && change.action !== "orphan";
}

function fileEdits({ changes }: WriteInput): readonly Edit[] {
  return changes
    .filter(isWritten)
    .map(({ path, action, content }) => (action === "remove" ? { path } : { path, content }));
}

function outsideEdit({ outside }: WriteInput): readonly Edit[] {
  return outside ? [outside] : [];
}

function manifestEdit({ manifest, previousManifest }: WriteInput): readonly Edit[] {
  const content = printManifest(manifest);
  return content === previousManifest ? [] : [{ path: manifestPath, content }];
}

function refused(host: Host, out: string, linked: readonly string[]): Checked<boolean> {
  const diagnostics = linked.map((path) => {
    const file = posix.join(posix.relative(host.cwd, out), path);
    const saw = `${file} would be written through a symbolic link; nothing was touched.`;
    return error("output/outside-workspace", { place: { file }, saw, fix: "Replace the link by a folder." });
  });
  return { value: false, diagnostics };
}

/** Removes the folders that held nothing but removed files. */
async function removeEmptyFolders(host: Host, out: string, changes: ChangeSet): Promise<void> {
  const removed = changes.filter((change) => change.action === "remove").map((change) => posix.dirname(change.path));
  const folders = [...new Set(removed)].filter((folder) => folder !== ".").sort((a, b) => b.length - a.length);
  for (const folder of folders) {
    const path = posix.join(out, folder);
    const isEmpty = (await host.files.kind(path)) === "folder" && (await host.files.list(path)).length === 0;
    if (isEmpty) await host.files.remove(path);
  }
}
