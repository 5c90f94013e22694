import { nounKey, wordsOf } from "./names.ts";
import { hasIdentity, isIdentity } from "./rows.ts";
import type { SchemaReader, View } from "./schemas.ts";

/** What tells an envelope from a row: the path's own words, singular, and the schemas. */
export interface Opening {
  readonly nouns: ReadonlySet<string>;
  readonly reader: SchemaReader;
}

/**
 * The one member of an envelope that holds the rows. An envelope has few members, no identity of its own, and beside
 * the rows only words of paging, status and links; a lookup list may stand beside a list that is named like the path.
 */
export function envelopeKey(view: View, opening: Opening, isOutermost: boolean): string | undefined {
  const names = [...view.members.keys()];
  if (names.length > 20 || names.some((name) => isIdentity(name) || isOwnKey(name, opening))) return undefined;
  const candidates = names.filter((name) => carriesRows(name, view, opening));
  const others = names.filter((name) => !candidates.includes(name));
  const strong =
    strongKey(candidates, others, view, opening) ??
    (isOutermost ? usualKey(candidates, others, view, opening) : undefined);
  if (strong !== undefined) return strong;
  const [named, ...more] = candidates.filter((name) => opening.nouns.has(nounKey(name)));
  if (named !== undefined && more.length === 0 && isKnownApart(named, view, opening)) return named;
  if (candidates.length === 0 || others.some((name) => !isSide(name, view, opening))) return undefined;
  const byNoun = candidates.filter((name) => opening.nouns.has(nounKey(name)));
  const byHabit = candidates.filter((name) => containers.has(name.toLowerCase()));
  if (byNoun.length === 1) return byNoun[0];
  if (byHabit.length === 1) return byHabit[0];
  return candidates.length === 1 && isLikelyEnvelope(view, candidates[0] ?? "", opening) ? candidates[0] : undefined;
}

/** A list that is called like the path is what the path is for, whatever is said beside it; so is a list beside words of paging. */
function strongKey(
  candidates: readonly string[],
  others: readonly string[],
  view: View,
  opening: Opening,
): string | undefined {
  const names = [...view.members.keys()];
  const exact = names.filter((name) => opening.nouns.has(nounKey(name)));
  const named = exact.length > 0 ? exact : names.filter((name) => isNamedSo(name, opening));
  if (named.length === 1 && isListOfRows(named[0], view, opening)) return named[0];
  const paging = others.filter((name) => pagingWords.test(name)).length;
  const [only, ...more] = candidates;
  const isList = more.length === 0 && kindOf(only, view, opening) === "array";
  return isList && paging > 1 && others.every((name) => isPlain(name, view, opening)) ? only : undefined;
}

/**
 * `data` and `results` of an answer, beside any words about the call. A single thing there must have an identity, or a
 * status code beside it: `{ type, data: { … } }` may as well be an event with what it is about.
 */
function usualKey(
  candidates: readonly string[],
  others: readonly string[],
  view: View,
  opening: Opening,
): string | undefined {
  const usual = candidates.filter((name) => /^(data|results?|response|payload|body)$/i.test(name));
  const member = view.members.get(usual[0] ?? "");
  const inner = member && opening.reader.view(member);
  if (usual.length !== 1 || !inner || !others.every((name) => isPlain(name, view, opening))) return undefined;
  const isCertain = inner.kind === "array" || hasIdentity(inner) || others.some((name) => /^status_?code$/i.test(name));
  return isCertain ? usual[0] : undefined;
}

/**
 * `{ order: { id, … }, payment: { … } }` and `{ order: { id, … }, revision: 7 }` of `/orders/{id}`: the one that is meant
 * has a key, and beside it stand whole things alone, or values alone.
 */
function isKnownApart(name: string, view: View, opening: Opening): boolean {
  const member = view.members.get(name);
  const others = [...view.members.keys()].filter((other) => other !== name && !isAboutAnswer(other));
  const isAlike =
    others.every((other) => kindOf(other, view, opening) === "object") ||
    others.every((other) => isValue(other, view, opening));
  return member !== undefined && isAlike && hasIdentity(opening.reader.view(member));
}

