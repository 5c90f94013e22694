import { posix } from "node:path";
import type { Config } from "../config/config.ts";
import { error } from "../diagnostic/catalog.ts";
import { hasErrors, type Checked, type Diagnostic } from "../diagnostic/diagnostic.ts";
import { nearestName } from "../diagnostic/nearest-name.ts";
import type { Document } from "../document/document.ts";
import { blobHash } from "../hash.ts";
import type { Host } from "../host.ts";
import type { MigrationResult } from "../migrate/migration.ts";
import type { Model } from "../model/model.ts";
import type { Bases, Change, ChangeSet } from "../output/merge.ts";
import { mergeFiles } from "../output/merge.ts";
import type { Hold } from "../output/hold.ts";
import { openOutput, type Output } from "../output/open.ts";
import { isWritten } from "../output/write.ts";
import { pinnedVersions, templatesFolder } from "../package.ts";
import type { OutputFile, Plan } from "../plan/plan.ts";
import type { Outcome, Reporter } from "../run.ts";
import { carry, type Carried } from "../slot/carry.ts";
import type { CarryInput } from "../slot/work.ts";
import { lockPath, printLock, type Lock } from "../slot/lock.ts";
import type { Staging } from "../verify/staging.ts";
import type { VerifySummary } from "../verify/verify.ts";
import { defaultOut, type Setting } from "./setting.ts";

/** Every stage of the line as the pipeline calls it. What is heavy is loaded here, by the stage that needs it. */
export async function load(host: Host, { spec, workspace, config }: Setting): Promise<Checked<Document | undefined>> {
  const [{ loadDocument }, { convertSpecification }] = await Promise.all([
    import("../document/load.ts"),
    import("../specification/convert.ts"),
  ]);
  const options = { workspace, overlays: config.overlays, convert: convertSpecification };
  const { value: document, diagnostics } = await loadDocument(host, spec, options);
  if (document === undefined || config.security !== "bearer") return { value: document, diagnostics };
  const { closeDocument } = await import("../document/close.ts");
  return { value: closeDocument(document), diagnostics };
}

export async function infer(document: Document, { config }: Setting): Promise<Checked<Model>> {
  const { inferModel } = await import("../model/infer.ts");
  return inferModel(document, {
    ...(config.name !== undefined && { name: config.name }),
    ...(config.database.tablePrefix !== undefined && { tablePrefix: config.database.tablePrefix }),
  });
}

export interface Rendered {
  readonly plan: Plan;
  readonly rendered: readonly OutputFile[];
}

export async function render(
  host: Host,
  model: Model,
  document: Document,
  { config }: Setting,
): Promise<Checked<Rendered>> {
  const [{ planService }, { loadCel }] = await Promise.all([
    import("../plan/plan-service.ts"),
    import("../plan/cel/library.ts"),
  ]);
  const { value: plan, diagnostics } = planService(model, document, {
    ...config,
    versions: pinnedVersions(),
    cel: await loadCel(model),
  });
  const found = [...(await strayOmissions(config)), ...diagnostics];
  if (hasErrors(found)) return { value: { plan, rendered: [] }, diagnostics: found };
  const { renderFiles } = await import("../render/render.ts");
  const { openFormatThreads } = await import("../render/format-threads.ts");
  const threads = await openFormatThreads(host.processors);
  try {
    const rendered = await renderFiles(plan, await templates(host), threads.format, threads.lanes);
    return { value: { plan, rendered }, diagnostics: found };
  } finally {
    await threads.close();
  }
}

/** What the config omits and no service has. */
async function strayOmissions({ omit, file }: Config): Promise<readonly Diagnostic[]> {
  const { omittablePaths } = await import("../plan/project-artifacts.ts");
  const stray = omit.filter((path) => !omittablePaths.includes(path));
  return stray.map((path) => {
    const near = nearestName(path, omittablePaths);
    return error("config/invalid", {
      place: file === undefined ? undefined : { file, pointer: "#/omit" },
      saw: `"${path}" is no file that can be omitted.`,
      fix: near === undefined ? `what can be omitted is ${omittablePaths.join(", ")}.` : `did you mean "${near}"?`,
    });
  });
}

