import type { Context } from "../context.ts";
import { unlessMissing } from "../failure.ts";
import { counted, type ListedPage, listRows, pageByNumber } from "../paging.ts";
import type { NewSpecialty, Specialty } from "./specialty.contract.ts";

/** List specialties. */
export async function listSpecialties(
  query: { readonly page?: number; readonly per_page?: number },
  context: Context,
): Promise<ListedPage<Specialty>> {
  return listRows(context.specialties, {}, counted(pageByNumber(query.page ?? 1, query.per_page ?? 10, 1)));
}

/** Add a specialty. */
export async function createSpecialty(input: NewSpecialty, context: Context): Promise<Specialty> {
  return context.specialties.create({ name: input.name });
}

/** Read a specialty. */
export async function getSpecialty(params: { readonly specialty_id: number }, context: Context): Promise<Specialty> {
  return unlessMissing(await context.specialties.read(params.specialty_id));
}

/** Rename a specialty. */
export async function replaceSpecialty(
  params: { readonly specialty_id: number },
  input: NewSpecialty,
  context: Context,
): Promise<Specialty> {
  return unlessMissing(await context.specialties.update(params.specialty_id, { name: input.name }));
}

/** Delete a specialty. */
export async function deleteSpecialty(params: { readonly specialty_id: number }, context: Context): Promise<Specialty> {
  return unlessMissing(await context.specialties.delete(params.specialty_id));
}
