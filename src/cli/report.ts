import { printable } from "../diagnostic/print.ts";
import type { Host } from "../host.ts";
import type { Doubt, OpenSlot, Reporter, RunResult, ServiceSummary, StageReport } from "../run.ts";
import { printMistakes } from "./mistakes.ts";
import { styleFor } from "./style.ts";
import type { Style } from "./style.ts";

/** How much is said. `json` prints one object at the end and nothing before it. */
export type Detail = "quiet" | "normal" | "verbose" | "json";

/** What the command line needs of a reporter beyond what the line of stages tells it. */
export interface TerminalReporter extends Reporter {
  finish(result: RunResult, next: NextStep | undefined): void;
}

export interface NextStep {
  readonly command: string;
  readonly address: string;
}

/** Widths of the columns of a stage's line; longer text pushes the rest to the right. */
const columns = { stage: 10, subject: 34, outcome: 48, time: 6 } as const;

/** How many doubts and open slots the summary names before it counts the rest. */
const shownRows = 6;

/** Prints a run on the terminal: a line for each stage, what is wrong, what to look at, what to type next. */
export function terminalReporter(host: Host, detail: Detail): TerminalReporter {
  const style = styleFor(host);
  const speaks = detail === "normal" || detail === "verbose";
  const live = liveLine(host, speaks && host.terminal.isInteractive);
  const stages: StageReport[] = [];
  return {
    stage(report) {
      stages.push(report);
      live.clear();
      if (speaks) host.terminal.out(`${stageLine(report, style)}\n`);
    },
    progress(stage, doing) {
      live.show(`  ${stage.padEnd(columns.stage)}${doing}`);
    },
    finish(result, next) {
      live.clear();
      if (detail === "json") return host.terminal.out(`${JSON.stringify(jsonReport(result, stages, next), null, 2)}\n`);
      const diagnostics = printMistakes(result.diagnostics, style, detail === "verbose");
      if (diagnostics !== "") host.terminal.error(`${speaks && stages.length > 0 ? "\n" : ""}${diagnostics}\n`);
      if (speaks) host.terminal.out(summary(result, next, style, detail === "verbose"));
      else if (result.outcome !== "done") host.terminal.error(`\n${failure(result, style)}`);
    },
  };
}

function stageLine({ stage, subject, outcome, elapsedMs }: StageReport, style: Style): string {
  const time = `${(elapsedMs / 1000).toFixed(2)} s`.padStart(columns.time);
  const text = `${cell(printable(subject), columns.subject)}${cell(printable(outcome), columns.outcome)}`;
  return `  ${style.bold(stage.padEnd(columns.stage))}${text}${style.dim(time)}`;
}

function cell(text: string, width: number): string {
  return text.length < width ? text.padEnd(width) : `${text}  `;
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

function summary(result: RunResult, next: NextStep | undefined, style: Style, showAll: boolean): string {
  const { service } = result;
  const attention =
    service === undefined
      ? []
      : [...securityRows(service), ...lookAtRows(service, showAll), ...openRows(service, showAll)];
  const blocks = [table(attention, style)];
  if (result.outcome !== "done") blocks.push(failure(result, style));
  else if (next !== undefined) {
    blocks.push(`  ${style.bold("Next".padEnd(columns.stage))}${next.command}        ${style.cyan(next.address)}\n`);
  }
  return blocks
    .filter((block) => block !== "")
    .map((block) => `\n${block}`)
    .join("");
}

/** A row of the summary: its label, what it is about, what is the matter, what to type or open. */
type Row = readonly [label: string, subject: string, matter: string, action: string];

function securityRows({ isSecured }: ServiceSummary): readonly Row[] {
  if (isSecured) return [];
  return [
    [
      "Look at",
      "security",
      "none is declared: anyone may call every operation",
      'security: "bearer" in scaffold.config.ts',
    ],
  ];
}

function lookAtRows(service: ServiceSummary, showAll: boolean): readonly Row[] {
  return limited(service.lookAt, showAll, "Look at", ({ subject, why }: Doubt) => [
    "Look at",
    printable(subject),
    printable(why),
    `scaffold explain ${service.spec} ${shellWord(printable(subject))}`,
  ]);
}

function openRows(service: ServiceSummary, showAll: boolean): readonly Row[] {
  return limited(service.openSlots, showAll, "Open", ({ id, untilFilled, file }: OpenSlot) => [
    "Open",
    printable(id),
    `${untilFilled} until filled`,
    printable(file),
  ]);
}

function limited<T>(items: readonly T[], showAll: boolean, label: string, row: (item: T) => Row): readonly Row[] {
  const shown = showAll ? items : items.slice(0, shownRows);
  const hidden = items.length - shown.length;
  const rest: readonly Row[] = hidden === 0 ? [] : [[label, `and ${hidden} more`, "--verbose prints them all", ""]];
  return [...shown.map(row), ...rest];
}

/** What a shell takes as one word. */
function shellWord(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function table(rows: readonly Row[], style: Style): string {
  const width = (at: number): number => Math.max(0, ...rows.map((row) => (row[at] ?? "").length)) + 3;
  const [subjectWidth, matterWidth] = [width(1), width(2)];
  return rows
    .map(([label, subject, matter, action]) =>
      `  ${style.bold(label.padEnd(columns.stage))}${subject.padEnd(subjectWidth)}${matter.padEnd(matterWidth)}${style.dim(action)}`.trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** What a failed run leaves behind, and where to look. */
function failure(result: RunResult, style: Style): string {
  const label = style.red("Stopped".padEnd(columns.stage));
  const attempt = result.staging === undefined ? "" : `; the attempt is in ${result.staging}`;
  switch (result.outcome) {
    case "done":
      return "";
    case "invalid":
      return `  ${label}nothing was written; correct what is reported above and run again\n`;
    case "unsafe-migration":
      return `  ${label}the change of the tables is not safe, and nothing was written${attempt}\n`;
    case "conflict":
      return `  ${label}conflict markers were written to ${(result.changes?.conflicts ?? []).join(", ")}; resolve them and run again\n`;
    case "verification-failed":
      return `  ${label}the generated service does not pass its checks, and nothing was written${attempt}\n`;
    case "interrupted":
      return `  ${label}interrupted; nothing was written\n`;
  }
}

/** The same facts as the terminal shows, as data. Times are milliseconds. */
function jsonReport(result: RunResult, stages: readonly StageReport[], next: NextStep | undefined): object {
  return { ...result, stages: stages.map((stage) => ({ ...stage, elapsedMs: Math.round(stage.elapsedMs) })), next };
}
