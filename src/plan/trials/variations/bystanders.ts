import type { Entity, Slot } from "../../../model/model.ts";
import { storedFields, type PlanContext } from "../../context.ts";
import { GivenRows } from "../given-rows.ts";
import type { SlotTrial, TrialRow } from "../trial.ts";
import { isSpokenOf, type Spoken } from "./spoken.ts";

/** As many as a body may count up to. */
const most = 6;

/**
 * Rows beside those of an example, which refer to them, of entities that neither the rule nor an example names: what
 * only decides, and writes nothing, decides the same with them.
 */
export function bystanders(slot: Slot, trial: SlotTrial, spoken: Spoken, context: PlanContext): readonly TrialRow[] {
  if (slot.kind === "effect" || slot.kind === "operation") return [];
  const silent = context.model.entities.filter(
    ({ name }) => name.type !== slot.entity && !spoken.named.has(name.plural) && !isSpokenOf(spoken.rule, name.words),
  );
  return silent.flatMap((entity) => rowsOf(entity, trial, context));
}

function rowsOf(entity: Entity, { given }: SlotTrial, context: PlanContext): readonly TrialRow[] {
  const made = new GivenRows(context, given.caller);
  made.rows.push(...given.rows);
  // Every reference has a row of the example's own, so that none has to be made.
  const referred = storedFields(entity).flatMap(({ name, references }) => {
    const collection = references && context.entity(references.entity).name.plural;
    const target = given.rows.find((row) => row.collection === collection);
    return references && target ? [[name, target.values[references.field] ?? null] as const] : [];
  });
  const targets = storedFields(entity).flatMap(({ name, references }) => {
    if (references === undefined) return [];
    const collection = context.entity(references.entity).name.plural;
    return given.rows
      .filter((row) => row.collection === collection)
      .map(({ values }) => ({ [name]: values[references.field] ?? null }));
  });
  const count = entity.unique.length === 0 ? most : 1;
  // Keys that are made here begin where those of the example's own rows have ended.
  for (let skipped = 0; skipped < given.rows.length; skipped += 1) made.skip();
  for (const target of targets)
    for (let at = 0; at < count; at += 1) made.make(entity, { ...Object.fromEntries(referred), ...target });
  const own = made.rows.slice(given.rows.length).filter(({ collection }) => collection === entity.name.plural);
  return own.map((row) => ({ ...row, isBystander: true as const }));
}
