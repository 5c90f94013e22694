import { readFile } from "node:fs/promises";
import { runToEnd } from "../service.ts";
import type { Coverage } from "./coverage.ts";

/** An operation that a person labelled as one of the six CRUD classes, and what became of it. */
export interface LabelledOperation {
  readonly method: string;
  readonly path: string;
  readonly class: string;
  readonly entity: string | null;
  /** Why it does not count as served; undefined where it does. */
  readonly why: string | undefined;
}

interface Labelled {
  readonly entities: readonly { readonly name: string; readonly table: string }[];
  readonly operations: readonly Omit<LabelledOperation, "why">[];
}

/** Compares with the labels beside a document, where there are any: CRUD operations of entities that have a table. */
export async function readTruth(
  labels: string,
  spec: string,
  coverage: Coverage,
): Promise<readonly LabelledOperation[] | undefined> {
  const text = await readFile(labels, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const labelled = JSON.parse(text) as Labelled;
  const tables = new Set(labelled.entities.filter(({ table }) => table === "yes").map(({ name }) => name));
  const served = await servedKinds(spec);
  const expected = labelled.operations.filter((one) => one.class !== "custom" && tables.has(one.entity ?? ""));
  return expected.map((one) => ({ ...one, why: whyNotServed(one, served, coverage) }));
}

function whyNotServed(
  { method, path }: Omit<LabelledOperation, "why">,
  kinds: ReadonlyMap<string, string>,
  coverage: Coverage,
): string | undefined {
  const kind = kinds.get(`${method} ${path}`);
  if (kind === undefined) return "not in the model";
  if (kind === "custom") return "taken for custom";
  const statuses = coverage.statuses(method, path);
  if (statuses.some((status) => status >= 200 && status < 300)) return undefined;
  return statuses.length === 0 ? "no test called it" : `tests only saw ${statuses.join(", ")}`;
}

/** `METHOD /path` → what the model takes it for. */
async function servedKinds(spec: string): Promise<ReadonlyMap<string, string>> {
  const args = ["bin/scaffold.js", "model", spec, "--format", "expected-entities/1"];
  const { stdout, exitCode } = await runToEnd(args, { isKept: true });
  if (exitCode !== 0) return new Map();
  const model = JSON.parse(stdout) as Labelled;
  return new Map(model.operations.map((one) => [`${one.method} ${one.path}`, one.class]));
}
