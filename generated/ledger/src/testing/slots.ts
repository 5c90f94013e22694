import { readFileSync } from "node:fs";
import { test } from "vitest";
import { operationContext, transaction, type Context, type OperationContext, type Origin } from "../context.ts";
import type { Key } from "../contract.ts";
import { buildServices } from "../extensions.ts";
import { ownLogic } from "../logic.ts";
import { caller as usualCaller } from "./callers.ts";
import { database } from "./database.ts";

/** Whether nobody has filled a slot: its body still begins as we left it. */
export function isOpen(logicFile: URL, functionName: string): boolean {
  const text = readFileSync(logicFile, "utf8");
  const start = text.search(new RegExp(`function ${functionName}\\(`));
  const end = text.indexOf("\nexport ", start);
  return start >= 0 && /^\s*\/\/ Open:/m.test(text.slice(start, end < 0 ? undefined : end));
}

/** A test of a slot's body; skipped as long as the slot is open, under its name. */
export function slotTest(id: string, open: boolean): (title: string, work: () => Promise<void>) => void {
  return (title, work) => (open ? test.skip(`${id} is open: ${title}`, work) : test(title, work));
}

/** A row that is there. */
export async function existing<Row>(rows: { read(key: Key): Promise<Row | undefined> }, key: Key): Promise<Row> {
  const row = await rows.read(key);
  if (row === undefined) throw new Error(`There is no row with the key ${JSON.stringify(key)}.`);
  return row;
}

/** What a slot's example says of the call. */
interface Circumstances {
  readonly caller?: string | undefined;
  readonly now?: string | undefined;
}

const moment = "2026-10-02T08:30:00Z";

function originOf({ caller = usualCaller, now = moment }: Circumstances): Origin {
  return { caller: { subject: caller, scopes: [] }, now, logic: ownLogic, services: buildServices(), report: () => {} };
}

/** Runs a slot in one transaction, as an operation would. */
export function inTransaction<Result>(
  circumstances: Circumstances,
  work: (context: Context) => Promise<Result>,
): Promise<Result> {
  return transaction(database, originOf(circumstances), work);
}

/** Runs a slot that chooses its transactions itself. */
export function inOperation<Result>(
  circumstances: Circumstances,
  work: (context: OperationContext) => Promise<Result>,
): Promise<Result> {
  return work(operationContext(database, originOf(circumstances)));
}
