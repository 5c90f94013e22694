import type { NewSpecialty, SpecialtyValues } from "./specialty.contract.ts";

// This file is yours: it is written once, and tests take from it what the document does not say.

/** Members that a valid specialty in the table has, where the document cannot say it. */
export function validSpecialtyRow(): SpecialtyValues {
  return {};
}

/** Members that the body of a valid new specialty has, where the document cannot say it. */
export function validNewSpecialty(): Partial<NewSpecialty> {
  return {};
}
