/** An author as it is stored. */
export interface Author {
  id: number;
  name: string;
  born?: string;
  website: string | null;
}

/** What can be set of a stored author; null clears. */
export interface AuthorValues {
  id?: number | undefined;
  name?: string | undefined;
  born?: string | null | undefined;
  website?: string | null | undefined;
}

/** What lists of authors can be filtered by. */
export interface AuthorFilter {
  name?: string | undefined;
}

/** The body of POST /authors, PUT /authors/{author_id}. */
export interface NewAuthor {
  name: string;
  born?: string;
  website?: string | null;
}
