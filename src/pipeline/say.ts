import { posix } from "node:path";
import type { Document } from "../document/document.ts";
import type { Host } from "../host.ts";
import type { Model, Reason } from "../model/model.ts";
import type { Output } from "../output/open.ts";
import type { ChangeSet } from "../output/merge.ts";
import { countChanges, describeChanges } from "../output/result.ts";
import type { MigrationResult } from "../migrate/migration.ts";
import type { Plan } from "../plan/plan.ts";
import type { Doubt, OpenSlot, RunResult, ServiceSummary } from "../run.ts";
import type { Lock } from "../slot/lock.ts";
import type { VerifySummary } from "../verify/verify.ts";
import type { Said } from "./record.ts";
import type { Setting } from "./setting.ts";
import type { Merged, Rendered } from "./stages.ts";

/** What the terminal says of each stage: what was worked on, what came of it. */
export function loaded({ file, version, root, overlays }: Document): Said {
  const operations = Object.values(root.paths ?? {}).flatMap((path) => Object.keys(path ?? {}).filter(isMethod)).length;
  const parts = [
    `${version === "2.0" ? "Swagger" : "OpenAPI"} ${version.split(".", 2).join(".")}`,
    many(operations, "operation"),
  ];
  return { subject: file, outcome: [...parts, ...(overlays > 0 ? [many(overlays, "overlay")] : [])].join(", ") };
}

export function inferred(model: Model): Said {
  const relations = model.entities.flatMap((entity) => entity.relations).length;
  const found = [
    many(model.entities.length, "entity", "entities"),
    many(relations, "relation"),
    many(model.slots.length, "slot"),
  ];
  const doubts = doubtsOf(model).length;
  return { subject: found.join(", "), outcome: doubts === 0 ? "" : `${doubts} to look at` };
}

export function rendered({ rendered }: Rendered): Said {
  return { subject: many(rendered.length, "file"), outcome: "" };
}

/** A line only where people's edits were met. */
export function merged({ changes }: Merged): Said | undefined {
  const { merged, conflicts } = countChanges(changes);
  if (merged + conflicts.length === 0) return undefined;
  const outcome = [
    ...(merged > 0 ? [`${merged} merged`] : []),
    ...(conflicts.length > 0 ? [many(conflicts.length, "conflict")] : []),
  ];
  return { subject: many(merged + conflicts.length, "edited file"), outcome: outcome.join(", ") };
}

export function migrated({ migration }: MigrationResult): Said | undefined {
  return migration && { subject: migration.tag, outcome: `${many(migration.statements.length, "statement")}, safe` };
}

export function verified({ typeErrors, lintFindings, tests }: VerifySummary): Said {
  const types = typeErrors === 0 ? "types clean" : many(typeErrors ?? 0, "type error");
  const rules = lintFindings === 0 || lintFindings === undefined ? [] : [many(lintFindings, "finding")];
  if (!tests) return { subject: [types, ...rules].join(", "), outcome: "" };
  const failed = tests.failed.length === 0 ? [] : [`${tests.failed.length} failed`];
  const skipped = tests.skipped.length === 0 ? [] : [`${tests.skipped.length} skipped`];
  const counts = [`${figure(tests.passed)} tests passed`, ...failed, ...skipped];
  return { subject: [types, ...rules].join(", "), outcome: counts.join(", ") };
}

export function written(host: Host, { isDryRun }: Setting, { out }: Output): (changes: ChangeSet) => Said {
  const subject = posix.relative(host.cwd, out) || ".";
  return (changes) => {
    const counts = describeChanges(countChanges(changes));
    return { subject, outcome: isDryRun ? `nothing, this is a dry run: ${counts}` : counts };
  };
}

export function unchanged(host: Host, { out }: Setting): (result: RunResult) => Said {
  const subject = out === undefined ? "" : posix.relative(host.cwd, out) || ".";
  return ({ changes }) => ({ subject, outcome: `nothing to do, ${many(changes?.unchanged ?? 0, "file")} unchanged` });
}

/** What the summary is made of, as far as it is known once the files are merged. */
export function known(
  { spec, config }: Setting,
  output: Output,
  model: Model,
  plan: Plan,
  { changes, lock }: Pick<Merged, "changes" | "lock">,
): Pick<RunResult, "service" | "changes"> {
  const service: ServiceSummary = {
    name: model.api.name,
    spec,
    out: output.shown,
    entities: model.entities.length,
    operations: model.operations.length,
    lookAt: doubtsOf(model),
    openSlots: openSlots(plan, lock, output),
    isSecured: model.security.isDeclared,
    address: `http://localhost:${config.port}${plan.docsPath}`,
  };
  return { service, changes: countChanges(changes) };
}

export function migration({ migration }: MigrationResult): Pick<RunResult, "migration"> {
  return migration ? { migration: { name: migration.tag, statements: migration.statements.length } } : {};
}

export function tested({ tests }: VerifySummary): Pick<RunResult, "tests"> {
  if (!tests) return {};
  return { tests: { passed: tests.passed, failed: tests.failed.length, skipped: tests.skipped.length } };
}

/** Slots that no body is in use for, in the document's order. */
function openSlots({ slots }: Plan, lock: Lock, { shown }: Output): readonly OpenSlot[] {
  const isOpen = (id: string) => ["open", "parked", undefined].includes(lock.slots.get(id)?.state);
  return slots
    .filter((slot) => isOpen(slot.id))
    .map(({ id, kind, untilFilled, file }) => ({ id, kind, untilFilled, file: posix.join(shown, file) }));
}

/** Every guess, once for each thing that it is about. */
function doubtsOf({ entities, operations }: Model): readonly Doubt[] {
  const all = [
    ...entities.flatMap((entity) => [
      ...guesses(entity.name.type, entity.reasons),
      ...entity.fields.flatMap((field) => guesses(`${entity.name.type}.${field.name}`, field.reasons)),
      ...entity.relations.flatMap((relation) => guesses(`${entity.name.type}.${relation.name}`, relation.reasons)),
    ]),
    ...operations.flatMap(({ method, path, reasons }) => guesses(`${method.toUpperCase()} ${path}`, reasons)),
  ];
  return [...new Map(all.toReversed().map((doubt) => [doubt.subject, doubt])).values()].toReversed();
}

function guesses(subject: string, reasons: readonly Reason[]): readonly Doubt[] {
  return reasons
    .filter((reason) => reason.confidence === "guess")
    .map(({ fact, because }) => ({ subject, why: `guessed: ${fact}, ${because}` }));
}

function isMethod(key: string): boolean {
  return ["get", "put", "post", "delete", "options", "head", "patch", "trace"].includes(key);
}

function many(count: number, one: string, more = `${one}s`): string {
  return `${figure(count)} ${count === 1 ? one : more}`;
}

function figure(count: number): string {
  return count.toLocaleString("en-US");
}
