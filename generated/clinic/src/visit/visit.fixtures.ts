import type { NewVisit, VisitValues } from "./visit.contract.ts";

// This file is yours: it is written once, and tests take from it what the document does not say.

/** Members that a valid visit in the table has, where the document cannot say it. */
export function validVisitRow(): VisitValues {
  return {};
}

/** Members that the body of a valid new visit has, where the document cannot say it. */
export function validNewVisit(): Partial<NewVisit> {
  return {};
}
