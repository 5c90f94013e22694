import { posix } from "node:path";
import type { Document } from "../document/document.ts";
import type { Host } from "../host.ts";
import type { Model } from "../model/model.ts";
import { reviewOf } from "../model/review.ts";
import type { ReviewItem } from "../model/review.ts";
import type { Output } from "../output/open.ts";
import type { ChangeSet } from "../output/merge.ts";
import { changedFiles, countChanges, describeChanges } from "../output/result.ts";
import type { MigrationResult } from "../migrate/migration.ts";
import type { Plan } from "../plan/plan.ts";
import type { Doubt, RunResult, ServiceSummary } from "../run.ts";
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
  // A service without security is the first thing that the summary names.
  const doubts = reviewOf(model).length + (model.security.isDeclared ? 0 : 1);
  return { subject: found.join(", "), outcome: doubts === 0 ? "" : `${figure(doubts)} to look at` };
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

/** One text, because nothing was worked on but what the line before names. Slots explain why tests are skipped. */
export function verified(plan: Plan, { lock }: Merged): (summary: VerifySummary) => Said {
  const open = openSlots(plan, lock).length;
  return ({ typeErrors, lintFindings, tests }) => {
    const types = typeErrors === 0 ? "types clean" : many(typeErrors ?? 0, "type error");
    const findings = lintFindings === 0 || lintFindings === undefined ? [] : [many(lintFindings, "finding")];
    const parts = [types, ...findings, ...(tests ? [counted(tests, open)] : [])];
    return { subject: parts.join(" · "), outcome: "" };
  };
}

function counted({ passed, failed, skipped }: NonNullable<VerifySummary["tests"]>, open: number): string {
  const because = open === 0 ? "" : ` (${many(open, "open slot")})`;
  return [
    `${many(passed, "test")} passed`,
    ...(failed.length === 0 ? [] : [`${figure(failed.length)} failed`]),
    ...(skipped.length === 0 ? [] : [`${figure(skipped.length)} skipped${because}`]),
  ].join(", ");
}

export function written(host: Host, { isDryRun }: Setting, { out }: Output): (changes: ChangeSet) => Said {
  const subject = posix.relative(host.cwd, out) || ".";
  return (changes) => {
    const counts = describeChanges(countChanges(changes));
    return { subject, outcome: isDryRun ? `nothing, this is a dry run: ${counts}` : counts };
  };
}

export function unchanged(host: Host, { out }: Setting): (result: RunResult) => Said {
  const given = out === undefined ? undefined : posix.relative(host.cwd, out) || ".";
  return ({ changes, service }) => ({
    subject: given ?? service?.out ?? "",
    outcome: `nothing to do, ${many(changes?.unchanged ?? 0, "file")} unchanged`,
  });
}

/** What the summary is made of, as far as it is known once the files are merged. */
export function known(
  { spec, config, isDryRun }: Setting,
  output: Output,
  model: Model,
  plan: Plan,
  { changes, lock }: Pick<Merged, "changes" | "lock">,
): Pick<RunResult, "service" | "changes" | "files" | "isDryRun"> {
  const service: ServiceSummary = {
    name: model.api.name,
    spec,
    out: output.shown,
    entities: model.entities.length,
    operations: model.operations.length,
    lookAt: reviewOf(model).map(doubtOf),
    openSlots: openSlots(plan, lock).map(({ id, kind, untilFilled, file }) => ({
      id,
      kind,
      untilFilled,
      file: posix.join(output.shown, file),
    })),
    isSecured: model.security.isDeclared,
    address: `http://localhost:${config.port}${plan.docsPath}`,
  };
  const files = changedFiles(changes);
  return { service, changes: countChanges(changes), files, ...(isDryRun && { isDryRun }) };
}

export function migration({ migration }: MigrationResult): Pick<RunResult, "migration"> {
  return migration ? { migration: { name: migration.tag, statements: migration.statements.length } } : {};
}

export function tested({ tests }: VerifySummary): Pick<RunResult, "tests"> {
  if (!tests) return {};
  return { tests: { passed: tests.passed, failed: tests.failed.length, skipped: tests.skipped.length } };
}

/** Slots that no body is in use for, in the document's order. */
function openSlots({ slots }: Plan, lock: Lock): Plan["slots"] {
  return slots.filter(({ id }) => ["open", "parked", undefined].includes(lock.slots.get(id)?.state));
}

function doubtOf({ subject, alike, decided, doubt, confidence }: ReviewItem): Doubt {
  const others = alike.length === 0 ? "" : ` (and ${alike.length} more like it)`;
  return { subject, why: `${confidence === "guess" ? "guessed: " : ""}${decided}, ${doubt}${others}` };
}

function isMethod(key: string): boolean {
  return ["get", "put", "post", "delete", "options", "head", "patch", "trace"].includes(key);
}

/** "1 slot", "1,200 slots" */
export function many(count: number, one: string, more = `${one}s`): string {
  return `${figure(count)} ${count === 1 ? one : more}`;
}

function figure(count: number): string {
  return count.toLocaleString("en-US");
}
