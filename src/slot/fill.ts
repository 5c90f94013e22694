import type { SlotContract } from "../plan/plan.ts";
import { contractHash, type Lock, type LockedSlot } from "./lock.ts";

/** Asked for the body of one open slot; undefined: the fallback stays. */
export type Filler = (slot: SlotContract) => Promise<readonly string[] | undefined>;

/** The lock with the bodies that a filler found for open slots; the same lock if it found none. */
export async function fill(slots: readonly SlotContract[], lock: Lock, filler: Filler): Promise<Lock> {
  const filled = new Map(lock.slots);
  let isFilled = false;
  for (const slot of slots) {
    if (lock.slots.get(slot.id)?.state !== "open") continue;
    const body = await filler(slot);
    if (!body) continue;
    filled.set(slot.id, modelsBody(slot, body));
    isFilled = true;
  }
  return isFilled ? { ...lock, slots: filled } : lock;
}

function modelsBody({ contract }: SlotContract, body: readonly string[]): LockedSlot {
  return { contract: contractHash(contract), state: "filled", by: "model", body };
}
