import type { StandInTables } from "../../plan/trials/stand-in.ts";
import type { TrialGiven } from "../../plan/trials/trial.ts";

/** What the child process is told: a body, and calls of it. Not a word of what they should answer. */
export interface SandboxJob {
  /** Begins each line of the report, so that nothing else is taken for one. */
  readonly nonce: string;
  /** Functions as JavaScript. Each is called in each way, one function after the other. */
  readonly scripts: readonly string[];
  readonly kind: "rule" | "value" | "effect" | "operation" | "field" | "filter";
  readonly tables: StandInTables;
  readonly calls: readonly TrialGiven[];
}

/** What came of one call. */
export interface CallReport {
  readonly outcome: CallOutcome;
  /** The rows afterwards, as they are read without an owner, by collection. */
  readonly rows: Readonly<Record<string, readonly object[]>>;
  /** Rows that are not as they were, or were not there. */
  readonly changes: readonly RowChange[];
  /** True where an argument is not as it was. */
  readonly hasChangedInput: boolean;
  /** True where a promise failed that nobody was waiting for. */
  readonly hasLostPromise: boolean;
}

/** A row before and after; one of them is missing where it has come or gone. */
export interface RowChange {
  readonly collection: string;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

export type CallOutcome =
  | { readonly kind: "accepted" }
  | { readonly kind: "refused"; readonly code: string; readonly field?: string }
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "nothing" }
  | { readonly kind: "not-implemented" }
  /** `message` is the candidate's own text, to be shown and not to be believed. */
  | { readonly kind: "threw"; readonly message: string };
