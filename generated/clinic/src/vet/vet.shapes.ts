import type { Context } from "../context.ts";
import { unlessMissing } from "../failure.ts";
import type { Vet } from "./vet.contract.ts";

/** Vets as GET /vets shows them. */
export async function showVets(rows: readonly Vet[], context: Context) {
  const specialtyPairs = await context.vetSpecialties.ofLeft(rows.map((row) => row.id));
  return rows.map((row) => ({
    ...row,
    specialty_ids: specialtyPairs.filter((pair) => pair.left === row.id).map((pair) => pair.right),
  }));
}

/** The same of one. */
export async function showVet(row: Vet, context: Context) {
  const [shown] = await showVets([row], context);
  return unlessMissing(shown);
}
