import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { printDiagnostics } from "../diagnostic/print.ts";
import { painterOf } from "./style.ts";
import type { Style } from "./style.ts";

/** How many are shown before the rest is counted: of one severity, and of one code, because the first ones explain it. */
const shownAtMost = { warning: { all: 12, ofOneCode: 3 }, error: { all: 20, ofOneCode: 20 } } as const;

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
  const shown = showAll ? all : firstOf(all, severity);
  if (shown.length === 0) return [];
  const painter = painterOf(style);
  const hidden = all.filter((diagnostic) => !shown.includes(diagnostic));
  const rest = `${painter[severity](severity.padEnd(9))}and ${countByCode(hidden)}; scaffold crud --verbose prints them all`;
  return [printDiagnostics(shown, painter), ...(hidden.length === 0 ? [] : [rest])];
}

function firstOf(all: readonly Diagnostic[], severity: Diagnostic["severity"]): readonly Diagnostic[] {
  const limit = shownAtMost[severity];
  const seen = new Map<string, number>();
  const first = all.filter(({ code }) => {
    const before = seen.get(code) ?? 0;
    seen.set(code, before + 1);
    return before < limit.ofOneCode;
  });
  return first.slice(0, limit.all);
}

/** "22 more of operation/duplicate-id, 6 more of schema/invalid" */
function countByCode(hidden: readonly Diagnostic[]): string {
  const counts = new Map<string, number>();
  for (const { code } of hidden) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => `${count} more of ${code}`).join(", ");
}
