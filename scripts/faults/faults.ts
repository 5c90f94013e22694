/** One mistake that a template, or the view that it reads, could have. */
export interface Fault {
  /** What the service then does wrong. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** Twins whose document gives no occasion for it, and why. */
  readonly without?: Readonly<Record<string, string>>;
}

/** Replaces a text that the file holds; a fault whose text is not found cannot be planted, and that is a failure too. */
export interface Edit {
  /** Below the package: `templates/…` or `src/plan/…`. */
  readonly file: string;
  readonly find: string | RegExp;
  readonly replace: string;
}

export const faults: readonly Fault[] = [];
