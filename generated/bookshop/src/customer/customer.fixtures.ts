import type { CustomerValues, NewCustomer } from "./customer.contract.ts";

// This file is yours: it is written once, and tests take from it what the document does not say.

/** Members that a valid customer in the table has, where the document cannot say it. */
export function validCustomerRow(): CustomerValues {
  return {};
}

/** Members that the body of a valid new customer has, where the document cannot say it. */
export function validNewCustomer(): Partial<NewCustomer> {
  return {};
}
