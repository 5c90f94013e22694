import type { Json } from "../../../document/openapi.ts";
import { isRecord } from "../../../json.ts";
import type { Entity, Field, Slot } from "../../../model/model.ts";
import { fieldOf, storedFields, type PlanContext } from "../../context.ts";
import { allowsNull } from "../../nullable.ts";
import { Imports } from "../../views/imports.ts";
import { slotOperations } from "../../views/signatures.ts";
import { requestPlan } from "../../views/tests/requests.ts";
import { standsForCaller, subjectField } from "../../views/ownership.ts";
import { uniquesOf } from "../../views/tests/uniques.ts";
import type { TrialInput, TrialRow } from "../trial.ts";
import { isSpokenOf, type Spoken } from "./spoken.ts";
import { otherValues, type BodyLiterals } from "./values.ts";

/** A member of which the document says nothing for this slot, and values that it may have; undefined: it is left out. */
export interface SilentMember {
  readonly name: string;
  readonly values: readonly (Json | undefined)[];
  /** Rows may be told apart by their order in time. */
  readonly isMoment: boolean;
}

export interface Silent {
  /** By collection. */
  readonly rows: ReadonlyMap<string, readonly SilentMember[]>;
  readonly body: readonly SilentMember[];
}

const ownRoles: readonly Field["role"][] = ["data", "value", "created-at"];

/** Members that neither the rule nor an example names: what a body answers may not depend on them. */
export function silentMembers(slot: Slot, spoken: Spoken, literals: BodyLiterals, context: PlanContext): Silent {
  const rows = context.model.entities.map(
    (entity) => [entity.name.plural, silentOf(entity, spoken, literals, context)] as const,
  );
  return { rows: new Map(rows), body: silentBody(slot, spoken, literals, context) };
}

/** A text of which the rule does not speak, and that is the same in all examples, is there because something has to be. */
function isSilent({ text, named }: Spoken, { name, type }: Pick<Field, "name" | "type">, wire = name): boolean {
  const values = type.kind === "enum" ? type.values : [];
  if (isSpokenOf(text, wire, values)) return false;
  const isText = type.kind === "text" || type.kind === "decimal-text";
  const known = named.get(wire);
  return known === undefined || (isText && known.size === 1);
}

function silentOf(
  entity: Entity,
  spoken: Spoken,
  literals: BodyLiterals,
  context: PlanContext,
): readonly SilentMember[] {
  const uniques = uniquesOf(entity, context);
  const subject = subjectField(entity, context);
  const isFree = ({ name, role, references, origin }: Field): boolean =>
    ownRoles.includes(role) &&
    references === undefined &&
    origin !== "write" &&
    !uniques.has(name) &&
    !entity.key.fields.includes(name) &&
    !(standsForCaller(entity) && name === subject);
  return storedFields(entity)
    .filter((field) => isFree(field) && isSilent(spoken, field))
    .map((field) => {
      const values = otherValues(field.type, context.resolved(field.schema), literals);
      const all = field.isStoredNotNull ? values : [null, ...values];
      return { name: field.name, values: all, isMoment: isMoment(field) };
    })
    .filter(({ values }) => values.length > 0);
}

function silentBody(slot: Slot, spoken: Spoken, literals: BodyLiterals, context: PlanContext): readonly SilentMember[] {
  if (slot.entity === undefined || slot.kind === "operation") return [];
  const entity = context.entity(slot.entity);
  const operation = slotOperations(slot, context).find(({ body }) => body !== undefined);
  const plan = operation && requestPlan(operation, context, new Imports()).body;
  return (plan?.members ?? []).flatMap(({ name, schema, isRequired, write }): readonly SilentMember[] => {
    if (write?.target.kind !== "field") return [];
    const field = fieldOf(entity, write.target.field);
    if (field.references !== undefined || entity.key.fields.includes(field.name)) return [];
    if (!isSilent(spoken, field, name)) return [];
    const values = otherValues(field.type, schema, literals);
    const all = [...(allowsNull(schema) ? [null] : []), ...(isRequired ? [] : [undefined]), ...values];
    return all.length === 0 ? [] : [{ name, values: all, isMoment: isMoment(field) }];
  });
}

function isMoment({ type }: Field): boolean {
  return type.kind === "date-time" || type.kind === "date";
}

/** The rows with other values of what nobody speaks of, by turn. */
export function variedRows(rows: readonly TrialRow[], silent: Silent, turn: number): readonly TrialRow[] {
  return rows.map(({ collection, values, ...row }, at) => {
    const changes = (silent.rows.get(collection) ?? []).map(({ name, values: others, isMoment: isOrdered }) => {
      // Rows of one trial keep their order in time.
      const shift = isOrdered || turn % 2 === 0 ? 0 : at;
      return [name, others[(turn + shift) % others.length] ?? null] as const;
    });
    return { ...row, collection, values: { ...values, ...Object.fromEntries(changes) } };
  });
}

/** A moment of the request is the same moment in another zone. */
function respelled(body: Readonly<Record<string, Json>>, turn: number): Readonly<Record<string, Json>> {
  if (turn % 2 === 0) return body;
  let count = 0;
  const spelled = (value: Json): Json => {
    const isMoment = typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(value);
    if (!isMoment || Number.isNaN(Date.parse(value))) return value;
    const zone = zones[(count += 1) % zones.length] ?? { name: "Z", hours: 0 };
    const there = new Date(Date.parse(value) + zone.hours * 3_600_000).toISOString();
    return `${there.slice(0, 19)}${value.slice(19, -1)}${zone.name}`;
  };
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, spelled(value)]));
}

/** One after the other, so that two moments of a request are in different ones. */
const zones = [
  { name: "+02:00", hours: 2 },
  { name: "-05:00", hours: -5 },
] as const;

/** A body, which is what an input by value is, with other values of what nobody speaks of. */
export function variedInput(input: TrialInput, silent: Silent, turn: number): TrialInput {
  if (input.kind !== "value" || !isRecord(input.value)) return input;
  const changes = silent.body.map(({ name, values }) => [name, values[turn % values.length]] as const);
  const value = { ...respelled(input.value, turn), ...Object.fromEntries(changes) };
  const members = Object.entries(value).flatMap(([name, one]) => (one === undefined ? [] : [[name, one] as const]));
  return { kind: "value", value: Object.fromEntries(members) };
}
