import type { StageReport } from "../run.ts";
import type { Style } from "./style.ts";

/** Columns of a line: two to the left of it, a label, the first text, and the end of it all. */
const margin = "  ";
const labelWidth = 10;
const subjectWidth = 34;
const fullWidth = 99;

/** Less than this beside something else is no column. */
const narrowest = 30;

export function label(text: string): string {
  return `${margin}${text.padEnd(labelWidth)}`;
}

/**
 * A stage's line: what was worked on, what came of it, how long it took at the right. Where a terminal is too narrow
 * for columns the texts move together, and a subject that still does not fit loses its beginning, which for a path says
 * least. `columns` is Infinity where nothing wraps.
 */
export function stageLine({ stage, subject, outcome, elapsedMs }: StageReport, style: Style, columns: number): string {
  const time = `${(elapsedMs / 1000).toFixed(2)} s`;
  const head = label(stage);
  const room = columns - head.length - time.length - 2;
  const text = stageText(subject, outcome, room);
  const gap = Math.max(2, Math.min(fullWidth, columns) - head.length - text.length - time.length);
  return `${style.bold(head)}${text}${" ".repeat(gap)}${style.dim(time)}`;
}

function stageText(subject: string, outcome: string, room: number): string {
  if (outcome === "") return subject;
  const aligned = `${subject.padEnd(subjectWidth - 2)}  ${outcome}`;
  if (aligned.length <= room) return aligned;
  return `${withoutBeginning(subject, room - outcome.length - 2)}  ${outcome}`;
}

function withoutBeginning(text: string, width: number): string {
  return text.length <= width || width < subjectWidth / 2 ? text : `…${text.slice(1 - width)}`;
}

/** A row of the summary: its label, what it is about, what is the matter, what to type or open. */
export interface Row {
  readonly label: string;
  readonly subject: string;
  readonly matter: string;
  readonly action: string;
}

/** Rows in columns where all of them fit; else what to type or open has a line of its own below, where it can be copied. */
export function table(rows: readonly Row[], style: Style, columns: number): readonly string[] {
  const width = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length)) + 3;
  const subject = width(rows.map((row) => row.subject));
  const matter = width(rows.map((row) => row.matter));
  const widest = Math.max(0, ...rows.map(({ action }) => label("").length + subject + matter + action.length));
  if (widest <= columns)
    return rows.map((row) =>
      `${style.bold(label(row.label))}${row.subject.padEnd(subject)}${row.matter.padEnd(matter)}${style.dim(row.action)}`.trimEnd(),
    );
  return rows.flatMap((row) => [...headOf(row, subject, style, columns), ...below(row.action, style)]);
}

function headOf(row: Row, subjectWidth: number, style: Style, columns: number): readonly string[] {
  const beside = label("").length + subjectWidth;
  if (columns - beside < narrowest) {
    const matter = hanging(row.matter, label("").length, columns);
    return [`${style.bold(label(row.label))}${row.subject}`, ...matter.map((line) => label("") + line)];
  }
  const [first = "", ...more] = hanging(row.matter, beside, columns);
  return [
    `${style.bold(label(row.label))}${row.subject.padEnd(subjectWidth)}${first}`.trimEnd(),
    ...more.map((line) => " ".repeat(beside) + line),
  ];
}

function below(text: string, style: Style): readonly string[] {
  return text === "" ? [] : [`${label("")}${style.dim(text)}`];
}

/** A label and a text that may need several lines. */
export function paragraph(name: string, text: string, columns: number, bold: (text: string) => string): string {
  const [first = "", ...more] = hanging(text, label("").length, columns);
  return [`${bold(label(name))}${first}`, ...more.map((line) => label("") + line)].join("\n");
}

/** The lines that a text has to the right of `indent`; a word that is too long for a line is not broken. */
export function hanging(text: string, indent: number, columns: number): readonly string[] {
  const room = columns - indent;
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
