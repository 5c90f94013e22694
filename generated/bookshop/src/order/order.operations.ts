import type { Context } from "../context.ts";
import { unlessMissing } from "../failure.ts";
import { type ListedPage, listRows, pageByOffset } from "../paging.ts";
import type { NewOrder, Order } from "./order.contract.ts";

/** Orders. */
export async function listOrders(
  query: {
    readonly offset?: number;
    readonly limit?: number;
    readonly customer_id?: number;
    readonly status?: readonly ("placed" | "paid" | "sent" | "returned")[];
  },
  context: Context,
): Promise<ListedPage<Order>> {
  return listRows(
    context.orders,
    { filters: { customer_id: query.customer_id, status: query.status } },
    pageByOffset(query.offset ?? 0, query.limit ?? 50),
  );
}

/** Order a book. */
export async function placeOrder(input: NewOrder, context: Context): Promise<Order> {
  return context.orders.create({
    customer_id: input.customer_id,
    isbn: input.isbn,
    quantity: input.quantity,
    gift_note: input.gift_note,
    status: input.status,
  });
}

/** One order. */
export async function getOrder(params: { readonly order_id: number }, context: Context): Promise<Order> {
  return unlessMissing(await context.orders.read(params.order_id));
}

/** Replace an order. */
export async function updateOrder(
  params: { readonly order_id: number },
  input: NewOrder,
  context: Context,
): Promise<Order> {
  return unlessMissing(
    await context.orders.update(params.order_id, {
      customer_id: input.customer_id,
      isbn: input.isbn,
      quantity: input.quantity,
      gift_note: input.gift_note ?? null,
      status: input.status ?? "placed",
    }),
  );
}

/** Delete an order. */
export async function deleteOrder(params: { readonly order_id: number }, context: Context): Promise<Order> {
  return unlessMissing(await context.orders.delete(params.order_id));
}
