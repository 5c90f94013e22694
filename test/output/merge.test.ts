import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blobHash } from "../../src/hash.ts";
import { mergeFiles, mergeHistory, manifestOf, type Action } from "../../src/output/merge.ts";
import { mergeText } from "../../src/output/merge-text.ts";
import type { Previous } from "../../src/output/previous.ts";
import type { FileClass } from "../../src/plan/plan.ts";

const lines = (...all: string[]) => all.map((line) => `${line}\n`).join("");

interface Case {
  readonly title: string;
  readonly class: FileClass;
  /** What the manifest names; undefined: not listed. */
  readonly base?: string;
  readonly disk?: string;
  readonly rendered?: string;
  readonly action: Action;
  readonly content: string;
  readonly hasNoBase?: true;
}

const [old, edited, anew, both] = [
  lines("a", "b", "c", "d"),
  lines("a", "b", "c", "mine"),
  lines("ours", "b", "c", "d"),
  lines("ours", "b", "c", "mine"),
];

const cases: readonly Case[] = [
  { title: "a file that is not there is created", class: "generated", rendered: anew, action: "create", content: anew },
  {
    title: "an unedited file follows the document",
    class: "generated",
    base: old,
    disk: old,
    rendered: anew,
    action: "update",
    content: anew,
  },
  {
    title: "an edited file that did not change stays",
    class: "generated",
    base: old,
    disk: edited,
    rendered: old,
    action: "same",
    content: edited,
  },
  {
    title: "edits apart from ours are merged",
    class: "generated",
    base: old,
    disk: edited,
    rendered: anew,
    action: "merged",
    content: both,
  },
  {
    title: "an edit that was merged before is left alone",
    class: "generated",
    base: anew,
    disk: both,
    rendered: anew,
    action: "same",
    content: both,
  },
  {
    title: "the same edit on both sides is no conflict",
    class: "generated",
    base: old,
    disk: anew,
    rendered: anew,
    action: "same",
    content: anew,
  },
  {
    title: "edits of the same line are a conflict, in git's form",
    class: "generated",
    base: old,
    disk: lines("mine", "b", "c", "d"),
    rendered: anew,
    action: "conflict",
    content: lines("<<<<<<< yours", "mine", "=======", "ours", ">>>>>>> generated", "b", "c", "d"),
  },
  {
    title: "without a base every difference is a conflict, and nothing is lost",
    class: "generated",
    base: old,
    hasNoBase: true,
    disk: edited,
    rendered: anew,
    action: "conflict",
    content: lines(
      "<<<<<<< yours",
      "a",
      "=======",
      "ours",
      ">>>>>>> generated",
      "b",
      "c",
      "<<<<<<< yours",
      "mine",
      "=======",
      "d",
      ">>>>>>> generated",
    ),
  },
  {
    title: "a stranger's file in our place is a conflict",
    class: "generated",
    disk: "theirs\n",
    rendered: "ours\n",
    action: "conflict",
    content: lines("<<<<<<< yours", "theirs", "=======", "ours", ">>>>>>> generated"),
  },
  {
    title: "Windows line endings alone are no edit",
    class: "generated",
    base: old,
    disk: old.replaceAll("\n", "\r\n"),
    rendered: old,
    action: "same",
    content: old.replaceAll("\n", "\r\n"),
  },
  {
    title: "Windows line endings outlive an update",
    class: "generated",
    base: old,
    disk: old.replaceAll("\n", "\r\n"),
    rendered: anew,
    action: "update",
    content: anew.replaceAll("\n", "\r\n"),
  },
  {
    title: "a file written once is never written again",
    class: "once",
    base: old,
    disk: edited,
    rendered: anew,
    action: "kept",
    content: edited,
  },
  {
    title: "a file written once comes back when it is gone",
    class: "once",
    base: old,
    rendered: anew,
    action: "create",
    content: anew,
  },
  {
    title: "a file that is called for no longer goes",
    class: "generated",
    base: old,
    disk: old,
    action: "remove",
    content: "",
  },
  {
    title: "one that was edited stays",
    class: "generated",
    base: old,
    disk: edited,
    action: "orphan",
    content: edited,
  },
];

