import type { Slot } from "../../../model/model.ts";
import { variableName } from "../../../model/names.ts";
import { propertyKey } from "../../../render/escape.ts";
import { logicOf } from "../logic-access.ts";
import { refusalCodes, slotOperations } from "../signatures.ts";
import { failure, type Draft } from "./draft.ts";

export function slotsOfKind({ operation, context }: Draft, kind: Slot["kind"]): readonly Slot[] {
  return operation.slots.map((id) => context.slot(id)).filter((slot) => slot.kind === kind);
}

export function checkRules(draft: Draft): void {
  for (const slot of slotsOfKind(draft, "rule")) {
    draft.statements.push(`${unlessRefused(draft, slot, slotCall(draft, slot))};`);
  }
}

/** Further changes after a write to `row`. */
export function runEffects(draft: Draft, row: string): void {
  for (const slot of slotsOfKind(draft, "effect")) {
    draft.statements.push(`await ${logicOf(slot, draft.context)}(${row}, context);`);
  }
}

/** The call of a rule or value, with the inputs that plan/views/signatures.ts declares. */
export function slotCall(draft: Draft, slot: Slot): string {
  return `await ${logicOf(slot, draft.context)}(${slotArguments(draft, slot)}, context)`;
}

function slotArguments({ operation, context, entity }: Draft, slot: Slot): string {
  const kinds = slotOperations(slot, context).map(({ kind }) => kind);
  if (kinds.every((kind) => kind === "delete" || kind === "custom")) return entity?.name.variable ?? "row";
  const input = operation.kind === "delete" ? "{}" : operation.body === undefined ? "undefined" : "input";
  if (kinds.every((kind) => kind === "create")) return input;
  if (operation.kind === "create") return `${input}, undefined`;
  return `${input}, ${operation.kind === "delete" ? (entity?.name.variable ?? "row") : "current"}`;
}

/** Whether a rule or value looks at the row as it is before the write. */
export function needsCurrent(draft: Draft): boolean {
  if (draft.operation.kind === "create") return false;
  return [...slotsOfKind(draft, "rule"), ...slotsOfKind(draft, "value")].some((slot) =>
    slotOperations(slot, draft.context).some(({ kind }) => kind !== "create"),
  );
}

/** A refusal answers with the status that its code is declared with; else with 409. */
export function unlessRefused({ imports, constants }: Draft, slot: Slot, call: string): string {
  const codes = refusalCodes(slot);
  const statuses = codes.length === 0 ? "{}" : variableName(`${slot.functionName} refusals`);
  if (codes.length > 0) {
    const members = codes.map((code) => `${propertyKey(code)}: ${slot.refuse[code] ?? 409}`);
    constants.push(`const ${statuses} = { ${members.join(", ")} };`);
  }
  return `${imports.value("unlessRefused", failure)}(${call}, ${statuses})`;
}
