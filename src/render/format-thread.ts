import { loadFormatter } from "./format.ts";

const format = await loadFormatter();

/** What a thread of src/render/format-threads.ts does with each file that it is handed. */
export function formatFile({ path, text }: { readonly path: string; readonly text: string }): Promise<string> {
  return format(path, text);
}
