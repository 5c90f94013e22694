import { error } from "../diagnostic/catalog.ts";
import type { Checked } from "../diagnostic/diagnostic.ts";
import { hashOf } from "../hash.ts";
import type { Json } from "../document/openapi.ts";
import { isRecord } from "../json.ts";

/** Relative to the output folder, unless the config puts it elsewhere. */
export const lockPath = "scaffold.lock.json";

/** What is known of every slot, its body included: committed beside the service (DESIGN §6). */
export interface Lock {
  readonly slots: ReadonlyMap<string, LockedSlot>;
  /** Logic files that have no place any more, whole, by path; they come back with their slots. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** What people wrote beside the slots of logic files, by path (beside.ts): with it, the files can be made again. */
  readonly beside: ReadonlyMap<string, readonly string[]>;
}

export type SlotState =
  /** Never filled, or given up. */
  | "open"
  /** A model's. */
  | "filled"
  /** A person's. */
  | "adopted"
  /** The contract changed since; the body is in use while it passes. */
  | "stale"
  /** Its operation is gone. */
  | "parked";

export interface LockedSlot {
  /** Hash of the contract that the body was accepted under. */
  readonly contract: string;
  readonly state: SlotState;
  /** `document`: it is compiled from an expression there, and is no part of the lock. */
  readonly by?: "person" | "model" | "document";
  /** Lines between the braces; absent while it is open. */
  readonly body?: readonly string[];
  /** While it is parked: imports and declarations that nothing else in its file has used. */
  readonly helpers?: readonly string[];
  /** Hash of the code of the last fallback, so that an untouched one is known when the next looks different. */
  readonly fallback?: string;
  readonly rounds?: number;
  readonly tokens?: number;
  /** What was shown to hold, or the last diagnostics of a slot that was given up. */
  readonly evidence?: readonly string[];
  /** Tests of the model's own that count, in the form of the document's examples; its body is tried on them again. */
  readonly tests?: readonly Json[];
}

export const emptyLock: Lock = { slots: new Map(), files: new Map(), beside: new Map() };

/** Short enough for a diff, long enough never to meet another. */
export function contractHash(contract: string): string {
  return hashOf(contract).slice(0, 16);
}

/** Sorted by id, members in one order, one line for each line of a body, so that branches merge line by line. */
export function printLock({ slots, files, beside }: Lock): string {
  const printed = {
    version: 1,
    slots: sorted(slots, printSlot),
    ...(files.size > 0 && { files: sorted(files, (lines) => lines) }),
    ...(beside.size > 0 && { beside: sorted(beside, (lines) => lines) }),
  };
  return `${JSON.stringify(printed, null, 2)}\n`;
}

function printSlot({
  contract,
  state,
  by,
  fallback,
  rounds,
  tokens,
  evidence,
  tests,
  helpers,
  body,
}: LockedSlot): object {
  return {
    contract,
    state,
    ...(by !== undefined && { by }),
    ...(fallback !== undefined && { fallback }),
    ...(rounds !== undefined && { rounds }),
    ...(tokens !== undefined && { tokens }),
    ...(evidence !== undefined && { evidence }),
    ...(tests !== undefined && { tests }),
    ...(helpers !== undefined && { helpers }),
    ...(body !== undefined && { body }),
  };
}

function sorted<T>(map: ReadonlyMap<string, T>, print: (value: T) => object): object {
  const entries = [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, print(value)]));
}

/** Reads a lock. What is not understood is an error: a lock half read would lose bodies when it is written. */
export function readLock(text: string, file: string): Checked<Lock> {
  const parsed = parse(text);
  if (!isRecord(parsed) || !isRecord(parsed["slots"])) {
    const isMerge = /^<{7} /m.test(text);
    return invalid(file, isMerge ? "It holds the conflict markers of a merge." : "It does not parse, or has no slots.");
  }
  if (parsed["version"] !== 1) return invalid(file, `Its version is ${JSON.stringify(parsed["version"])}, not 1.`);
  const slots = Object.entries(parsed["slots"]);
  const wrong = slots.find(([, slot]) => !isLockedSlot(slot));
  if (wrong) return invalid(file, `The entry of ${JSON.stringify(wrong[0])} is not understood.`);
  const value: Lock = {
    slots: new Map(slots.filter((entry): entry is [string, LockedSlot] => isLockedSlot(entry[1]))),
    files: linesByPath(parsed["files"]),
    beside: linesByPath(parsed["beside"]),
  };
  return { value, diagnostics: [] };
}

function linesByPath(value: unknown): ReadonlyMap<string, readonly string[]> {
  const entries = Object.entries(isRecord(value) ? value : {});
  return new Map(entries.filter((entry): entry is [string, string[]] => isLines(entry[1])));
}

function invalid(file: string, saw: string): Checked<Lock> {
  return { value: emptyLock, diagnostics: [error("lock/invalid", { place: { file }, saw })] };
}

const states: readonly unknown[] = ["open", "filled", "adopted", "stale", "parked"] satisfies SlotState[];

const authors: readonly unknown[] = ["person", "model", "document"] satisfies LockedSlot["by"][];

function isLockedSlot(value: unknown): value is LockedSlot {
  return (
    isRecord(value) &&
    typeof value["contract"] === "string" &&
    states.includes(value["state"]) &&
    (value["by"] === undefined || authors.includes(value["by"])) &&
    (value["body"] === undefined || isLines(value["body"])) &&
    (value["helpers"] === undefined || isLines(value["helpers"])) &&
    (value["fallback"] === undefined || typeof value["fallback"] === "string") &&
    (value["rounds"] === undefined || typeof value["rounds"] === "number") &&
    (value["tests"] === undefined || Array.isArray(value["tests"])) &&
    (value["tokens"] === undefined || typeof value["tokens"] === "number") &&
    (value["evidence"] === undefined || isLines(value["evidence"]))
  );
}

function isLines(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((line) => typeof line === "string" && !line.includes("\n"));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
