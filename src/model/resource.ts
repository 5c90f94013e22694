import type { Reason } from "./model.ts";
import type { Site } from "./sites.ts";
import type { Content } from "./unwrap.ts";

/** A place in the document where things of one kind are kept: a collection with its items, or one thing below another. */
export interface Resource {
  readonly form: "collection" | "singleton" | "link" | "rpc";
  /** The collection's path with arguments as `{}`. */
  readonly template: string;
  readonly parts: readonly string[];
  /** The last literal segment, as written. */
  readonly noun: string;
  /** How many arguments address an item. */
  readonly depth: number;
  readonly collection: readonly Site[];
  readonly item: readonly Site[];
  /** Read shapes in order of authority: item read, list item, answer of a write. */
  readonly read: readonly Content[];
  readonly write: readonly Content[];
  /** Why it is believed to be stored. */
  readonly because: string;
  readonly confidence: Reason["confidence"];
}

export interface Candidate extends Omit<Resource, "because" | "confidence"> {
  /** Whether paths go on below one of its items. */
  readonly leadsOn: boolean;
  readonly isMethod: (place: "collection" | "item", method: string) => boolean;
}
