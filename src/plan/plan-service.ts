import type { Config } from "../config/config.ts";
import type { Checked } from "../diagnostic/diagnostic.ts";
import type { Document } from "../document/document.ts";
import type { Json } from "../document/openapi.ts";
import type { Model, Slot } from "../model/model.ts";
import { readExample } from "../model/rules.ts";
import { celBody, celDiagnostics } from "./cel/body.ts";
import type { CelLibrary } from "./cel/library.ts";
import { planContext, type PlanContext } from "./context.ts";
import { homeFiles, sharedFiles } from "./entity-artifacts.ts";
import type { Plan, PlannedFile, SlotContract } from "./plan.ts";
import { projectFiles } from "./project-artifacts.ts";
import { homeTestFiles, sharedTestFiles, usedTestFiles } from "./test-artifacts.ts";
import { contractText } from "./contracts.ts";
import { slotTrials } from "./trials/slot-trials.ts";
import { standInTables, type StandInTables } from "./trials/stand-in.ts";
import type { SlotTrial } from "./trials/trial.ts";
import type { BodyLiterals } from "./trials/variations/values.ts";
import { variationsOf } from "./trials/variations/variations.ts";
import { usesOf } from "./uses.ts";
import { untilFilled } from "./views/logic.ts";
import { servicePaths } from "./views/http.ts";
import type { Versions } from "./views/project.ts";
import { homeFile } from "./views/signatures.ts";
import { untestedExamples } from "./views/tests/slot-tests.ts";

/** What of the configuration decides about the files, and the versions of what generated packages depend on. */
type PlanConfig = Pick<Config, "readOnly" | "openRules" | "omit" | "port"> &
  Partial<Pick<Config, "int64" | "database" | "plugins">> & {
    readonly versions: Versions;
    readonly cel?: CelLibrary | undefined;
  };

/** Which files the service consists of, the view that each template reads, and what each slot is promised. */
export function planService(model: Model, document: Document, config: PlanConfig): Checked<Plan> {
  const context = contextOf(model, document, config);
  const plan: Plan = {
    name: model.api.name,
    files: { [Symbol.iterator]: () => plannedFiles(context, config.versions) },
    slots: context.model.slots.map((slot) => slotContract(slot, context)),
    docsPath: servicePaths(model).docsPath,
    omitted: config.omit,
  };
  return { value: plan, diagnostics: [...celDiagnostics(context), ...untestedExamples(context)] };
}

function* plannedFiles(context: PlanContext, versions: Versions): Generator<PlannedFile, void> {
  const uses = usesOf(yield* passedOn(homeFiles(context)));
  yield* projectFiles(context, versions, uses);
  yield* sharedFiles(context, uses);
  yield* sharedTestFiles(context);
  yield* usedTestFiles(context, usesOf(yield* passedOn(homeTestFiles(context))));
}

/** Yields all of them, and returns them. */
function* passedOn<T>(items: Iterable<T>): Generator<T, readonly T[]> {
  const all: T[] = [];
  for (const item of items) {
    all.push(item);
    yield item;
  }
  return all;
}

/** What the sandbox tries bodies on: only where there is a body to try. */
export interface Trials {
  readonly tables: StandInTables;
  /** The examples of each slot, by its id. */
  readonly bySlot: ReadonlyMap<string, readonly SlotTrial[]>;
  /** What follows from those examples, for a body in which these literals stand. */
  readonly variations: (slot: string, literals: BodyLiterals) => readonly SlotTrial[];
  /** Examples that do not come from the document, in its form; those that are none are left out. */
  readonly proposed: (slot: string, examples: readonly Json[]) => readonly SlotTrial[];
}

/** The document's examples as data, and the tables that they need. */
export function planTrials(model: Model, document: Document, config: Omit<PlanConfig, "versions">): Trials {
  const context = contextOf(model, document, config);
  const bySlot = new Map(context.model.slots.map((slot) => [slot.id, slotTrials(slot, context)]));
  const proposed: Trials["proposed"] = (id, examples) => {
    const slot = context.slot(id);
    return slotTrials({ ...slot, examples: examples.flatMap((one) => readExample(one, slot.pointer)) }, context);
  };
  const variations: Trials["variations"] = (id, literals) =>
    variationsOf(context.slot(id), bySlot.get(id) ?? [], literals, context);
  return { tables: standInTables(context), bySlot, variations, proposed };
}

function contextOf(
  model: Model,
  document: Document,
  { int64 = "number", readOnly, openRules, omit, port, database, plugins = [], cel }: Omit<PlanConfig, "versions">,
): PlanContext {
  const { schema, tablePrefix } = database ?? {};
  const options = { int64, readOnly, openRules, omit, port, plugins, databaseSchema: schema, tablePrefix, cel };
  return planContext(document, model, options);
}

function slotContract(slot: Slot, context: PlanContext): SlotContract {
  const file = homeFile(slot, context);
  return {
    id: slot.id,
    kind: slot.kind,
    file: `src/${file}/${file}.logic.ts`,
    functionName: slot.functionName,
    contract: contractText(slot, context),
    text: slot.text,
    pointer: slot.pointer,
    untilFilled: untilFilled(slot, context),
    isCompiled: celBody(context, slot.id)?.statements !== undefined,
  };
}
