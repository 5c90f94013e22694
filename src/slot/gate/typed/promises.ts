import type { Compiler, TypeScript } from "../compiler.ts";
import { nodesOf } from "../compiler.ts";
import type { Judge, Refusal } from "../policy/refusal.ts";
import type { CheckedFile } from "./type-check.ts";

/** Judges promises: each is awaited or handed on, so that no write outlives its transaction, and no error is lost. */
export function promiseJudge(ts: Compiler, { checker }: CheckedFile): Judge {
  const isPromise = (type: TypeScript.Type): boolean =>
    checker.getPropertyOfType(checker.getNonNullableType(type), "then") !== undefined;
  const isPromises = (type: TypeScript.Type): boolean => {
    const item = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    return item !== undefined && isPromise(item);
  };
  return (node) => {
    if (ts.isExpressionStatement(node)) {
      const type = checker.getTypeAtLocation(node.expression);
      const isLeft = !isAssignment(ts, node.expression) && (isPromise(type) || isPromises(type));
      return isLeft
        ? { saw: "A promise is not awaited.", cure: "Write await before it; several at once: await Promise.all([…])." }
        : undefined;
    }
    if ((ts.isVariableDeclaration(node) || ts.isBindingElement(node)) && ts.isIdentifier(node.name)) {
      const type = checker.getTypeAtLocation(node.name);
      const isLeft = (isPromise(type) || isPromises(type)) && !isWaitedFor(ts, checker, node.name);
      return isLeft
        ? {
            saw: "A promise is kept, and nobody waits for it.",
            cure: "Await it; several at once: await Promise.all(…).",
          }
        : undefined;
    }
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return callback(ts, checker, node, isPromise);
    if (ts.isTemplateSpan(node) && isPromise(checker.getTypeAtLocation(node.expression))) {
      return { saw: "A promise is written as text.", cure: "Write await before it." };
    }
    return undefined;
  };
}

/** True where the variable is awaited, answered, or handed on to what waits for it. */
function isWaitedFor(ts: Compiler, checker: TypeScript.TypeChecker, name: TypeScript.Identifier): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  return [...nodesOf(ts, name.getSourceFile())].some(
    (one) => ts.isIdentifier(one) && one !== name && checker.getSymbolAtLocation(one) === symbol && isWaiting(ts, one),
  );
}

/** Whether what stands around a value waits for it, as far as it is handed through. */
function isWaiting(ts: Compiler, node: TypeScript.Node): boolean {
  const { parent } = node;
  if (ts.isAwaitExpression(parent) || ts.isReturnStatement(parent)) return true;
  if (ts.isArrowFunction(parent)) return parent.body === node;
  if (ts.isForOfStatement(parent)) return parent.expression === node;
  if (ts.isCallExpression(parent)) {
    const callee = parent.expression.getText();
    // What is pushed is waited for by whoever holds the list; what a function is given, by whoever waits for it.
    if (/^Promise\.(?:all|resolve)$/.test(callee) || callee.endsWith(".push")) return true;
    return isWaiting(ts, parent);
  }
  const isHandedOn =
    ts.isParenthesizedExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isSpreadElement(parent) ||
    ts.isConditionalExpression(parent) ||
    ts.isBinaryExpression(parent) ||
    (ts.isPropertyAccessExpression(parent) && parent.name.text === "then");
  return isHandedOn && isWaiting(ts, parent);
}

/** Something that answers a promise where nobody waits for one. */
function callback(
  ts: Compiler,
  checker: TypeScript.TypeChecker,
  node: TypeScript.ArrowFunction | TypeScript.FunctionExpression,
  isPromise: (type: TypeScript.Type) => boolean,
): Refusal | undefined {
  const own = checker.getSignatureFromDeclaration(node);
  if (!own || !isPromise(checker.getReturnTypeOfSignature(own)) || !ts.isCallExpression(node.parent)) return undefined;
  const wanted = checker.getContextualType(node)?.getCallSignatures()[0];
  const answer = wanted && checker.getReturnTypeOfSignature(wanted);
  const { Void, Unknown, BooleanLike, Any } = ts.TypeFlags;
  if (!answer || (answer.flags & (Void | Unknown | BooleanLike | Any)) === 0) return undefined;
  const isVoid = (answer.flags & Void) !== 0;
  return {
    saw: "A function that answers a promise is called where nobody waits for it.",
    cure: isVoid
      ? "Use for (const item of items) with await."
      : "Await what it needs before, then decide without a promise.",
  };
}

function isAssignment(ts: Compiler, node: TypeScript.Expression): boolean {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}
