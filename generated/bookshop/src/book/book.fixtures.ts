import type { BookValues, NewBook } from "./book.contract.ts";

// This file is yours: it is written once, and tests take from it what the document does not say.

/** Members that a valid book in the table has, where the document cannot say it. */
export function validBookRow(): BookValues {
  return {};
}

/** Members that the body of a valid new book has, where the document cannot say it. */
export function validNewBook(): Partial<NewBook> {
  return {};
}
