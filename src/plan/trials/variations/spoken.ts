import type { Json } from "../../../document/openapi.ts";
import { isRecord } from "../../../json.ts";
import type { Slot } from "../../../model/model.ts";
import { wordsOf } from "../../../model/names.ts";
import type { PlanContext } from "../../context.ts";
import { slotOperations } from "../../views/signatures.ts";

/** What a document says of a slot: what it does not speak of decides nothing. */
export interface Spoken {
  /** The rule's words, those of its operations and codes, and the titles of its examples; in lower case. */
  readonly text: string;
  /** The rule's own words, in lower case. */
  readonly rule: string;
  /** Names that its examples give values, whatever they stand in, and which ones. */
  readonly named: ReadonlyMap<string, ReadonlySet<string>>;
}

export function spokenOf(slot: Slot, context: PlanContext): Spoken {
  const operations = slotOperations(slot, context);
  const scopes = operations.flatMap(({ security }) => security.flat().flatMap((one) => one.scopes));
  const said = operations.flatMap(({ summary = "", description = "" }) => [summary, description]);
  const titles = slot.examples.map(({ title = "" }) => title);
  const named = new Map<string, Set<string>>();
  for (const { given, when, expect } of slot.examples) for (const part of [given, when, expect]) collect(part, named);
  return {
    text: [slot.text, ...said, ...Object.keys(slot.refuse), ...titles, ...scopes].join("\n").toLowerCase(),
    rule: slot.text.toLowerCase(),
    named,
  };
}

function collect(value: Json, into: Map<string, Set<string>>): void {
  if (Array.isArray(value)) for (const item of value as readonly Json[]) collect(item, into);
  else if (isRecord(value))
    for (const [name, member] of Object.entries(value)) {
      into.set(name, (into.get(name) ?? new Set()).add(JSON.stringify(member)));
      collect(member, into);
    }
}

/** Words of which five letters say enough: "reversed" in "reverse", "limits" in "limit". */
const enough = 5;

/** Whether one of a name's words, or one of its values, is among those that are said. */
export function isSpokenOf(said: string, name: string, values: readonly unknown[] = []): boolean {
  return [name, ...values.filter((one) => typeof one === "string")].some((one) =>
    wordsOf(one).some((word) => hasWord(said, word.toLowerCase())),
  );
}

function hasWord(said: string, word: string): boolean {
  if (word.length > 3) return said.includes(word.slice(0, Math.max(4, Math.min(enough, word.length - 1))));
  return word.length > 1 && said.split(/[^\p{L}\d]+/u).includes(word);
}
