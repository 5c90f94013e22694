import { posix } from "node:path";
import { error, warning } from "../diagnostic/catalog.ts";
import type { Checked, Diagnostic } from "../diagnostic/diagnostic.ts";
import { blobHash, withUnixEndings } from "../hash.ts";
import type { FileClass, OutputFile } from "../plan/plan.ts";
import type { Manifest } from "./manifest.ts";
import { mergeJson } from "./merge-json.ts";
import { hasConflictMarkers, mergeText, withEndingsOf, type MergedText } from "./merge-text.ts";
import type { Previous } from "./previous.ts";

/** What happens to one file. */
export type Action =
  | "create"
  | "update"
  /** Nothing to do. */
  | "same"
  /** A person's edits, and ours among them. */
  | "merged"
  /** Both changed the same lines; the content holds markers. */
  | "conflict"
  | "remove"
  /** Ours no longer, but edited: left where it is. */
  | "orphan"
  /** Theirs since it was written. */
  | "kept";

export interface Change {
  readonly path: string;
  readonly class: FileClass;
  readonly action: Action;
  /** What is on disk afterwards; empty for `remove`. */
  readonly content: string;
  /** Blob hash of the text as rendered, for the manifest. */
  readonly hash: string;
}

/** Sorted by path. */
export type ChangeSet = readonly Change[];

/** Texts by blob hash. */
export type Bases = ReadonlyMap<string, string>;

export interface MergeInput {
  readonly previous: Previous;
  readonly bases: Bases;
  /** As rendered, before carry. */
  readonly rendered: readonly OutputFile[];
  /** Logic files with the bodies in them, by path; others are taken as rendered. */
  readonly carried?: ReadonlyMap<string, string>;
  /** How the output folder is called in diagnostics. */
  readonly shown: string;
  /** Logic files whose text is kept elsewhere, so that they may be removed though a person wrote in them. */
  readonly released?: ReadonlySet<string>;
}

/** Compares what was rendered with what is on disk. Migrations are left to `mergeHistory`. */
export function mergeFiles(input: MergeInput): Checked<ChangeSet> {
  const { previous, rendered } = input;
  const files = rendered.filter((file) => file.class !== "history");
  const written = files.map((file) => change(file, input));
  const planned = new Set(files.map((file) => file.path));
  const left = Object.entries(previous.manifest?.files ?? {})
    .filter(([path, file]) => !planned.has(path) && file.class !== "history" && previous.files.has(path))
    .map(([path, file]) => leftover(path, file.class, file.hash, input));
  const value = [...written, ...left].sort(byPath);
  const unreadable = files.filter((file) => file.class !== "once" && previous.others.has(file.path));
  const diagnostics = [
    ...value.flatMap((one) => complaints(one, input.shown)),
    ...unreadable.map(({ path }) => noText(posix.join(input.shown, path))),
  ];
  return { value, diagnostics };
}

/**
 * History is appended to. What `migrate` names is written; a migration that a person edited stays as they left it; a
 * file that it names no longer is the replaced draft, and goes if nobody touched it.
 */
export function mergeHistory(previous: Previous, files: readonly OutputFile[]): ChangeSet {
  const written = files.map((file): Change => {
    const disk = previous.files.get(file.path);
    const known = previous.manifest?.files[file.path]?.hash;
    const rendered = { path: file.path, class: file.class, content: file.content, hash: blobHash(file.content) };
    if (disk === undefined) return { ...rendered, action: "create" };
    if (isSame(disk, file.content)) return { ...rendered, action: "same", content: disk };
    const isTheirs = file.path.endsWith(".sql") && known !== blobHash(disk);
    if (isTheirs) return { ...rendered, action: "kept", content: disk, hash: known ?? blobHash(disk) };
    return { ...rendered, action: "update", content: withEndingsOf(disk, file.content) };
  });
  const named = new Set(files.map((file) => file.path));
  const left = Object.entries(previous.manifest?.files ?? {})
    .filter(([path, file]) => file.class === "history" && !named.has(path) && previous.files.has(path))
    .map(([path, file]): Change => {
      const disk = previous.files.get(path) ?? "";
      const isOurs = blobHash(disk) === file.hash;
      return {
        path,
        class: "history",
        action: isOurs ? "remove" : "orphan",
        content: isOurs ? "" : disk,
        hash: file.hash,
      };
    });
  return [...written, ...left].sort(byPath);
}

