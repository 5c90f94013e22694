import type { Compiler, TypeScript } from "../compiler.ts";
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
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return callback(ts, checker, node, isPromise);
    if (ts.isTemplateSpan(node) && isPromise(checker.getTypeAtLocation(node.expression))) {
      return { saw: "A promise is written as text.", cure: "Write await before it." };
    }
    return undefined;
  };
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
