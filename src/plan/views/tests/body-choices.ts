import type { Json, Schema } from "../../../document/openapi.ts";
import { propertyKey } from "../../../render/escape.ts";
import { conforms } from "../../conforms.ts";

interface MadeMember {
  readonly code?: string;
  readonly value?: Json;
}

/**
 * A body that may be one of several, as code: the first that can be made of what it requires. Undefined where there is
 * none, or where no object is asked for.
 */
export function choiceCode(schema: Schema, make: (name: string, member: Schema) => MadeMember): string | undefined {
  for (const { properties, required } of choicesOf(schema)) {
    const members = required.map((name) => ({ name, ...make(name, properties[name] ?? {}) }));
    const isMade = members.length > 0 && members.every(({ code }) => code !== undefined);
    const sample = Object.fromEntries(members.map(({ name, value }) => [name, value ?? null]));
    if (isMade && conforms(schema, sample))
      return `{ ${members.map(({ name, code }) => `${propertyKey(name)}: ${code}`).join(", ")} }`;
  }
  return undefined;
}

interface Choice {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
}

/** Compositions of compositions multiply; more than these say nothing new. */
const mostChoices = 8;

function choicesOf(schema: Schema): readonly Choice[] {
  const own: Choice = { properties: schema.properties ?? {}, required: schema.required ?? [] };
  const parts = [
    ...(schema.allOf ?? []).map(choicesOf),
    ...[schema.oneOf, schema.anyOf].flatMap((list) => (list === undefined ? [] : [list.flatMap(choicesOf)])),
  ];
  return parts.reduce<readonly Choice[]>(
    (all, choices) => all.flatMap((one) => choices.map((other) => both(one, other))).slice(0, mostChoices),
    [own],
  );
}

function both(one: Choice, other: Choice): Choice {
  const properties = { ...one.properties };
  for (const [name, member] of Object.entries(other.properties)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    properties[name] = known === undefined ? member : { allOf: [known, member] };
  }
  return { properties, required: [...new Set([...one.required, ...other.required])] };
}
