import type { Node as TypedNode } from "ts-morph";
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
const mostFiles = 500;
const longestFunction = 4_000;
/** Words that every function has. */
const empty = new Set(
  "the a an of to in is are and or not with for on by it its as at from const let return await async function string number".split(
    " ",
  ),
);

/**
 * Reads the functions of the workspace's TypeScript, those below the output folder aside: functions, methods, and what
 * constants hold. What a function is about is told by its text, and by the symbols of the types that it takes and gives.
 */
export async function openSimilar(workspace: Workspace, out: string): Promise<FindSimilar> {
  const { Project, Node } = await import("ts-morph");
  const project = new Project({
    useInMemoryFileSystem: true,
    skipFileDependencyResolution: true,
    compilerOptions: { noLib: true, allowJs: false, types: [] },
  });
  const paths = (await workspace.list()).filter(
    (path) =>
      /\.[cm]?tsx?$/.test(path) && !/\.d\.[cm]?ts$|\.(?:test|spec)\./.test(path) && !`${path}/`.startsWith(`${out}/`),
  );
  for (const path of paths.slice(0, mostFiles)) {
    const read = await workspace.read(path);
    if ("text" in read) project.createSourceFile(`/${path}`, read.text);
  }
  const index: Indexed[] = [];
  for (const source of project.getSourceFiles()) {
    const methods = source.getClasses().flatMap((one) => one.getMethods());
    const constants = source.getVariableStatements().filter((one) =>
      one.getDeclarations().some((declared) => {
        const value = declared.getInitializer();
        return Node.isArrowFunction(value) || Node.isFunctionExpression(value);
      }),
    );
    for (const node of [...source.getFunctions(), ...methods, ...constants]) {
      if (index.length >= mostIndexed) break;
      const text = node.getFullText().trim();
      if (text.length > longestFunction) continue;
      const [named] = Node.isVariableStatement(node) ? node.getDeclarations() : [node];
      const symbols = named === undefined ? [] : symbolsOf(named);
      const name = named?.getName() ?? "";
      index.push({ path: source.getFilePath().slice(1), name, text, words: wordsOf(`${text} ${symbols.join(" ")}`) });
    }
  }
  return (text, most) => ranked(index, wordsOf(text), most);
}

/** The names of what a function takes and gives, whether or not its text says them. */
function symbolsOf(named: TypedNode): readonly string[] {
  return named
    .getType()
    .getCallSignatures()
    .flatMap((signature) => [
      ...signature.getParameters().map((parameter) => parameter.getTypeAtLocation(named)),
      signature.getReturnType(),
    ])
    .flatMap((type) => [type, ...type.getUnionTypes(), ...type.getTypeArguments()])
    .flatMap((type) => type.getAliasSymbol()?.getName() ?? type.getSymbol()?.getName() ?? [])
    .filter((name) => !name.startsWith("__"));
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
