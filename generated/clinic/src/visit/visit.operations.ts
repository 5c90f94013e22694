import type { Context } from "../context.ts";
import { unlessMissing } from "../failure.ts";
import { counted, type ListedPage, listRows, pageByNumber } from "../paging.ts";
import type { NewVisit, Visit } from "./visit.contract.ts";

/** List a pet's visits. */
export async function listVisits(
  params: { readonly pet_id: number },
  query: { readonly page?: number; readonly per_page?: number; readonly date_from?: string; readonly date_to?: string },
  context: Context,
): Promise<ListedPage<Visit>> {
  unlessMissing(await context.pets.read(params.pet_id));
  return listRows(
    context.visits,
    { filters: { date_from: query.date_from, date_to: query.date_to }, within: { pet_id: params.pet_id } },
    counted(pageByNumber(query.page ?? 1, query.per_page ?? 10, 1)),
  );
}

/** Record a visit. */
export async function createVisit(
  params: { readonly pet_id: number },
  input: NewVisit,
  context: Context,
): Promise<Visit> {
  unlessMissing(await context.pets.read(params.pet_id));
  return context.visits.create({
    pet_id: params.pet_id,
    vet_id: input.vet_id,
    date: input.date,
    description: input.description,
    temperature: input.temperature,
    fee: input.fee,
  });
}

/** Read a visit. */
export async function getVisit(params: { readonly visit_id: number }, context: Context): Promise<Visit> {
  return unlessMissing(await context.visits.read(params.visit_id));
}

/** Replace a visit. */
export async function replaceVisit(
  params: { readonly visit_id: number },
  input: NewVisit,
  context: Context,
): Promise<Visit> {
  return unlessMissing(
    await context.visits.update(params.visit_id, {
      vet_id: input.vet_id,
      date: input.date,
      description: input.description,
      temperature: input.temperature ?? null,
      fee: input.fee ?? "0.00",
    }),
  );
}

/** Delete a visit. */
export async function deleteVisit(params: { readonly visit_id: number }, context: Context): Promise<Visit> {
  return unlessMissing(await context.visits.delete(params.visit_id));
}
