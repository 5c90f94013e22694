import type { Place } from "../diagnostic/diagnostic.ts";
import type { Document } from "../document/document.ts";

export function place(document: Document, pointer: string): Place {
  return { file: document.file, pointer: `#${pointer}` };
}
