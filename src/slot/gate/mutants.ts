import type { Compiler, TypeScript } from "./compiler.ts";
import { nodesOf } from "./compiler.ts";

/** More say no more, and each takes its time. */
const mostMutants = 24;

/** A function with one mistake in it. */
export interface Mutant {
  readonly text: string;
  /** In the function, from 1. */
  readonly line: number;
  /** What is there, and what the mistake makes of it. */
  readonly was: string;
  readonly is: string;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The function with one mistake in each: a comparison that is off, a condition turned round, a number that is one more. */
export function mutantsOf(ts: Compiler, text: string): readonly Mutant[] {
  const source = ts.createSourceFile("body.ts", text, ts.ScriptTarget.ES2024, true, ts.ScriptKind.TS);
  const edits = [...nodesOf(ts, source)].flatMap((node) => editsOf(ts, node));
  return spread(edits, mostMutants).map(({ start, end, text: replaced }) => ({
    text: text.slice(0, start) + replaced + text.slice(end),
    line: source.getLineAndCharacterOfPosition(start).line + 1,
    was: text.slice(start, end),
    is: replaced,
  }));
}

/** So many of them at most, from the first to the last. */
export function spread<Item>(items: readonly Item[], most: number): readonly Item[] {
  const step = Math.max(1, Math.ceil(items.length / most));
  return items.filter((_, at) => at % step === 0);
}

const swapped: Readonly<Record<string, string>> = {
  "===": "!==",
  "!==": "===",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "&&": "||",
  "||": "&&",
  "-": "+",
};

function editsOf(ts: Compiler, node: TypeScript.Node): readonly Edit[] {
  if (ts.isBinaryExpression(node)) {
    const { operatorToken } = node;
    const text = swapped[operatorToken.getText()];
    return text === undefined ? [] : [{ start: operatorToken.getStart(), end: operatorToken.end, text }];
  }
  if (ts.isConditionalExpression(node)) {
    const { whenTrue, whenFalse, condition } = node;
    const text = `${condition.getText()} ? ${whenFalse.getText()} : ${whenTrue.getText()}`;
    return [{ start: node.getStart(), end: node.end, text }];
  }
  if (ts.isNumericLiteral(node) && !ts.isLiteralTypeNode(node.parent)) {
    return [{ start: node.getStart(), end: node.end, text: String(Number(node.text) + 1) }];
  }
  const isNot = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken;
  return isNot ? [{ start: node.getStart(), end: node.end, text: node.operand.getText() }] : [];
}
