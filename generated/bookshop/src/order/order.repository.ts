import { eq } from "drizzle-orm";
import { describeRows, RowRepository } from "../repository.ts";
import { anyOf, valueOf } from "../statements.ts";
import type { Order, OrderFilter, OrderValues } from "./order.contract.ts";
import { orders } from "./order.table.ts";

export class OrderRepository extends RowRepository<Order, OrderValues, OrderFilter> {}

export const orderRows = describeRows({
  table: orders,
  key: ["id"],
  optional: ["gift_note"],
  order: [{ by: "id" }],
  filters: {
    customer_id: eq(orders.customer_id, valueOf(orders.customer_id, "$filter.customer_id")),
    status: anyOf(orders.status, "$filter.status"),
  },
});
