/** The parts of a measurement, each of which is timed. */
export type PartName = "generate" | "types" | "lint" | "tests" | "probe";

/** What is known about one document after its run. */
export interface Row {
  readonly name: string;
  /** Undefined where `scaffold crud` did not end in time. */
  readonly exitCode: number | undefined;
  readonly entities: number;
  readonly operations: number;
  /** Operations that a table answers, by the model. */
  readonly crudOperations: number;
  /** Operations that are left to business logic. */
  readonly slots: number;
  /** Entities that work, and how many resources the table of documents lists; undefined where there is none. */
  readonly resources: { readonly answering: number; readonly listed: number } | undefined;
  /** How many of the CRUD operations that a person labelled are served from a table; undefined without ground truth. */
  readonly served: { readonly count: number; readonly of: number } | undefined;
  /** Operations that answered 501 when called; undefined when the service was not started. */
  readonly notImplemented: number | undefined;
  /** Made by all generated tests together; undefined where they did not run. */
  readonly assertions: number | undefined;
  readonly tests: { readonly passed: number; readonly failed: number; readonly skipped: number } | undefined;
  /** Memory of the largest process of `scaffold crud`. */
  readonly peakMb: number;
  readonly seconds: number;
  /** Seconds; those that were not reached have none. */
  readonly parts: Readonly<Partial<Record<PartName, number>>>;
  /** Why the document does not pass, one reason each; none where it does. */
  readonly faults: readonly string[];
  /** What else is worth knowing: what is missing, skipped or open, by name. */
  readonly remarks: readonly string[];
}

/** What each document must reach. */
export const floors = {
  /** Of the CRUD operations of its ground truth. */
  servedShare: 0.9,
  /** Of the resources that the table of documents lists. */
  resourceShare: 0.8,
  assertionsPerOperation: 8,
} as const;

/** The floors that the measured figures do not reach. */
export function belowFloors({
  resources,
  served,
  assertions,
  operations,
}: Pick<Row, "resources" | "served" | "assertions" | "operations">): readonly string[] {
  const average = assertions === undefined || operations === 0 ? undefined : assertions / operations;
  return [
    ...(resources !== undefined && resources.answering < floors.resourceShare * resources.listed
      ? [`${resources.answering} entities answer, where ${resources.listed} resources are listed: 80% must`]
      : []),
    ...(served !== undefined && served.count < floors.servedShare * served.of
      ? [`${served.count} of ${served.of} CRUD operations are served, of which 90% must be`]
      : []),
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
  { title: "CRUD", width: 6, text: ({ crudOperations }) => String(crudOperations) },
  { title: "slots", width: 6, text: ({ slots }) => String(slots) },
  { title: "resources", width: 10, text: printResources },
  { title: "served", width: 13, text: printServed },
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

function printResources({ resources }: Row): string {
  return resources === undefined ? "-" : `${resources.answering}/${resources.listed}`;
}

function printServed({ served }: Row): string {
  if (served === undefined) return "-";
  return served.of === 0 ? "0/0" : `${served.count}/${served.of} ${Math.floor((100 * served.count) / served.of)}%`;
}

function printAssertions({ assertions, operations }: Row): string {
  return assertions === undefined || operations === 0 ? "-" : (assertions / operations).toFixed(1);
}

/** A negative width aligns to the left. */
function align(text: string, width: number): string {
  return width < 0 ? text.padEnd(-width) : text.padStart(width);
}
