import type { Config } from "../config/config.ts";
import type { Checked } from "../diagnostic/diagnostic.ts";
import type { Document } from "../document/document.ts";
import type { Model, Slot } from "../model/model.ts";
import { planContext, type PlanContext } from "./context.ts";
import { homeFiles, sharedFiles } from "./entity-artifacts.ts";
import type { Plan, SlotContract } from "./plan.ts";
import { projectFiles } from "./project-artifacts.ts";
import { testFiles } from "./test-artifacts.ts";
import { contractText } from "./contracts.ts";
import { usesOf } from "./uses.ts";
import { untilFilled } from "./views/logic.ts";
import { servicePaths } from "./views/http.ts";
import type { Versions } from "./views/project.ts";
import { homeFile } from "./views/signatures.ts";
import { untestedExamples } from "./views/tests/slot-tests.ts";

/** What of the configuration decides about the files, and the versions of what generated packages depend on. */
type PlanConfig = Pick<Config, "readOnly" | "openRules" | "omit" | "port"> & { readonly versions: Versions };

/** Which files the service consists of, the view that each template reads, and what each slot is promised. */
export function planService(model: Model, document: Document, config: PlanConfig): Checked<Plan> {
  const context = planContext(document, model, {
    readOnly: config.readOnly,
    openRules: config.openRules,
    omit: config.omit,
    port: config.port,
  });
  const homes = homeFiles(context);
  const uses = usesOf(homes);
  const plan: Plan = {
    name: model.api.name,
    files: [
      ...projectFiles(context, config.versions, uses),
      ...homes,
      ...sharedFiles(context, uses),
      ...testFiles(context),
    ],
    slots: context.model.slots.map((slot) => slotContract(slot, context)),
    docsPath: servicePaths(model).docsPath,
    omitted: config.omit,
  };
  return { value: plan, diagnostics: untestedExamples(context) };
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
  };
}
