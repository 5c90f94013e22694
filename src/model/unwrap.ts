import type { Payload } from "./classified.ts";
import { nounKey } from "./names.ts";
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
}

export const untyped: Content = { form: "other", path: [], inner: [], isUntyped: true };

/**
 * Opens the envelopes of a body. `nouns` are the path's own words, singular: they tell a resource's key from others.
 */
export function unwrap(body: Located | undefined, nouns: ReadonlySet<string>, reader: SchemaReader): Content {
  return body ? open(body, [], { nouns, reader }, 0) : untyped;
}

interface Opening {
  readonly nouns: ReadonlySet<string>;
  readonly reader: SchemaReader;
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

/** The first choice that is an entity decides: a read that may also answer a stub of what was deleted reads the former. */
function openUnion(body: Located, view: View, path: readonly string[], opening: Opening, depth: number): Content {
  const choices = view.choices.map((choice) => open(choice, path, opening, depth));
  const rows = choices.filter((choice) => choice.form === "row" || choice.form === "rows");
  const [first] = [...rows].sort((a, b) => (b.view?.members.size ?? 0) - (a.view?.members.size ?? 0));
  const isOneThing = rows.length > 0 && rows.every((row) => row === first || isStub(row, first));
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

/**
 * The one member of an envelope that holds the rows. An envelope has few members, no identity of its own, and beside
 * the rows only words of paging, status and links; a lookup list may stand beside a list that is named like the path.
 */
function envelopeKey(view: View, opening: Opening, isOutermost: boolean): string | undefined {
  const names = [...view.members.keys()];
  if (names.length > 14 || names.some(isIdentity)) return undefined;
  const candidates = names.filter((name) => carriesRows(name, view, opening));
  const others = names.filter((name) => !candidates.includes(name));
  const isAnswer =
    isOutermost && names.some(isStatusCode) && candidates.some((name) => payloads.has(name.toLowerCase()));
  const isBeside = (name: string) => isSide(name, view, opening) || (isAnswer && isScalar(name, view, opening));
  if (candidates.length === 0 || !others.every(isBeside)) return undefined;
  const byNoun = candidates.filter((name) => opening.nouns.has(nounKey(name)));
  const byHabit = candidates.filter((name) => containers.has(name.toLowerCase()));
  if (byNoun.length === 1) return byNoun[0];
  if (byHabit.length === 1) return byHabit[0];
  return candidates.length === 1 && isLikelyEnvelope(view, candidates[0] ?? "", opening) ? candidates[0] : undefined;
}

/** A single member that is neither named like the path nor by habit must be a list, or be all there is. */
function isLikelyEnvelope(view: View, name: string, opening: Opening): boolean {
  const member = view.members.get(name);
  if (!member) return false;
  const kind = opening.reader.view(member).kind;
  return view.members.size === 1 ? kind === "object" || kind === "array" : kind === "array" && view.members.size <= 8;
}

function carriesRows(name: string, view: View, opening: Opening): boolean {
  const member = view.members.get(name);
  if (!member || isStatusWord(name)) return false;
  const inner = opening.reader.view(member);
  if (inner.kind === "array") {
    const items = inner.items ? opening.reader.view(inner.items).kind : "any";
    return (
      items === "object" ||
      items === "union" ||
      items === "any" ||
      opening.nouns.has(nounKey(name)) ||
      containers.has(name.toLowerCase())
    );
  }
  const isNamed = opening.nouns.has(nounKey(name)) || containers.has(name.toLowerCase());
  if (inner.kind === "object" || inner.kind === "union") return isNamed || view.members.size === 1;
  return inner.kind === "any" && isNamed;
}

const containers = new Set(
  "data items results result content contents value values records record list entries entry resources resource collection payload item rows objects _embedded elements body response docs hits".split(
    " ",
  ),
);

/** What an answer carries beside its status code; whatever text stands there too is about the call. */
const payloads = new Set("data result results response payload body".split(" "));

function isStatusCode(name: string): boolean {
  return /^status_?code$/i.test(name);
}

function isScalar(name: string, view: View, { reader }: Opening): boolean {
  const member = view.members.get(name);
  return member !== undefined && /^(string|integer|number|boolean)$/.test(reader.view(member).kind);
}

function isIdentity(name: string): boolean {
  return /^(_?id|uuid|guid|pk|sid|gid|uid|key)$/i.test(name);
}

/** Words that stand beside the rows of an envelope: paging, status, links, and scalars about the whole. */
function isSide(name: string, view: View, opening: Opening): boolean {
  if (isStatusWord(name) || sideWords.test(name)) return true;
  const member = view.members.get(name);
  const kind = member ? opening.reader.view(member).kind : "any";
  return (
    kind === "array" ||
    (kind !== "object" &&
      /(total|count|page|size|limit|offset|next|prev|cursor|token|more|knowledge|version)/i.test(name))
  );
}

function isStatusWord(name: string): boolean {
  return /^(_?links?|_?meta(data)?|errors?|warnings?|messages?|msg|status(_?(code|text|message))?|success|ok|pagination|paging|page(_?info)?|response_?metadata)$/i.test(
    name,
  );
}

const sideWords =
  /^(count|total.*|.*_?total|pages?|page_?(size|number|count|index|token)|per_?page|size|limit|offset|skip|take|next.*|prev(ious)?.*|first(_?page)?|last(_?page)?|has_?(more|next|previous|prev).*|number(_?of.*)?|empty|sort|self|href|url|links?|object|kind|timestamp|etag|cursors?|before|after|request_?id|server_knowledge|current_?page|@.*|odata.*)$/i;
