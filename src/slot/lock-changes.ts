import { error } from "../diagnostic/catalog.ts";
import { nearestName } from "../diagnostic/nearest-name.ts";
import type { Checked, Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Plan } from "../plan/plan.ts";
import { contractHash, type Lock, type LockedSlot } from "./lock.ts";

interface SlotChanges {
  readonly forget: readonly string[];
  readonly accept: readonly string[];
}

/** The lock without the bodies that are to be forgotten, and with those accepted that are stale; else the same one. */
export function changedLock(lock: Lock, { slots: planned }: Plan, { forget, accept }: SlotChanges): Checked<Lock> {
  if (forget.length + accept.length === 0) return { value: lock, diagnostics: [] };
  const contracts = new Map(planned.map(({ id, contract }) => [id, contractHash(contract)]));
  const slots = new Map(lock.slots);
  const diagnostics: Diagnostic[] = [];
  for (const id of forget) {
    const known = lock.slots.get(id);
    if (known === undefined) diagnostics.push(unknown(id, lock));
    else if (known.state !== "parked") {
      const saw = `${id} is ${known.state}, and not parked; nothing was changed.`;
      diagnostics.push(error("slot/unknown", { saw, fix: "Take the body out of its logic file first." }));
    } else slots.delete(id);
  }
  for (const id of accept) {
    const known = lock.slots.get(id);
    const contract = contracts.get(id);
    if (known === undefined || contract === undefined) diagnostics.push(unknown(id, lock));
    else if (known.body === undefined || known.state === "parked") {
      const saw = `${id} is ${known.state}: there is no body in use to accept.`;
      diagnostics.push(error("slot/unknown", { saw, fix: "Type one that is stale." }));
    } else slots.set(id, { ...known, contract, state: acceptedState(known) });
  }
  return { value: { ...lock, slots }, diagnostics };
}

function acceptedState({ by }: LockedSlot): LockedSlot["state"] {
  return by === "model" ? "filled" : "adopted";
}

function unknown(id: string, { slots }: Lock): Diagnostic {
  const near = nearestName(id, [...slots.keys()]);
  const fix = near === undefined ? undefined : `did you mean "${near}"?`;
  return error("slot/unknown", { saw: `The lock has no slot "${id}"; nothing was changed.`, fix });
}
