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
    case ts.SyntaxKind.EqualsEqualsToken:
      return { saw: "It compares with ==.", cure: "Use ===." };
    case ts.SyntaxKind.ExclamationEqualsToken:
      return { saw: "It compares with !=.", cure: "Use !==." };
    case ts.SyntaxKind.AsteriskAsteriskToken:
      return power(ts, right);
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
      return tooMany(ts, node.arguments[0]) ?? grownTwice(ts, node.expression.expression);
    case "stringify":
      return seesAll(ts, node.arguments[1]);
    case "from":
      return tooMany(ts, lengthOf(ts, node.arguments[0])) ?? nested(ts, node);
    default:
      return undefined;
  }
}

/** What JSON.stringify is given to choose members by is called with all that there is, untyped. */
function seesAll(ts: Compiler, replacer: TypeScript.Expression | undefined): Refusal | undefined {
  const isNothing =
    replacer === undefined || replacer.kind === ts.SyntaxKind.NullKeyword || replacer.getText() === "undefined";
  return isNothing
    ? undefined
    : { saw: "It gives JSON.stringify something to choose by.", cure: "Build the object that is to be written." };
}

const tooBig: Refusal = {
  saw: "It asks for more elements than a body may have.",
  cure: `Ask for ${mostElements} at most.`,
};

/** A number of very many digits takes as long as a loop without an end. */
function power(ts: Compiler, exponent: TypeScript.Expression): Refusal | undefined {
  const isBig = (one: TypeScript.Node): boolean =>
    (ts.isBigIntLiteral(one) || ts.isNumericLiteral(one)) && Number(one.text.replace("n", "")) > 1000;
  if (![...nodesOf(ts, exponent)].some(isBig)) return undefined;
  return {
    saw: `It asks for a number to the power of ${exponent.getText()}.`,
    cure: "Use an exponent of 1000 at most.",
  };
}

/** A long text of a long text. */
function grownTwice(ts: Compiler, text: TypeScript.Expression): Refusal | undefined {
  const isGrowing = (one: TypeScript.Node): boolean =>
    ts.isCallExpression(one) &&
    ts.isPropertyAccessExpression(one.expression) &&
    /^(?:repeat|padStart|padEnd)$/.test(one.expression.name.text);
  return [...nodesOf(ts, text)].some(isGrowing) ? tooBig : undefined;
}

/** Arrays of arrays, by what their lengths come to where they are written out. */
function nested(ts: Compiler, node: TypeScript.CallExpression): Refusal | undefined {
  const [items, ...others] = node.arguments;
  const outer = countOf(ts, items);
  const inner = others.flatMap((one) => [...nodesOf(ts, one)]).map((one) => countOf(ts, one));
  return inner.some((count) => count * outer > mostElements * 10) ? tooBig : undefined;
}

function countOf(ts: Compiler, items: TypeScript.Node | undefined): number {
  const length = items && ts.isObjectLiteralExpression(items) ? lengthOf(ts, items) : undefined;
  return length !== undefined && ts.isNumericLiteral(length) ? Number(length.text) : 0;
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