/** A bare value, or a list of such: `fields_to_clear: ["note"]`. */
function isValue(name: string, view: View, { reader }: Opening): boolean {
  const member = view.members.get(name);
  const inner = member && reader.view(member);
  const kind = inner?.kind === "array" && inner.items ? reader.view(inner.items).kind : inner?.kind;
  return kind !== undefined && /^(string|integer|number|boolean)$/.test(kind);
}

/** A list of texts that is called like the path may be what one thing has. */
function isListOfRows(name: string | undefined, view: View, { reader }: Opening): boolean {
  const member = name === undefined ? undefined : view.members.get(name);
  const list = member && reader.view(member);
  return list?.kind === "array" && list.items !== undefined && reader.view(list.items).kind === "object";
}

function kindOf(name: string | undefined, view: View, { reader }: Opening): View["kind"] | undefined {
  const member = name === undefined ? undefined : view.members.get(name);
  return member && reader.view(member).kind;
}

/** Nothing with members of its own, but what tells of pages and links. */
function isPlain(name: string, view: View, opening: Opening): boolean {
  return isSide(name, view, opening) || !/^(object|union|any)$/.test(kindOf(name, view, opening) ?? "any");
}

/** `pets`, `pet_list` and `store_pets` of a path that ends in `/pets`. */
function isNamedSo(name: string, { nouns }: Opening): boolean {
  const words = wordsOf(name).filter((word, at, all) => at === 0 || at < all.length - 1 || !/^list$/i.test(word));
  return nouns.has(nounKey(words.join(""))) || nouns.has(nounKey(words.at(-1) ?? name));
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
  if (!member || isAboutAnswer(name)) return false;
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

/** `key`, and `price_list_key` of `/price_lists/{key}`. */
function isOwnKey(name: string, { nouns }: Opening): boolean {
  if (name.toLowerCase() === "key") return true;
  const words = wordsOf(name);
  return /^(id|uuid|key|sid)$/i.test(words.at(-1) ?? "") && nouns.has(nounKey(words.slice(0, -1).join("")));
}

/** Words that stand beside the rows of an envelope: paging, status, links, and scalars about the whole. */
function isSide(name: string, view: View, opening: Opening): boolean {
  if (isAboutAnswer(name) || sideWords.test(name)) return true;
  // `{ code: 0, data: … }`: beside what carries the answer, a code says how the call went.
  if (/^code$/i.test(name) && [...view.members.keys()].some((other) => /^(data|results?|payload)$/i.test(other)))
    return true;
  const member = view.members.get(name);
  const inner = member && opening.reader.view(member);
  const kind = inner?.kind ?? "any";
  return kind === "array" || (kind === "object" ? isOfPages(inner) : pageWords.test(name));
}

const pageWords = /(total|count|page|size|limit|offset|next|prev|cursor|token|more|version)/i;

/** `pageable: { pageNumber, pageSize, offset, sort }`. */
function isOfPages(inner: View | undefined): boolean {
  const names = [...(inner?.members.keys() ?? [])];
  return names.length > 1 && names.every((name) => sideWords.test(name) || pageWords.test(name));
}

function isAboutAnswer(name: string): boolean {
  return /^(_?links?|_?meta(data)?|errors?|warnings?|messages?|msg|((response|http|result)_?)?status(_?(code|text|message))?|success|ok|pagination|paging|page(_?info)?|response_?metadata)$/i.test(
    name,
  );
}

const sideWords =
  /^(count|total.*|.*_?total|(returned|matched|found)_?(results|items|rows|records|count)|pages?|page_?(size|number|count|index|token)|per_?page|size|limit|offset|skip|take|next.*|prev(ious)?.*|first(_?page)?|last(_?page)?|is_?(first|last)(_?page)?|max_?results|start_?(at|index|row)|items_?per_?page|has_?(more|next|previous|prev).*|number(_?of.*)?|empty|sort|self|href|url|links?|object|kind|timestamp|etag|cursors?|before|after|request_?id|current_?page|@.*|odata.*)$/i;

/** What only a list has beside it. */
const pagingWords =
  /^(next|prev|previous|first|last)(_?(page|url|uri|link|cursor|token|offset))*$|^(page|page_?(size|number|token|index)|per_?page|limit|offset|skip|cursor|has_?more|start|end|start_?(at|index|row)|max_?results|items_?per_?page|is_?last(_?page)?)$/i;
