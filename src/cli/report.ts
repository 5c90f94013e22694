import { printable } from "../diagnostic/print.ts";
import type { Host } from "../host.ts";
import type { Reporter, RunResult, StageName, StageReport } from "../run.ts";
import { label, stageLine } from "./layout.ts";
import { printMistakes } from "./mistakes.ts";
import { styleFor } from "./style.ts";
import { failure, summary } from "./summary.ts";
import type { NextStep } from "./summary.ts";

/** How much is said. `json` prints one object at the end and nothing before it. */
export type Detail = "quiet" | "normal" | "verbose" | "json";

/** What the command line needs of a reporter beyond what the line of stages tells it. */
export interface TerminalReporter extends Reporter {
  finish(result: RunResult, next: NextStep | undefined): void;
}

/** Prints a run on the terminal: a line for each stage, what is wrong, what to look at, what to type next. */
export function terminalReporter(host: Host, detail: Detail): TerminalReporter {
  const style = styleFor(host);
  const columns = host.terminal.isInteractive ? host.terminal.columns : Infinity;
  const speaks = detail === "normal" || detail === "verbose";
  const live = liveLine(host, speaks && host.terminal.isInteractive);
  const stages: StageReport[] = [];
  let busyWith: StageName | undefined;
  const finish = (result: RunResult, next: NextStep | undefined) => {
    forget();
    live.clear();
    if (detail === "json") return host.terminal.out(`${JSON.stringify(jsonReport(result, stages, next), null, 2)}\n`);
    const diagnostics = printMistakes(result.diagnostics, style, detail === "verbose");
    if (diagnostics !== "") host.terminal.error(`${speaks && stages.length > 0 ? "\n" : ""}${diagnostics}\n`);
    // Before the first line a run only looks at whether there is anything to do.
    const during = stages.length === 0 ? undefined : busyWith;
    const printing = { style, columns, showAll: detail === "verbose", during };
    if (speaks) host.terminal.out(summary(result, next, printing));
    else if (result.outcome !== "done") host.terminal.error(`\n${failure(result, printing)}\n`);
  };
  // Ctrl-C ends the process, and with it the run that would have called `finish`.
  const forget = host.onInterrupt(() =>
    Promise.resolve(finish({ outcome: "interrupted", diagnostics: [] }, undefined)),
  );
  return {
    stage(report) {
      const said = { ...report, subject: printable(report.subject), outcome: printable(report.outcome) };
      stages.push(report);
      live.clear();
      if (speaks) host.terminal.out(`${stageLine(said, style, columns)}\n`);
    },
    progress(stage, doing) {
      busyWith = stage;
      live.show(`${label(stage)}${doing}`);
    },
    finish,
  };
}

/** A line that is written over: only on a terminal, and never wider than it. */
function liveLine(host: Host, isOn: boolean): { show(text: string): void; clear(): void } {
  let isShown = false;
  return {
    show(text) {
      if (!isOn) return;
      host.terminal.out(`\r\u001b[2K${text.slice(0, host.terminal.columns - 1)}`);
      isShown = true;
    },
    clear() {
      if (isShown) host.terminal.out("\r\u001b[2K");
      isShown = false;
    },
  };
}

/** The same facts as the terminal shows, as data. Times are milliseconds. */
function jsonReport(result: RunResult, stages: readonly StageReport[], next: NextStep | undefined): object {
  return { ...result, stages: stages.map((stage) => ({ ...stage, elapsedMs: Math.round(stage.elapsedMs) })), next };
}
