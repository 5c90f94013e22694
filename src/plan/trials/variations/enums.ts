import type { Json } from "../../../document/openapi.ts";
import { isRecord } from "../../../json.ts";
import type { Slot } from "../../../model/model.ts";
import { storedFields, type PlanContext } from "../../context.ts";
import type { Renaming } from "./renaming.ts";
import { isSpokenOf, type Spoken } from "./spoken.ts";

/**
 * Values of a closed list, none of which the rule names, exchanged for one another wherever they stand: what holds of
 * two accounts in one currency holds in every currency. Only where the examples set such values beside each other, so
 * that they are compared with one another and not each with something that the rule only means.
 */
export function exchanges(slot: Slot, spoken: Spoken, context: PlanContext): readonly Renaming[] {
  const lists = new Map<string, readonly string[]>();
  for (const entity of context.model.entities) {
    for (const { type } of storedFields(entity)) {
      if (type.kind === "enum" && type.values.length > 1) lists.set(JSON.stringify(type.values), type.values);
    }
  }
  const free = [...lists.values()].filter(
    (values) =>
      !values.some((value) => isSpokenOf(spoken.rule, value)) &&
      !isShared(values, [...lists.values()]) &&
      isCompared(values, slot),
  );
  const most = Math.max(0, ...free.map(({ length }) => length));
  return Array.from({ length: Math.min(most, 4) }, (_, shift) => (text: string) => {
    const list = free.find((values) => values.includes(text));
    return list?.[(list.indexOf(text) + shift) % list.length] ?? text;
  });
}

/** A value that stands in two lists may mean two things. */
function isShared(values: readonly string[], lists: readonly (readonly string[])[]): boolean {
  return lists.some((list) => list !== values && list.some((one) => values.includes(one)));
}

function isCompared(values: readonly string[], { examples }: Slot): boolean {
  const counts = examples.map(({ given, when, expect }) =>
    [given, when, expect].reduce<number>((sum, part) => sum + countOf(part, values), 0),
  );
  return counts.some((count) => count > 1) && counts.every((count) => count !== 1);
}

function countOf(value: Json, values: readonly string[]): number {
  if (typeof value === "string") return values.includes(value) ? 1 : 0;
  const parts = Array.isArray(value) ? (value as readonly Json[]) : isRecord(value) ? Object.values(value) : [];
  return parts.reduce<number>((sum, part) => sum + countOf(part, values), 0);
}