/** Sources by name: "entity/routes". */
async function templates(host: Host): Promise<Readonly<Record<string, string>>> {
  const paths = (await host.files.list(templatesFolder)).filter((path) => path.endsWith(".hbs"));
  const read = async (path: string): Promise<[string, string]> => [
    path.slice(0, -".hbs".length),
    await host.files.read(posix.join(templatesFolder, path)),
  ];
  return Object.fromEntries(await Promise.all(paths.map(read)));
}

/** Where the output goes is known now, whatever names the API. */
export function open(
  host: Host,
  { workspace, config, out }: Setting,
  model: Model,
  held: (hold: Hold) => void,
): Promise<Checked<Output | undefined>> {
  const place = out ?? posix.resolve(host.cwd, defaultOut(model.api.name));
  return openOutput(host, { workspace, out: place, lock: config.lock, held });
}

/** What the output is to be, short of migrations. */
export interface Merged {
  readonly changes: ChangeSet;
  readonly lock: Lock;
  /** Ids of slots whose body the gate has to look at: only the lock had it, or its contract has changed. */
  readonly questionable: ReadonlySet<string>;
}

export async function carryAndMerge(
  output: Output,
  lock: Lock,
  service: Plan,
  rendered: readonly OutputFile[],
  refused: ReadonlyMap<string, string> = new Map(),
): Promise<Checked<Merged>> {
  const { loadLogicParser } = await import("../slot/scan.ts");
  const carried = await carry({ ...carryInput(output, lock, service, rendered), refused }, loadLogicParser);
  const merged: Merged = { changes: [], lock: carried.value.lock, questionable: questionable(carried.value) };
  if (hasErrors(carried.diagnostics)) return { value: merged, diagnostics: carried.diagnostics };
  const { value: changes, diagnostics } = mergeFiles({
    previous: output.previous,
    bases: output.bases,
    rendered: [...rendered, ...lockOutput(output, carried.value.lock)],
    carried: carried.value.files,
    released: carried.value.released,
    shown: output.shown,
  });
  return { value: { ...merged, changes }, diagnostics: [...carried.diagnostics, ...diagnostics] };
}

function questionable({ lock, restored }: Carried): ReadonlySet<string> {
  const stale = [...lock.slots].flatMap(([id, { state, by }]) => (state === "stale" && by === "model" ? [id] : []));
  return new Set([...restored, ...stale]);
}

function carryInput(
  { previous, bases, shown }: Output,
  lock: Lock,
  service: Plan,
  rendered: readonly OutputFile[],
): CarryInput {
  const written = Object.entries(previous.manifest?.files ?? {}).filter(
    ([path, file]) => file.class === "logic" && path !== lockPath,
  );
  const paths = new Set([
    ...written.map(([path]) => path),
    ...rendered.filter((file) => file.class === "logic").map((file) => file.path),
  ]);
  const texts = [...paths].flatMap((path) => {
    const text = previous.files.get(path);
    return text === undefined ? [] : [[path, text] as const];
  });
  return {
    rendered,
    slots: service.slots,
    previous: new Map(texts),
    bases: new Map(written.map(([path, { hash }]) => [path, baseOf(bases, hash)])),
    lock,
    shown,
  };
}

function baseOf(bases: Bases, hash: string): { readonly hash: string; readonly text?: string } {
  const text = bases.get(hash);
  return { hash, ...(text !== undefined && { text }) };
}

/** The lock among the files, where there is something in it and the config puts it nowhere else. */
function lockOutput({ lockFile }: Output, lock: Lock): readonly OutputFile[] {
  const isNeeded = lock.slots.size > 0 || lock.files.size > 0 || lockFile.text !== undefined;
  return isNeeded && lockFile.path === lockPath ? [{ path: lockPath, class: "logic", content: printLock(lock) }] : [];
}

