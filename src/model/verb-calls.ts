import type { OperationKind } from "./model.ts";
import { nounKey, wordsOf } from "./names.ts";
import { isArgument } from "./sites.ts";
import type { Site } from "./sites.ts";
import { verbOf } from "./verbs.ts";

/** A path that ends in a verb, and what it is done to: `/rooms/getRoom/{id}`, `/accounts/create`. */
export interface VerbCall {
  /** What stands before the verb. */
  readonly base: readonly string[];
  readonly kind: OperationKind;
  /** How many arguments follow the verb. */
  readonly depth: number;
}

/** Undefined where the last word is no verb, or is one about something else than what stands before it. */
export function verbCallOf(site: Site): VerbCall | undefined {
  const { segments } = site.call;
  const at = site.parts.findLastIndex((part) => !isArgument(part));
  const base = site.parts.slice(0, at);
  const depth = site.parts.length - at - 1;
  const text = segments[at]?.text ?? "";
  const verb = verbOf(text);
  if (!verb || at < 1 || depth > 1 || isArgument(base.at(-1))) return undefined;
  if (!verb.isAlone && !isAbout(text, segments[at - 1]?.text ?? "", site)) return undefined;
  return { base, kind: kindOf(verb.kind, site), depth };
}

/** `GetRooms`, `getAllRooms` and `GetRoomById` of `/rooms`; one room that is found by its colour is another question. */
function isAbout(text: string, noun: string, { output }: Site): boolean {
  const words = wordsOf(text).slice(1);
  const by = words.findIndex((word) => /^by$/i.test(word));
  const found = by === -1 ? undefined : words.slice(by + 1).join("");
  const things = words
    .slice(0, by === -1 ? words.length : by)
    .filter((word) => !/^(all|my|one|new|single|the|list)$/i.test(word));
  const isByKey = found === undefined || /^(id|uuid|guid|key|pk)$/i.test(found) || output.form === "rows";
  return isByKey && things.length > 0 && nounKey(things.join("")) === nounKey(noun);
}

/** `get` may answer one row or many: the answer tells. */
function kindOf(kind: OperationKind, { output }: Site): OperationKind {
  if (kind !== "read" && kind !== "list") return kind;
  if (output.form === "rows" || output.form === "row-map") return "list";
  return output.form === "row" ? "read" : kind;
}
