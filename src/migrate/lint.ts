import { error } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Change } from "./change.ts";
import type { Comparison, Rename } from "./changes.ts";

/** What a migration would do, and whether each of its statements may be done without asking. */
export interface LintInput extends Comparison {
  readonly statements: readonly string[];
  /** How the migration's file would be called, for diagnostics. */
  readonly file: string;
}

/**
 * Names what could lose data, fail on rows that exist, or lock a big table; nothing is reported for an additive
 * migration. A statement that no harmless change explains is reported too, so that nothing slips through unread.
 */
export function lintMigration({ changes, renames, statements, file }: LintInput): readonly Diagnostic[] {
  const place = { file };
  const found = changes.flatMap((change) => {
    if (!change.danger || isRenamed(change, renames)) return [];
    const { what, recipe } = change.danger;
    return [error("migration/unsafe", { place, saw: sentence(what, carriedOutBy(change, statements)), fix: recipe })];
  });
  const unexplained = statements.filter((statement) => !changes.some((change) => explains(change, statement)));
  return [
    ...renamesByOrigin(renames).map(([first, ...others]) => renameDiagnostic(first, others, changes, statements, file)),
    ...found,
    ...unexplained.map((statement) =>
      error("migration/unsafe", { place, saw: sentence("This statement is not known to be safe", [statement]) }),
    ),
  ];
}

/** One thing that left and all that came in its place are one question. */
function renamesByOrigin(renames: readonly Rename[]): readonly (readonly [Rename, ...Rename[]])[] {
  const byOrigin = new Map<string, [Rename, ...Rename[]]>();
  for (const rename of renames) {
    const key = JSON.stringify([rename.kind, rename.table, rename.from]);
    const known = byOrigin.get(key);
    if (known) known.push(rename);
    else byOrigin.set(key, [rename]);
  }
  return [...byOrigin.values()];
}

function renameDiagnostic(
  rename: Rename,
  others: readonly Rename[],
  changes: readonly Change[],
  statements: readonly string[],
  file: string,
): Diagnostic {
  const named = (name: string) => (rename.kind === "column" ? `${rename.table}.${name}` : name);
  const come = [rename, ...others].map(({ to }) => named(to));
  const sql = changes
    .filter((change) => isPartOf(change, rename))
    .flatMap((change) => carriedOutBy(change, statements));
  const what = `${rename.kind === "table" ? "The table " : ""}${named(rename.from)} would be dropped and ${come.join(", ")} added, which loses what is stored if it is a rename`;
  const [holder, annotation] =
    rename.kind === "column"
      ? ["property", `x-field: { column: ${rename.from} }`]
      : ["schema", `x-entity: { table: ${rename.from} }`];
  const fix = `If it is a rename, write x-renamed-from: ${rename.from} at the ${holder}, or keep the ${rename.kind}'s name with ${annotation}; if not, keep the old one in the document, or drop it by hand once no release reads it.`;
  return error("migration/unsafe", { place: { file }, saw: sentence(what, sql), fix });
}

function isRenamed(change: Change, renames: readonly Rename[]): boolean {
  return change.act === "drop" && renames.some((rename) => isPartOf(change, rename));
}

function isPartOf(change: Change, { kind, table, from }: Rename): boolean {
  if (change.act !== "drop") return false;
  return kind === "column"
    ? change.table === table && change.part === from
    : change.part === undefined && change.table === from;
}

function explains(change: Change, statement: string): boolean {
  return change.heads.some((head) => statement.startsWith(head));
}

function carriedOutBy(change: Change, statements: readonly string[]): readonly string[] {
  return statements.filter((statement) => explains(change, statement));
}

function sentence(what: string, statements: readonly string[]): string {
  return statements.length === 0 ? `${what}.` : `${what}: ${statements.join(" ")}`;
}
