import type { OpenApi } from "./openapi.ts";
import type { SlowPattern } from "./slow-patterns.ts";

/** A document as it stands after load: one tree in the OpenAPI 3.1 dialect whose references are all internal. */
export interface Document {
  /** The path as the user gave it. */
  readonly file: string;
  /** The version that the author wrote, such as "2.0" or "3.0.3". */
  readonly version: string;
  readonly root: OpenApi;
  readonly sources: readonly SourceFile[];
  /**
   * Where parts of the tree come from. An entry maps the tree's pointers that start with `at` to `file` and `pointer`;
   * the longest matching prefix wins. The root entry (`at: ""`) is always there.
   */
  readonly moves: readonly Move[];
  readonly overlays: number;
  /** Patterns that need an engine which does not backtrack. */
  readonly slowPatterns: readonly SlowPattern[];
}

export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** Pointers here are RFC 6901 without the leading `#`: "" is the root, "/paths/~1cards" a path. */
export interface Move {
  readonly at: string;
  readonly file: string;
  readonly pointer: string;
}
