import { printable } from "../diagnostic/print.ts";
import type { Doubt, FileChange, OpenSlot, RunResult, ServiceSummary, StageName } from "../run.ts";
import { label, paragraph, table } from "./layout.ts";
import type { Row } from "./layout.ts";
import type { Style } from "./style.ts";

export interface NextStep {
  readonly command: string;
  readonly address: string;
}

/** How a summary is printed. */
export interface Printing {
  readonly style: Style;
  /** Infinity where nothing wraps. */
  readonly columns: number;
  readonly showAll: boolean;
  /** The stage that the run was busy with last. */
  readonly during: StageName | undefined;
}

/** How many doubts, open slots and files the summary names before it counts the rest. */
const shownRows = { attention: 6, files: 20 } as const;

/** What follows the stages: what a dry run would have done, what needs attention, what to type next or what went wrong. */
export function summary(result: RunResult, next: NextStep | undefined, printing: Printing): string {
  const { style, columns, showAll } = printing;
  const { service, files = [], isDryRun = false } = result;
  const attention = service
    ? [...securityRows(service), ...lookAtRows(service, showAll), ...openRows(service, showAll)]
    : [];
  const blocks = [
    table(
      isDryRun && ["done", "conflict"].includes(result.outcome) ? fileRows(files, showAll) : [],
      style,
      columns,
    ).join("\n"),
    table(attention, style, columns).join("\n"),
    result.outcome === "done" ? nextLine(next, style, columns) : failure(result, printing),
  ];
  return blocks.map((block) => (block === "" ? "" : `\n${block}\n`)).join("");
}

function nextLine(next: NextStep | undefined, style: Style, columns: number): string {
  if (next === undefined) return "";
  const { command, address } = next;
  const isWide = label("").length + command.length + 8 + address.length <= columns;
  return `${style.bold(label("Next"))}${command}${isWide ? " ".repeat(8) : `\n${label("")}`}${style.cyan(address)}`;
}

/** What a dry run would write. */
function fileRows(files: readonly FileChange[], showAll: boolean): readonly Row[] {
  const shown = showAll ? files : files.slice(0, shownRows.files);
  const rows = shown.map(({ path, action }): Row => row("Would", action, printable(path)));
  return [...rows, ...rest("Would", files.length - shown.length)];
}

function securityRows({ isSecured }: ServiceSummary): readonly Row[] {
  if (isSecured) return [];
  const matter = "none is declared: anyone may call every operation";
  return [row("Look at", "security", matter, 'security: "bearer" in scaffold.config.ts')];
}

function lookAtRows({ lookAt, spec }: ServiceSummary, showAll: boolean): readonly Row[] {
  const shown = showAll ? lookAt : lookAt.slice(0, shownRows.attention);
  const rows = shown.map(({ subject, why }: Doubt) => {
    const action = `scaffold explain ${shellWord(spec)} ${shellWord(printable(subject))}`;
    return row("Look at", printable(subject), printable(why), action);
  });
  return [...rows, ...rest("Look at", lookAt.length - shown.length)];
}

function openRows({ openSlots }: ServiceSummary, showAll: boolean): readonly Row[] {
  const shown = showAll ? openSlots : openSlots.slice(0, shownRows.attention);
  const rows = shown.map(({ id, untilFilled, file }: OpenSlot) =>
    row("Open", printable(id), printable(`${untilFilled} until filled`), printable(file)),
  );
  return [...rows, ...rest("Open", openSlots.length - shown.length)];
}

function rest(name: string, hidden: number): readonly Row[] {
  return hidden === 0 ? [] : [row(name, `and ${hidden} more`, "--verbose prints them all")];
}

function row(name: string, subject: string, matter: string, action = ""): Row {
  return { label: name, subject, matter, action };
}

/** What a shell takes as one word. */
function shellWord(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** What a failed run leaves behind, and where to look. */
export function failure(result: RunResult, { style, columns, during }: Printing): string {
  return paragraph("Stopped", `${whatHappened(result, during)}${attemptOf(result)}`, columns, (text) =>
    style.red(text),
  );
}

function whatHappened({ outcome, isDryRun, changes }: RunResult, during: StageName | undefined): string {
  const conflicts = (changes?.conflicts ?? []).join(", ");
  switch (outcome) {
    case "done":
      return "";
    case "invalid":
      return "nothing was written; correct what is reported above and run again";
    case "drift":
      return "what is on disk is not what the document, the config and the lock make";
    case "open-slots":
      return "there are slots that are open or stale";
    case "unsafe-migration":
      return "the change of the tables is not safe, and nothing was written";
    case "conflict":
      return isDryRun === true
        ? `there would be conflicts in ${conflicts}; nothing was written`
        : `conflict markers were written to ${conflicts}; resolve them and run again`;
    case "verification-failed":
      return "the generated service does not pass its checks, and nothing was written";
    case "interrupted":
      return during === "write"
        ? "interrupted while writing; all of it was written, or nothing"
        : "interrupted; nothing was written";
  }
}

function attemptOf({ staging }: RunResult): string {
  return staging === undefined ? "" : `; the attempt is in ${printable(staging)}`;
}
