import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { printDiagnostics } from "../diagnostic/print.ts";
import { painterOf } from "./style.ts";
import type { Style } from "./style.ts";

/** How many of each severity are shown before the rest is counted. */
const shownAtMost = { warning: 12, error: 20 } as const;

/** Warnings, then errors, of which only the first are shown unless all are asked for. */
export function printMistakes(diagnostics: readonly Diagnostic[], style: Style, showAll = false): string {
  return [
    ...printSeverity("warning", diagnostics, style, showAll),
    ...printSeverity("error", diagnostics, style, showAll),
  ].join("\n\n");
}

function printSeverity(
  severity: Diagnostic["severity"],
  diagnostics: readonly Diagnostic[],
  style: Style,
  showAll: boolean,
): readonly string[] {
  const all = diagnostics.filter((diagnostic) => diagnostic.severity === severity);
  const shown = showAll ? all : all.slice(0, shownAtMost[severity]);
  if (shown.length === 0) return [];
  const painter = painterOf(style);
  const hidden = all.length - shown.length;
  const rest = `${painter[severity](severity.padEnd(9))}and ${hidden} more; scaffold crud --verbose prints them all`;
  return [printDiagnostics(shown, painter), ...(hidden === 0 ? [] : [rest])];
}
