import type { SlotContract } from "../../plan/plan.ts";
import { sideBySide } from "../../side-by-side.ts";
import { linesOf } from "../body.ts";
import { printFinding, type Finding } from "../gate/finding.ts";
import type { Gate } from "../gate/gate.ts";
import { contractHash, type Lock, type LockedSlot } from "../lock.ts";
import type { PassedBodies } from "./cache.ts";
import type { Filler } from "./filler.ts";
import { fillSlot, type SlotFill } from "./loop.ts";
import { noUsage, tokensOf } from "./usage.ts";

export interface FillInput {
  readonly slots: readonly SlotContract[];
  readonly lock: Lock;
  readonly gate: Gate;
  readonly filler: Filler;
  readonly passed: PassedBodies;
  readonly mostRounds: number;
  /** How many slots are filled side by side. */
  readonly concurrency: number;
  /** Only these; all that are open where it is left out. */
  readonly only?: ReadonlySet<string>;
  /** The body as the house's formatter prints it within its function. */
  readonly format: (slot: SlotContract, body: string) => Promise<string>;
  readonly onProgress?: (progress: FillProgress) => void;
}

export interface FillProgress {
  readonly id: string;
  readonly round: number;
  /** What came of it, at its end. */
  readonly done?: SlotFill;
}

export interface Filled {
  /** The lock with the bodies that passed; the same lock where none did and nothing was learnt. */
  readonly lock: Lock;
  readonly fills: readonly SlotFill[];
  /** Asks once more for a body that did not hold after the gate; undefined where nobody can be asked, or rounds are used up. */
  readonly again: (before: SlotFill, findings: readonly Finding[]) => Promise<Refilled | undefined>;
}

export interface Refilled {
  readonly fill: SlotFill;
  readonly locked: LockedSlot;
}

/** Asks for the bodies of open slots, several side by side; each that passes is kept at once, whatever comes after. */
export async function fill(input: FillInput): Promise<Filled> {
  const open = input.slots.filter(
    ({ id }) => input.lock.slots.get(id)?.state === "open" && (input.only === undefined || input.only.has(id)),
  );
  const fills = await sideBySide(open, (slot) => fillOne(input, slot), input.concurrency);
  const again: Filled["again"] = async (before, findings) => {
    const slot = open.find(({ id }) => id === before.id);
    if (slot === undefined || before.again === undefined) return undefined;
    const done = await finished(input, slot, await before.again(findings));
    return { fill: done, locked: lockedSlot(slot, done, input.lock.slots.get(slot.id)) };
  };
  if (fills.length === 0) return { lock: input.lock, fills, again };
  const slots = new Map(input.lock.slots);
  for (const [at, slot] of open.entries()) {
    const done = fills[at];
    if (done) slots.set(slot.id, lockedSlot(slot, done, input.lock.slots.get(slot.id)));
  }
  return { lock: { ...input.lock, slots }, fills, again };
}

async function fillOne(input: FillInput, slot: SlotContract): Promise<SlotFill> {
  const { passed, gate, filler, mostRounds, onProgress } = input;
  const contract = contractHash(slot.contract);
  const known = await passed.find(slot.id, contract);
  const again = known && (await gate.judge(slot.id, known.body.join("\n"), known.tests));
  const done: SlotFill =
    known && again?.isClean === true
      ? {
          ...nothingAsked(slot.id),
          result: { kind: "kept", body: again.body, evidence: again.evidence, tests: again.tests },
        }
      : await fillSlot(slot, filler, gate, mostRounds, (round) => onProgress?.({ id: slot.id, round }));
  return finished(input, slot, done);
}

/** Formats a body that passed, and keeps it. */
async function finished(input: FillInput, slot: SlotContract, done: SlotFill): Promise<SlotFill> {
  const { passed, filler, onProgress } = input;
  const formatted = await toldFill(input, slot, await formattedFill(input, slot, done));
  if (formatted.result.kind === "kept" && formatted.rounds > 0) {
    const body = linesOf(formatted.result.body);
    await passed.keep(slot.id, {
      contract: contractHash(slot.contract),
      body,
      by: filler.name,
      tests: formatted.result.tests,
      rounds: formatted.rounds,
      tokens: tokensOf(formatted.usage),
    });
  }
  onProgress?.({ id: slot.id, round: formatted.rounds, done: formatted });
  return formatted;
}

function nothingAsked(id: string): Omit<SlotFill, "result"> {
  return { id, rounds: 0, usage: noUsage, transcript: [] };
}

async function formattedFill({ format }: FillInput, slot: SlotContract, done: SlotFill): Promise<SlotFill> {
  if (done.result.kind !== "kept") return done;
  return { ...done, result: { ...done.result, body: await format(slot, done.result.body) } };
}

/** With what its examples do not tell apart. */
async function toldFill({ gate }: FillInput, { id }: SlotContract, done: SlotFill): Promise<SlotFill> {
  const { result } = done;
  if (result.kind !== "kept") return done;
  const untold = await gate.untold(id, result.body);
  const evidence = untold.map((one) => `no example tells, in ${one}`);
  return { ...done, result: { ...result, evidence: [...result.evidence, ...evidence], untold } };
}

/** What is known of a slot afterwards: its body and what was shown to hold, or why it is still open. */
function lockedSlot(
  slot: SlotContract,
  { result, rounds, usage }: SlotFill,
  known: LockedSlot | undefined,
): LockedSlot {
  const contract = contractHash(slot.contract);
  if (result.kind === "kept") {
    const spent = rounds === 0 ? {} : { rounds, tokens: tokensOf(usage) };
    return {
      contract,
      state: "filled",
      by: "model",
      ...spent,
      evidence: result.evidence,
      ...(result.tests.length > 0 && { tests: result.tests }),
      body: linesOf(result.body),
    };
  }
  const why = [`Given up: ${result.why}.`, ...result.findings.map(printFinding)];
  const evidence = why.flatMap((line) => line.split("\n")).slice(0, 12);
  return { contract, state: "open", ...(known?.fallback !== undefined && { fallback: known.fallback }), evidence };
}
