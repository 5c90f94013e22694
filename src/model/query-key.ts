import { nounKey, wordsOf } from "./names.ts";
import type { Site } from "./sites.ts";

/** The query parameter that says which one is meant: `/lamps?id=7`, `/lamps?lampId=7`. */
export function queryKeyOf({ call }: Site, noun: string): string | undefined {
  const names = call.parameters.flatMap(({ parameter }) => (parameter.in === "query" ? [parameter.name ?? ""] : []));
  return names.find((name) => {
    const words = wordsOf(name);
    const isKey = /^(id|uuid|guid)$/i.test(words.at(-1) ?? "");
    return isKey && (words.length === 1 || nounKey(words.slice(0, -1).join("")) === nounKey(noun));
  });
}
