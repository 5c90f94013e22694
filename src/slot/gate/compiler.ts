import type { ts as TypeScript } from "ts-morph";

/** The compiler that ts-morph carries, loaded once by whoever opens the gate. */
export type Compiler = typeof TypeScript;
export type { TypeScript };

/** The node and everything below it, parents first. */
export function* nodesOf(ts: Compiler, root: TypeScript.Node): Generator<TypeScript.Node> {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    const children: TypeScript.Node[] = [];
    ts.forEachChild(node, (child) => void children.push(child));
    open.push(...children.reverse());
  }
}

/** The expression without the parentheses around it. */
export function bare(ts: Compiler, expression: TypeScript.Expression): TypeScript.Expression {
  return ts.isParenthesizedExpression(expression) ? bare(ts, expression.expression) : expression;
}
