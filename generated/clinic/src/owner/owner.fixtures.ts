import type { NewOwner, OwnerValues } from "./owner.contract.ts";

// This file is yours: it is written once, and tests take from it what the document does not say.

/** Members that a valid owner in the table has, where the document cannot say it. */
export function validOwnerRow(): OwnerValues {
  return {};
}

/** Members that the body of a valid new owner has, where the document cannot say it. */
export function validNewOwner(): Partial<NewOwner> {
  return {};
}
