import type { DiagnosticCode } from "./catalog.ts";

/** Where something was written: a file as the user named it, a position that starts at 1:1, and the RFC 6901 pointer. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** A URI fragment such as `#/paths/~1cards/post`. */
  readonly pointer?: string;
}

/** One thing a person can fix. `saw` says what was found and what it costs; `fix` says what to change. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning";
  readonly place?: Place;
  readonly saw: string;
  readonly fix: string;
}

/** What every stage returns. A stage that found an error may have no value; the line stops after it. */
export interface Checked<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** True when the line must stop: an error was reported. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
