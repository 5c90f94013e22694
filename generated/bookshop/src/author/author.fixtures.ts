import type { AuthorValues, NewAuthor } from "./author.contract.ts";

// This file is yours: it is written once, and tests take from it what the document does not say.

/** Members that a valid author in the table has, where the document cannot say it. */
export function validAuthorRow(): AuthorValues {
  return {};
}

/** Members that the body of a valid new author has, where the document cannot say it. */
export function validNewAuthor(): Partial<NewAuthor> {
  return {};
}
