import type { SlotTrial } from "../../plan/trials/trial.ts";
import type { SandboxRun } from "../sandbox/run.ts";
import { exampleFindings } from "./examples.ts";
import type { Finding } from "./finding.ts";

/** What a model's own tests are worth beside its body. */
export interface ProposedTests {
  /** Why the body itself does not hold them. */
  readonly findings: readonly Finding[];
  /** Places, in what was proposed, of those that count. */
  readonly counting: readonly number[];
  readonly evidence: readonly string[];
}

export interface ProposedInput {
  readonly trials: readonly SlotTrial[];
  /** The function as JavaScript: as it was handed in, as its fallback, and with a mistake each. */
  readonly script: string;
  readonly fallback: string;
  readonly mutants: readonly string[];
  readonly run: (script: string, trials: readonly SlotTrial[]) => Promise<SandboxRun>;
}

/**
 * A test that whoever wrote the body wrote too says little by itself: it counts only where it fails on the fallback, and
 * on a mutant of the body.
 */
export async function judgeProposed({ trials, script, fallback, mutants, run }: ProposedInput): Promise<ProposedTests> {
  const own = exampleFindings(trials, await run(script, trials));
  if (own.length > 0) {
    const findings = own.map((one) => ({
      ...one,
      saw: `Of your own tests: ${one.saw}`,
      cure: "Correct the test, or the function.",
    }));
    return { findings, counting: [], evidence: [] };
  }
  const onFallback = await failing(trials, fallback, run);
  const onMutants: ReadonlySet<number>[] = [];
  for (const mutant of mutants) onMutants.push(await failing(trials, mutant, run));
  const counting = trials.flatMap((_, at) => (onFallback.has(at) && onMutants.some((one) => one.has(at)) ? [at] : []));
  const noticed = onMutants.filter((one) => counting.some((at) => one.has(at))).length;
  const evidence = `${counting.length} of ${trials.length} tests of the model's own count: they fail on the fallback, and notice ${noticed} of ${mutants.length} mutants`;
  return { findings: [], counting, evidence: [evidence] };
}

/** Places of the trials that do not hold; all that it never came to are among them. */
async function failing(
  trials: readonly SlotTrial[],
  script: string,
  run: ProposedInput["run"],
): Promise<ReadonlySet<number>> {
  const { reports, end } = await run(script, trials);
  const failed = trials.flatMap((trial, at) => {
    const report = reports[at];
    const isHeld = report !== undefined && exampleFindings([trial], { reports: [report], end: "done" }).length === 0;
    return isHeld || (report === undefined && end === "done") ? [] : [at];
  });
  return new Set(failed);
}
