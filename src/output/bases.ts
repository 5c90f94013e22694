import { posix } from "node:path";
import { blobHash, hashOf } from "../hash.ts";
import type { Host } from "../host.ts";
import type { FileClass, OutputFile } from "../plan/plan.ts";
import type { Bases } from "./merge.ts";
import type { Previous } from "./previous.ts";

/**
 * Finds the texts that the manifest names for files that were edited since: in the cache of this machine, else in
 * git's object store. What is found nowhere is left out, and every difference of that file is a conflict.
 */
export async function findBases(host: Host, workspace: string, out: string, previous: Previous): Promise<Bases> {
  const wanted = editedHashes(previous);
  if (wanted.length === 0) return new Map();
  const cached = await readCache(host, cacheFile(workspace, out));
  const found = new Map<string, string>();
  for (const hash of wanted) {
    const text = cached.get(hash) ?? (await fromGit(host, out, hash));
    if (text !== undefined) found.set(hash, text);
  }
  return found;
}

/**
 * Keeps what was rendered for the next merge. One file for each output holds the texts of this run and, as far as twice
 * their number allows, those of runs before: they serve when a branch is changed.
 */
export async function keepBases(
  host: Host,
  workspace: string,
  out: string,
  rendered: readonly OutputFile[],
): Promise<void> {
  const file = cacheFile(workspace, out);
  const kept = new Map(rendered.filter(isMerged).map(({ content }) => [blobHash(content), content]));
  const limit = kept.size * 2;
  for (const [hash, text] of await readCache(host, file)) {
    if (kept.size >= limit) break;
    if (!kept.has(hash)) kept.set(hash, text);
  }
  await writeCache(host, file, JSON.stringify(Object.fromEntries(kept)));
}

/** Writes a file of the workspace's cache, which git is told to ignore. */
export async function writeCache(host: Host, file: string, text: string): Promise<void> {
  const folder = posix.dirname(file);
  await host.files.makeFolder(folder);
  await host.files.write(posix.join(folder, ".gitignore"), "*\n");
  await host.files.write(file, text);
}

/** Hashes of classes that are merged or carried, where the disk no longer holds the text that they name. */
function editedHashes({ manifest, files }: Previous): readonly string[] {
  const entries = Object.entries(manifest?.files ?? {});
  const edited = entries.filter(([path, file]) => {
    const disk = files.get(path);
    return isMerged(file) && disk !== undefined && blobHash(disk) !== file.hash;
  });
  return [...new Set(edited.map(([, file]) => file.hash))];
}

/** A base is wanted for these; what is written once or appended to is never merged. */
function isMerged(file: { readonly class: FileClass }): boolean {
  return file.class === "generated" || file.class === "logic";
}

async function readCache(host: Host, file: string): Promise<ReadonlyMap<string, string>> {
  if ((await host.files.kind(file)) !== "file") return new Map();
  const entries = Object.entries(parse(await host.files.read(file)));
  return new Map(entries.filter((entry): entry is [string, string] => entry[0] === blobHash(String(entry[1]))));
}

/** A cache that was cut short is no cache. */
function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

async function fromGit(host: Host, out: string, hash: string): Promise<string | undefined> {
  const command = { command: "git", args: ["cat-file", "blob", hash], cwd: out, timeoutMs: 5_000 };
  const result = await host.run(command).catch(() => undefined);
  return result?.exitCode === 0 && blobHash(result.stdout) === hash ? result.stdout : undefined;
}

/** Named by the place of the output in the workspace, so that two outputs never share a file. */
export function cacheFile(workspace: string, out: string, kind: "bases" | "state" = "bases"): string {
  const place = posix.relative(workspace, out);
  const name = `${posix.basename(out)}-${hashOf(place).slice(0, 8)}.json`;
  return posix.join(workspace, ".scaffold", "cache", kind, name);
}
