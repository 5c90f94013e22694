import type { NewPet, PetValues } from "./pet.contract.ts";

// This file is yours: it is written once, and tests take from it what the document does not say.

/** Members that a valid pet in the table has, where the document cannot say it. */
export function validPetRow(): PetValues {
  return {};
}

/** Members that the body of a valid new pet has, where the document cannot say it. */
export function validNewPet(): Partial<NewPet> {
  return {};
}
