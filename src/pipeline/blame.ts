import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { SlotContract } from "../plan/plan.ts";

type Blamable = Pick<SlotContract, "id" | "file" | "functionName">;

/**
 * The slots whose bodies the checks of the whole service have something against: those whose logic file, id or function
 * is named in what was found; all of them where none is, because one of them must be it. Names are whole words, so that
 * `settle` is not blamed for what is said of `settled`.
 */
export function blamedSlots<Kept extends { readonly id: string }>(
  slots: readonly Blamable[],
  kept: readonly Kept[],
  against: readonly Diagnostic[],
): readonly Kept[] {
  const text = against.map(({ saw }) => saw).join("\n");
  const files = against.flatMap(({ place }) => place?.file ?? []);
  const slotOf = (id: string) => slots.find((one) => one.id === id);
  const named = kept.filter(({ id }) => isSaid(text, id) || isSaid(text, slotOf(id)?.functionName));
  if (named.length > 0) return named;
  const inFile = kept.filter(({ id }) => {
    const file = slotOf(id)?.file;
    return file !== undefined && files.some((one) => one.endsWith(file));
  });
  return inFile.length > 0 ? inFile : kept;
}

function isSaid(text: string, name: string | undefined): boolean {
  if (name === undefined) return false;
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\w.-])${escaped}(?![\\w-]|\\.\\w)`).test(text);
}
