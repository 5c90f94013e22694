import type { Context } from "../context.ts";
import type { OrderTerm } from "../contract.ts";
import { listOf } from "../convert.ts";
import { unlessMissing } from "../failure.ts";
import { chosenOrder, counted, type ListedPage, listRows, pageByNumber } from "../paging.ts";
import type { NewVet, Vet } from "./vet.contract.ts";

/** List vets. */
export async function listVets(
  query: {
    readonly page?: number;
    readonly per_page?: number;
    readonly on_leave?: boolean;
    readonly sort?: "last_name" | "-last_name";
  },
  context: Context,
): Promise<ListedPage<Vet>> {
  return listRows(
    context.vets,
    { filters: { on_leave: query.on_leave }, order: chosenOrder(listVetsOrders, query.sort, undefined, ["id"]) },
    counted(pageByNumber(query.page ?? 1, query.per_page ?? 10, 1)),
  );
}

/** Add a vet. */
export async function createVet(input: NewVet, context: Context): Promise<Vet> {
  const vet = await context.vets.create({
    first_name: input.first_name,
    last_name: input.last_name,
    licence: input.licence,
    on_leave: input.on_leave,
  });
  await context.vetSpecialties.replace(
    vet.id,
    listOf(input.specialty_ids).map((item) => item),
  );
  return vet;
}

/** Read a vet. */
export async function getVet(params: { readonly vet_id: number }, context: Context): Promise<Vet> {
  return unlessMissing(await context.vets.read(params.vet_id));
}

/** Replace a vet. */
export async function replaceVet(params: { readonly vet_id: number }, input: NewVet, context: Context): Promise<Vet> {
  const vet = unlessMissing(
    await context.vets.update(params.vet_id, {
      first_name: input.first_name,
      last_name: input.last_name,
      licence: input.licence,
      on_leave: input.on_leave ?? false,
    }),
  );
  await context.vetSpecialties.replace(
    vet.id,
    listOf(input.specialty_ids).map((item) => item),
  );
  return vet;
}

/** Delete a vet. */
export async function deleteVet(params: { readonly vet_id: number }, context: Context): Promise<Vet> {
  return unlessMissing(await context.vets.delete(params.vet_id));
}

/** Give a vet a specialty. */
export async function addSpecialtyToVet(
  params: { readonly vet_id: number; readonly specialty_id: number },
  context: Context,
): Promise<void> {
  unlessMissing(await context.vets.read(params.vet_id));
  unlessMissing(await context.specialties.read(params.specialty_id));
  await context.vetSpecialties.add(params.vet_id, params.specialty_id);
}

/** Take a specialty from a vet. */
export async function removeSpecialtyFromVet(
  params: { readonly vet_id: number; readonly specialty_id: number },
  context: Context,
): Promise<void> {
  unlessMissing(await context.vets.read(params.vet_id));
  unlessMissing(await context.specialties.read(params.specialty_id));
  unlessMissing((await context.vetSpecialties.remove(params.vet_id, params.specialty_id)) || undefined);
}

const listVetsOrders: Readonly<Record<string, OrderTerm>> = {
  last_name: { by: "last_name" },
  "-last_name": { by: "last_name", descending: true },
};
