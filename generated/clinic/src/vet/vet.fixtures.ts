import type { NewVet, VetValues } from "./vet.contract.ts";

// This file is yours: it is written once, and tests take from it what the document does not say.

/** Members that a valid vet in the table has, where the document cannot say it. */
export function validVetRow(): VetValues {
  return {};
}

/** Members that the body of a valid new vet has, where the document cannot say it. */
export function validNewVet(): Partial<NewVet> {
  return {};
}
