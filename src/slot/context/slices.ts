import type { ts as TypeScript } from "ts-morph";

type Compiler = typeof TypeScript;

/** Finds what a slot's function is promised, and no more of the contract files than that. */
export type ContractSlices = (head: string) => string;

interface Declared {
  readonly path: string;
  readonly text: string;
  readonly names: ReadonlySet<string>;
  readonly order: number;
}

/** Takes the contract files apart: every declaration, and the names that it uses. */
export async function openContractSlices(contracts: ReadonlyMap<string, string>): Promise<ContractSlices> {
  const { ts } = await import("ts-morph");
  const declared = new Map<string, Declared>();
  for (const [path, text] of contracts) {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2024, true);
    for (const node of source.statements) {
      if (!ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node)) continue;
      const order = declared.size;
      declared.set(node.name.text, { path, text: node.getFullText(source).trim(), names: namesIn(ts, node), order });
    }
  }
  return (head) =>
    printed(reached(declared, namesIn(ts, ts.createSourceFile("head.ts", `${head}{}`, ts.ScriptTarget.ES2024, true))));
}

/** Everything that the names lead to, shared declarations first: they are the same for every slot. */
function reached(declared: ReadonlyMap<string, Declared>, names: ReadonlySet<string>): readonly Declared[] {
  const found = new Set<Declared>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const one = declared.get(name);
    if (one === undefined || found.has(one)) continue;
    found.add(one);
    open.push(...one.names);
  }
  return [...found].sort((a, b) => Number(isShared(b)) - Number(isShared(a)) || a.order - b.order);
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
