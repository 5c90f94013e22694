import type { Json, Schema } from "../../../document/openapi.ts";
import { isRecord } from "../../../json.ts";

/**
 * A form, or a query, says nothing of an object without members, and what it does not declare stays a text: a sample for
 * one holds at least a member wherever it nests, and none that is not declared.
 */
export function sayable(schema: Schema): Schema {
  const each = (parts: readonly Schema[]): readonly Schema[] => parts.map(sayable);
  return {
    ...schema,
    ...(schema.properties && {
      additionalProperties: schema.additionalProperties ?? false,
      properties: Object.fromEntries(
        Object.entries(schema.properties).map(([name, part]) => [name, sayableMember(part)]),
      ),
    }),
    ...(schema.items && { items: sayableMember(schema.items) }),
    ...(schema.allOf && { allOf: each(schema.allOf) }),
    ...(schema.anyOf && { anyOf: each(schema.anyOf) }),
    ...(schema.oneOf && { oneOf: each(schema.oneOf) }),
  };
}

/** The same of what is itself a member, whichever of several it is. */
export function sayableMember(schema: Schema): Schema {
  const said: Schema = {
    ...sayable(schema),
    ...(schema.anyOf && { anyOf: schema.anyOf.map(sayableMember) }),
    ...(schema.oneOf && { oneOf: schema.oneOf.map(sayableMember) }),
  };
  return schema.properties === undefined ? said : { ...said, minProperties: Math.max(schema.minProperties ?? 0, 1) };
}

/** What arrives of a value that a form holds: neither an object nor a list that is empty; undefined where nothing does. */
export function saidByForm(value: Json): Json | undefined {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).flatMap((item) => saidByForm(item) ?? []);
    return items.length === 0 ? undefined : items;
  }
  if (!isRecord(value)) return value;
  const members = Object.entries(value as Readonly<Record<string, Json>>).flatMap(([name, member]) => {
    const said = saidByForm(member);
    return said === undefined ? [] : [[name, said] as const];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}
