import type { Context } from "../context.ts";
import type { OrderTerm } from "../contract.ts";
import { unlessMissing } from "../failure.ts";
import { chosenOrder, counted, type ListedPage, listRows, pageByNumber } from "../paging.ts";
import type { NewPet, Pet } from "./pet.contract.ts";

/** List an owner's pets. */
export async function listPetsOfOwner(
  params: { readonly owner_id: number },
  query: { readonly page?: number; readonly per_page?: number },
  context: Context,
): Promise<ListedPage<Pet>> {
  unlessMissing(await context.owners.read(params.owner_id));
  return listRows(
    context.pets,
    { within: { owner_id: params.owner_id } },
    counted(pageByNumber(query.page ?? 1, query.per_page ?? 10, 1)),
  );
}

/** Add a pet to an owner. */
export async function createPet(params: { readonly owner_id: number }, input: NewPet, context: Context): Promise<Pet> {
  unlessMissing(await context.owners.read(params.owner_id));
  return context.pets.create({
    owner_id: params.owner_id,
    name: input.name,
    species: input.species,
    birth_date: input.birth_date,
    neutered: input.neutered,
    weight_kg: input.weight_kg,
    chip_number: input.chip_number,
  });
}

/** List pets. */
export async function listPets(
  query: {
    readonly page?: number;
    readonly per_page?: number;
    readonly species?: "cat" | "dog" | "bird" | "hamster" | "lizard" | "snake" | "other";
    readonly neutered?: boolean;
    readonly sort?: "name" | "-name" | "birth_date" | "-birth_date";
  },
  context: Context,
): Promise<ListedPage<Pet>> {
  return listRows(
    context.pets,
    {
      filters: { species: query.species, neutered: query.neutered },
      order: chosenOrder(listPetsOrders, query.sort, undefined, ["id"]),
    },
    counted(pageByNumber(query.page ?? 1, query.per_page ?? 10, 1)),
  );
}

/** Read a pet. */
export async function getPet(params: { readonly pet_id: number }, context: Context): Promise<Pet> {
  return unlessMissing(await context.pets.read(params.pet_id));
}

/** Replace a pet. */
export async function replacePet(params: { readonly pet_id: number }, input: NewPet, context: Context): Promise<Pet> {
  return unlessMissing(
    await context.pets.update(params.pet_id, {
      name: input.name,
      species: input.species,
      birth_date: input.birth_date,
      neutered: input.neutered ?? false,
      weight_kg: input.weight_kg ?? null,
      chip_number: input.chip_number ?? null,
    }),
  );
}

/** Delete a pet. */
export async function deletePet(params: { readonly pet_id: number }, context: Context): Promise<Pet> {
  return unlessMissing(await context.pets.delete(params.pet_id));
}

const listPetsOrders: Readonly<Record<string, OrderTerm>> = {
  name: { by: "name" },
  "-name": { by: "name", descending: true },
  birth_date: { by: "birth_date" },
  "-birth_date": { by: "birth_date", descending: true },
};
