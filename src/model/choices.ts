import type { Json, Schema } from "../document/openapi.ts";
import type { Located, SchemaReader, View } from "./schemas.ts";

/**
 * The members of several forms of one thing, and those that all of them require. A member that they describe differently
 * is any of what they say: `kind`, which tells them apart, has the values of all.
 */
export function membersOfChoices(choices: readonly View[]): Pick<View, "members" | "required"> {
  const named = Map.groupBy(
    choices.flatMap(({ members }) => [...members]),
    ([name]) => name,
  );
  const members = [...named].map(([name, uses]) => [name, anyOf(uses.map(([, located]) => located))] as const);
  return { members: new Map(members), required: requiredByAll(choices) };
}

/** The members without which none of the choices is valid. */
export function requiredByAll([first, ...others]: readonly View[]): ReadonlySet<string> {
  return new Set([...(first?.required ?? [])].filter((name) => others.every(({ required }) => required.has(name))));
}

/** Whether one member tells the choices apart: each has a single value there, and no two the same. */
export function areTagged(choices: readonly View[], reader: SchemaReader): boolean {
  const [first, ...others] = choices;
  if (first === undefined || others.length === 0) return false;
  return [...first.members.keys()].some((name) => {
    const tags = choices.map(({ members }) => {
      const member = members.get(name);
      return member && soleValue(reader.view(member).schema);
    });
    return !tags.includes(undefined) && new Set(tags).size === tags.length;
  });
}

function soleValue({ enum: values, const: value }: Schema): Json | undefined {
  if (value !== undefined) return value;
  return values?.length === 1 ? values[0] : undefined;
}

/** Of descriptions that differ in their prose alone the last is taken. */
function anyOf(located: readonly Located[]): Located {
  const distinct = new Map(located.map((one) => [JSON.stringify(withoutProse(one.schema)), one]));
  const [first, ...others] = distinct.values();
  if (first === undefined) throw new Error("A member of no choice has no description.");
  if (others.length === 0) return first;
  const schemas = [first, ...others].map(({ schema }) => schema);
  const isWords = schemas.every(({ type, enum: values }) => type === "string" && values !== undefined);
  const schema: Schema = isWords
    ? { type: "string", enum: [...new Set(schemas.flatMap(({ enum: values = [] }) => values))] }
    : { anyOf: schemas };
  return { schema, pointer: first.pointer };
}

function withoutProse({
  title: _title,
  description: _description,
  example: _example,
  examples: _examples,
  ...rest
}: Schema): Schema {
  return rest;
}
