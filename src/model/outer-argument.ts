import { singularOf, wordsOf } from "./names.ts";
import { isArgument } from "./sites.ts";

/**
 * The words of an argument that an entity's rows lie below, where its name is that of their own key: `{id}` of
 * `/scenarios/{id}/events` is the scenario's id, not the event's. Undefined where no word stands before it.
 */
export function outerWords(parts: readonly string[], index: number, name: string): readonly string[] | undefined {
  const before = parts[index - 1];
  if (before === undefined || isArgument(before)) return undefined;
  const words = wordsOf(before);
  const last = words.at(-1);
  return last === undefined ? undefined : [...words.slice(0, -1), singularOf(last), ...wordsOf(name)];
}
