import type { Host } from "./host.ts";
import { conflictLanding, keepConflict, landing, write } from "./pipeline/land.ts";
import { remember, unchangedRun } from "./pipeline/memory.ts";
import { startRecord, type RunRecord } from "./pipeline/record.ts";
import type { Lock } from "./slot/lock.ts";
import * as say from "./pipeline/say.ts";
import { readSetting } from "./pipeline/setting.ts";
import * as stages from "./pipeline/stages.ts";
import type { Reporter, RunOptions, RunResult } from "./run.ts";

/**
 * The whole line, from a document to a service on disk (DESIGN §2). Nothing in the target changes until every stage has
 * succeeded; a merge conflict is the exception: its markers cannot type-check, so they are written and the later stages
 * are skipped. A stage loads what is heavy itself, so that a run with nothing to do loads none of it.
 */
export async function runPipeline(host: Host, options: RunOptions, reporter: Reporter): Promise<RunResult> {
  const run = startRecord(host, reporter, options.check === undefined);
  try {
    return await runStages(host, options, reporter, run);
  } catch (cause) {
    return await run.broken(cause);
  } finally {
    await run.close();
  }
}

async function runStages(host: Host, options: RunOptions, reporter: Reporter, run: RunRecord): Promise<RunResult> {
  const setting = run.take(await readSetting(host, options));
  if (run.hasFailed()) return run.end("invalid");
  run.beStrict(setting.isStrict);
  const unchanged = await run.step("write", () => unchangedRun(host, setting), say.unchanged(host, setting));
  if (unchanged) return unchanged;

  const document = await run.step("load", () => stages.load(host, setting), say.loaded);
  if (document === undefined || run.hasFailed()) return run.end("invalid");
  const model = await run.step("infer", () => stages.infer(document, setting), say.inferred);
  if (run.hasFailed()) return run.end("invalid");
  const output = run.take(await stages.open(host, setting, model, run.held));
  if (output === undefined || run.hasFailed()) return run.end("invalid");
  const { plan, rendered } = await run.step(
    "render",
    () => stages.render(host, model, document, setting),
    say.rendered,
  );
  if (run.hasFailed()) return run.end("invalid");

  const merge = (lock = output.lock, refused?: ReadonlyMap<string, string>) =>
    stages.carryAndMerge(output, lock, plan, rendered, refused);
  let merged = await run.step("merge", () => merge(), say.merged);
  run.know(say.known(setting, output, model, plan, merged));
  if (stages.hasConflicts(merged)) {
    run.take(await write(host, setting, output, conflictLanding(output, merged)));
    if (!setting.isDryRun) await keepConflict(host, setting, output, merged, rendered);
    return run.end("conflict");
  }
  if (run.hasFailed()) return run.end("invalid");
  const world = { setting, document, model, plan, rendered, output };
  if (merged.questionable.size > 0) {
    const { refusedBodies } = await import("./pipeline/restored.ts");
    const refused = await refusedBodies(host, world, merged);
    if (refused.size > 0) merged = run.take(await merge(output.lock, refused));
  }

  const staging = run.take(await stages.stage(host, output, merged));
  if (staging === undefined) return run.end("invalid");
  run.staged(staging);
  const migrated = await run.step("migrate", () => stages.migrate(host, staging, output, merged, model), say.migrated);
  if (run.hasFailed()) return run.end(stages.whyNotMigrated(run.diagnostics));
  const { fill } = setting;
  let proven: Awaited<ReturnType<typeof stages.verify>> | undefined;
  if (fill) {
    const prove = stages.proof(host, staging, output, reporter);
    const stage = { ...world, fill, staging, merged, merge: (lock: Lock) => merge(lock), prove };
    const { fillStage } = await import("./pipeline/fill.ts");
    const filled = run.take(await fillStage(host, reporter, stage));
    merged = filled.merged;
    proven = filled.verified;
    run.know({
      ...(filled.summary && { fill: filled.summary }),
      ...(filled.contexts && { contexts: filled.contexts }),
    });
    if (run.hasFailed()) return run.end("invalid");
  }
  if (setting.isVerified) {
    const verified = await run.step(
      "verify",
      async () => proven ?? stages.verify(host, staging, output, merged, reporter),
      say.verified(plan, merged),
    );
    run.know(say.tested(verified));
    if (run.hasFailed()) return run.end("verification-failed");
  }

  const landed = landing(setting, document, output, merged, migrated.files);
  run.know({ ...say.known(setting, output, model, plan, landed), ...say.migration(migrated) });
  if (setting.check) {
    const { checkStage } = await import("./pipeline/check.ts");
    return run.end(run.take(await checkStage(host, world, landed)));
  }
  await run.step("write", () => write(host, setting, output, landed), say.written(host, setting, output));
  if (run.hasFailed()) return run.end("invalid");
  const result = await run.end("done");
  if (!setting.isDryRun) await remember(host, setting, { output, document, rendered, landed, result });
  return result;
}
