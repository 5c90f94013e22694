import type { CardValues, NewCard } from "./card.contract.ts";

// This file is yours: it is written once, and tests take from it what the document does not say.

/** Members that a valid card in the table has, where the document cannot say it. */
export function validCardRow(): CardValues {
  return {};
}

/** Members that the body of a valid new card has, where the document cannot say it. */
export function validNewCard(): Partial<NewCard> {
  return {};
}
