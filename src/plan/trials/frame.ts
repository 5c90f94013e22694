import type { Json } from "../../document/openapi.ts";
import { isRecord } from "../../json.ts";
import type { Entity, Slot } from "../../model/model.ts";
import { storedFields, type PlanContext } from "../context.ts";
import { keyField } from "../views/tests/about-row.ts";
import { membersOf } from "../views/tests/slot-example.ts";
import type { TrialFrame } from "./trial.ts";
import { isSpokenOf, spokenOf } from "./variations/spoken.ts";

/** Of what a rule must say something, for rows to be made that its examples do not name: they cannot know their keys. */
const making = /new|creat|add|split|open|issu|mak|generat|insert|duplicat|cop[yi]|book|record|writ|log|regist|another/;

/**
 * What an effect or an operation may change: members of which the rule speaks, and those that an example shows
 * changed. All else stays as it is.
 */
export function frameOf(slot: Slot, context: PlanContext): TrialFrame | undefined {
  if (slot.kind !== "effect" && slot.kind !== "operation") return undefined;
  const { text, rule } = spokenOf(slot, context);
  const shown = shownChanges(slot, slot.entity === undefined ? "" : context.entity(slot.entity).name.plural);
  const { entities } = context.model;
  const changes = entities.map((entity) => {
    const names = storedFields(entity)
      .filter(({ name, type, role }) => {
        const values = type.kind === "enum" ? type.values : [];
        return (
          role === "updated-at" ||
          role === "version" ||
          shown.has(`${entity.name.plural} ${name}`) ||
          isSpokenOf(text, name, values)
        );
      })
      .map(({ name }) => name);
    return [entity.name.plural, names] as const;
  });
  const spoken = entities.filter(({ name }) => isSpokenOf(text, name.words));
  return {
    changes: Object.fromEntries(changes),
    creates: spoken.filter((entity) => making.test(rule) || !isListed(slot, entity)).map(({ name }) => name.plural),
    deletes: spoken.map(({ name }) => name.plural),
  };
}

/** Members that some example expects to be otherwise than it gives them, each with its collection. */
function shownChanges({ examples }: Slot, own: string): ReadonlySet<string> {
  const shown = new Set<string>();
  for (const { given, expect } of examples) {
    const { rows, value } = membersOf(expect);
    if (isRecord(value)) for (const name of Object.keys(value)) shown.add(`${own} ${name}`);
    for (const [collection, after] of Object.entries(membersOf(rows))) {
      const before = rowsOf(membersOf(given)[collection]);
      for (const row of rowsOf(after)) {
        const same = before.find((one) => Object.values(row)[0] === Object.values(one)[0]);
        for (const [name, member] of Object.entries(row)) {
          if (JSON.stringify(same?.[name]) !== JSON.stringify(member)) shown.add(`${collection} ${name}`);
        }
      }
    }
  }
  return shown;
}

function rowsOf(list: Json | undefined): readonly Readonly<Record<string, Json>>[] {
  return Array.isArray(list) ? (list as readonly Json[]).map(membersOf) : [];
}

/** Whether examples say what becomes of the entity's rows, and none of them is new. */
function isListed({ examples }: Slot, entity: Entity): boolean {
  const key = keyField(entity);
  const expected = examples.flatMap(({ given, expect }) => {
    const rows = membersOf(membersOf(expect)["rows"])[entity.name.plural];
    const before = JSON.stringify(membersOf(given)[entity.name.plural] ?? []);
    return rowsOf(rows).map((row) => before.includes(JSON.stringify(row[key])));
  });
  return expected.length > 0 && expected.every(Boolean);
}
