import type { Compiler, TypeScript } from "../compiler.ts";
import { bare, nodesOf } from "../compiler.ts";
import type { Judge, Refusal } from "../policy/refusal.ts";
import type { CheckedFile } from "./type-check.ts";

/** Numbers up to a dozen are written as words, and these are those of clocks, calendars, ages and per cent. */
const everyday: ReadonlySet<number> = new Set([
  ...Array.from({ length: 13 }, (_, at) => at),
  18,
  21,
  24,
  28,
  29,
  30,
  31,
  52,
  53,
  59,
  60,
  99,
  100,
  365,
  366,
]);

/** Numbers that are spelled out are not computed. */
const numberWords =
  /\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?)\b/;

/** Members of a condition that compare with a value. */
const comparisons: ReadonlySet<string> = new Set(["equals", "not", "below", "atMost", "above", "atLeast"]);

/**
 * Judges limits: a number or a text that what the contract holds is compared with, and of which the document does not
 * speak, is a limit of the author's own. `spoken` is what the document says of the slot; undefined where that is not
 * known.
 */
export function limitJudge(ts: Compiler, file: CheckedFile, spoken: string | undefined): Judge {
  const { checker } = file;
  const said = spoken?.toLowerCase();
  const numbers = numbersIn(said ?? "");
  const isInWords = numberWords.test(said ?? "");
  const isStrange = (expression: TypeScript.Expression): boolean => {
    const one = constantOf(ts, checker, expression, 0);
    if (one === undefined) return false;
    if (typeof one === "string") return /\d{4}|\d\.\d/.test(one) && !said?.includes(one.toLowerCase());
    const size = Math.abs(one);
    if (isInWords || everyday.has(size) || isTime(size)) return false;
    // In cents, or in the whole units of a text that speaks of cents.
    return ![size, size * 100, size / 100].some((known) => numbers.has(known));
  };
  const isHeld = (expression: TypeScript.Expression): boolean => isOfContract(ts, file, expression, 0);
  const against = (held: TypeScript.Expression, others: readonly TypeScript.Expression[]): Refusal | undefined => {
    const found = others.find(isStrange);
    return found !== undefined && isHeld(held) ? refusal(found) : undefined;
  };
  return (node) => {
    if (said === undefined) return undefined;
    if (ts.isBinaryExpression(node) && isOrder(ts, node)) {
      return against(node.left, [node.right]) ?? against(node.right, [node.left]);
    }
    if (ts.isPropertyAssignment(node) && comparisons.has(node.name.getText())) {
      return isStrange(node.initializer) ? refusal(node.initializer) : undefined;
    }
    if (!ts.isCallExpression(node) || !/^Math\.(?:min|max)$/.test(node.expression.getText())) return undefined;
    const held = node.arguments.find(isHeld);
    return held && against(held, node.arguments);
  };
}

/** Every number that is written with digits, `100_000` and `100,000` included. */
function numbersIn(text: string): ReadonlySet<number> {
  const grouped = text.match(/\d{1,3}(?:[\s_,.'’]\d{3})+(?!\d)/g) ?? [];
  const plain = text.match(/\d+(?:\.\d+)?/g) ?? [];
  return new Set([...grouped.map((one) => one.replaceAll(/\D/g, "")), ...plain].map(Number));
}

function refusal(limit: TypeScript.Expression): Refusal {
  return {
    saw: `It has a limit of its own, ${limit.getText()}: neither the rule nor the contract speaks of it.`,
    cure: "Compare with what the rule says.",
  };
}

const minutesOfWeek = 7 * 24 * 60;

/** A length of time in minutes, seconds or milliseconds. */
function isTime(number: number): boolean {
  const isMinutes = number % 60 === 0 && number <= minutesOfWeek;
  return number > 0 && (isMinutes || number % 3600 === 0 || (number % 60_000 === 0 && number < 1e7));
}

function isOrder(ts: Compiler, { operatorToken: { kind } }: TypeScript.BinaryExpression): boolean {
  const { LessThanToken, LessThanEqualsToken, GreaterThanToken, GreaterThanEqualsToken } = ts.SyntaxKind;
  const { EqualsEqualsEqualsToken, ExclamationEqualsEqualsToken } = ts.SyntaxKind;
  return [
    LessThanToken,
    LessThanEqualsToken,
    GreaterThanToken,
    GreaterThanEqualsToken,
    EqualsEqualsEqualsToken,
    ExclamationEqualsEqualsToken,
  ].includes(kind);
}

/** The number or text that an expression is, constants followed. */
function constantOf(
  ts: Compiler,
  checker: TypeScript.TypeChecker,
  expression: TypeScript.Expression,
  depth: number,
): number | string | undefined {
  if (depth > 6) return undefined;
  const node = bare(ts, expression);
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isBigIntLiteral(node)) return Number(node.text.slice(0, -1));
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isPrefixUnaryExpression(node)) return constantOf(ts, checker, node.operand, depth + 1);
  if (ts.isConditionalExpression(node)) {
    return constantOf(ts, checker, node.whenTrue, depth + 1) ?? constantOf(ts, checker, node.whenFalse, depth + 1);
  }
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
  const isConstant = declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer;
  return isConstant ? constantOf(ts, checker, isConstant, depth + 1) : undefined;
}

/** A number or text that a row, a request or the context holds, or what is computed of such. */
function isOfContract(ts: Compiler, file: CheckedFile, expression: TypeScript.Expression, depth: number): boolean {
  if (depth > 6) return false;
  return [...nodesOf(ts, expression)].some((node) => {
    if (!ts.isIdentifier(node)) return false;
    const symbol = file.checker.getSymbolAtLocation(node);
    const declaration = symbol?.declarations?.[0];
    if (declaration === undefined) return false;
    if (ts.isPropertySignature(declaration)) {
      return declaration.getSourceFile() !== file.source && !file.isOfLibrary(declaration) && isScalar(ts, file, node);
    }
    // Taken apart: { balance } of a row.
    if (ts.isBindingElement(declaration)) return isScalar(ts, file, node);
    const isVariable = ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined;
    return (
      isVariable && declaration.initializer !== expression && isOfContract(ts, file, declaration.initializer, depth + 1)
    );
  });
}

function isScalar(ts: Compiler, { checker }: CheckedFile, node: TypeScript.Node): boolean {
  const type = checker.getNonNullableType(checker.getTypeAtLocation(node));
  return (type.flags & (ts.TypeFlags.Number | ts.TypeFlags.String | ts.TypeFlags.BigInt)) !== 0;
}
