import type { Compiler, TypeScript } from "../compiler.ts";
import { nodesOf } from "../compiler.ts";
import type { Judge, Refusal } from "./refusal.ts";

/** The longest text or array that a body may ask for by a number, in elements. */
const mostElements = 10_000;

/** Judges expressions by their form alone; what their types say is judged in ../types. */
export function expressionJudge(ts: Compiler): Judge {
  return (node) => {
    if (ts.isBinaryExpression(node)) return operator(ts, node);
    if (ts.isAsExpression(node)) return assertion(ts, node);
    if (ts.isElementAccessExpression(node)) return textKey(ts, node.argumentExpression);
    if (ts.isComputedPropertyName(node)) return textKey(ts, node.expression);
    if (ts.isNewExpression(node) && node.expression.getText() === "Array") return tooMany(ts, node.arguments?.[0]);
    return ts.isCallExpression(node) ? call(ts, node) : undefined;
  };
}

function operator(ts: Compiler, { operatorToken, left, right }: TypeScript.BinaryExpression): Refusal | undefined {
  switch (operatorToken.kind) {
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
      return isNamedCaller(ts, left, right) || isNamedCaller(ts, right, left)
        ? { saw: "It knows a caller by name.", cure: "Decide by what the caller owns, or by caller.scopes." }
        : undefined;
    case ts.SyntaxKind.EqualsEqualsToken:
      return { saw: "It compares with ==.", cure: "Use ===." };
    case ts.SyntaxKind.ExclamationEqualsToken:
      return { saw: "It compares with !=.", cure: "Use !==." };
    case ts.SyntaxKind.CommaToken:
      return { saw: "It puts two expressions into one with a comma.", cure: "Write two statements." };
    case ts.SyntaxKind.InKeyword:
      return ts.isStringLiteralLike(left)
        ? undefined
        : { saw: "It asks with in for a key that is computed.", cure: "Use Object.hasOwn, a Map or a Set." };
    default:
      return undefined;
  }
}

/** A key that is put together from pieces of text; what else keys may be is told by their types. */
function textKey(ts: Compiler, key: TypeScript.Expression): Refusal | undefined {
  const hasText = ts.isBinaryExpression(key) && [...nodesOf(ts, key)].some((one) => ts.isStringLiteralLike(one));
  if (!hasText && !ts.isTemplateExpression(key)) return undefined;
  return { saw: `It uses a key that is computed: ${key.getText()}.`, cure: "Use a Map.", isEscape: true };
}

/** What holds for one caller alone is a way in. */
function isNamedCaller(ts: Compiler, side: TypeScript.Expression, other: TypeScript.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(side) && /\bcaller\??\.subject$/.test(side.getText()) && ts.isStringLiteralLike(other)
  );
}

function assertion(ts: Compiler, { type }: TypeScript.AsExpression): Refusal | undefined {
  const isConst = ts.isTypeReferenceNode(type) && type.typeName.getText() === "const";
  return isConst
    ? undefined
    : { saw: `It asserts the type ${type.getText()}.`, cure: "Let the types follow from the checks that you write." };
}

function call(ts: Compiler, node: TypeScript.CallExpression): Refusal | undefined {
  if (!ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { name } = node.expression;
  switch (name.text) {
    case "then":
      return node.arguments.length === 1
        ? undefined
        : { saw: "It catches what its repositories throw.", cure: "Let errors through; use await." };
    case "catch":
    case "finally":
      return { saw: `It uses .${name.text} on a promise.`, cure: "Let errors through; use await." };
    case "repeat":
    case "padStart":
    case "padEnd":
      return tooMany(ts, node.arguments[0]);
    case "from":
      return tooMany(ts, lengthOf(ts, node.arguments[0]));
    default:
      return undefined;
  }
}

function lengthOf(ts: Compiler, items: TypeScript.Expression | undefined): TypeScript.Expression | undefined {
  if (items === undefined || !ts.isObjectLiteralExpression(items)) return undefined;
  const length = items.properties.find((one) => one.name?.getText() === "length");
  return length && ts.isPropertyAssignment(length) ? length.initializer : undefined;
}

function tooMany(ts: Compiler, count: TypeScript.Expression | undefined): Refusal | undefined {
  if (count === undefined || (ts.isNumericLiteral(count) && Number(count.text) <= mostElements)) return undefined;
  const isComputed = [...nodesOf(ts, count)].some((one) => ts.isIdentifier(one) && one.text !== "Number");
  if (isComputed) return undefined;
  return {
    saw: `It asks for ${count.getText()} elements.`,
    cure: `Ask for a number of them, ${mostElements} at most.`,
  };
}
