import type { Compiler, TypeScript } from "../compiler.ts";
import { bare } from "../compiler.ts";
import type { Judge, Refusal } from "../policy/refusal.ts";
import type { CheckedFile } from "./type-check.ts";

const refusal: Refusal = {
  saw: "It knows a caller by name.",
  cure: "Decide by what the caller owns, or by caller.scopes.",
};

/** Asks of a text by which names are told apart. */
const askedOfTexts: ReadonlySet<string> = new Set(
  "startsWith endsWith includes indexOf lastIndexOf match matchAll search".split(" "),
);
const askedOfLists: ReadonlySet<string> = new Set("includes indexOf lastIndexOf has get test exec is".split(" "));

/** Judges what a body makes of the caller's name: compared with a text that is written out, it is a way in for one. */
export function callerJudge(ts: Compiler, { checker }: CheckedFile): Judge {
  const isName = (node: TypeScript.Expression): boolean => isCallerName(ts, checker, node, 0);
  const isKnown = (node: TypeScript.Expression): boolean => isWrittenOut(ts, checker, node, 0);
  return (node) => {
    if (ts.isBinaryExpression(node) && isComparison(ts, node)) {
      const isAgainst = (one: TypeScript.Expression, other: TypeScript.Expression) => isName(one) && isKnown(other);
      return isAgainst(node.left, node.right) || isAgainst(node.right, node.left) ? refusal : undefined;
    }
    if (ts.isSwitchStatement(node)) return isName(node.expression) ? refusal : undefined;
    if (ts.isElementAccessExpression(node)) return isName(node.argumentExpression) ? refusal : undefined;
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
    const { expression: owner, name } = node.expression;
    if (askedOfTexts.has(name.text) && isName(owner) && node.arguments.every(isKnown)) return refusal;
    const isGiven = node.arguments.some(isName);
    if (!isGiven || !askedOfLists.has(name.text)) return undefined;
    return isKnown(owner) || node.arguments.some(isKnown) ? refusal : undefined;
  };
}

function isComparison(ts: Compiler, { operatorToken: { kind } }: TypeScript.BinaryExpression): boolean {
  const { EqualsEqualsEqualsToken, ExclamationEqualsEqualsToken } = ts.SyntaxKind;
  const { LessThanToken, LessThanEqualsToken, GreaterThanToken, GreaterThanEqualsToken } = ts.SyntaxKind;
  const order = [LessThanToken, LessThanEqualsToken, GreaterThanToken, GreaterThanEqualsToken];
  return [EqualsEqualsEqualsToken, ExclamationEqualsEqualsToken, ...order].some((one) => one === kind);
}

/** `caller.subject`, whatever it is called here, and what is made of it alone. */
function isCallerName(
  ts: Compiler,
  checker: TypeScript.TypeChecker,
  expression: TypeScript.Expression,
  depth: number,
): boolean {
  if (depth > 8) return false;
  const node = bare(ts, expression);
  const further = (one: TypeScript.Expression): boolean => isCallerName(ts, checker, one, depth + 1);
  if (ts.isPropertyAccessExpression(node) && node.name.text === "length") return further(node.expression);
  if (ts.isPropertyAccessExpression(node) && node.name.text === "subject") {
    return checker.getTypeAtLocation(node.expression).getSymbol()?.name === "Caller";
  }
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
    return further(node.expression.expression);
  if (ts.isTemplateExpression(node)) return node.templateSpans.some((span) => further(span.expression));
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return further(node.left) || further(node.right);
  }
  if (!ts.isIdentifier(node)) return false;
  const declaration = checker.getSymbolAtLocation(node)?.declarations?.[0];
  if (declaration === undefined) return false;
  if (ts.isVariableDeclaration(declaration))
    return declaration.initializer !== undefined && further(declaration.initializer);
  if (!ts.isBindingElement(declaration) || !ts.isObjectBindingPattern(declaration.parent)) return false;
  const member = declaration.propertyName ?? declaration.name;
  const owner = checker.getTypeAtLocation(declaration.parent);
  return ts.isIdentifier(member) && member.text === "subject" && owner.getSymbol()?.name === "Caller";
}

/** A text that stands in the body, or a list, set, table or expression of such. */
function isWrittenOut(
  ts: Compiler,
  checker: TypeScript.TypeChecker,
  expression: TypeScript.Expression,
  depth: number,
): boolean {
  if (depth > 8) return false;
  const node = bare(ts, expression);
  const further = (one: TypeScript.Expression): boolean => isWrittenOut(ts, checker, one, depth + 1);
  if (ts.isStringLiteralLike(node)) return node.text !== "";
  // Whether there is a name at all may be asked.
  if (ts.isNumericLiteral(node)) return Number(node.text) > 1;
  if (ts.isRegularExpressionLiteral(node)) return true;
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return further(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.some(further);
  if (ts.isNewExpression(node)) return node.arguments?.some(further) === true;
  if (ts.isObjectLiteralExpression(node)) return node.properties.length > 0;
  if (!ts.isIdentifier(node)) return false;
  const declaration = checker.getSymbolAtLocation(node)?.declarations?.[0];
  return (
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    declaration.initializer !== undefined &&
    further(declaration.initializer)
  );
}
