import type { Compiler, TypeScript } from "../compiler.ts";
import { nodesOf } from "../compiler.ts";
import type { Judge, Refusal } from "./refusal.ts";

/** Judges statements: how they loop, catch, throw and declare. */
export function statementJudge(ts: Compiler): Judge {
  return (node) => {
    if (ts.isVariableDeclarationList(node)) return declarations(ts, node);
    if (ts.isIterationStatement(node, false)) return loop(ts, node);
    if (ts.isTryStatement(node)) return attempt(ts, node);
    if (ts.isThrowStatement(node)) return thrown(ts, node);
    if (ts.isExpressionStatement(node)) return idle(ts, node);
    if (ts.isFunctionDeclaration(node) && node.body === undefined) {
      return { saw: "It declares a function without a body.", cure: "Write one function with union types." };
    }
    return ts.isTypePredicateNode(node) ? predicate(ts, node) : undefined;
  };
}

function declarations(ts: Compiler, list: TypeScript.VariableDeclarationList): Refusal | undefined {
  const kind = list.flags & ts.NodeFlags.BlockScoped;
  if (kind === ts.NodeFlags.Const || kind === ts.NodeFlags.Let) return undefined;
  return kind === 0
    ? { saw: "It declares with var.", cure: "Use const or let." }
    : { saw: "It declares with using.", cure: "Use const." };
}

function loop(ts: Compiler, node: TypeScript.IterationStatement): Refusal | undefined {
  if (ts.isForOfStatement(node)) {
    if (node.awaitModifier)
      return { saw: "It loops with for await.", cure: "Await what you loop over, then use for…of." };
    if (ts.isVariableDeclarationList(node.initializer)) return undefined;
    return { saw: "It loops over a variable that is not the loop's own.", cure: "Use for (const item of items)." };
  }
  const condition = conditionOf(ts, node);
  if (condition === undefined || isConstant(ts, condition)) {
    return {
      saw: "It loops without a condition that can end it.",
      cure: "Say in the condition what must hold for another turn.",
    };
  }
  return canChange(ts, condition, node)
    ? undefined
    : { saw: "Nothing in the loop changes its condition.", cure: "Change what the condition asks in every turn." };
}

function conditionOf(ts: Compiler, node: TypeScript.IterationStatement): TypeScript.Expression | undefined {
  if (ts.isForStatement(node)) return node.condition;
  return ts.isWhileStatement(node) || ts.isDoStatement(node) ? node.expression : undefined;
}

function isConstant(ts: Compiler, expression: TypeScript.Expression): boolean {
  return ![...nodesOf(ts, expression)].some((one) => ts.isIdentifier(one));
}

/** A name of the condition is assigned, or is called upon, somewhere in the loop. */
function canChange(ts: Compiler, condition: TypeScript.Expression, node: TypeScript.IterationStatement): boolean {
  const parts = [...nodesOf(ts, condition)];
  if (parts.some((one) => ts.isCallExpression(one) || ts.isAwaitExpression(one))) return true;
  const names = new Set(parts.filter((one) => ts.isIdentifier(one)).map((one) => one.text));
  return [...nodesOf(ts, node)].some((one) => changedNames(ts, one).some((name) => names.has(name)));
}

function changedNames(ts: Compiler, node: TypeScript.Node): readonly string[] {
  const target = assignedTarget(ts, node);
  if (target) return [...nodesOf(ts, target)].filter((one) => ts.isIdentifier(one)).map((one) => one.text);
  // A method may change what it is called upon: queue.shift().
  const isMethod = ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression);
  const root = isMethod && ts.isPropertyAccessExpression(node.expression) ? node.expression.expression : undefined;
  return root && ts.isIdentifier(root) ? [root.text] : [];
}

/** What an expression assigns to. */
export function assignedTarget(ts: Compiler, node: TypeScript.Node): TypeScript.Expression | undefined {
  const { FirstAssignment, LastAssignment, PlusPlusToken, MinusMinusToken } = ts.SyntaxKind;
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    return kind >= FirstAssignment && kind <= LastAssignment ? node.left : undefined;
  }
  const isUnary = ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node);
  return isUnary && [PlusPlusToken, MinusMinusToken].includes(node.operator) ? node.operand : undefined;
}

/** A failed statement ends a transaction: whoever catches it commits nothing, and hides what should be tried again. */
function attempt(ts: Compiler, node: TypeScript.TryStatement): Refusal | undefined {
  const isWaiting = [...nodesOf(ts, node)].some((one) => ts.isAwaitExpression(one));
  const isRefusing = node.catchClause === undefined;
  if (!isWaiting && !isRefusing) return undefined;
  return {
    saw: isWaiting ? "It catches what its repositories throw." : "It has a try without a catch.",
    cure: "Let errors through: the transaction is rolled back, and tried again where that can help.",
  };
}

function thrown(ts: Compiler, { expression }: TypeScript.ThrowStatement): Refusal | undefined {
  if (ts.isNewExpression(expression)) return undefined;
  return { saw: "It throws something that is no new error.", cure: 'Write throw new Error("…").' };
}

function idle(ts: Compiler, { expression }: TypeScript.ExpressionStatement): Refusal | undefined {
  const isDoing =
    ts.isCallExpression(expression) || ts.isAwaitExpression(expression) || assignedTarget(ts, expression) !== undefined;
  return isDoing
    ? undefined
    : { saw: "There is a statement that does nothing.", cure: "Leave it out, or use its value." };
}

/** A predicate is believed by the compiler, so it must be one that says what it checks. */
function predicate(ts: Compiler, node: TypeScript.TypePredicateNode): Refusal | undefined {
  const owner = node.parent;
  const body = ts.isArrowFunction(owner) && !ts.isBlock(owner.body) ? owner.body : undefined;
  const { UndefinedKeyword, NullKeyword, ExclamationEqualsEqualsToken } = ts.SyntaxKind;
  const isSimple =
    node.assertsModifier === undefined &&
    body !== undefined &&
    ts.isBinaryExpression(body) &&
    body.operatorToken.kind === ExclamationEqualsEqualsToken &&
    body.left.getText() === node.parameterName.getText() &&
    (body.right.kind === NullKeyword || body.right.kind === UndefinedKeyword || body.right.getText() === "undefined");
  if (isSimple) return undefined;
  return { saw: "It asserts a type with a predicate.", cure: "Leave the predicate out; the compiler infers it." };
}
