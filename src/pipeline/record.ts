import { posix } from "node:path";
import { hasErrors, type Checked, type Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import type { Outcome, Reporter, RunResult, StageName } from "../run.ts";
import type { Hold } from "../output/hold.ts";
import { notWritable } from "../output/not-writable.ts";
import type { Staging } from "../verify/staging.ts";

/** What is said of a stage on its line; undefined: no line. */
export interface Said {
  readonly subject: string;
  readonly outcome: string;
}

type Parts = Omit<RunResult, "outcome" | "diagnostics" | "staging">;

/** What is known so far of a run. */
export interface RunRecord {
  readonly diagnostics: readonly Diagnostic[];
  /** True once an error was reported. */
  hasFailed(): boolean;
  /** From now on warnings about the document are errors. */
  beStrict(isStrict: boolean): void;
  /** The value of a stage, its diagnostics noted. */
  take<T>(checked: Checked<T>): T;
  /** The value of a stage that has a line of its own, with the time it took. */
  step<T>(
    stage: StageName,
    work: () => Promise<Checked<T>>,
    say: (value: NonNullable<T>) => Said | undefined,
  ): Promise<T>;
  know(parts: Parts): void;
  /** The output folder is held, until the run is closed. */
  held(hold: Hold): void;
  /** The attempt, which stays where a run fails from now on. */
  staged(staging: Staging): void;
  end(outcome: Outcome): Promise<RunResult>;
  /** The end of a run by what a stage threw; throws it again where people cannot mend it. */
  broken(cause: unknown): Promise<RunResult>;
  /** Nothing of the run is left behind but an attempt that is of use. */
  close(): Promise<void>;
}

/** Stages whose warnings are about the document. */
const documentStages: ReadonlySet<StageName> = new Set(["load", "infer", "render"]);

/** A run that only tells something leaves no attempt. */
export function startRecord(host: Host, reporter: Reporter, leavesAttempt: boolean): RunRecord {
  const diagnostics: Diagnostic[] = [];
  let isStrict = false;
  let parts: Parts = {};
  let staging: Staging | undefined;
  let hold: Hold | undefined;
  const end = async (outcome: Outcome): Promise<RunResult> => {
    const isOfUse = leavesAttempt && outcome !== "done" && outcome !== "invalid";
    const left = isOfUse ? await keepAttempt(host, staging) : undefined;
    if (isOfUse) staging = undefined;
    return { outcome, diagnostics, ...parts, ...(left !== undefined && { staging: left }) };
  };
  return {
    diagnostics,
    hasFailed: () => hasErrors(diagnostics),
    beStrict: (wanted) => void (isStrict = wanted),
    take(checked) {
      diagnostics.push(...checked.diagnostics);
      return checked.value;
    },
    async step(stage, work, say) {
      const startedMs = host.elapsedMs();
      reporter.progress(stage, "");
      const { value, diagnostics: found } = await work();
      const elapsedMs = host.elapsedMs() - startedMs;
      diagnostics.push(...(isStrict && documentStages.has(stage) ? found.map(asError) : found));
      const said = value === undefined || value === null ? undefined : say(value);
      if (said) reporter.stage({ stage, ...said, elapsedMs });
      return value;
    },
    know: (more) => void (parts = { ...parts, ...more }),
    held: (taken) => void (hold = taken),
    staged: (folder) => void (staging = folder),
    end,
    broken(cause) {
      diagnostics.push(notWritable(host, cause));
      return end("invalid");
    },
    async close() {
      await staging?.dispose();
      await hold?.release();
    },
  };
}

/** The attempt of a failed run stays for people to look at, and out of version control. */
async function keepAttempt(host: Host, staging: Staging | undefined): Promise<string | undefined> {
  if (!staging) return undefined;
  staging.keep();
  await host.files.write(posix.join(staging.folder, ".gitignore"), "*\n");
  return posix.relative(host.cwd, staging.folder);
}

function asError(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, severity: "error" };
}
