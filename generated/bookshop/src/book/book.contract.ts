/** A book as it is stored. */
export interface Book {
  /** Thirteen digits, without hyphens. */
  isbn: string;
  title: string;
  author_id: number;
  genre_code?: string;
  language: "de" | "en" | "es" | "fr" | "it";
  /** In pounds. */
  price: number;
  pages?: number;
  published?: string;
  keywords?: readonly string[];
  in_stock: boolean;
}

/** What can be set of a stored book; null clears. */
export interface BookValues {
  isbn?: string | undefined;
  title?: string | undefined;
  author_id?: number | undefined;
  genre_code?: string | null | undefined;
  language?: "de" | "en" | "es" | "fr" | "it" | undefined;
  price?: number | undefined;
  pages?: number | null | undefined;
  published?: string | null | undefined;
  keywords?: readonly string[] | null | undefined;
  in_stock?: boolean | undefined;
}

/** What lists of books can be filtered by. */
export interface BookFilter {
  genre_code?: string | undefined;
  language?: "de" | "en" | "es" | "fr" | "it" | undefined;
  min_price?: number | undefined;
  max_price?: number | undefined;
}

/** The body of POST /books, PUT /books/{isbn}. */
export interface NewBook {
  /** Thirteen digits, without hyphens. */
  isbn: string;
  title: string;
  author_id: number;
  genre_code?: string;
  language?: "de" | "en" | "es" | "fr" | "it";
  /** In pounds. */
  price: number;
  pages?: number;
  published?: string;
  keywords?: readonly string[];
  in_stock?: boolean;
}
