import type { Json, Schema } from "../../document/openapi.ts";

/** An example of the document as data: what the sandbox is given, and apart from it what must come out. */
export interface SlotTrial {
  readonly title: string;
  readonly pointer: string;
  /** It follows from an example, and nobody has written it. */
  readonly isDerived?: true;
  readonly given: TrialGiven;
  /** Never enters the sandbox. */
  readonly expected: TrialExpected;
}

/** The call, without a word about its result. */
export interface TrialGiven {
  /** Rows that are there, in an order in which what they refer to comes before them. */
  readonly rows: readonly TrialRow[];
  readonly caller: string;
  /** What the caller may, besides being who it is. */
  readonly scopes?: readonly string[];
  /** The time of the call, RFC 3339. */
  readonly now: string;
  /** The function's arguments, its context aside. */
  readonly inputs: readonly TrialInput[];
  /** For a filter: the collection that is listed with its answer. */
  readonly lists?: string;
}

export interface TrialRow {
  /** It has nothing to do with the example, and is left out where the tables do not take it. */
  readonly isBystander?: true;
  readonly collection: string;
  readonly values: Readonly<Record<string, Json>>;
}

export type TrialInput =
  | { readonly kind: "value"; readonly value: Json }
  | { readonly kind: "nothing" }
  /** A row, or an array of rows, that are there: as a repository reads them. */
  | { readonly kind: "row"; readonly collection: string; readonly key: Json }
  | { readonly kind: "rows"; readonly collection: string; readonly keys: readonly Json[] };

export interface TrialExpected {
  readonly answer: TrialAnswer;
  /** Rows that are there afterwards, by key, and the members that they have. */
  readonly rows: readonly { readonly collection: string; readonly key: Json; readonly members: Members }[];
  /** What may change besides; undefined where nothing can. */
  readonly frame?: TrialFrame | undefined;
}

/** Members that may change and collections whose rows may come and go, by collection. */
export interface TrialFrame {
  readonly changes: Readonly<Record<string, readonly string[]>>;
  readonly creates: readonly string[];
  readonly deletes: readonly string[];
}

type Members = Readonly<Record<string, Json>>;

export type TrialAnswer =
  | { readonly kind: "accepts" }
  | { readonly kind: "refuses"; readonly code: string }
  /** This value, compared as JSON. */
  | { readonly kind: "equals"; readonly value: Json }
  /** A value that holds these members. */
  | { readonly kind: "holds"; readonly value: Json }
  /** Rows with these keys, in any order. */
  | { readonly kind: "lists"; readonly key: string; readonly keys: readonly Json[] }
  | { readonly kind: "anything" }
  /** Any verdict that is one. */
  | { readonly kind: "decides" }
  /** A value that the schema accepts; a list of them for a field. */
  | { readonly kind: "fits"; readonly schema: Schema };
