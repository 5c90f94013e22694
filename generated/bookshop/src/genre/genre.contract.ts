/** A genre as it is stored. */
export interface Genre {
  /** The genre's code, as in the path. */
  code: string;
  label: string;
  shelf?: number;
}

/** What can be set of a stored genre; null clears. */
export interface GenreValues {
  code?: string | undefined;
  label?: string | undefined;
  shelf?: number | null | undefined;
}

/** The body of PUT /genres/{code}. */
export interface GenreReplacement {
  label: string;
  shelf?: number;
}
