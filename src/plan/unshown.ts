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

/** What of a value that one column holds whole its answers cannot show, though requests may send it. */
export interface Unshown {
  /** Where a text may be sent for no value or an unbounded one ("", "inf"), and null, but no text, is shown. */
  readonly nulled: Paths;
  /** The same where not even null is shown. */
  readonly leftOut: Paths;
  /** Where values of one kind are sent, and of another one shown under the same name: a wish, and what became of it. */
  readonly removed: Paths;
}

/** `*` stands for each item of a list and each member of a map; the path of the whole value is empty. */
export function unshownIn(sent: Schema, shown: Schema, root: OpenApi): Unshown {
  const found = walk(sent, shown, [], { root, budget: { nodes: 2_000 } });
  const of = (wanted: keyof Unshown): Paths => found.filter(({ kind }) => kind === wanted).map(({ path }) => path);
  return { nulled: of("nulled"), leftOut: of("leftOut"), removed: of("removed") };
}

/** Whether an empty text is one of several things that may be sent. */
export function takesEmptyText(sent: Schema, root: OpenApi): boolean {
  const choices = choicesOf(sent, { root, budget: { nodes: 100 } });
  return choices.length > 1 && choices.some(isEmptyText);
}

interface Found {
  readonly kind: keyof Unshown;
  readonly path: readonly string[];
}

function walk(sent: Schema, shown: Schema, path: readonly string[], context: Walk): readonly Found[] {
  context.budget.nodes -= 1;
  if (context.budget.nodes < 0 || path.length > deepest) return [];
  const sentChoices = choicesOf(sent, context).filter((choice) => !isNull(choice));
  const shownChoices = choicesOf(shown, context);
  const sentKinds = kindsOf(sentChoices);
  const shownKinds = kindsOf(shownChoices.filter((choice) => !isNull(choice)));
  if (shownKinds === undefined || sentKinds === undefined) return [];
  const isText = sentKinds.includes("string") && !shownKinds.includes("string");
  const others = sentKinds.filter((kind) => kind !== "string");
  if (path.length > 0 && !(isText ? others : sentKinds).some((kind) => shownKinds.includes(kind)))
    return [{ kind: "removed", path }];
  const isNulled = path.length === 0 || shownChoices.some(mayBeNull);
  const own: readonly Found[] = isText && others.length > 0 ? [{ kind: isNulled ? "nulled" : "leftOut", path }] : [];
  const inner = below(sentChoices, shownChoices, path, context);
  return inner.some((found) => found.path.length === path.length) ? inner : [...own, ...inner];
}

/** Where there are several objects or lists, what any of them says of a member is one of its choices. */
function below(
  sent: readonly Schema[],
  shown: readonly Schema[],
  path: readonly string[],
  context: Walk,
): readonly Found[] {
  const [ours, theirs] = [sent.filter(isStructured), shown.filter(isStructured)];
  const names = new Set(ours.flatMap(({ properties }) => Object.keys(properties ?? {})));
  const members = [...names].flatMap((name) => {
    const member = choice(ours, ({ properties }) => properties?.[name]);
    const same = choice(theirs, (other) => other.properties?.[name] ?? valuesOf(other));
    return member && same ? walk(member, same, [...path, name], context) : [];
  });
  const inner = [({ items }: Schema) => items, valuesOf].flatMap((part) => {
    const [left, right] = [choice(ours, part), choice(theirs, part)];
    return left && right ? walk(left, right, [...path, "*"], context) : [];
  });
  // A list of nothing that can be shown is none itself.
  const isAllRemoved = inner.some((found) => found.kind === "removed" && found.path.length === path.length + 1);
  if (isAllRemoved && path.length > 0) return [{ kind: "removed", path }];
  return [...members, ...inner];
}

function mayBeNull({ type, enum: values }: Schema): boolean {
  return [type ?? []].flat().includes("null") || values?.includes(null) === true;
}

function isEmptyText({ enum: values }: Schema): boolean {
  return values !== undefined && values.length > 0 && values.every((value) => value === "" || value === null);
}
