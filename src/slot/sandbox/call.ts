import type { TrialGiven, TrialInput } from "../../plan/trials/trial.ts";
import { asNumber, copyOf } from "./cells.ts";
import { Context, notImplemented, Refusals } from "./context.ts";
import type { CallOutcome, CallReport, RowChange, SandboxJob } from "./job.ts";
import { StandIn } from "./stand-in.ts";

type Harden = <T>(value: T) => T;
type Slot = (...inputs: readonly unknown[]) => unknown;

/** Calls a body once, on rows of its own, and tells what came of it. */
export async function callSlot(
  slot: unknown,
  { kind, tables }: Pick<SandboxJob, "kind" | "tables">,
  given: TrialGiven,
  harden: Harden,
): Promise<Omit<CallReport, "hasLostPromise">> {
  const store = new StandIn(tables, given.now);
  for (const { collection, values, isBystander } of given.rows) {
    const made = store.rows(collection).create(values);
    await (isBystander === true ? made.catch(() => undefined) : made);
  }
  const refusals = new Refusals();
  const context = new Context(store, given, refusals);
  const inputs = await Promise.all(given.inputs.map((input) => inputOf(store, input)));
  const before = JSON.stringify(inputs, asNumber);
  const run = slot as Slot;
  const work = async (): Promise<CallOutcome> => {
    const inner = harden(kind === "operation" ? context.operation() : context.slot());
    const answer: unknown = await run(...inputs, inner);
    if (given.lists === undefined) return outcomeOf(answer, refusals);
    const { items } = await store.rows(given.lists, given.caller).list({ where: answer });
    return { kind: "value", value: copyOf(items) };
  };
  const start = store.snapshot();
  const outcome = await attempt(work, store, kind !== "operation");
  // What is done after the commit is too late for a row.
  const [rows, end] = [await rowsOf(store, Object.keys(tables)), store.snapshot()];
  await context.afterwards();
  return {
    outcome,
    rows,
    changes: changesOf(tables, start, end),
    hasChangedInput: JSON.stringify(inputs, asNumber) !== before,
  };
}

/** What fails takes back its changes; so does what refuses. */
async function attempt(work: () => Promise<CallOutcome>, store: StandIn, isTransaction: boolean): Promise<CallOutcome> {
  const before = store.snapshot();
  try {
    const outcome = await work();
    if (isTransaction && outcome.kind === "refused") store.restore(before);
    return outcome;
  } catch (cause) {
    if (isTransaction) store.restore(before);
    return cause === notImplemented ? { kind: "not-implemented" } : { kind: "threw", message: messageOf(cause) };
  }
}

async function inputOf(store: StandIn, input: TrialInput): Promise<unknown> {
  switch (input.kind) {
    case "nothing":
      return undefined;
    case "value":
      return copyOf(input.value);
    case "row":
      return store.rows(input.collection).read(input.key);
    case "rows":
      return Promise.all(input.keys.map((key) => store.rows(input.collection).read(key)));
  }
}

function outcomeOf(answer: unknown, refusals: Refusals): CallOutcome {
  if (answer === undefined) return { kind: "nothing" };
  const known = refusals.of(answer);
  if (known) return known;
  return { kind: "value", value: copyOf(answer) };
}

async function rowsOf(store: StandIn, collections: readonly string[]): Promise<CallReport["rows"]> {
  const read = collections.map(async (name) => [name, (await store.rows(name).list({})).items] as const);
  return Object.fromEntries(await Promise.all(read));
}

type Rows = ReturnType<StandIn["snapshot"]>;

/** Rows are never changed in place, so one that is the same object is the same row. */
function changesOf(tables: SandboxJob["tables"], start: Rows, end: Rows): readonly RowChange[] {
  return Object.entries(tables).flatMap(([collection, { key }]) => {
    const [before, after] = [start[collection] ?? [], end[collection] ?? []];
    if (before === after) return [];
    const isSame = (one: object, other: object): boolean =>
      key.every((name) => cellOf(one, name) === cellOf(other, name));
    const gone = before
      .filter((row) => !after.includes(row))
      .map((row): RowChange => {
        const next = after.find((one) => isSame(one, row));
        return { collection, before: row, ...(next && { after: next }) };
      });
    const made = after.filter((row) => !before.some((one) => isSame(one, row)));
    return [...gone, ...made.map((row) => ({ collection, after: row }))];
  });
}

function cellOf(row: object, name: string): unknown {
  return Object.entries(row).find(([one]) => one === name)?.[1];
}

/** A plain text that it holds itself; whatever else was thrown is not touched. */
function messageOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "something that is no error";
  const message: unknown = Object.getOwnPropertyDescriptor(cause, "message")?.value;
  return typeof message === "string" ? message.slice(0, 300) : "an error";
}
