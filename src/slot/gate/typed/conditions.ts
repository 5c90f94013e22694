import type { Compiler, TypeScript } from "../compiler.ts";
import type { Judge, Refusal } from "../policy/refusal.ts";
import type { CheckedFile } from "./type-check.ts";

/** Judges conditions that their types decide already; the linter of the generated package refuses them too. */
export function conditionJudge(ts: Compiler, { checker }: CheckedFile): Judge {
  const typeOf = (node: TypeScript.Node): TypeScript.Type => checker.getTypeAtLocation(node);
  return (node) => {
    if (ts.isBinaryExpression(node)) return comparison(ts, node, typeOf);
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isCallExpression(node)) {
      if (node.questionDotToken === undefined || isChain(ts, node.expression) || canLack(ts, typeOf(node.expression)))
        return undefined;
      return needless(`${node.expression.getText()} is always there, so ?. asks for nothing.`);
    }
    const condition = conditionOf(ts, node);
    if (condition && isAlwaysThere(ts, typeOf(condition))) return needless(`${condition.getText()} always holds.`);
    return undefined;
  };
}

function needless(saw: string): Refusal {
  return { saw, cure: "Leave the condition out." };
}

function comparison(
  ts: Compiler,
  { left, right, operatorToken }: TypeScript.BinaryExpression,
  typeOf: (node: TypeScript.Node) => TypeScript.Type,
): Refusal | undefined {
  const { kind } = operatorToken;
  if (kind === ts.SyntaxKind.QuestionQuestionToken) {
    return canLack(ts, typeOf(left))
      ? undefined
      : needless(`${left.getText()} is always there, so ?? asks for nothing.`);
  }
  const isEquality =
    kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;
  if (!isEquality) return undefined;
  const flag = right.getText() === "undefined" ? ts.TypeFlags.Undefined | ts.TypeFlags.Void : ts.TypeFlags.Null;
  const isNothing = right.kind === ts.SyntaxKind.NullKeyword || right.getText() === "undefined";
  if (!isNothing || canBe(ts, typeOf(left), flag)) return undefined;
  return needless(`${left.getText()} is never ${right.getText()}.`);
}

function canLack(ts: Compiler, type: TypeScript.Type): boolean {
  return canBe(ts, type, ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void);
}

function canBe(ts: Compiler, type: TypeScript.Type, flags: TypeScript.TypeFlags): boolean {
  const open = ts.TypeFlags.Unknown | ts.TypeFlags.Any | ts.TypeFlags.TypeParameter | ts.TypeFlags.IndexedAccess;
  return partsOf(type).some((part) => (part.flags & (flags | open)) !== 0);
}

function partsOf(type: TypeScript.Type): readonly TypeScript.Type[] {
  return type.isUnion() ? type.types : [type];
}

/** Objects and functions are never false. */
function isAlwaysThere(ts: Compiler, type: TypeScript.Type): boolean {
  const parts = partsOf(type);
  return parts.length > 0 && parts.every((part) => (part.flags & ts.TypeFlags.Object) !== 0);
}

function conditionOf(ts: Compiler, node: TypeScript.Node): TypeScript.Expression | undefined {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)) return node.expression;
  if (ts.isConditionalExpression(node)) return node.condition;
  const isNot = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken;
  return isNot ? node.operand : undefined;
}

/** Within a chain, a member may be missing because of what stands before it. */
function isChain(ts: Compiler, node: TypeScript.Expression): boolean {
  return (node.flags & ts.NodeFlags.OptionalChain) !== 0;
}
