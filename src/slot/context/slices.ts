import type { ts as TypeScript } from "ts-morph";
import type { CountTokens } from "./tokens.ts";

type Compiler = typeof TypeScript;

/** Finds what a slot's function is promised, and no more of the contract files than that. */
export type ContractSlices = (head: string, rule: string, most: number) => ContractSlice;

export interface ContractSlice {
  readonly text: string;
  /** Names of declarations that were too much: those that are furthest from the function, and that its rule does not speak of. */
  readonly left: readonly string[];
}

interface Declared {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly names: ReadonlySet<string>;
  readonly order: number;
}

/** Takes the contract files apart: every declaration, and the names that it uses. */
export async function openContractSlices(
  contracts: ReadonlyMap<string, string>,
  count: CountTokens,
): Promise<ContractSlices> {
  const { ts } = await import("ts-morph");
  const declared = new Map<string, Declared>();
  for (const [path, text] of contracts) {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2024, true);
    for (const node of source.statements) {
      if (!ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node)) continue;
      const order = declared.size;
      declared.set(node.name.text, {
        name: node.name.text,
        path,
        text: node.getFullText(source).trim(),
        names: namesIn(ts, node),
        order,
      });
    }
  }
  return (head, rule, most) => {
    const names = namesIn(ts, ts.createSourceFile("head.ts", `${head}{}`, ts.ScriptTarget.ES2024, true));
    const { kept, left } = cut(reached(declared, names), rule, most, count);
    return { text: printed(kept), left: left.map(({ name }) => name) };
  };
}

interface Reached {
  readonly one: Declared;
  /** How many declarations are between it and the function. */
  readonly distance: number;
}

/** Everything that the names lead to, nearest first. */
function reached(declared: ReadonlyMap<string, Declared>, names: ReadonlySet<string>): readonly Reached[] {
  const found = new Map<Declared, number>();
  let edge: readonly string[] = [...names];
  for (let distance = 0; edge.length > 0; distance += 1) {
    const next = [...new Set(edge)].flatMap((name) => declared.get(name) ?? []).filter((one) => !found.has(one));
    for (const one of next) found.set(one, distance);
    edge = next.flatMap((one) => [...one.names]);
  }
  return [...found].map(([one, distance]) => ({ one, distance }));
}

/** As many as fit: what all slots share, then what the rule speaks of, then what is nearest. */
function cut(
  all: readonly Reached[],
  rule: string,
  most: number,
  count: CountTokens,
): { readonly kept: readonly Declared[]; readonly left: readonly Declared[] } {
  const words = rule.toLowerCase();
  const rank = ({ one, distance }: Reached): number => {
    const isSpokenOf = words.includes(one.name.replace(/(?:Reader|Writer|Values|Filter)$/, "").toLowerCase());
    return isShared(one) || distance <= 2 ? 0 : isSpokenOf ? 1 : distance;
  };
  const kept: Declared[] = [];
  const left: Declared[] = [];
  let room = most;
  for (const { one } of all.toSorted((a, b) => rank(a) - rank(b) || a.one.order - b.one.order)) {
    const tokens = count(one.text);
    if (tokens > room) left.push(one);
    else {
      kept.push(one);
      room -= tokens;
    }
  }
  const inOrder = kept.toSorted((a, b) => Number(isShared(b)) - Number(isShared(a)) || a.order - b.order);
  return { kept: inOrder, left };
}

function isShared({ path }: Declared): boolean {
  return path === "src/contract.ts";
}

function printed(all: readonly Declared[]): string {
  const paths = [...new Set(all.map(({ path }) => path))];
  return paths
    .map((path) => [`// ${path}`, ...all.filter((one) => one.path === path).map(({ text }) => text)].join("\n"))
    .join("\n\n");
}

function namesIn(ts: Compiler, root: TypeScript.Node): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: TypeScript.Node): void => {
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) names.add(node.typeName.text);
    if (ts.isExpressionWithTypeArguments(node) && ts.isIdentifier(node.expression)) names.add(node.expression.text);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return names;
}
