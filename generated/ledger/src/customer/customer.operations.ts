import type { Context } from "../context.ts";
import { unlessMissing } from "../failure.ts";
import type { Customer, NewCustomer } from "./customer.contract.ts";

/** Register the caller as a customer. */
export async function createCustomer(input: NewCustomer, context: Context): Promise<Customer> {
  return context.customers.create({
    name: input.name,
    email: input.email,
    kind: input.kind,
    phone: input.phone,
    birthDate: input.birthDate,
    address: input.address,
    subject: context.caller.subject,
  });
}

/** Read a customer. */
export async function getCustomer(params: { readonly customerId: string }, context: Context): Promise<Customer> {
  return unlessMissing(await context.customers.read(params.customerId));
}

/** Replace what is known about a customer. */
export async function replaceCustomer(
  params: { readonly customerId: string },
  input: NewCustomer,
  context: Context,
): Promise<Customer> {
  return unlessMissing(
    await context.customers.update(params.customerId, {
      name: input.name,
      email: input.email,
      kind: input.kind,
      phone: input.phone ?? null,
      birthDate: input.birthDate ?? null,
      address: input.address ?? null,
    }),
  );
}
