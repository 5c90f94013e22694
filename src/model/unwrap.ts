import type { Payload } from "./classified.ts";
import { areTagged, membersOfChoices } from "./choices.ts";
import { nounKey } from "./names.ts";
import { envelopeKey } from "./envelope.ts";
import type { Opening } from "./envelope.ts";
import type { Located, SchemaReader, View } from "./schemas.ts";

/** What a body carries once its envelopes are opened. */
export interface Content {
  readonly form: Payload["form"];
  readonly path: readonly string[];
  readonly inner: readonly string[];
  /** The schema of one row (or key), and how it looks. */
  readonly row?: Located;
  readonly view?: View;
  /** True where the document gives no schema, or one that says nothing. */
  readonly isUntyped: boolean;
  /** The items of a list were wrapped in an array of one (an item read that is declared as an array). */
  readonly envelope?: View;
  /** One of several bodies; `view` has what any of them takes. */
  readonly isChoice?: true;
}

export const untyped: Content = { form: "other", path: [], inner: [], isUntyped: true };

/**
 * Opens the envelopes of a body. `nouns` are the path's own words, singular: they tell a resource's key from others.
 */
export function unwrap(body: Located | undefined, nouns: ReadonlySet<string>, reader: SchemaReader): Content {
  return body ? open(body, [], { nouns, reader }, 0) : untyped;
}

function open(body: Located, path: readonly string[], opening: Opening, depth: number): Content {
  const view = opening.reader.view(body);
  switch (view.kind) {
    case "array":
      return openArray(view, path, opening, depth);
    case "object":
      return openObject(body, view, path, opening, depth);
    case "union":
      return openUnion(body, view, path, opening, depth);
    case "any":
      return { ...untyped, path, row: body, view };
    default:
      return { form: "key", path, inner: [], row: body, view, isUntyped: false };
  }
}

function openArray(view: View, path: readonly string[], opening: Opening, depth: number): Content {
  if (!view.items) return { ...untyped, form: "other", path, view };
  const item = open(view.items, [], opening, Math.max(depth, 2));
  if (item.form === "row" && item.path.length === 0) return { ...item, form: "rows", path };
  if (item.form === "key") return { ...item, form: "keys", path };
  return { ...item, form: "other", path, isUntyped: item.isUntyped };
}

/**
 * The first choice that is an entity decides: a read that may also answer a stub of what was deleted reads the former.
 * Forms of one row that a member tells apart are all of them. One row or several are two things.
 */
function openUnion(body: Located, view: View, path: readonly string[], opening: Opening, depth: number): Content {
  const choices = view.choices.map((choice) => open(choice, path, opening, depth));
  const rows = choices.filter((choice) => choice.form === "row" || choice.form === "rows");
  const [first] = [...rows].sort((a, b) => (b.view?.members.size ?? 0) - (a.view?.members.size ?? 0));
  const isOneThing =
    rows.length > 0 && rows.every((row) => row === first || (row.form === first?.form && isStub(row, first)));
  const forms = rows.flatMap((row) => (row.form === "row" && row.view && row.inner.length === 0 ? [row.view] : []));
  if (isOneThing && forms.length === choices.length && areTagged(forms, opening.reader)) {
    const merged: View = { ...view, kind: "object", ...membersOfChoices(forms) };
    return { form: "row", path, inner: [], row: body, view: merged, isUntyped: false };
  }
  return isOneThing && first ? first : { form: "other", path, inner: [], row: body, view, isUntyped: false };
}

function isStub(row: Content, whole: Content | undefined): boolean {
  const members = [...(row.view?.members.keys() ?? [])];
  const known = members.filter((name) => whole?.view?.members.has(name) === true || /^(deleted|removed)$/i.test(name));
  return members.length > 0 && known.length === members.length;
}

function openObject(body: Located, view: View, path: readonly string[], opening: Opening, depth: number): Content {
  if (isOneOrSeveral(view, opening)) return { form: "other", path, inner: [], row: body, view, isUntyped: false };
  const key = depth < 3 ? envelopeKey(view, opening, depth === 0) : undefined;
  const member = key === undefined ? undefined : view.members.get(key);
  if (key !== undefined && member) {
    const content = open(member, [...path, key], opening, depth + 1);
    if (content.form !== "other" || content.isUntyped) return { ...content, envelope: view };
  }
  const attributes = isJsonApi(view) ? view.members.get("attributes") : undefined;
  if (attributes && opening.reader.view(attributes).members.size > 0) {
    return {
      form: "row",
      path,
      inner: ["attributes"],
      row: body,
      view: opening.reader.view(attributes),
      isUntyped: false,
    };
  }
  if (view.members.size === 0 && view.values) return openMap(view, path, opening, depth);
  if (view.members.size === 0) return { ...untyped, path, row: body, view };
  return { form: "row", path, inner: [], row: body, view, isUntyped: false };
}

/** `transaction` and `transactions`, both optional and of the same rows: one of two bodies, and nothing says which. */
function isOneOrSeveral(view: View, { nouns, reader }: Opening): boolean {
  const named = [...view.members].filter(([name]) => !view.required.has(name) && nouns.has(nounKey(name)));
  const views = named.map(([, member]) => reader.view(member));
  const several = views.find(({ kind, items }) => kind === "array" && items !== undefined)?.items;
  const one = views.find(({ kind }) => kind === "object");
  return (
    named.length === 2 && several !== undefined && one !== undefined && reader.view(several).pointer === one.pointer
  );
}

/** A resource object (JSON:API 1.1 §7.2): fields are in `attributes`, and nothing of its own is beside them. */
function isJsonApi({ members }: View): boolean {
  return (
    members.has("attributes") &&
    [...members.keys()].every((name) => /^(id|type|attributes|relationships|links|meta|lid)$/.test(name))
  );
}

function openMap(view: View, path: readonly string[], opening: Opening, depth: number): Content {
  const value = view.values ? open(view.values, [], opening, Math.max(depth, 2)) : undefined;
  const isRows = value?.form === "row" && value.path.length === 0;
  return isRows ? { ...value, form: "row-map", path } : { form: "other", path, inner: [], view, isUntyped: false };
}

/** The same of a request. One of several bodies is no stub of another, even where it has but some of its members. */
export function unwrapRequest(body: Located | undefined, nouns: ReadonlySet<string>, reader: SchemaReader): Content {
  const content = unwrap(body, nouns, reader);
  const view = body && reader.view(body);
  if (!body || view?.kind !== "union" || content.path.length > 0) return withChoices(content, reader);
  const whole = withChoices({ form: "other", path: [], inner: [], row: body, view, isUntyped: false }, reader);
  return whole.isChoice === true ? whole : content;
}

/** A write that takes one of several bodies takes the members of each, and demands what all of them demand. */
function withChoices(content: Content, reader: SchemaReader): Content {
  const { view } = content;
  if (content.form !== "other" || view?.kind !== "union") return content;
  const choices = view.choices.map((choice) => reader.view(choice));
  if (choices.length === 0 || !choices.every(({ kind, members }) => kind === "object" && members.size > 0))
    return content;
  const merged: View = { ...view, kind: "object", ...membersOfChoices(choices) };
  return { ...content, form: "row", view: merged, isUntyped: false, isChoice: true };
}
