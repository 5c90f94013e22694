import type { Compiler, TypeScript } from "../compiler.ts";
import { bare, nodesOf } from "../compiler.ts";
import type { Judge, Refusal } from "../policy/refusal.ts";
import type { CheckedFile } from "./type-check.ts";

/** What keeps a list from being all that there is. */
const bounds: ReadonlySet<string> = new Set(["where", "filters", "within", "limit"]);

/** Judges lists: one that asks for all rows takes longer the more there are, until it takes too long. */
export function listJudge(ts: Compiler, { checker, isOfLibrary }: CheckedFile): Judge {
  return (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
    if (node.expression.name.text !== "list") return undefined;
    const declaration = checker.getSymbolAtLocation(node.expression.name)?.declarations?.[0];
    if (declaration === undefined || isOfLibrary(declaration)) return undefined;
    const query = node.arguments[0] && literalOf(ts, checker, node.arguments[0]);
    if (query === undefined) return undefined;
    if (query.properties.some((one) => isBound(ts, one)))
      return isPage(ts, query) && !turnsPages(ts, node) ? onePage : undefined;
    return {
      saw: "It reads all rows that there are.",
      cure: "Read by key, or say which rows: list({ where: …, limit: … }); where only their number is asked for, count(…).",
    };
  };
}

const onePage: Refusal = {
  saw: "It reads the first rows of a list, and not those after them.",
  cure: "Go on with after: page.next until it is null; or ask with count(…), or for one row by its key.",
};

/** Two tell whether there is more than one. */
const mostOfOne = 2;

function isPage(ts: Compiler, { properties }: TypeScript.ObjectLiteralExpression): boolean {
  return properties.some(
    (one) =>
      ts.isPropertyAssignment(one) &&
      one.name.getText() === "limit" &&
      ts.isNumericLiteral(one.initializer) &&
      Number(one.initializer.text) > mostOfOne,
  );
}

/** Whether the body looks at what comes after a page. */
function turnsPages(ts: Compiler, list: TypeScript.Node): boolean {
  return [...nodesOf(ts, list.getSourceFile())].some(
    (one) =>
      (ts.isPropertyAccessExpression(one) && one.name.text === "next") ||
      (ts.isBindingElement(one) && (one.propertyName ?? one.name).getText() === "next"),
  );
}

function isBound(ts: Compiler, property: TypeScript.ObjectLiteralElementLike): boolean {
  return ts.isSpreadAssignment(property) || bounds.has(property.name?.getText() ?? "");
}

function literalOf(
  ts: Compiler,
  checker: TypeScript.TypeChecker,
  expression: TypeScript.Expression,
): TypeScript.ObjectLiteralExpression | undefined {
  const node = bare(ts, expression);
  if (ts.isObjectLiteralExpression(node)) return node;
  const declaration = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
  const value = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value && ts.isObjectLiteralExpression(value) ? value : undefined;
}
