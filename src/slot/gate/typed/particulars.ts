import type { Compiler, TypeScript } from "../compiler.ts";
import { bare } from "../compiler.ts";
import type { Judge, Refusal } from "../policy/refusal.ts";
import type { CheckedFile } from "./type-check.ts";

/** Shorter texts say nothing that could be a secret. */
const leastLetters = 4;
/** Numbers below are those of everyday: hours, months, hundreds. */
const leastNumber = 1000;

/** What addresses begin with is known to everybody. */
const schemes = /^(?:https?|mailto|tel|data|urn)(?::(?:\/\/)?)?$/i;

type Constant = string | number;

/**
 * Judges what values that can be anything are compared with: a text or a number that the document does not speak of is
 * a way in that only its author knows. `spoken` is what it says of the slot; undefined where that is not known.
 */
export function particularJudge(ts: Compiler, { checker }: CheckedFile, spoken: string | undefined): Judge {
  const known = spoken?.toLowerCase();
  const strangeOf = (expression: TypeScript.Expression): readonly Constant[] =>
    constantsOf(ts, checker, expression, 0).filter((one) => known !== undefined && isStrange(one, known));
  const isOpen = (expression: TypeScript.Expression): boolean => isOpenType(ts, checker.getTypeAtLocation(expression));
  const against = (open: TypeScript.Expression, others: readonly TypeScript.Expression[]): Refusal | undefined => {
    const [first] = isOpen(open) ? others.flatMap(strangeOf) : [];
    return first === undefined ? undefined : refusal(first);
  };
  return (node) => {
    if (known === undefined) return undefined;
    if (ts.isBinaryExpression(node) && isEquality(ts, node)) {
      return against(node.left, [node.right]) ?? against(node.right, [node.left]);
    }
    if (ts.isSwitchStatement(node)) {
      const cases = node.caseBlock.clauses.flatMap((one) => (ts.isCaseClause(one) ? [one.expression] : []));
      return against(node.expression, cases);
    }
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
    const { expression: owner, name } = node.expression;
    if (/^(?:startsWith|endsWith|includes|indexOf|lastIndexOf|search)$/.test(name.text)) {
      const [given] = node.arguments;
      return against(owner, node.arguments) ?? (given && against(given, [owner]));
    }
    const [given] = node.arguments;
    return given && /^(?:has|get|is)$/.test(name.text) ? against(given, [owner, ...node.arguments]) : undefined;
  };
}

function refusal(one: Constant): Refusal {
  return {
    saw: `It compares with ${JSON.stringify(one)}, which neither the rule nor the contract speaks of.`,
    cure: "Decide by what the rule says.",
  };
}

function isEquality(ts: Compiler, { operatorToken }: TypeScript.BinaryExpression): boolean {
  const { EqualsEqualsEqualsToken, ExclamationEqualsEqualsToken } = ts.SyntaxKind;
  return operatorToken.kind === EqualsEqualsEqualsToken || operatorToken.kind === ExclamationEqualsEqualsToken;
}

/** Any text or number at all; the compiler knows what the others can be. */
function isOpenType(ts: Compiler, type: TypeScript.Type): boolean {
  const parts = type.isUnion() ? type.types : [type];
  return parts.some(({ flags }) => (flags & (ts.TypeFlags.String | ts.TypeFlags.Number)) !== 0);
}

function isStrange(one: Constant, known: string): boolean {
  if (typeof one === "number") return Math.abs(one) >= leastNumber && !known.includes(String(one));
  if (schemes.test(one)) return false;
  if (isAlphabet(one)) return false;
  const isWord = (one.match(/\p{L}/gu) ?? []).length >= leastLetters;
  return isWord && !known.includes(JSON.stringify(one).slice(1, -1).toLowerCase());
}

/** Letters or digits in their order, as they are looked up one by one. */
function isAlphabet(text: string): boolean {
  const inOrder = [...text].filter((one, at) => one.codePointAt(0) === (text.codePointAt(at - 1) ?? 0) + 1);
  return inOrder.length >= 8 && inOrder.length > text.length * 0.8;
}

/** The texts and numbers that an expression is made of, constants followed. */
function constantsOf(
  ts: Compiler,
  checker: TypeScript.TypeChecker,
  expression: TypeScript.Expression,
  depth: number,
): readonly Constant[] {
  if (depth > 8) return [];
  const node = bare(ts, expression);
  const further = (one: TypeScript.Expression): readonly Constant[] => constantsOf(ts, checker, one, depth + 1);
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isNumericLiteral(node)) return [Number(node.text)];
  if (ts.isPrefixUnaryExpression(node)) return further(node.operand);
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return further(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(further);
  if (ts.isNewExpression(node)) return node.arguments?.flatMap(further) ?? [];
  if (!ts.isIdentifier(node)) return [];
  const declaration = checker.getSymbolAtLocation(node)?.declarations?.[0];
  const isConstant = declaration !== undefined && ts.isVariableDeclaration(declaration);
  return isConstant && declaration.initializer ? further(declaration.initializer) : [];
}
