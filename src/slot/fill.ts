import type { SlotContract } from "../plan/plan.ts";

/** Asked for the body of one open slot; undefined: the fallback stays. */
export type Filler = (slot: SlotContract) => Promise<readonly string[] | undefined>;

/** Lines of bodies by slot id. Without a filler nothing is asked and every fallback stays. */
export async function fill(
  open: readonly SlotContract[],
  filler: Filler | undefined,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const filled = new Map<string, readonly string[]>();
  if (!filler) return filled;
  for (const slot of open) {
    const body = await filler(slot);
    if (body) filled.set(slot.id, body);
  }
  return filled;
}
