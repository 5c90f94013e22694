import type { Workspace } from "./workspace.ts";

/** A function of the user's own code that does something like a slot. */
export interface SimilarFunction {
  readonly path: string;
  readonly name: string;
  readonly text: string;
  /** Between 0 and 1: how much of what the rule speaks of it speaks of too. */
  readonly score: number;
}

interface Indexed {
  readonly path: string;
  readonly name: string;
  readonly text: string;
  readonly words: ReadonlySet<string>;
}

/** Finds the functions that are most like a text, best first. */
export type FindSimilar = (text: string, most: number) => readonly SimilarFunction[];

const mostIndexed = 2_000;
const longestFunction = 4_000;
/** Words that every function has. */
const empty = new Set(
  "the a an of to in is are and or not with for on by it its as at from const let return await async function string number".split(
    " ",
  ),
);

/** Reads the functions of the workspace's TypeScript, those below the output folder aside. */
export async function openSimilar(workspace: Workspace, out: string): Promise<FindSimilar> {
  const { ts } = await import("ts-morph");
  const index: Indexed[] = [];
  const paths = (await workspace.list()).filter(
    (path) =>
      /\.[cm]?tsx?$/.test(path) && !/\.d\.[cm]?ts$|\.(?:test|spec)\./.test(path) && !`${path}/`.startsWith(`${out}/`),
  );
  for (const path of paths) {
    if (index.length >= mostIndexed) break;
    const read = await workspace.read(path);
    if (!("text" in read)) continue;
    const source = ts.createSourceFile(path, read.text, ts.ScriptTarget.ES2024, true);
    for (const node of source.statements) {
      if (!ts.isFunctionDeclaration(node) || !node.name || !node.body) continue;
      const text = node.getFullText(source).trim();
      if (text.length <= longestFunction) index.push({ path, name: node.name.text, text, words: wordsOf(text) });
    }
  }
  return (text, most) => ranked(index, wordsOf(text), most);
}

function ranked(index: readonly Indexed[], wanted: ReadonlySet<string>, most: number): readonly SimilarFunction[] {
  const weight = (word: string) => 1 / (1 + index.filter(({ words }) => words.has(word)).length);
  const weights = new Map([...wanted].map((word) => [word, weight(word)]));
  const whole = [...weights.values()].reduce((sum, one) => sum + one, 0) || 1;
  return index
    .map(({ path, name, text, words }) => {
      const shared = [...weights].reduce((sum, [word, one]) => sum + (words.has(word) ? one : 0), 0);
      return { path, name, text, score: shared / whole };
    })
    .filter(({ score }) => score > 0.15)
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1))
    .slice(0, most);
}

function wordsOf(text: string): ReadonlySet<string> {
  const words = text
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .match(/[a-z]{3,}/g);
  return new Set(
    (words ?? []).map((word) => word.replace(/(?:ies|es|s|ed|ing)$/, "")).filter((word) => !empty.has(word)),
  );
}