export function hasConflicts({ changes }: Merged): boolean {
  return changes.some((change) => change.action === "conflict");
}

export async function stage(host: Host, { out }: Output, { changes }: Merged): Promise<Checked<Staging | undefined>> {
  const { stageFiles } = await import("../verify/staging.ts");
  const removed = changes.filter((change) => change.action === "remove").map((change) => change.path);
  return stageFiles(host, out, changes.filter(isStaged), removed);
}

/** Brings what is staged in step with another merge of the same files. */
export async function restage(host: Host, { folder }: Staging, { changes }: Merged): Promise<void> {
  for (const { path, content } of changes.filter(isStaged)) await host.files.write(posix.join(folder, path), content);
}

function isStaged(change: Change): boolean {
  return isWritten(change) && change.action !== "remove";
}

export async function migrate(
  host: Host,
  staging: Staging,
  { shown }: Output,
  { changes }: Merged,
  model: Model,
): Promise<Checked<MigrationResult>> {
  const [{ migrate: derive }, { formerNames }] = await Promise.all([
    import("../migrate/migration.ts"),
    import("../migrate/former-names.ts"),
  ]);
  const derived = await derive(host, staging, {
    tablesChanged: changes.some(hasNewTables),
    isSealed: true,
    former: formerNames(model),
  });
  return { ...derived, diagnostics: derived.diagnostics.map((one) => below(shown, one)) };
}

/** A place in the output folder as people see it from where they are. */
function below(shown: string, diagnostic: Diagnostic): Diagnostic {
  const { place } = diagnostic;
  return place ? { ...diagnostic, place: { ...place, file: posix.join(shown, place.file) } } : diagnostic;
}

/** Tables that a person edited count as new: nobody knows which migration they were written for. */
function hasNewTables(change: Change): boolean {
  return change.path.endsWith(".table.ts") && (isWritten(change) || blobHash(change.content) !== change.hash);
}

/** Tables that cannot even be loaded are no unsafe change, and neither is a history that cannot be read. */
export function whyNotMigrated(diagnostics: readonly Diagnostic[]): Outcome {
  if (diagnostics.some(({ code }) => code === "history/invalid")) return "invalid";
  return diagnostics.some(({ code }) => code === "migration/unsafe") ? "unsafe-migration" : "verification-failed";
}

export async function verify(
  host: Host,
  staging: Staging,
  { out, previous }: Output,
  { changes }: Merged,
  reporter: Reporter,
): Promise<Checked<VerifySummary>> {
  const { verify: prove } = await import("../verify/verify.ts");
  const wanted = { typecheck: true, lint: true, tests: true };
  const { value, diagnostics } = await prove(host, staging, wanted, ({ passed, failed, skipped, total }) =>
    reporter.progress("verify", `tests ${passed + failed + skipped} of ${total}`),
  );
  const written = new Set(changes.filter(isWritten).map((change) => change.path));
  const isInPlace = (path: string) => previous.files.has(path) && !written.has(path);
  return { value, diagnostics: diagnostics.map((one) => inTarget(host, staging, out, isInPlace, one)) };
}

/** Makes the checks before anybody is told of them: who asks decides what becomes of what they find. */
export function proof(
  host: Host,
  staging: Staging,
  output: Output,
  reporter: Reporter,
): (merged: Merged) => Promise<Checked<VerifySummary>> {
  return (merged) => verify(host, staging, output, merged, reporter);
}

/** A mistake in a file that stays as it is on disk is shown there, where it can be mended. */
function inTarget(
  host: Host,
  { folder }: Staging,
  out: string,
  isInPlace: (path: string) => boolean,
  diagnostic: Diagnostic,
): Diagnostic {
  const { place } = diagnostic;
  if (!place) return diagnostic;
  const path = posix.relative(folder, posix.resolve(host.cwd, place.file));
  if (!isInPlace(path)) return diagnostic;
  return { ...diagnostic, place: { ...place, file: posix.relative(host.cwd, posix.join(out, path)) } };
}
