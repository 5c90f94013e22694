import type { Previous } from "./previous.ts";
import type { Change, ChangeSet } from "./merge.ts";
import { isWritten } from "./write.ts";
import type { ChangeCounts, FileChange } from "../run.ts";

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

/** The files that the change set leaves otherwise than they were. */
export function changedFiles(changes: ChangeSet): readonly FileChange[] {
  return changes.flatMap(({ path, action }) => {
    const said = spoken(action);
    return said === undefined ? [] : [{ path, action: said }];
  });
}

function spoken(action: Change["action"]): FileChange["action"] | undefined {
  switch (action) {
    case "merged":
      return "merge";
    case "same":
    case "kept":
    case "orphan":
      return undefined;
    default:
      return action;
  }
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
