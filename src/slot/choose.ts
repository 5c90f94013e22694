import { posix } from "node:path";
import { warning } from "../diagnostic/catalog.ts";
import { hashOf } from "../hash.ts";
import type { SlotContract } from "../plan/plan.ts";
import { bodyOf, isMarker, linesOf, withComments, withoutMarker } from "./body.ts";
import { textAt, type ChosenBody } from "./carry-file.ts";
import { contractHash, type Lock, type LockedSlot } from "./lock.ts";
import type { LogicFile, LogicFunction } from "./scan.ts";
import type { Work } from "./work.ts";

/** A body on disk, and under which id it was known. */
export interface DiskBody {
  readonly id: string;
  readonly body: string;
  readonly oldFallbacks: LogicFile | undefined;
}

/** What is on disk if somebody wrote it; else what the lock has, if it passes; else the fallback. */
export function chooseBody(
  work: Work,
  contract: SlotContract,
  fallback: string,
  found: DiskBody | undefined,
): ChosenBody {
  const { parser, input, slots } = work;
  const known = input.lock.slots.get(contract.id) ?? input.lock.slots.get(found?.id ?? contract.id);
  const code = parser.code(fallback);
  // What the document states exactly takes the place of what a model made of its words.
  const isReplaced = contract.isCompiled && known?.by === "model";
  const disk = isReplaced && isBodyOf(known, found) ? undefined : found?.body;
  const open = openSlot(contract, input.lock, hashOf(code).slice(0, 16));
  const why = input.refused?.get(contract.id);
  if (found && known?.by === "model" && why !== undefined && isBodyOf(known, found)) {
    return parked(work, contract, known, open, why, fallback);
  }
  if (found && disk !== undefined && !isFallback(work, found.id, disk, code, found.oldFallbacks)) {
    const text = withoutMarker(disk);
    const lines = linesOf(text);
    // What was refused is kept beside what a person wrote instead.
    if (known?.state === "parked" && known.body?.join("\n") !== lines.join("\n")) setAside(work, contract.id, known);
    slots.set(contract.id, lockedBody(contract, known, lines));
    return { text, isTheirs: true };
  }
  if (known?.body !== undefined && !isReplaced && parser.code(bodyOf(known.body)) !== code) {
    return fromLock(work, contract, known, known.body, fallback);
  }
  slots.set(contract.id, open);
  const written = disk ?? (known?.body && bodyOf(known.body));
  if (written === undefined || parser.comments(written).every(isMarker)) return { text: fallback, isTheirs: false };
  const isCurrent = disk !== undefined && parser.code(disk) === code;
  return { text: isCurrent ? disk : withComments(fallback, parser.comments(written)), isTheirs: isCurrent };
}

/** A model's body that does not pass any more is kept beside its slot, which is open again. */
function parked(
  work: Work,
  contract: SlotContract,
  known: LockedSlot,
  open: LockedSlot,
  why: string,
  fallback: string,
): ChosenBody {
  setAside(work, contract.id, known);
  work.slots.set(contract.id, open);
  const saw = `The contract of ${contract.id} has changed, and its body passes no more: ${why}. The slot ${contract.untilFilled}.`;
  const place = { file: posix.join(work.input.shown, contract.file) };
  work.diagnostics.push(
    warning("slot/parked", { place, saw, fix: "Fill it again, or write it; the lock keeps the body." }),
  );
  return { text: fallback, isTheirs: false };
}

/** True for what is on disk as the lock has it. */
function isBodyOf({ body }: LockedSlot, found: DiskBody | undefined): boolean {
  return found === undefined || linesOf(withoutMarker(found.body)).join("\n") === body?.join("\n");
}

/** A body that only the lock has is put back if it passes; else the fallback stays, and the lock keeps the body. */
function fromLock(
  { parser, input, slots, restored, diagnostics }: Work,
  contract: SlotContract,
  known: LockedSlot,
  body: readonly string[],
  fallback: string,
): ChosenBody {
  const helpers = known.helpers?.join("\n") ?? "";
  const [violation = input.refused?.get(contract.id)] = [
    ...parser.violations(body.join("\n"), "body"),
    ...parser.violations(helpers, "file"),
  ];
  if (violation === undefined) {
    restored.add(contract.id);
    slots.set(contract.id, lockedBody(contract, known, body));
    return { text: bodyOf(body), isTheirs: true, ...(helpers !== "" && { helpers: parser.scan(helpers, "").value }) };
  }
  const saw = `The body of ${contract.id} in the lock is not used: ${violation}. The slot ${contract.untilFilled}.`;
  diagnostics.push(warning("slot/invalid-body", { place: { file: posix.join(input.shown, contract.file) }, saw }));
  slots.set(contract.id, { ...known, state: "parked" });
  return { text: fallback, isTheirs: false };
}

/** Keeps a body under a name beside its slot's. */
export function setAside({ slots, input }: Work, id: string, slot: LockedSlot): void {
  const isTaken = (name: string) => slots.has(name) || input.lock.slots.has(name);
  for (let number = 2; ; number++) {
    if (isTaken(`${id}#${number}`)) continue;
    slots.set(`${id}#${number}`, { ...slot, state: "parked" });
    return;
  }
}

/** True for the fallback of this run or of the last one, whatever comments stand in it. */
export function isFallback(
  work: Work,
  id: string,
  body: string,
  code: string | undefined,
  oldFallbacks: LogicFile | undefined,
): boolean {
  const own = work.parser.code(body);
  if (own === code) return true;
  const known = work.input.lock.slots.get(id);
  if (known?.fallback !== undefined && known.fallback === hashOf(own).slice(0, 16)) return true;
  const old = oldFallbacks?.functions.find((one: LogicFunction) => one.slot === id);
  return old !== undefined && oldFallbacks !== undefined && work.parser.code(textAt(oldFallbacks, old.body)) === own;
}

/** A body that the lock does not have as it is, is a person's, accepted under the contract of now. */
function lockedBody({ contract }: SlotContract, known: LockedSlot | undefined, body: readonly string[]): LockedSlot {
  const hash = contractHash(contract);
  if (known?.body === undefined || known.body.join("\n") !== body.join("\n")) {
    return { contract: hash, state: "adopted", by: "person", body };
  }
  const { fallback: _, helpers: __, ...kept } = known;
  const accepted = known.by === "model" ? "filled" : "adopted";
  return { ...kept, state: known.contract === hash ? accepted : "stale" };
}

/** A slot with the body that it is rendered with. `fallback` is the hash of its code, where it is known. */
export function openSlot(
  { id, contract, isCompiled }: SlotContract,
  lock: Lock,
  fallback: string | undefined,
): LockedSlot {
  const known = lock.slots.get(id);
  return {
    contract: contractHash(contract),
    ...(isCompiled ? ({ state: "filled", by: "document" } as const) : ({ state: "open" } as const)),
    ...(fallback !== undefined && { fallback }),
    ...(known?.state === "open" && known.evidence && { evidence: known.evidence }),
  };
}

/** True for a body that the lock keeps when its slot is gone: somebody wrote it, or noted something in it. */
export function isKept(work: Work, id: string, body: string, oldFallbacks: LogicFile | undefined): boolean {
  const isNoted = work.parser.comments(body).some((comment) => !isMarker(comment));
  return isNoted || !isFallback(work, id, body, undefined, oldFallbacks);
}
