import { memberKey, nounKey, wordsOf } from "./names.ts";
import type { View } from "./schemas.ts";
import type { Content } from "./unwrap.ts";

export function hasRow(content: Content): boolean {
  return (
    (content.form === "row" || content.form === "rows" || content.form === "row-map") &&
    (content.view?.members.size ?? 0) > 0
  );
}

export function distinct(contents: readonly Content[]): readonly Content[] {
  const seen = new Set<string>();
  return contents.filter((content) => {
    const identity = content.view?.pointer ?? "";
    return !seen.has(identity) && seen.add(identity);
  });
}

/** A message about what happened, no state of a thing. */
export function isStatus(view: View | undefined): boolean {
  if (!view) return false;
  return [...view.members.keys()].every(isStatusWord);
}

export function isStatusWord(name: string): boolean {
  return /^(message|msg|status|success|ok|code|error|errors|detail|details|result|deleted|type|count|timestamp|path)$/i.test(
    name,
  );
}

/** `{ message, id }` says of a write that it was done, and to which row: of the row itself it shows the key alone. */
export function isReceipt(view: View, row: View | undefined): boolean {
  const names = new Set([...(row?.members.keys() ?? [])].map(memberKey));
  const shared = [...view.members.keys()].filter((name) => names.has(memberKey(name)));
  return shared.length < view.members.size && shared.every(isIdentity);
}

/** Called as keys are, whatever they are the keys of. */
export function isIdentity(name: string): boolean {
  return /^(_?id|uuid|guid|pk|sid|gid|uid)$/i.test(name);
}

/** An object of JSON:API has its key beside its attributes. */
export function isIdentified({ view, inner }: Content): boolean {
  return inner.length > 0 || hasIdentity(view);
}

export function hasIdentity(view: View | undefined): boolean {
  return view !== undefined && [...view.members.keys()].some(isIdentity);
}

/** Share of the first one's members that the second has too, by name. */
export function overlap(one: View | undefined, other: View | undefined): number {
  if (!one || !other || one.members.size === 0) return 0;
  const names = new Set([...other.members.keys()].map(memberKey));
  const shared = [...one.members.keys()].filter((name) => names.has(memberKey(name)));
  return shared.length / one.members.size;
}

/** "MuseumTicketsConfirmation" names tickets. */
export function namesNoun(schemaName: string | undefined, noun: string): boolean {
  if (schemaName === undefined) return false;
  const words = wordsOf(schemaName).map((word) => nounKey(word));
  const last = nounKey(wordsOf(noun).at(-1) ?? noun);
  return words.includes(last) || nounKey(schemaName) === nounKey(noun);
}
