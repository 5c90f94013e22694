import type { Change } from "./change.ts";

/** PostgreSQL has no say in this; file systems and readers do. */
const longestName = 60;

/** What comes first in a name, when a migration does several things. */
const rank: readonly Change["act"][] = ["create", "rename", "add", "widen", "relax", "index", "change", "drop"];

/**
 * A migration's name without its number, from what it does: `init`, `add_card_frozen_at`, `create_statements`. The
 * order of the document has no part in it. `nouns` are the entities' names by table.
 */
export function migrationName(
  changes: readonly Change[],
  nouns: Readonly<Record<string, string>>,
  isFirst: boolean,
): string {
  if (isFirst) return "init";
  const phrases = [...changes]
    .sort(
      (left, right) =>
        rank.indexOf(left.act) - rank.indexOf(right.act) || (phrase(left, nouns) < phrase(right, nouns) ? -1 : 1),
    )
    .map((change) => phrase(change, nouns));
  const [first = "change", ...rest] = new Set(phrases);
  const more =
    rest.length === 0
      ? ""
      : rest.length === 1 && isShort(first, rest[0])
        ? `_and_${rest[0]}`
        : `_and_${rest.length}_more`;
  return `${first.slice(0, longestName - more.length).replace(/_+$/, "")}${more}`;
}

function isShort(first: string, second: string | undefined): second is string {
  return second !== undefined && first.length + second.length + 5 <= longestName;
}

function phrase(change: Change, nouns: Readonly<Record<string, string>>): string {
  const noun = Object.hasOwn(nouns, change.table) ? nouns[change.table] : change.table;
  const words =
    change.part === undefined ? [change.table] : change.act === "index" ? [change.part] : [noun, change.part];
  return fileName([change.act, ...words].join("_"));
}

function fileName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
}
