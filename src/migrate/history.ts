import { posix } from "node:path";
import { error } from "../diagnostic/catalog.ts";
import type { Checked, Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import { visibleJson } from "../invisible.ts";
import { isRecord } from "../json.ts";
import type { OutputFile } from "../plan/plan.ts";
import { emptySnapshot, type Snapshot } from "./snapshot.ts";

/** The migrations of a service, oldest first, as they are kept in `migrations/` in drizzle-kit's format. */
export interface History {
  readonly entries: readonly HistoryEntry[];
}

export interface HistoryEntry {
  /** The file's name without its ending: `0000_init`. */
  readonly tag: string;
  /** Milliseconds; what was applied is told by it, so it never changes and always grows. */
  readonly when: number;
  /** True when it may be in use somewhere, and is never edited again. */
  readonly isSealed: boolean;
  readonly sql: string;
  readonly snapshot: Snapshot;
  /** The snapshot's text on disk. */
  readonly snapshotText: string;
}

/** The journal's own form: drizzle-kit's, and `sealed`, which it passes over. */
interface Journal {
  readonly version: string;
  readonly dialect: string;
  readonly entries: readonly JournalEntry[];
}

interface JournalEntry {
  readonly idx: number;
  readonly version: string;
  readonly when: number;
  readonly tag: string;
  readonly breakpoints: boolean;
  readonly sealed?: boolean;
}

const folderName = "migrations";
const journalPath = `${folderName}/meta/_journal.json`;
const breakpoint = "\n--> statement-breakpoint\n";

/** 2026-01-01T00:00:00Z. A migration's time is made from its number, since a real one would differ from run to run. */
const epochMs = 1_767_225_600_000;

export function sqlPath(tag: string): string {
  return `${folderName}/${tag}.sql`;
}

/** The number that a migration's files begin with. */
export function numbered(index: number): string {
  return String(index).padStart(4, "0");
}

export function whenOf(index: number): number {
  return epochMs + index * 1000;
}

/** The text of a migration. A service runs the statements one by one. */
export function joinStatements(statements: readonly string[]): string {
  return `${statements.join(breakpoint)}\n`;
}

/** Every file of `migrations/`. */
export function printHistory({ entries }: History): readonly OutputFile[] {
  const journal: Journal = {
    version: "7",
    dialect: "postgresql",
    entries: entries.map((entry, idx) => ({
      idx,
      version: "7",
      when: entry.when,
      tag: entry.tag,
      breakpoints: true,
      ...(entry.isSealed && { sealed: true }),
    })),
  };
  const files = entries.flatMap((entry, index) => [
    historyFile(sqlPath(entry.tag), entry.sql),
    historyFile(snapshotPath(index), entry.snapshotText),
  ]);
  return [...files, historyFile(journalPath, printJson(journal))];
}

export function printJson(value: unknown): string {
  return `${visibleJson(value)}\n`;
}

/** Reads what was migrated so far; nothing yet is an empty history. */
export async function readHistory(host: Host, folder: string): Promise<Checked<History | undefined>> {
  const at = posix.join(folder, journalPath);
  if ((await host.files.kind(at)) === "none") return { value: { entries: [] }, diagnostics: [] };
  const journal = parseJournal(await host.files.read(at));
  if (!journal) return broken(journalPath, "is not a journal of migrations");
  const entries: HistoryEntry[] = [];
  for (const [index, entry] of journal.entries.entries()) {
    if (entry.idx !== index || !entry.tag.startsWith(`${numbered(index)}_`)) {
      return broken(journalPath, `has ${entry.tag} where migration ${numbered(index)} is expected`);
    }
    const [sql, snapshotText] = await Promise.all([
      readIfThere(host, posix.join(folder, sqlPath(entry.tag))),
      readIfThere(host, posix.join(folder, snapshotPath(index))),
    ]);
    if (sql === undefined) return broken(sqlPath(entry.tag), "is named in the journal and does not exist");
    const snapshot = snapshotText === undefined ? undefined : parseSnapshot(snapshotText);
    if (!snapshot || snapshotText === undefined) return broken(snapshotPath(index), "is no snapshot of the tables");
    entries.push({ tag: entry.tag, when: entry.when, isSealed: entry.sealed === true, sql, snapshot, snapshotText });
  }
  return { value: { entries }, diagnostics: [] };
}

/** The tables as a history leaves them. */
export function lastSnapshot({ entries }: History): Snapshot {
  return entries.at(-1)?.snapshot ?? emptySnapshot;
}

function snapshotPath(index: number): string {
  return `${folderName}/meta/${numbered(index)}_snapshot.json`;
}

function historyFile(path: string, content: string): OutputFile {
  return { path, class: "history", content };
}

async function readIfThere(host: Host, path: string): Promise<string | undefined> {
  if ((await host.files.kind(path)) !== "file") return undefined;
  return host.files.read(path);
}

function parseJournal(text: string): Journal | undefined {
  const value = parseObject(text);
  if (!value || !Array.isArray(value["entries"])) return undefined;
  const isEntry = (entry: unknown): boolean =>
    isRecord(entry) &&
    typeof entry["idx"] === "number" &&
    typeof entry["when"] === "number" &&
    typeof entry["tag"] === "string" &&
    /^[a-z0-9_]+$/i.test(entry["tag"]);
  return value["entries"].every(isEntry) ? (JSON.parse(text) as Journal) : undefined;
}

function parseSnapshot(text: string): Snapshot | undefined {
  const value = parseObject(text);
  if (!value || typeof value["id"] !== "string" || !isRecord(value["tables"])) return undefined;
  const isTable = (table: unknown): boolean =>
    isRecord(table) &&
    typeof table["name"] === "string" &&
    ["columns", "indexes", "foreignKeys", "compositePrimaryKeys", "uniqueConstraints", "checkConstraints"].every(
      (part) => isRecord(table[part]),
    );
  return Object.values(value["tables"]).every(isTable) ? (JSON.parse(text) as Snapshot) : undefined;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function broken(path: string, what: string): Checked<undefined> {
  const finding: Diagnostic = error("history/invalid", { place: { file: path }, saw: `${path} ${what}.` });
  return { value: undefined, diagnostics: [finding] };
}
