import { RE2JS } from "re2js";

/** What is left of a regular expression where only matching is asked for. */
export interface Expression {
  test(text: string): boolean;
}

/**
 * A pattern (JSON Schema, 6.4) to match with, whose time grows with the text alone wherever that is possible: patterns are
 * a stranger's, and an expression that backtracks may hang a run. Undefined where it is none.
 */
export function expressionOf(pattern: string): Expression | undefined {
  const found = compiled.get(pattern) ?? { expression: compile(pattern) };
  compiled.set(pattern, found);
  return found.expression;
}

/** Compiling costs far more than matching, and a document says the same pattern in many places. */
const compiled = new Map<string, { readonly expression: Expression | undefined }>();

function compile(pattern: string): Expression | undefined {
  const linear = linearPattern(pattern);
  return linear === undefined ? backtracking(pattern) : RE2JS.compile(linear);
}

function backtracking(pattern: string): Expression | undefined {
  const flags = flagsOf(pattern);
  return flags === undefined ? undefined : new RegExp(pattern, flags);
}

/** A pattern is a Unicode expression; one that is none may still be an expression without that flag. */
export function flagsOf(pattern: string): "u" | "" | undefined {
  return (["u", ""] as const).find((flags) => {
    try {
      return new RegExp(pattern, flags) instanceof RegExp;
    } catch {
      return false;
    }
  });
}

/** The pattern as RE2 spells it; undefined where RE2 has no word for a part of it: it looks around, or refers back. */
export function linearPattern(pattern: string): string | undefined {
  try {
    const text = RE2JS.translateRegExp(withUnicodeSpaces(pattern));
    RE2JS.compile(text);
    return text;
  } catch {
    return undefined;
  }
}

const spaces = String.raw`\t\n\v\f\r\x{feff}\p{Z}`;

/** In ECMAScript `\s` is more than the spaces of ASCII. */
function withUnicodeSpaces(pattern: string): string {
  let isInClass = false;
  return pattern.replaceAll(/\\[\s\S]|[[\]]/g, (part) => {
    if (part === "[") isInClass = true;
    if (part === "]") isInClass = false;
    if (part === String.raw`\s`) return isInClass ? spaces : `[${spaces}]`;
    return part === String.raw`\S` && !isInClass ? `[^${spaces}]` : part;
  });
}
