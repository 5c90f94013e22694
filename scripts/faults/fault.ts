/** One mistake that a template, or the view that it reads, could have. */
export interface Fault {
  /** What the service then does wrong. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** What a document must have for the mistake to show. Without one, every document gives occasion. */
  readonly occasion?: Occasion;
}

/** Replaces the one place where the file holds a text; a fault whose text is not found cannot be planted. */
export interface Edit {
  /** `templates/…` or `src/plan/…`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** Whether a document gives occasion for a mistake is read off what was generated from it without any mistake. */
export interface Occasion {
  /** Completes "no …": "owner", "list with a filter". */
  readonly what: string;
  /** Which files to look at. */
  readonly path: RegExp;
  readonly holds: RegExp;
}

/** A generated package: contents by path. */
export type Files = ReadonlyMap<string, string>;

export function givesOccasion({ path, holds }: Occasion, files: Files): boolean {
  return [...files].some(([file, content]) => path.test(file) && holds.test(content));
}

/** The text with one edit made; undefined where its place is not found, or found more than once. */
export function edited(text: string, { find, replace }: Edit): string | undefined {
  const parts = text.split(find);
  return parts.length === 2 ? parts.join(replace) : undefined;
}
