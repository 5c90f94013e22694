import type { Compiler, TypeScript } from "../compiler.ts";
import { bare } from "../compiler.ts";
import type { Judge, Refusal } from "../policy/refusal.ts";
import type { CheckedFile } from "./type-check.ts";

/** Judges how moments are read and written: what the machine's own zone or words decide is no part of a rule. */
export function momentJudge(ts: Compiler, { checker }: CheckedFile): Judge {
  return (node) => {
    const read = readText(ts, node);
    if (read !== undefined) return isZoneless(ts, read) ? zoneless : undefined;
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
      return asText(checker, node.left) ?? asText(checker, node.right);
    }
    return ts.isCallExpression(node) ? joined(ts, checker, node) : undefined;
  };
}

const zoneless: Refusal = {
  saw: "It reads a date as the machine would.",
  cure: 'Write it as RFC 3339 has it, with its zone: "2026-01-31T12:00:00Z".',
};

/** What `new Date(…)` or `Date.parse(…)` is given. */
function readText(ts: Compiler, node: TypeScript.Node): TypeScript.Expression | undefined {
  if (ts.isNewExpression(node) && node.expression.getText() === "Date") return node.arguments?.[0];
  const isParse = ts.isCallExpression(node) && node.expression.getText() === "Date.parse";
  return isParse ? node.arguments[0] : undefined;
}

/** A text that ends in a time without a zone, or that is no date as the standard has it, as far as it is written out. */
function isZoneless(ts: Compiler, expression: TypeScript.Expression): boolean {
  const node = bare(ts, expression);
  if (ts.isStringLiteralLike(node)) {
    const isDay = /^[+-]?\d{4,6}(?:-\d\d(?:-\d\d)?)?$/.test(node.text);
    return !isDay && !/T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(node.text);
  }
  return /[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/.test(tailOf(ts, node));
}

/** The text at its end that is written out. */
function tailOf(ts: Compiler, node: TypeScript.Expression): string {
  if (ts.isTemplateExpression(node)) return node.templateSpans.at(-1)?.literal.text ?? "";
  if (ts.isBinaryExpression(node)) return tailOf(ts, bare(ts, node.right));
  return ts.isStringLiteralLike(node) ? node.text : "";
}

/** A date or a function where a text is made of it. */
export function asText(checker: TypeScript.TypeChecker, expression: TypeScript.Expression): Refusal | undefined {
  return typeAsText(checker.getTypeAtLocation(expression));
}

function typeAsText(type: TypeScript.Type | undefined): Refusal | undefined {
  if (type === undefined) return undefined;
  if (type.getCallSignatures().length > 0)
    return { saw: "It writes a function as text.", cure: "Leave it out.", isEscape: true };
  if (type.getSymbol()?.name !== "Date") return undefined;
  return { saw: "It writes a date as the machine would.", cure: "Use toISOString()." };
}

function joined(ts: Compiler, checker: TypeScript.TypeChecker, node: TypeScript.CallExpression): Refusal | undefined {
  const { expression: callee } = node;
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== "join") return undefined;
  return typeAsText(checker.getIndexTypeOfType(checker.getTypeAtLocation(callee.expression), ts.IndexKind.Number));
}
