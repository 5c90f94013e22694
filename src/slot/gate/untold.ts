import type { SlotTrial } from "../../plan/trials/trial.ts";
import type { SandboxRun } from "../sandbox/run.ts";
import { exampleFindings } from "./examples.ts";
import type { Mutant } from "./mutants.ts";

/** A mutant that takes the process with it is told apart; those after it are tried in another one, so many times. */
const mostRestarts = 3;

/**
 * Mistakes that nobody would notice: mutants of a body that hold all that the body holds. Where the mistake changes what
 * the rule means, the document lacks an example; no machine can know whether it does.
 */
export async function untoldMutants(
  mutants: readonly Mutant[],
  examples: readonly SlotTrial[],
  derived: readonly SlotTrial[],
  run: Run,
): Promise<readonly string[]> {
  // Most are told by the examples themselves, which are few.
  const left = await holding(mutants.filter(isTelling), examples, run);
  const untold = await holding(left, derived, run);
  return untold.map(({ line, was, is }) => `line ${line}: ${oneLine(was)} from ${oneLine(is)}`);
}

type Run = (scripts: readonly string[], trials: readonly SlotTrial[]) => Promise<SandboxRun>;

/** Those that hold all of the trials. */
async function holding(mutants: readonly Mutant[], trials: readonly SlotTrial[], run: Run): Promise<readonly Mutant[]> {
  if (trials.length === 0) return mutants;
  const held: Mutant[] = [];
  let left = mutants;
  for (let turn = 0; turn <= mostRestarts && left.length > 0; turn += 1) {
    const { reports } = await run(
      left.map(({ text }) => text),
      trials,
    );
    const done = Math.floor(reports.length / trials.length);
    held.push(
      ...left.slice(0, done).filter((_, at) => {
        const own = reports.slice(at * trials.length, (at + 1) * trials.length);
        return exampleFindings(trials, { reports: own, end: "done" }).length === 0;
      }),
    );
    left = left.slice(done + 1);
  }
  return held;
}

/** A number that is one more is often no mistake, and neither is the order of what is sorted. */
function isTelling({ was }: Mutant): boolean {
  return !/^\d/.test(was);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").slice(0, 80);
}
