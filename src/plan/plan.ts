/** How a file is treated when it is there already (DESIGN §7). */
export type FileClass =
  /** Ours: written anew, a person's edits are merged. */
  | "generated"
  /** Signatures ours; bodies, helpers and imports theirs. */
  | "logic"
  /** Written if absent, then theirs. */
  | "once"
  /** Append-only: migrations. */
  | "history";

export interface PlannedFile {
  /** Relative to the output folder, with `/`. */
  readonly path: string;
  readonly class: FileClass;
  readonly content: FileContent;
}

export type FileContent =
  /** A template by its name in templates/ without `.hbs`, and the flat view it reads. */
  | { readonly kind: "template"; readonly template: string; readonly view: object }
  /** Text that no template makes: openapi.json. */
  | { readonly kind: "text"; readonly text: string };

/** What `carry` needs of each slot, and `fill` later. */
export interface SlotContract {
  readonly id: string;
  readonly kind: "rule" | "value" | "effect" | "operation" | "field" | "filter";
  /** Path of the logic file. */
  readonly file: string;
  readonly functionName: string;
  /** Text whose hash decides whether a body is current. */
  readonly contract: string;
  /** The rule's text. */
  readonly text: string;
  readonly pointer: string;
  /** What holds until it is filled, for reports: "answers 501", "lets pass". */
  readonly untilFilled: string;
  /** Its body follows from the document, which states it in CEL. */
  readonly isCompiled: boolean;
}

export interface Plan {
  readonly name: string;
  /** Planned one by one, as they are asked for, anew by every iteration: the first can be formatted while others are planned. */
  readonly files: Iterable<PlannedFile>;
  readonly slots: readonly SlotContract[];
  /** Where the service has its API page. */
  readonly docsPath: string;
  /** Names of artifacts of package level that were switched off. */
  readonly omitted: readonly string[];
}

/** A rendered file. */
export interface OutputFile {
  readonly path: string;
  readonly class: FileClass;
  readonly content: string;
}