describe("a file", () => {
  test.each(cases)("$title", ({ class: fileClass, base, disk, rendered, action, content, hasNoBase }) => {
    const input = {
      previous: previously(fileClass, base, disk),
      bases: new Map(base === undefined || hasNoBase ? [] : [[blobHash(base), base]]),
      rendered: rendered === undefined ? [] : [{ path: "x.ts", class: fileClass, content: rendered }],
      shown: "out",
    };
    const { value, diagnostics } = mergeFiles(input);
    expect(value).toEqual([expect.objectContaining({ path: "x.ts", action, content })]);
    expect(diagnostics.map((one) => one.code)).toEqual(
      action === "conflict" ? ["output/conflict"] : action === "orphan" ? ["output/orphan"] : [],
    );
    if (rendered !== undefined) expect(manifestOf(value, "1", "").files["x.ts"]?.hash).toBe(blobHash(rendered));
  });

  test.each([
    { title: "written once is left alone", class: "once", codes: [] },
    { title: "of ours is an error", class: "generated", codes: ["output/conflict"] },
  ] as const)("that is no text and $title", ({ class: fileClass, codes }) => {
    const previous = { ...previously(fileClass, old, undefined), others: new Set(["x.ts"]) };
    const rendered = [{ path: "x.ts", class: fileClass, content: anew }];
    const { value, diagnostics } = mergeFiles({ previous, bases: new Map(), rendered, shown: "out" });
    expect(value).toEqual([expect.objectContaining({ action: "kept" })]);
    expect(diagnostics.map((one) => one.code)).toEqual(codes);
  });

  test("with markers in it is reported again until they are resolved", () => {
    const conflict = mergeText(lines("mine"), lines("a"), lines("ours")).text;
    const input = {
      bases: new Map([[blobHash("a\n"), "a\n"]]),
      rendered: [{ path: "x.ts", class: "generated" as const, content: "ours\n" }],
      shown: "out",
    };
    const again = mergeFiles({ ...input, previous: previously("generated", "a\n", conflict) });
    expect(again.value[0]).toMatchObject({ action: "conflict", content: conflict });
    const resolved = mergeFiles({ ...input, previous: previously("generated", "ours\n", "mine and ours\n") });
    expect(resolved.value[0]).toMatchObject({ action: "same", content: "mine and ours\n" });
  });
});

test.each([
  {
    title: "a new migration is created",
    base: undefined,
    disk: undefined,
    next: "new\n",
    action: "create",
    content: "new\n",
  },
  {
    title: "a draft is replaced while it is ours",
    base: "old\n",
    disk: "old\n",
    next: "new\n",
    action: "update",
    content: "new\n",
  },
  {
    title: "a migration that a person edited stays theirs",
    base: "old\n",
    disk: "mine\n",
    next: "new\n",
    action: "kept",
    content: "mine\n",
  },
  {
    title: "a draft under another name goes",
    base: "old\n",
    disk: "old\n",
    next: undefined,
    action: "remove",
    content: "",
  },
])("$title", ({ base, disk, next, action, content }) => {
  const path = "migrations/0001_a.sql";
  const previous = previously("history", base, disk, path);
  const files = next === undefined ? [] : [{ path, class: "history" as const, content: next }];
  expect(mergeHistory(previous, files)).toEqual([expect.objectContaining({ action, content })]);
});

/** A text of a few lines out of a small alphabet, so that edits meet. */
const text = fc.array(fc.constantFrom("a", "b", "c", "d", "e", "f"), { maxLength: 8 }).map((all) => lines(...all));

test("no line that a person wrote is lost, whatever they and we changed", () => {
  const property = fc.property(text, text, text, fc.boolean(), (base, theirs, ours, hasBase) => {
    const edited = theirs.replaceAll(/^/gm, (_, at: number) => (at % 3 === 0 && at < theirs.length ? "my " : ""));
    const { text: merged, isConflict } = mergeText(edited, hasBase ? base : undefined, ours);
    const count = (all: string, line: string) => all.split("\n").filter((one) => one === line).length;
    for (const line of edited.split("\n").filter((one) => one.startsWith("my "))) {
      expect(count(merged, line)).toBe(count(edited, line));
    }
    if (edited === base && hasBase) expect({ merged, isConflict }).toEqual({ merged: ours, isConflict: false });
    if (ours === base && hasBase) expect({ merged, isConflict }).toEqual({ merged: edited, isConflict: false });
  });
  fc.assert(property, { seed: 20_261, numRuns: 500 });
});

function previously(fileClass: FileClass, base: string | undefined, disk: string | undefined, path = "x.ts"): Previous {
  const files = base === undefined ? {} : { [path]: { class: fileClass, hash: blobHash(base) } };
  return {
    exists: true,
    manifest: { version: "1", input: "", files },
    files: new Map(disk === undefined ? [] : [[path, disk]]),
    others: new Set(),
  };
}
