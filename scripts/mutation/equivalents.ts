/** A class of mutants that change nothing which a caller, a log or a database could notice. */
export interface Equivalent {
  readonly name: string;
  readonly reason: string;
  readonly file: RegExp;
  /** What is printed of a mutant: its mutator, what was there, and what is there now. */
  readonly mutant: RegExp;
  /** The line that it is in. */
  readonly line?: RegExp;
}

/**
 * Named one by one, so that nothing else hides behind them; `npm run mutation` prints which mutants each one explains,
 * and fails where together they are more than a twentieth. The first that fits names the mutant.
 */
export const equivalents: readonly Equivalent[] = [
  {
    name: "the cause of a refusal",
    reason: "what is the caller's fault is not logged, and no answer tells a cause; it is there for a debugger",
    file: /^src\/http\//,
    mutant: /^ObjectLiteral: \{ cause: error \} → /,
  },
  {
    name: "a cache",
    reason: "without it the same is worked out again",
    file: /^src\/http\/validation\.ts$/,
    mutant: /: (known [!=]== undefined|validators\.set\(schema, validate\);) → /,
  },
  {
    name: "what a validator prints",
    reason: "it has nothing to print where its schemas are strict enough for its makers",
    file: /^src\/http\/validation\.ts$/,
    mutant: /^BooleanLiteral: false → true/,
  },
  {
    name: "a column that is called like its member",
    reason: "Drizzle calls a column without a name like the member that it is",
    file: /\.table\.ts$/,
    mutant: /^StringLiteral: "\w+" → ""$/,
    line: /^\s+(\w+): \w+\("\1"[,)]/,
  },
  {
    name: "the format of an integer of 64 bits",
    reason: "every integer is kept within what a number says exactly, whatever its format",
    file: /\.schema\.ts$/,
    mutant: /^(StringLiteral: "int64" → ""|ObjectLiteral: \{ format: "int64" \} → \{\})$/,
  },
];
