import type { Compiler, TypeScript } from "../compiler.ts";
import { bare, nodesOf } from "../compiler.ts";
import type { Judge, Refusal } from "./refusal.ts";
import { originOf } from "./scope.ts";
import { assignedTarget } from "./statements.ts";

/** Judges what could not end by its form: functions that only call themselves, loops that count away from their end. */
export function endingJudge(ts: Compiler): Judge {
  return (node) => {
    if (isFunction(ts, node)) return isBottomless(ts, node, new Set()) ? bottomless : undefined;
    if (ts.isForStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)) return counting(ts, node);
    return undefined;
  };
}

const bottomless: Refusal = {
  saw: "A function calls itself, whatever it is given.",
  cure: "Say when it is done, before it calls itself.",
};

type OwnFunction = TypeScript.FunctionDeclaration | TypeScript.FunctionExpression | TypeScript.ArrowFunction;

function isFunction(ts: Compiler, node: TypeScript.Node): node is OwnFunction {
  return ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node);
}

/** True where it decides nothing, and what it calls comes back to it by functions that decide nothing either. */
function isBottomless(ts: Compiler, node: OwnFunction, seen: ReadonlySet<OwnFunction>): boolean {
  if (node.body === undefined || decides(ts, node.body)) return false;
  if (seen.has(node)) return true;
  const inside = new Set([...seen, node]);
  return calledBy(ts, node.body).some((called) => isBottomless(ts, called, inside));
}

function decides(ts: Compiler, body: TypeScript.Node): boolean {
  return [...nodesOf(ts, body)].some(
    (one) =>
      ts.isIfStatement(one) ||
      ts.isConditionalExpression(one) ||
      ts.isSwitchStatement(one) ||
      ts.isIterationStatement(one, false) ||
      ts.isThrowStatement(one) ||
      // A callback may never be called: children.map(walk).
      (one !== body && isFunction(ts, one)) ||
      (ts.isBinaryExpression(one) && isShort(ts, one)) ||
      (ts.isPropertyAccessExpression(one) && one.questionDotToken !== undefined),
  );
}

function isShort(ts: Compiler, { operatorToken: { kind } }: TypeScript.BinaryExpression): boolean {
  const { AmpersandAmpersandToken, BarBarToken, QuestionQuestionToken } = ts.SyntaxKind;
  return kind === AmpersandAmpersandToken || kind === BarBarToken || kind === QuestionQuestionToken;
}

/** Functions of the body's own that are called by name. */
function calledBy(ts: Compiler, body: TypeScript.Node): readonly OwnFunction[] {
  return [...nodesOf(ts, body)].flatMap((one): readonly OwnFunction[] => {
    if (!ts.isCallExpression(one) || !ts.isIdentifier(one.expression)) return [];
    const origin = originOf(ts, one.expression);
    if (origin.kind === "free") return [];
    const { declaration } = origin;
    if (ts.isFunctionDeclaration(declaration) && !ts.isSourceFile(declaration.parent)) return [declaration];
    if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return [];
    const value = bare(ts, declaration.initializer);
    return isFunction(ts, value) ? [value] : [];
  });
}

type CountingLoop = TypeScript.ForStatement | TypeScript.WhileStatement | TypeScript.DoStatement;

/** `i < 9` with a step that is not up, where nothing else changes `i`. */
function counting(ts: Compiler, node: CountingLoop): Refusal | undefined {
  const condition = ts.isForStatement(node) ? node.condition : node.expression;
  if (condition === undefined || !ts.isBinaryExpression(condition)) return undefined;
  const wanted = directionOf(ts, condition);
  if (wanted === undefined || !ts.isIdentifier(condition.left)) return undefined;
  const { text } = condition.left;
  const isBoundChanging = [...nodesOf(ts, condition.right)].some(
    (one) => ts.isIdentifier(one) && isChanged(ts, node, one.text),
  );
  const steps = [...nodesOf(ts, node)].flatMap((one) => {
    const target = assignedTarget(ts, one);
    return target !== undefined && ts.isIdentifier(target) && target.text === text && isTurn(ts, node, one)
      ? [stepOf(ts, one)]
      : [];
  });
  const isAway = steps.length > 0 && steps.every((step) => step !== undefined && step * wanted <= 0);
  if (!isAway || isBoundChanging) return undefined;
  return { saw: "A loop counts away from its end, or not at all.", cure: "Count towards what the condition asks for." };
}

/** Not the `let` that begins the loop. */
function isTurn(ts: Compiler, loop: CountingLoop, node: TypeScript.Node): boolean {
  if (!ts.isForStatement(loop) || loop.initializer === undefined) return true;
  return node.pos < loop.initializer.pos || node.end > loop.initializer.end;
}

function isChanged(ts: Compiler, loop: TypeScript.Node, name: string): boolean {
  return [...nodesOf(ts, loop)].some((one) => {
    const target = assignedTarget(ts, one);
    const isCalledOn =
      ts.isCallExpression(one) &&
      ts.isPropertyAccessExpression(one.expression) &&
      one.expression.expression.getText() === name;
    return isCalledOn || (target !== undefined && target.getText() === name);
  });
}

/** 1 where the left side has to grow for the loop to end, -1 where it has to shrink. */
function directionOf(ts: Compiler, { operatorToken: { kind } }: TypeScript.BinaryExpression): 1 | -1 | undefined {
  const { LessThanToken, LessThanEqualsToken, GreaterThanToken, GreaterThanEqualsToken } = ts.SyntaxKind;
  if (kind === LessThanToken || kind === LessThanEqualsToken) return 1;
  return kind === GreaterThanToken || kind === GreaterThanEqualsToken ? -1 : undefined;
}

/** By how much an assignment changes its variable; undefined where only the running tells. */
function stepOf(ts: Compiler, node: TypeScript.Node): number | undefined {
  const { PlusPlusToken, PlusEqualsToken, MinusEqualsToken } = ts.SyntaxKind;
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node))
    return node.operator === PlusPlusToken ? 1 : -1;
  if (!ts.isBinaryExpression(node) || !ts.isNumericLiteral(node.right)) return undefined;
  const by = Number(node.right.text);
  if (node.operatorToken.kind === PlusEqualsToken) return by;
  return node.operatorToken.kind === MinusEqualsToken ? -by : undefined;
}
