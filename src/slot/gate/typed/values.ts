import type { Compiler, TypeScript } from "../compiler.ts";
import type { Judge, Refusal } from "../policy/refusal.ts";
import { refusedMembers } from "../policy/names.ts";
import { asText } from "./moments.ts";
import type { CheckedFile } from "./type-check.ts";

/** Judges what only types tell: values without a type, keys that are computed, texts that become expressions. */
export function valueJudge(ts: Compiler, { checker }: CheckedFile): Judge {
  return (node) => {
    if (ts.isElementAccessExpression(node))
      return key(ts, checker, node.argumentExpression) ?? untyped(ts, checker, node);
    if (ts.isComputedPropertyName(node)) return key(ts, checker, node.expression);
    if (ts.isCallExpression(node))
      return (
        pattern(ts, checker, node) ??
        dates(ts, checker, node) ??
        members(ts, checker, node) ??
        untyped(ts, checker, node)
      );
    if (ts.isObjectLiteralExpression(node)) return verdict(ts, checker, node);
    if (ts.isTemplateSpan(node)) return asText(checker, node.expression);
    const isRead = ts.isPropertyAccessExpression(node) || ts.isAwaitExpression(node) || isVariable(ts, node);
    return isRead ? untyped(ts, checker, node) : undefined;
  };
}

/** A key is a number, or one of a few known texts; any other text may be the name of what all objects have. */
function key(ts: Compiler, checker: TypeScript.TypeChecker, expression: TypeScript.Expression): Refusal | undefined {
  const type = checker.getTypeAtLocation(expression);
  const parts = type.isUnion() ? type.types : [type];
  const isSafe = parts.every(
    (part) =>
      (part.flags & ts.TypeFlags.NumberLike) !== 0 || (part.isStringLiteral() && !refusedMembers.has(part.value)),
  );
  if (isSafe && parts.length > 0) return undefined;
  return {
    saw: `It uses a key that is computed: ${expression.getText()}.`,
    cure: "Use a Map, or a key whose type is a union of literals.",
    ...(ts.isIdentifier(expression) ? {} : { isEscape: true as const }),
  };
}

/** A verdict that the context has not given out takes nothing back where it refuses. */
function verdict(
  ts: Compiler,
  checker: TypeScript.TypeChecker,
  node: TypeScript.ObjectLiteralExpression,
): Refusal | undefined {
  if (!node.properties.some((one) => one.name?.getText() === "accepted")) return undefined;
  const wanted = checker.getContextualType(node);
  const parts = wanted?.isUnion() === true ? wanted.types : [wanted];
  if (!parts.some((part) => /^(?:Accepted|Refusal)$/.test(part?.getSymbol()?.name ?? ""))) return undefined;
  return { saw: "It makes a verdict itself.", cure: "Return context.accept() or context.refuse(…)." };
}

/** `"…".match(text)` makes an expression of the text. */
function pattern(ts: Compiler, checker: TypeScript.TypeChecker, node: TypeScript.CallExpression): Refusal | undefined {
  const { expression: callee, arguments: given } = node;
  const [first] = given;
  if (!ts.isPropertyAccessExpression(callee) || first === undefined) return undefined;
  if (!["match", "matchAll", "search"].includes(callee.name.text)) return undefined;
  const isText = (checker.getTypeAtLocation(first).flags & ts.TypeFlags.StringLike) !== 0;
  return isText
    ? {
        saw: `It makes a regular expression of a text, for ${callee.name.text}.`,
        cure: "Write the expression as a literal, or use includes.",
      }
    : undefined;
}

function dates(ts: Compiler, checker: TypeScript.TypeChecker, node: TypeScript.CallExpression): Refusal | undefined {
  const [first] = node.arguments;
  const isString = ts.isIdentifier(node.expression) && node.expression.text === "String";
  return isString && first !== undefined ? asText(checker, first) : undefined;
}

/** `Object.values(context)`: functions are called by their names. */
function members(ts: Compiler, checker: TypeScript.TypeChecker, node: TypeScript.CallExpression): Refusal | undefined {
  const [first] = node.arguments;
  if (first === undefined || !/^Object\.(?:keys|values|entries)$/.test(node.expression.getText())) return undefined;
  const type = checker.getTypeAtLocation(first);
  const isList = checker.getIndexTypeOfType(type, ts.IndexKind.Number) !== undefined;
  const hasFunctions = checker
    .getPropertiesOfType(type)
    .some((one) => checker.getTypeOfSymbolAtLocation(one, first).getCallSignatures().length > 0);
  if (isList || !hasFunctions) return undefined;
  return {
    saw: `It asks for all that ${first.getText()} can do.`,
    cure: "Name the member: context.now.",
    isEscape: true,
  };
}

function untyped(ts: Compiler, checker: TypeScript.TypeChecker, node: TypeScript.Node): Refusal | undefined {
  if ((checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) === 0) return undefined;
  return {
    saw: `The value of ${node.getText().slice(0, 60)} has no type (any).`,
    cure: "Use what the contract declares, member by member.",
  };
}

/** A name where its value is read. */
function isVariable(ts: Compiler, node: TypeScript.Node): boolean {
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent) || ts.isSpreadElement(parent)) return true;
  if (ts.isCallExpression(parent)) return parent.arguments.includes(node);
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent)) return parent.initializer === node;
  return ts.isShorthandPropertyAssignment(parent);
}
