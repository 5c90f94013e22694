import type { Previous } from "./previous.ts";
import type { ChangeSet } from "./merge.ts";
import { isWritten } from "./write.ts";
import type { ChangeCounts } from "../run.ts";

/** Every text of the output folder as it will be once the change set is written, by path. */
export function textsAfter(previous: Previous, changes: ChangeSet): ReadonlyMap<string, string> {
  const texts = new Map(previous.files);
  for (const { path, action, content } of changes) {
    if (action === "remove") texts.delete(path);
    else texts.set(path, content);
  }
  return texts;
}

export function countChanges(changes: ChangeSet): ChangeCounts {
  const count = (action: string) => changes.filter((change) => change.action === action).length;
  return {
    created: count("create"),
    updated: count("update"),
    merged: count("merged"),
    removed: count("remove"),
    conflicts: changes.filter((change) => change.action === "conflict").map((change) => change.path),
    unchanged: changes.filter((change) => !isWritten(change)).length,
  };
}

/** "9 created, 4 updated, 45 unchanged": only what there is. */
export function describeChanges(counts: ChangeCounts): string {
  const parts: readonly (readonly [number, string])[] = [
    [counts.created, "created"],
    [counts.updated, "updated"],
    [counts.merged, "merged"],
    [counts.conflicts.length, counts.conflicts.length === 1 ? "conflict" : "conflicts"],
    [counts.removed, "removed"],
    [counts.unchanged, "unchanged"],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return said.join(", ") || "nothing to write";
}
