import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { printDiagnostics } from "../diagnostic/print.ts";
import { painterOf } from "./style.ts";
import type { Style } from "./style.ts";

/** How many warnings are shown before the rest is counted. */
const shownWarnings = 12;

/** Every error; warnings too, of which only the first are shown unless all are asked for. */
export function printMistakes(diagnostics: readonly Diagnostic[], style: Style, showAll = false): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  const warnings = diagnostics.filter((diagnostic) => diagnostic.severity === "warning");
  const shown = showAll ? warnings : warnings.slice(0, shownWarnings);
  const text = printDiagnostics([...shown, ...errors], painterOf(style));
  const hidden = warnings.length - shown.length;
  return hidden === 0
    ? text
    : `${text}\n\n${style.yellow("warning  ")}and ${hidden} more; scaffold crud --verbose prints them all`;
}
