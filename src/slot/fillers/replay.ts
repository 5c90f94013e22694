import type { Attempt, Filler } from "../fill/filler.ts";
import { noUsage } from "../fill/usage.ts";

/** Answers with bodies that are known already, by slot id: for tests and CI. They are judged like any other. */
export function replayFiller(bodies: ReadonlyMap<string, readonly string[]>): Filler {
  return {
    name: "replay",
    open: (slot) => {
      const candidates = [...(bodies.get(slot.id) ?? [])];
      const next = (): Attempt => {
        const text = candidates.shift();
        if (text === undefined) return { kind: "over", why: "there is no body to replay", usage: noUsage };
        return { kind: "candidate", text, usage: noUsage };
      };
      return Promise.resolve({ next: () => Promise.resolve(next()), transcript: () => [] });
    },
  };
}
