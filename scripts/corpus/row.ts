/** What is known about one document after its run. */
export interface Row {
  readonly name: string;
  readonly exitCode: number;
  readonly entities: number;
  readonly operations: number;
  /** Of the CRUD operations that a person labelled: how many are served from a table; undefined without ground truth. */
  readonly served: number | undefined;
  readonly crud: number | undefined;
  /** Operations that answered 501 when called; undefined when the service was not started. */
  readonly notImplemented: number | undefined;
  /** Made by all generated tests together; undefined where they did not run. */
  readonly assertions: number | undefined;
  readonly tests: { readonly passed: number; readonly failed: number; readonly skipped: number } | undefined;
  readonly seconds: number;
  readonly isGood: boolean;
  /** What fails or is missing, and why. */
  readonly remarks: readonly string[];
}

interface Column {
  readonly title: string;
  readonly width: number;
  readonly text: (row: Row) => string;
}

const columns: readonly Column[] = [
  { title: "document", width: -24, text: ({ name }) => name },
  { title: "exit", width: 5, text: ({ exitCode }) => String(exitCode) },
  { title: "entities", width: 9, text: ({ entities }) => String(entities) },
  { title: "operations", width: 11, text: ({ operations }) => String(operations) },
  { title: "CRUD served", width: 14, text: printServed },
  { title: "501", width: 5, text: ({ notImplemented }) => String(notImplemented ?? "-") },
  { title: "assertions/op", width: 14, text: printAssertions },
  { title: "passed", width: 8, text: ({ tests }) => String(tests?.passed ?? "-") },
  { title: "failed", width: 7, text: ({ tests }) => String(tests?.failed ?? "-") },
  { title: "skipped", width: 8, text: ({ tests }) => String(tests?.skipped ?? "-") },
  { title: "seconds", width: 8, text: ({ seconds }) => seconds.toFixed(1) },
];

export function printHead(): string {
  return columns.map(({ title, width }) => align(title, width)).join("");
}

export function printRow(row: Row): string {
  return columns.map(({ text, width }) => align(text(row), width)).join("");
}

function printServed({ served, crud }: Row): string {
  if (served === undefined || crud === undefined) return "-";
  return crud === 0 ? "0/0" : `${served}/${crud} ${Math.floor((100 * served) / crud)}%`;
}

function printAssertions({ assertions, operations }: Row): string {
  return assertions === undefined || operations === 0 ? "-" : (assertions / operations).toFixed(1);
}

/** A negative width aligns to the left. */
function align(text: string, width: number): string {
  return width < 0 ? text.padEnd(-width) : text.padStart(width);
}
