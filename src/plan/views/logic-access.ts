import type { Slot } from "../../model/model.ts";
import type { PlanContext } from "../context.ts";

/** The member of `Logic` that holds a home's functions: an entity's plural, a group's variable. */
export function logicMember(home: string, context: PlanContext): string {
  const entity = context.model.entities.find(({ name }) => name.type === home);
  if (entity !== undefined) return entity.name.plural;
  const group = context.model.groups.find(({ name }) => name.type === home || name.variable === home);
  if (group === undefined) throw new Error(`There is no home "${home}".`);
  return `${group.name.variable}Group`;
}

/** The code that names a slot's function: context.logic.transfers.settle */
export function logicOf(slot: Slot, context: PlanContext): string {
  return `context.logic.${logicMember(slot.home, context)}.${slot.functionName}`;
}
