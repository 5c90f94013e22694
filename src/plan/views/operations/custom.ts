import type { Entity, Slot } from "../../../model/model.ts";
import { logicOf } from "../logic-access.ts";
import { parameterCode } from "../values.ts";
import { failure, unlessMissing, type Draft } from "./draft.ts";
import { keyBy, keyOfRequest, namesRow } from "./keys.ts";
import { slotsOfKind, unlessRefused } from "./slot-calls.ts";

/**
 * An operation that its slot handles. Rows that its path names must be there, and be the caller's, before. Its answer
 * is what the slot's signature says.
 */
export function writeCustom(draft: Draft): string {
  const { operation, context, imports, statements } = draft;
  if (operation.slot === undefined) {
    imports.value("Failure", failure);
    statements.push(`throw new Failure("not-implemented", "This operation is left out of the service.");`);
    return "Promise<never>";
  }
  const slot = context.slot(operation.slot);
  checkNamedParents(draft);
  checkNamedRow(draft);
  const call = `await ${logicOf(slot, context)}(request, context)`;
  statements.push(`return ${unlessRefused(draft, slot, call)};`);
  return "";
}

function checkNamedParents(draft: Draft): void {
  const { operation, context, statements } = draft;
  for (const parameter of operation.parameters) {
    if (parameter.role.kind !== "parent" || parameter.in !== "path") continue;
    const parent = context.entity(parameter.role.entity);
    const code = `request.${parameterCode("path", parameter.name)}`;
    statements.push(`${readConnected(draft, parent, keyBy(parent, parameter.role.parentField, code))};`);
  }
}

/** The row that the path names, and the rules on it. */
function checkNamedRow(draft: Draft): void {
  const { operation, entity, context, statements } = draft;
  if (entity === undefined || !namesRow(operation, entity, context)) return;
  const rules = slotsOfKind(draft, "rule");
  const row = entity.name.variable;
  const read = readConnected(draft, entity, keyOfRequest(draft, entity));
  statements.push(rules.length > 0 ? `const ${row} = ${read};` : `${read};`);
  for (const rule of rules) statements.push(`${unlessRefused(draft, rule, ruleCall(draft, rule, row))};`);
}

/** Operation slots have no connection of their own until they ask for one. */
function readConnected(draft: Draft, { name }: Entity, key: string): string {
  return unlessMissing(draft, `await context.connected(({ ${name.plural} }) => ${name.plural}.read(${key}))`);
}

function ruleCall({ context }: Draft, rule: Slot, row: string): string {
  return `await context.connected((own) => own.${logicOf(rule, context).slice("context.".length)}(${row}, own))`;
}
