import type { OpenApi, Schema } from "../document/openapi.ts";
import {
  choice,
  choicesOf,
  deepest,
  isNull,
  isStructured,
  kindsOf,
  valuesOf,
  type Paths,
  type Walk,
} from "./schema-choices.ts";

/**
 * Where requests send a member and the answers' schema, which is closed, names none, as paths: what is kept there is no
 * part of any answer.
 */
export function unnamedIn(sent: Schema, shown: Schema, root: OpenApi): Paths {
  return withoutName(sent, shown, [], { root, budget: { nodes: 2_000 } });
}

function withoutName(sent: Schema, shown: Schema, path: readonly string[], context: Walk): Paths {
  context.budget.nodes -= 1;
  if (context.budget.nodes < 0 || path.length > deepest) return [];
  const shownChoices = choicesOf(shown, context);
  if (kindsOf(shownChoices.filter((choice) => !isNull(choice))) === undefined) return [];
  const [ours, theirs] = [choicesOf(sent, context).filter(isStructured), shownChoices.filter(isStructured)];
  const isClosed = theirs.length > 0 && theirs.every(({ additionalProperties }) => additionalProperties === false);
  const names = new Set(ours.flatMap(({ properties }) => Object.keys(properties ?? {})));
  const members = [...names].flatMap((name): Paths => {
    const member = choice(ours, ({ properties }) => properties?.[name]);
    const same = choice(theirs, (other) => other.properties?.[name] ?? valuesOf(other));
    if (member === undefined) return [];
    if (same === undefined) return isClosed ? [[...path, name]] : [];
    return withoutName(member, same, [...path, name], context);
  });
  const inner = [({ items }: Schema) => items, valuesOf].flatMap((part) => {
    const [left, right] = [choice(ours, part), choice(theirs, part)];
    return left && right ? withoutName(left, right, [...path, "*"], context) : [];
  });
  return [...members, ...inner];
}

/** What each choice of a schema says of a member. */
export function membersNamed(schema: Schema, name: string, root: OpenApi): readonly Schema[] {
  return choicesOf(schema, { root, budget: { nodes: 100 } }).flatMap(({ properties }) => properties?.[name] ?? []);
}
