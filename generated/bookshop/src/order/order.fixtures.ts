import type { NewOrder, OrderValues } from "./order.contract.ts";

// This file is yours: it is written once, and tests take from it what the document does not say.

/** Members that a valid order in the table has, where the document cannot say it. */
export function validOrderRow(): OrderValues {
  return {};
}

/** Members that the body of a valid new order has, where the document cannot say it. */
export function validNewOrder(): Partial<NewOrder> {
  return {};
}
