import type { CelType } from "./types.ts";

/** A piece of TypeScript that an expression has become. */
export interface Code {
  readonly text: string;
  readonly type: CelType;
  readonly level: Level;
  /** What it names, where it is a member: "self.limit". */
  readonly path?: string;
  /** A timestamp as it is on the wire; `text` has its milliseconds. */
  readonly wire?: string;
  readonly canBeMissing?: boolean;
  readonly canBeNull?: boolean;
  /** The opposite, where that is written otherwise than with `!`. */
  readonly negated?: { readonly text: string; readonly level: Level };
}

/** How tightly an operator binds in TypeScript; a looser one needs parentheses inside a tighter one. */
export const levels = {
  choice: 1,
  or: 2,
  and: 3,
  equality: 4,
  order: 5,
  sum: 6,
  product: 7,
  unary: 8,
  call: 9,
} as const;

type Level = (typeof levels)[keyof typeof levels];

/** In parentheses, where it binds less tightly than what stands around it. */
export function within(code: Code, level: Level): string {
  return code.level < level ? `(${code.text})` : code.text;
}

export function codeOf(text: string, type: CelType, level: Level = levels.call): Code {
  return { text, type, level };
}

export const isTrue: Code = codeOf("true", { kind: "bool" });
export const isFalse: Code = codeOf("false", { kind: "bool" });

export function both(left: Code, right: Code): Code {
  if (left.text === "true" || right.text === "false") return right;
  if (right.text === "true" || left.text === "false") return left;
  return codeOf(`${within(left, levels.and)} && ${within(right, levels.and)}`, { kind: "bool" }, levels.and);
}

/** `&&` within `||` needs no parentheses for the compiler, and one pair for the reader. */
export function either(left: Code, right: Code): Code {
  if (left.text === "false" || right.text === "true") return right;
  if (right.text === "false" || left.text === "true") return left;
  const grouped = (code: Code) => (code.level === levels.and ? `(${code.text})` : within(code, levels.or));
  return codeOf(`${grouped(left)} || ${grouped(right)}`, { kind: "bool" }, levels.or);
}

export function not(code: Code): Code {
  const type: CelType = { kind: "bool" };
  if (code.text === "true") return isFalse;
  if (code.text === "false") return isTrue;
  if (code.negated) return { ...code.negated, type, negated: { text: code.text, level: code.level } };
  const text = `!${within(code, levels.unary)}`;
  return { text, type, level: levels.unary, negated: { text: code.text, level: code.level } };
}

export function equal(left: Code, right: Code): Code {
  const sides = [within(left, levels.order), within(right, levels.order)] as const;
  return {
    text: sides.join(" === "),
    type: { kind: "bool" },
    level: levels.equality,
    negated: { text: sides.join(" !== "), level: levels.equality },
  };
}

/** That a member has a value. One that always has is no question. */
export function given({ text, canBeMissing, canBeNull }: Code): Code {
  const nothing = [...(canBeMissing === true ? ["undefined"] : []), ...(canBeNull === true ? ["null"] : [])];
  if (nothing.length === 0) return isTrue;
  const level = nothing.length === 1 ? levels.equality : levels.and;
  return {
    text: nothing.map((none) => `${text} !== ${none}`).join(" && "),
    type: { kind: "bool" },
    level,
    negated: {
      text: nothing.map((none) => `${text} === ${none}`).join(" || "),
      level: nothing.length === 1 ? levels.equality : levels.or,
    },
  };
}
