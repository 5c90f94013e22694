import { posix } from "node:path";
import { error } from "../diagnostic/catalog.ts";
import { hasErrors, type Checked, type Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import { hashOf } from "../hash.ts";
import { ownScript, plainEnvironment } from "../child-process.ts";
import type { OutputFile } from "../plan/plan.ts";
import { aligned } from "./align.ts";
import { compare } from "./changes.ts";
import type { ChildAnswer, ChildInput } from "./child.ts";
import {
  joinStatements,
  lastSnapshot,
  numbered,
  printHistory,
  printJson,
  readHistory,
  sqlPath,
  whenOf,
  type History,
  type HistoryEntry,
} from "./history.ts";
import { lintMigration } from "./lint.ts";
import { migrationName } from "./name.ts";
import type { FormerNames } from "./renames.ts";
import { isSame, type Snapshot } from "./snapshot.ts";

export interface MigrateOptions {
  /** False when every file of tables is as the last run wrote it: then nothing is loaded to find out the same. */
  readonly tablesChanged: boolean;
  /** A new migration is final at once, and the next change makes another one; otherwise it is a draft. */
  readonly isSealed: boolean;
  /** What the document says that tables and columns were called before. */
  readonly former: FormerNames;
}

export interface MigrationResult {
  /** All of `migrations/` as it is to be. */
  readonly files: readonly OutputFile[];
  /** What was derived; undefined when the tables are as the last migration left them. */
  readonly migration: DerivedMigration | undefined;
}

export interface DerivedMigration {
  /** The file's name without its ending: `0003_add_card_frozen_at`. */
  readonly tag: string;
  readonly statements: readonly string[];
}

type Derived = Extract<ChildAnswer, { readonly kind: "derived" }>;

/** Deriving takes a second on a slow machine; this is for a module that does not end. */
const timeoutMs = 60_000;

/**
 * Derives the next migration from the staged tables and the last snapshot, and writes it into the staged folder. A
 * draft, the newest migration while it is not sealed, is derived anew from what comes before it. What is not additive
 * is reported as `migration/unsafe`, and nothing is written then.
 */
export async function migrate(
  host: Host,
  staging: { readonly folder: string },
  options: MigrateOptions,
): Promise<Checked<MigrationResult>> {
  const { value: history, diagnostics } = await readHistory(host, staging.folder);
  if (!history) return { value: { files: [], migration: undefined }, diagnostics };
  const unchanged = { files: printHistory(history), migration: undefined };
  if (!options.tablesChanged && history.entries.length > 0) return { value: unchanged, diagnostics: [] };

  const tables = await tableFiles(host, staging.folder);
  if (tables.length === 0 && history.entries.length === 0)
    return { value: { ...unchanged, files: [] }, diagnostics: [] };

  const draft = history.entries.at(-1)?.isSealed === false ? history.entries.at(-1) : undefined;
  const base: History = { entries: draft ? history.entries.slice(0, -1) : history.entries };
  const derived = await deriveInChild(host, staging.folder, tables, lastSnapshot(base), options.former);
  if (derived.kind === "failed") return { value: unchanged, diagnostics: [failed(derived)] };

  const isKept = draft !== undefined && isSame(aligned(derived.snapshot, draft.snapshot), draft.snapshot);
  const next = isKept ? kept(draft, options) : newest(base, derived, options);
  const statements = next && !isKept ? derived.statements : [];
  const findings = next && !isKept ? lint(derived, next) : [];
  if (hasErrors(findings)) return { value: unchanged, diagnostics: findings };

  const files = printHistory({ entries: next ? [...base.entries, next] : base.entries });
  await stage(host, staging.folder, unchanged.files, files);
  const migration = next && !isKept ? { tag: next.tag, statements } : undefined;
  return { value: { files, migration }, diagnostics: findings };
}

/** The same tables, in whatever order: the draft stays as it is written. */
function kept(draft: HistoryEntry, { isSealed }: MigrateOptions): HistoryEntry {
  return { ...draft, isSealed };
}

/** Undefined when nothing is left to do. */
function newest(base: History, derived: Derived, { isSealed }: MigrateOptions): HistoryEntry | undefined {
  if (derived.statements.length === 0) return undefined;
  const index = base.entries.length;
  const changes = [...derived.renames, ...compare(derived.renamed, derived.snapshot).changes];
  return {
    tag: `${numbered(index)}_${migrationName(changes, nounsOf(derived.tables), index === 0)}`,
    when: Math.max(whenOf(index), (base.entries.at(-1)?.when ?? 0) + 1),
    isSealed,
    sql: joinStatements(derived.statements),
    snapshot: derived.snapshot,
    snapshotText: printJson(derived.snapshot),
  };
}

function lint({ snapshot, renamed, renames, statements }: Derived, { tag }: HistoryEntry): readonly Diagnostic[] {
  const found = compare(renamed, snapshot);
  return lintMigration({ ...found, changes: [...renames, ...found.changes], statements, file: sqlPath(tag) });
}

/** A file that defines one table is named for its entity: `card/card.table.ts` defines `cards`. */
function nounsOf(tables: Derived["tables"]): Readonly<Record<string, string>> {
  const pairs = Object.entries(tables).flatMap(([file, [name, ...others]]) =>
    name !== undefined && others.length === 0 ? [[name, posix.basename(file, ".table.ts")] as const] : [],
  );
  return Object.fromEntries(pairs);
}

async function tableFiles(host: Host, folder: string): Promise<readonly string[]> {
  const source = posix.join(folder, "src");
  if ((await host.files.kind(source)) !== "folder") return [];
  const files = await host.files.list(source, ["node_modules"]);
  return files.filter((file) => file.endsWith(".table.ts")).map((file) => `src/${file}`);
}

async function deriveInChild(
  host: Host,
  folder: string,
  tables: readonly string[],
  previous: Snapshot,
  former: FormerNames,
): Promise<ChildAnswer> {
  // Told from what a module may print by a mark that the modules cannot know beforehand, and that is no secret.
  const mark = `derived:${hashOf(folder, ...tables)}:`;
  const input: ChildInput = { folder, tables, previous, former, mark };
  const { exitCode, stdout, stderr } = await host.run({
    command: host.nodePath,
    args: ["--no-warnings", ownScript("migrate/child.ts")],
    cwd: folder,
    environment: plainEnvironment(host),
    input: JSON.stringify(input),
    timeoutMs,
  });
  const line = stdout.split("\n").findLast((text) => text.startsWith(mark));
  if (line !== undefined) return JSON.parse(line.slice(mark.length)) as ChildAnswer;
  const why = exitCode === undefined ? `did not end within ${timeoutMs / 1000} s` : firstLine(stderr);
  return { kind: "failed", file: undefined, message: why };
}

function firstLine(text: string): string {
  return (
    text
      .split("\n")
      .find((line) => /\w*Error\b/.test(line))
      ?.trim() ??
    text.trim().split("\n")[0] ??
    ""
  );
}

function failed({ file, message }: Extract<ChildAnswer, { readonly kind: "failed" }>): Diagnostic {
  const saw =
    file === undefined ? `The tables could not be compared: ${message}` : `${file} could not be loaded: ${message}`;
  return error("migration/failed", { ...(file !== undefined && { place: { file } }), saw: saw.split("\n")[0] ?? saw });
}

/** Makes the staged `migrations/` what the service is to start with. */
async function stage(
  host: Host,
  folder: string,
  before: readonly OutputFile[],
  after: readonly OutputFile[],
): Promise<void> {
  const staying = new Set(after.map((file) => file.path));
  for (const file of before) {
    if (!staying.has(file.path)) await host.files.remove(posix.join(folder, file.path));
  }
  for (const file of after) await host.files.write(posix.join(folder, file.path), file.content);
}
