import { posix } from "node:path";
import { error, warning } from "../diagnostic/catalog.ts";
import { hasErrors, type Checked, type Diagnostic } from "../diagnostic/diagnostic.ts";
import { placeOf } from "../document/resolve.ts";
import type { Host } from "../host.ts";
import { changedFiles } from "../output/result.ts";
import type { SlotContract } from "../plan/plan.ts";
import type { Outcome } from "../run.ts";
import { printFinding, type Finding } from "../slot/gate/finding.ts";
import type { Gate } from "../slot/gate/gate.ts";
import type { LockedSlot } from "../slot/lock.ts";
import { openFillWorld, type FillWorldInput } from "./fill-world.ts";
import type { Landing } from "./land.ts";

/**
 * What `scaffold check` has to say: whether disk, lock and document agree, whether every body that is in use passes the
 * gate, and which slots are open or stale. Nothing is written.
 */
export async function checkStage(host: Host, input: FillWorldInput, landed: Landing): Promise<Checked<Outcome>> {
  const drift = driftOf(input, landed);
  const bodies = await bodyFindings(host, input, landed);
  const slots = input.plan.slots.flatMap((slot) => slotFinding(input, slot, landed.lock.slots.get(slot.id)));
  const diagnostics = [...drift, ...bodies, ...slots];
  const outcome = hasErrors([...drift, ...bodies]) ? "drift" : hasErrors(slots) ? "open-slots" : "done";
  return { value: outcome, diagnostics };
}

const mostNamed = 5;

function driftOf({ output, plan, setting }: FillWorldInput, { changes, lock }: Landing): readonly Diagnostic[] {
  const { shown, previous } = output;
  if (previous.files.size === 0) {
    const saw = `There is nothing in ${shown} yet.`;
    return [error("check/drift", { place: { file: shown }, saw, fix: `scaffold crud ${setting.spec} makes it.` })];
  }
  const changed = changedFiles(changes).map(({ path }) => path);
  const differing = plan.slots.flatMap(({ id, file }) => {
    const before = output.lock.slots.get(id);
    const saw = differenceOf(id, before, lock.slots.get(id));
    return saw === undefined ? [] : [error("slot/differs", { place: { file: posix.join(shown, file) }, saw })];
  });
  if (changed.length === 0) return differing;
  const named = changed.slice(0, mostNamed).join(", ");
  const rest = changed.length > mostNamed ? ` and ${changed.length - mostNamed} more` : "";
  const [subject, them] = changed.length === 1 ? ["One file is", "it"] : [`${changed.length} files are`, "them"];
  const saw = `${subject} not as the document, the config and the lock make ${them}: ${named}${rest}.`;
  return [...differing, error("check/drift", { place: { file: shown }, saw })];
}

/** Where the lock and the logic file have two bodies of one slot. */
function differenceOf(id: string, before: LockedSlot | undefined, after: LockedSlot | undefined): string | undefined {
  const [locked, used] = [before?.body?.join("\n"), after?.body?.join("\n")];
  if (after?.state === "parked") return `The lock has a body of ${id} that is not used.`;
  if (locked === used) return undefined;
  const whose = before?.by === "model" ? "a model's" : "a person's";
  if (used === undefined) return `The lock has ${whose} body of ${id}, and the logic file has none.`;
  if (locked === undefined) return `The logic file has a body of ${id}, and the lock has none.`;
  return `The logic file has another body of ${id} than the lock, which says that it is ${whose}.`;
}

/** A model's body must pass the gate as it did when it landed; of a person's it is told what reaches out. */
async function bodyFindings(host: Host, input: FillWorldInput, { lock }: Landing): Promise<readonly Diagnostic[]> {
  const used = input.plan.slots.flatMap((slot) => {
    const known = lock.slots.get(slot.id);
    return known?.body === undefined || known.state === "parked" ? [] : [{ slot, known, body: known.body.join("\n") }];
  });
  if (used.length === 0) return [];
  const { gate } = await openFillWorld(host, { ...input, isLinted: false });
  const found: Diagnostic[] = [];
  for (const { slot, known, body } of used) found.push(...(await judged(gate, input, slot, known, body)));
  return found;
}

async function judged(
  gate: Gate,
  { output }: FillWorldInput,
  slot: SlotContract,
  { by, tests }: LockedSlot,
  body: string,
): Promise<readonly Diagnostic[]> {
  const place = { file: posix.join(output.shown, slot.file) };
  const { findings } = await gate.judge(slot.id, body, tests);
  const isAgainst = ({ step }: Finding) => by === "model" || step === "examples";
  const [against] = findings.filter(isAgainst);
  if (against) {
    const whose = by === "model" ? "which the lock says a model wrote" : "a person's";
    const saw = `The body of ${slot.id}, ${whose}, does not pass: ${printFinding(against)}`;
    return [error("slot/refused", { place, saw })];
  }
  const [reaching] = findings.filter(({ isEscape }) => isEscape === true);
  if (reaching === undefined) return [];
  const saw = `The body of ${slot.id}, a person's, does what no model's may. ${reaching.saw}`;
  return [warning("slot/reaches-out", { place, saw })];
}

function slotFinding(
  { setting, document }: FillWorldInput,
  { id, pointer, untilFilled, isCompiled }: SlotContract,
  known: LockedSlot | undefined,
): readonly Diagnostic[] {
  const place = placeOf(document, pointer);
  if (known?.state === "stale") {
    const saw = `The contract of ${id} has changed since its body was accepted.`;
    return [(setting.check?.isFrozen === true ? error : warning)("slot/stale", { place, saw })];
  }
  const isOpen = !isCompiled && (known === undefined || known.state === "open" || known.state === "parked");
  if (!isOpen || setting.check?.mustBeFilled !== true) return [];
  return [error("slot/open", { place, saw: `${id} is open; it ${untilFilled}.` })];
}