/** The history of a run that made no migrations: what was written stays listed, and nothing is touched. */
export function historyAsItIs({ manifest, files }: Previous): ChangeSet {
  return Object.entries(manifest?.files ?? {}).flatMap(([path, file]): readonly Change[] => {
    const content = files.get(path);
    if (file.class !== "history" || content === undefined) return [];
    return [{ path, class: "history", action: "same", content, hash: file.hash }];
  });
}

/** The manifest after a change set is written. An orphan stays listed, so that it goes once its edits are undone. */
export function manifestOf(changes: ChangeSet, version: string, input: string): Manifest {
  const kept = changes.filter((one) => one.action !== "remove");
  return {
    version,
    input,
    files: Object.fromEntries(kept.map((one) => [one.path, { class: one.class, hash: one.hash }])),
  };
}

/** Each class has its own rule for a file that is there already (DESIGN §7). */
function change(file: OutputFile, input: MergeInput): Change {
  const disk = input.previous.files.get(file.path);
  const content = input.carried?.get(file.path) ?? file.content;
  const rendered: Omit<Change, "action"> = {
    path: file.path,
    class: file.class,
    content,
    hash: blobHash(file.content),
  };
  if (input.previous.others.has(file.path)) return { ...rendered, action: "kept" };
  if (disk === undefined) return { ...rendered, action: "create" };
  if (isSame(disk, content)) return { ...rendered, action: "same", content: disk };
  switch (file.class) {
    case "once":
      return { ...rendered, action: "kept", content: disk };
    case "logic":
    case "history":
      return { ...rendered, action: "update", content: withEndingsOf(disk, content) };
    case "generated":
      return generated(rendered, disk, input);
  }
}

function generated(rendered: Omit<Change, "action">, disk: string, { previous, bases }: MergeInput): Change {
  const known = previous.manifest?.files[rendered.path];
  if (hasConflictMarkers(disk)) return { ...rendered, action: "conflict", content: disk };
  if (known?.hash === blobHash(disk)) {
    return { ...rendered, action: "update", content: withEndingsOf(disk, rendered.content) };
  }
  if (known?.hash === rendered.hash) return { ...rendered, action: "same", content: disk };
  const { text, isConflict } = mergedText(rendered.path, disk, known && bases.get(known.hash), rendered.content);
  if (isConflict) return { ...rendered, action: "conflict", content: text };
  return { ...rendered, action: isSame(disk, text) ? "same" : "merged", content: text };
}

/** By lines; by members where the lines of a JSON file conflict. */
function mergedText(path: string, disk: string, base: string | undefined, content: string): MergedText {
  const byLines = mergeText(disk, base, content);
  if (!byLines.isConflict || base === undefined || !path.endsWith(".json")) return byLines;
  const byMembers = mergeJson(disk, base, content);
  return byMembers ? { ...byMembers, text: withEndingsOf(disk, byMembers.text) } : byLines;
}

/** A file that we wrote and that the document no longer calls for. */
function leftover(path: string, fileClass: FileClass, hash: string, { previous, released }: MergeInput): Change {
  const disk = previous.files.get(path) ?? "";
  const isOurs = blobHash(disk) === hash || released?.has(path) === true;
  return { path, class: fileClass, action: isOurs ? "remove" : "orphan", content: isOurs ? "" : disk, hash };
}

function complaints({ action, path }: Change, shown: string): readonly Diagnostic[] {
  const place = { file: posix.join(shown, path) };
  if (action === "conflict") {
    return [
      error("output/conflict", {
        place,
        saw: `${place.file} was changed by hand and by the document in the same lines.`,
      }),
    ];
  }
  if (action === "orphan") {
    const saw = `Nothing in the document calls for ${place.file} any more; it was edited, so it stays.`;
    return [warning("output/orphan", { place, saw })];
  }
  return [];
}

function noText(file: string): Diagnostic {
  const saw = `${file} is no UTF-8 text any more, so nothing can be merged into it.`;
  return error("output/conflict", { place: { file }, saw, fix: "Save it as UTF-8, or delete it." });
}

function isSame(a: string, b: string): boolean {
  return a === b || withUnixEndings(a) === withUnixEndings(b);
}

function byPath(a: Change, b: Change): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
