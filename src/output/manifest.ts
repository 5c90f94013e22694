import { error } from "../diagnostic/catalog.ts";
import type { Checked } from "../diagnostic/diagnostic.ts";
import { isRecord } from "../json.ts";
import type { FileClass } from "../plan/plan.ts";

/** Relative to the output folder. */
export const manifestPath = ".scaffold/manifest.json";

/**
 * What we wrote into an output folder. It holds neither dates nor places, so that equal inputs give equal bytes.
 * `hash` is that of the text as we rendered it: the base of the next three-way merge, whatever a person made of it.
 */
export interface Manifest {
  /** The version of scaffold that wrote it. */
  readonly version: string;
  /** Hash of everything that the output is a function of (unchanged.ts). */
  readonly input: string;
  readonly files: Readonly<Record<string, ManifestFile>>;
}

export interface ManifestFile {
  readonly class: FileClass;
  /** Git blob hash, line endings normalised. */
  readonly hash: string;
}

/** One line for each file, sorted, so that branches merge line by line. */
export function printManifest(manifest: Manifest): string {
  const lines = Object.entries(manifest.files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, file]) => `    ${JSON.stringify(path)}: ${printFile(file)}`);
  const files = lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n  }`;
  return `{
  "version": ${JSON.stringify(manifest.version)},
  "input": ${JSON.stringify(manifest.input)},
  "files": ${files}
}
`;
}

function printFile(file: ManifestFile): string {
  return `{ "class": ${JSON.stringify(file.class)}, "hash": ${JSON.stringify(file.hash)} }`;
}

/**
 * Reads a manifest. Members that are not known are passed over, so that an older version reads a newer one; a file
 * whose entry or path is not understood is reported, because what it names can be neither merged nor removed.
 */
export function readManifest(text: string, file: string): Checked<Manifest | undefined> {
  const parsed = parse(text);
  if (!isRecord(parsed) || !isRecord(parsed["files"])) {
    const saw = hasConflictMarkers(text)
      ? "It holds the conflict markers of a merge."
      : "It does not parse, or has no list of files.";
    return { value: undefined, diagnostics: [error("manifest/invalid", { place: { file }, saw })] };
  }
  const entries = Object.entries(parsed["files"]);
  const wrong = entries.find(([path, entry]) => !isInside(path) || !isManifestFile(entry));
  if (wrong) {
    const saw = `The entry of ${JSON.stringify(wrong[0])} is not understood.`;
    return { value: undefined, diagnostics: [error("manifest/invalid", { place: { file }, saw })] };
  }
  const files: Record<string, ManifestFile> = Object.create(null);
  for (const [path, entry] of entries) {
    if (isManifestFile(entry)) files[path] = { class: entry.class, hash: entry.hash };
  }
  return { value: { version: textOf(parsed["version"]), input: textOf(parsed["input"]), files }, diagnostics: [] };
}

/** True for a relative path that names a place below its folder and nothing else. */
function isInside(path: string): boolean {
  if (path === "" || path.startsWith("/") || path.includes("\\") || path.includes("\0") || /^[a-z]:/i.test(path)) {
    return false;
  }
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

const classes: readonly string[] = ["generated", "logic", "once", "history"] satisfies FileClass[];

function isManifestFile(value: unknown): value is ManifestFile {
  return (
    isRecord(value) &&
    typeof value["class"] === "string" &&
    classes.includes(value["class"]) &&
    typeof value["hash"] === "string" &&
    /^[0-9a-f]{40}$/.test(value["hash"])
  );
}

function hasConflictMarkers(text: string): boolean {
  return /^<{7} /m.test(text) && /^>{7} /m.test(text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
