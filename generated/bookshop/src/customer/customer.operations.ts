import type { Context } from "../context.ts";
import { unlessMissing } from "../failure.ts";
import { type ListedPage, listRows, pageByOffset } from "../paging.ts";
import type { Customer, NewCustomer } from "./customer.contract.ts";

/** Customers. */
export async function listCustomers(
  query: { readonly offset?: number; readonly limit?: number; readonly email?: string },
  context: Context,
): Promise<ListedPage<Customer>> {
  return listRows(
    context.customers,
    { filters: { email: query.email } },
    pageByOffset(query.offset ?? 0, query.limit ?? 50),
  );
}

/** Add a customer. */
export async function addCustomer(input: NewCustomer, context: Context): Promise<Customer> {
  return context.customers.create({
    name: input.name,
    email: input.email,
    newsletter: input.newsletter,
    born: input.born,
  });
}

/** One customer. */
export async function getCustomer(params: { readonly customer_id: number }, context: Context): Promise<Customer> {
  return unlessMissing(await context.customers.read(params.customer_id));
}

/** Replace a customer. */
export async function updateCustomer(
  params: { readonly customer_id: number },
  input: NewCustomer,
  context: Context,
): Promise<Customer> {
  return unlessMissing(
    await context.customers.update(params.customer_id, {
      name: input.name,
      email: input.email,
      newsletter: input.newsletter ?? false,
      born: input.born ?? null,
    }),
  );
}

/** Delete a customer. */
export async function deleteCustomer(params: { readonly customer_id: number }, context: Context): Promise<Customer> {
  return unlessMissing(await context.customers.delete(params.customer_id));
}
