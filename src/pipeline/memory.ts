import { posix } from "node:path";
import type { Checked } from "../diagnostic/diagnostic.ts";
import type { Document } from "../document/document.ts";
import type { Host } from "../host.ts";
import { codeHash, isBuilt, packageVersion, templatesHash } from "../package.ts";
import { manifestPath } from "../output/manifest.ts";
import {
  countUnchanged,
  editedFiles,
  inputHash,
  keepRunState,
  readRunState,
  rememberedOut,
  type Inputs,
} from "../output/unchanged.ts";
import { keepBases } from "../output/bases.ts";
import type { Output } from "../output/open.ts";
import type { Landing } from "./land.ts";
import type { RunResult } from "../run.ts";
import { lockPath } from "../slot/lock.ts";
import type { OutputFile } from "../plan/plan.ts";
import { configText, type Setting } from "./setting.ts";

const journalPath = "migrations/meta/_journal.json";

/** The hash of a finished run's inputs, with the lock and the journal as the run leaves them. */
export function inputOf(
  setting: Setting,
  document: Document,
  after: { readonly lock: string; readonly journal: string },
): string {
  return inputHash(
    inputs(
      setting,
      document.sources.map((source) => source.text),
      after.lock,
      after.journal,
    ),
  );
}

export function journalIn(texts: ReadonlyMap<string, string>): string {
  return texts.get(journalPath) ?? "";
}

/**
 * The result of the last run, if this one would change nothing. The manifest alone tells it where the document is one
 * file and nobody edited the output; otherwise what this machine remembers has to help. Who works on scaffold itself
 * runs it from its sources, which no manifest knows of.
 */
export async function unchangedRun(host: Host, setting: Setting): Promise<Checked<RunResult | undefined>> {
  return { value: await lastResult(host, setting), diagnostics: [] };
}

async function lastResult(host: Host, setting: Setting): Promise<RunResult | undefined> {
  // Whoever wrote both a lock and a logic file by hand has left a manifest that knows them.
  if (setting.check !== undefined) return undefined;
  const { workspace, spec, config } = setting;
  const out = setting.out ?? (await rememberedOut(host, workspace, posix.resolve(host.cwd, spec)));
  if (out === undefined || (await host.files.kind(posix.join(out, manifestPath))) !== "file") return undefined;
  const state = await readRunState(host, workspace, out);
  if (state === undefined ? !isBuilt() : state.code !== codeHash()) return undefined;
  const files = state?.sources.map((source) => posix.join(workspace, source)) ?? [posix.resolve(host.cwd, spec)];
  const lock = config.lock === undefined ? posix.join(out, lockPath) : posix.resolve(host.cwd, config.lock);
  const sources = await Promise.all(files.map((file) => textOf(host, file)));
  const journal = await textOf(host, posix.join(out, journalPath));
  const input = inputHash(inputs(setting, sources, await textOf(host, lock), journal));
  const unchanged = await countUnchanged(host, out, input, state, setting.isVerified);
  if (unchanged === undefined) return undefined;
  const known = state?.input === input ? state.result : undefined;
  if (hasToFill(setting, known)) return undefined;
  if (setting.isStrict && known?.diagnostics.length !== 0) return undefined;
  const changes = { created: 0, updated: 0, merged: 0, removed: 0, conflicts: [], unchanged };
  return {
    outcome: "done",
    diagnostics: known?.diagnostics ?? [],
    ...(known?.service && { service: known.service }),
    changes,
  };
}

/** Whether a slot is open that is to be asked for: by name, or because nobody has asked for it yet. */
function hasToFill({ fill }: Setting, known: RunResult | undefined): boolean {
  if (fill === undefined) return false;
  const asked = new Set(fill.isAskedFor ? [] : known?.fill?.slots.map(({ id }) => id));
  return known?.service === undefined || known.service.openSlots.some(({ id }) => !asked.has(id));
}

interface FinishedRun {
  readonly output: Output;
  readonly document: Document;
  readonly rendered: readonly OutputFile[];
  readonly landed: Landing;
  readonly result: RunResult;
}

/** Notes on this machine what makes the next run quick, and the bases of its merges. */
export async function remember(host: Host, setting: Setting, run: FinishedRun): Promise<void> {
  const { workspace } = setting;
  const { out } = run.output;
  const { migration: _, files: __, ...result } = run.result;
  // That a body was parked is news once.
  const diagnostics = result.diagnostics.filter((diagnostic) => diagnostic.code !== "slot/parked");
  const files = run.document.sources.map((source) => posix.resolve(host.cwd, source.file));
  await keepBases(host, workspace, out, run.rendered);
  await keepRunState(host, workspace, out, {
    input: run.landed.manifest.input,
    code: codeHash(),
    sources: files.map((file) => posix.relative(workspace, file)),
    out: posix.relative(workspace, out),
    isNamedByTitle: setting.out === undefined,
    isVerified: setting.isVerified,
    edited: editedFiles(run.landed.changes),
    result: { ...result, diagnostics },
  });
}

function inputs(setting: Setting, sources: readonly string[], lock: string, journal: string): Inputs {
  const document = posix.basename(setting.spec);
  const tool = { tool: packageVersion(), templates: templatesHash() };
  return { ...tool, document, sources, config: configText(setting), lock, journal };
}

async function textOf(host: Host, file: string): Promise<string> {
  return (await host.files.kind(file)) === "file" ? host.files.read(file) : "";
}
