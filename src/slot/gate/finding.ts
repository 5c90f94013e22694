/** The steps of the gate, in the order in which a candidate goes through them (DESIGN §6). */
export type GateStep = "parse" | "policy" | "types" | "lint" | "examples" | "tests";

/** Why a candidate is refused, in words that whoever wrote it can act on. */
export interface Finding {
  readonly step: GateStep;
  /** In the candidate as it was handed in, from 1; undefined where the whole of it is at fault. */
  readonly line?: number;
  /** What is there. */
  readonly saw: string;
  /** What to write instead. */
  readonly cure: string;
  /** Reaches for what lies outside of the contract: a module, the process, a constructor of code, the clock. */
  readonly isEscape?: true;
  /** A name that the body does not declare. */
  readonly isUnknown?: true;
}
/** What the round before and this one have in common: the same steps with the same complaints, wherever they stand. */
export function failureSignature(findings: readonly Finding[]): string {
  return [...new Set(findings.map(({ step, saw }) => `${step}: ${saw}`))].sort().join("\n");
}

/** One finding as a person or a model reads it: `line 3 (policy): uses "eval". Instead: …`. */
export function printFinding({ step, line, saw, cure }: Finding): string {
  const where = line === undefined ? step : `line ${line}, ${step}`;
  return `${where}: ${saw} ${cure}`.trimEnd();
}
