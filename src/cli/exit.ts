import type { Outcome } from "../run.ts";

/** Exit codes that are not the outcome of a run: sysexits' EX_USAGE and EX_SOFTWARE. */
export const wrongUsage = 64;
export const ownBug = 70;

/** What a shell sees of each outcome (docs/cli.md). */
export const exitCodes: Readonly<Record<Outcome, number>> = {
  done: 0,
  drift: 1,
  invalid: 2,
  "open-slots": 3,
  "unsafe-migration": 4,
  conflict: 5,
  "verification-failed": 6,
  interrupted: 130,
};
