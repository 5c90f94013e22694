/** What is known about one document after its run. */
export interface Row {
  readonly name: string;
  /** Undefined where `scaffold crud` did not end in time. */
  readonly exitCode: number | undefined;
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
  /** Why the document does not pass, one reason each; none where it does. */
  readonly faults: readonly string[];
  /** What else is worth knowing: what is missing, skipped or open, by name. */
  readonly remarks: readonly string[];
}

/** What each document must reach. */
export const floors = {
  /** Of the CRUD operations of its ground truth. */
  servedShare: 0.9,
  assertionsPerOperation: 8,
} as const;

/** The floors that the measured figures do not reach. */
export function belowFloors(row: Pick<Row, "served" | "crud" | "assertions" | "operations">): readonly string[] {
  const { served, crud, assertions, operations } = row;
  const share = served === undefined || crud === undefined || crud === 0 ? 1 : served / crud;
  const average = assertions === undefined || operations === 0 ? undefined : assertions / operations;
  return [
    ...(share < floors.servedShare ? [`${served} of ${crud} CRUD operations are served, of which 90% must be`] : []),
    ...(average !== undefined && average < floors.assertionsPerOperation
      ? [`${average.toFixed(1)} assertions an operation, where ${floors.assertionsPerOperation} must be`]
      : []),
  ];
}

interface Column {
  readonly title: string;
  readonly width: number;
  readonly text: (row: Row) => string;
}

const columns: readonly Column[] = [
  { title: "document", width: -24, text: ({ name }) => name },
  { title: "exit", width: 5, text: ({ exitCode }) => String(exitCode ?? "late") },
  { title: "entities", width: 9, text: ({ entities }) => String(entities) },
  { title: "operations", width: 11, text: ({ operations }) => String(operations) },
  { title: "CRUD served", width: 14, text: printServed },
  { title: "501", width: 5, text: ({ notImplemented }) => String(notImplemented ?? "-") },
  { title: "assertions/op", width: 14, text: printAssertions },
  { title: "passed", width: 8, text: ({ tests }) => String(tests?.passed ?? "-") },
  { title: "failed", width: 7, text: ({ tests }) => String(tests?.failed ?? "-") },
  { title: "skipped", width: 8, text: ({ tests }) => String(tests?.skipped ?? "-") },
  { title: "seconds", width: 8, text: ({ seconds }) => seconds.toFixed(0) },
  { title: "  verdict", width: -9, text: ({ faults }) => (faults.length === 0 ? "  ok" : "  FAILS") },
];

export function printHead(): string {
  return columns
    .map(({ title, width }) => align(title, width))
    .join("")
    .trimEnd();
}

export function printRow(row: Row): string {
  return columns
    .map(({ text, width }) => align(text(row), width))
    .join("")
    .trimEnd();
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
