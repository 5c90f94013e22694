import type { Context } from "../context.ts";
import type { OrderTerm } from "../contract.ts";
import { unlessMissing } from "../failure.ts";
import { chosenOrder, counted, type ListedPage, listRows, pageByNumber } from "../paging.ts";
import type { NewOwner, Owner } from "./owner.contract.ts";

/** List owners. */
export async function listOwners(
  query: {
    readonly page?: number;
    readonly per_page?: number;
    readonly sort?: "last_name" | "-last_name" | "created_at" | "-created_at";
    readonly q?: string;
    readonly city?: string;
  },
  context: Context,
): Promise<ListedPage<Owner>> {
  return listRows(
    context.owners,
    { filters: { q: query.q, city: query.city }, order: chosenOrder(listOwnersOrders, query.sort, undefined, ["id"]) },
    counted(pageByNumber(query.page ?? 1, query.per_page ?? 10, 1)),
  );
}

/** Add an owner. */
export async function createOwner(input: NewOwner, context: Context): Promise<Owner> {
  return context.owners.create({
    first_name: input.first_name,
    last_name: input.last_name,
    email: input.email,
    telephone: input.telephone,
    street: input.street,
    city: input.city,
  });
}

/** Read an owner. */
export async function getOwner(params: { readonly owner_id: number }, context: Context): Promise<Owner> {
  return unlessMissing(await context.owners.read(params.owner_id));
}

/** Replace an owner. */
export async function replaceOwner(
  params: { readonly owner_id: number },
  input: NewOwner,
  context: Context,
): Promise<Owner> {
  return unlessMissing(
    await context.owners.update(params.owner_id, {
      first_name: input.first_name,
      last_name: input.last_name,
      email: input.email,
      telephone: input.telephone,
      street: input.street ?? null,
      city: input.city ?? null,
    }),
  );
}

/** Delete an owner. */
export async function deleteOwner(params: { readonly owner_id: number }, context: Context): Promise<Owner> {
  return unlessMissing(await context.owners.delete(params.owner_id));
}

const listOwnersOrders: Readonly<Record<string, OrderTerm>> = {
  last_name: { by: "last_name" },
  "-last_name": { by: "last_name", descending: true },
  created_at: { by: "created_at" },
  "-created_at": { by: "created_at", descending: true },
};
