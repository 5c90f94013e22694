import type { Compiler, TypeScript } from "../compiler.ts";
import { bare } from "../compiler.ts";
import type { Judge, Refusal } from "./refusal.ts";
import { originOf } from "./scope.ts";
import { assignedTarget } from "./statements.ts";

const cure = "Change rows through context's repositories; build new objects with a spread: { ...row, name: value }.";

/** Judges what a body changes: its own variables, and objects and arrays that it has made itself; never what it was given. */
export function changeJudge(ts: Compiler): Judge {
  return (node) => {
    const target = assignedTarget(ts, node);
    if (target) return targetRefusal(ts, target);
    if (ts.isCallExpression(node)) return mutationRefusal(ts, node);
    return undefined;
  };
}

function targetRefusal(ts: Compiler, target: TypeScript.Expression): Refusal | undefined {
  const inner = bare(ts, target);
  if (ts.isIdentifier(inner)) return variableRefusal(ts, inner);
  if (ts.isArrayLiteralExpression(inner) && inner.elements.every((one) => ts.isIdentifier(one))) {
    return inner.elements.map((one) => targetRefusal(ts, one)).find((one) => one !== undefined);
  }
  if (isMember(ts, inner))
    return ownRefusal(ts, inner.expression, `It changes ${inner.getText()}, which it was given.`);
  return { saw: "It assigns by a pattern.", cure: "Assign one variable at a time." };
}

function variableRefusal(ts: Compiler, name: TypeScript.Identifier): Refusal | undefined {
  const origin = originOf(ts, name);
  const isOwn = origin.kind === "declared" && !isOfSlot(ts, origin.declaration);
  return isOwn
    ? undefined
    : { saw: `It assigns to ${name.text}, which is not its own.`, cure: "Declare a variable with let." };
}

/** A parameter of the slot's own function. */
function isOfSlot(ts: Compiler, declaration: TypeScript.Node): boolean {
  return ts.isParameter(declaration) && ts.isSourceFile(declaration.parent.parent);
}

/** Methods of arrays that change them. */
const mutators = new Set("push pop shift unshift splice sort reverse fill copyWithin".split(" "));

function mutationRefusal(ts: Compiler, { expression }: TypeScript.CallExpression): Refusal | undefined {
  if (!ts.isPropertyAccessExpression(expression) || !mutators.has(expression.name.text)) return undefined;
  const saw = `It changes ${expression.expression.getText()} with ${expression.name.text}, which it was given.`;
  return ownRefusal(ts, expression.expression, saw);
}

function ownRefusal(ts: Compiler, object: TypeScript.Expression, saw: string): Refusal | undefined {
  return isMade(ts, object, 0) ? undefined : { saw, cure };
}

type Member = TypeScript.PropertyAccessExpression | TypeScript.ElementAccessExpression;

function isMember(ts: Compiler, node: TypeScript.Node): node is Member {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/** Methods whose answer is an array of the caller's own. */
const makers = new Set(
  "map filter flatMap flat slice concat split toSorted toReversed toSpliced keys values entries from of fromEntries groupBy".split(
    " ",
  ),
);

/** True for an object or array that the body has made: a literal, `new`, a copy, or a variable or member that holds one. */
function isMade(ts: Compiler, expression: TypeScript.Expression, depth: number): boolean {
  if (depth > 8) return false;
  const node = bare(ts, expression);
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return isMade(ts, node.expression, depth + 1);
  if (ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node) || ts.isNewExpression(node)) return true;
  if (ts.isCallExpression(node)) {
    const { expression: callee } = node;
    if (!ts.isPropertyAccessExpression(callee)) return false;
    // What a chain of calls ends in is as new as where it begins: sort() answers its own array.
    return makers.has(callee.name.text) || (mutators.has(callee.name.text) && isMade(ts, callee.expression, depth + 1));
  }
  if (ts.isIdentifier(node)) return isMadeVariable(ts, node, depth);
  return isMember(ts, node) && isMadeWhole(ts, node.expression, depth + 1);
}

function isMadeVariable(ts: Compiler, name: TypeScript.Identifier, depth: number): boolean {
  const origin = originOf(ts, name);
  if (origin.kind === "free") return false;
  const { declaration } = origin;
  if (ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name)) {
    return declaration.initializer !== undefined && isMade(ts, declaration.initializer, depth + 1);
  }
  return ts.isParameter(declaration) && isAccumulator(ts, declaration, depth);
}

/** Members of a literal are the body's own too, as far as they are literals themselves. */
function isMadeWhole(ts: Compiler, expression: TypeScript.Expression, depth: number): boolean {
  if (!ts.isIdentifier(expression)) return false;
  const origin = originOf(ts, expression);
  if (origin.kind === "free" || !ts.isVariableDeclaration(origin.declaration)) return false;
  const { initializer } = origin.declaration;
  return initializer !== undefined && isLiteralThroughout(ts, initializer, depth);
}

function isLiteralThroughout(ts: Compiler, expression: TypeScript.Expression, depth: number): boolean {
  const node = bare(ts, expression);
  if (depth > 8) return false;
  if (ts.isArrayLiteralExpression(node)) return node.elements.every((one) => isLiteralThroughout(ts, one, depth + 1));
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every(
      (one) => ts.isPropertyAssignment(one) && isLiteralThroughout(ts, one.initializer, depth + 1),
    );
  }
  return ts.isLiteralExpression(node) || node.kind === ts.SyntaxKind.NullKeyword;
}

/** The first parameter of what reduce is given, where it starts from something new. */
function isAccumulator(ts: Compiler, parameter: TypeScript.ParameterDeclaration, depth: number): boolean {
  const { parent: callback } = parameter;
  const { parent: reduce } = callback;
  if (callback.parameters[0] !== parameter || !ts.isCallExpression(reduce)) return false;
  const [first, start] = reduce.arguments;
  const isReduce =
    ts.isPropertyAccessExpression(reduce.expression) && /^reduce(Right)?$/.test(reduce.expression.name.text);
  return isReduce && first === callback && start !== undefined && isMade(ts, start, depth + 1);
}
