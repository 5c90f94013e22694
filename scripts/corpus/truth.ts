import { readFile } from "node:fs/promises";

/** An operation that a person labelled as one of the six CRUD classes of an entity that must have a table. */
export interface LabelledOperation {
  readonly method: string;
  readonly path: string;
  readonly class: string;
  readonly entity: string | null;
  /** Other classes that its label takes for right as well. */
  readonly accept?: readonly string[];
}

interface Labelled {
  readonly entities: readonly { readonly name: string; readonly table: string }[];
  readonly operations: readonly LabelledOperation[];
}

/** The labels beside a document; undefined where there are none. */
export async function readTruth(labels: string): Promise<readonly LabelledOperation[] | undefined> {
  const text = await readFile(labels, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const { entities, operations } = JSON.parse(text) as Labelled;
  const tables = new Set(entities.filter(({ table }) => table === "yes").map(({ name }) => name));
  return operations.filter((one) => one.class !== "custom" && tables.has(one.entity ?? ""));
}

/** What was seen of an operation. */
export interface Seen {
  /** What the model takes it for. */
  readonly kind: string | undefined;
  /** Answers in the generated tests. */
  readonly tested: readonly number[];
  /** The answer of the running service; undefined where it gave none, or was not asked. */
  readonly probed: number | undefined;
}

/** Why an operation does not count as served from a table; undefined where it does. */
export function whyNotServed({ kind, tested, probed }: Seen): string | undefined {
  if (kind === undefined) return "not in the model";
  if (kind === "custom") return "taken for custom";
  if (tested.length === 0) return "no test called it";
  if (!tested.some((status) => status >= 200 && status < 300)) return `tests only saw ${tested.join(", ")}`;
  if (probed !== undefined && (probed >= 500 || probed === 405)) return `the running service answered ${probed}`;
  return undefined;
}
