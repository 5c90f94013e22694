import type { App } from "../app.ts";
import { addressOf } from "../http/addresses.ts";
import { deleteOrder, getOrder, listOrders, placeOrder, updateOrder } from "./order.operations.ts";
import {
  deleteOrderSchema,
  getOrderSchema,
  listOrdersSchema,
  placeOrderSchema,
  updateOrderSchema,
} from "./order.schema.ts";

export function orderRoutes(app: App): void {
  app.get(
    "/orders",
    { schema: listOrdersSchema, config: { styles: { status: { explode: false } } } },
    async (request, reply) => {
      const page = await request.connected((context) => listOrders(request.query, context));
      return reply.code(200).send(page.items);
    },
  );

  app.post("/orders", { schema: placeOrderSchema }, async (request, reply) => {
    const order = await request.connected((context) => placeOrder(request.body, context));
    return reply
      .code(201)
      .header("location", app.prefix + addressOf`/orders/${order.id}`)
      .send(order);
  });

  app.get("/orders/:order_id", { schema: getOrderSchema }, async (request, reply) => {
    const order = await request.connected((context) => getOrder(request.params, context));
    return reply.code(200).send(order);
  });

  app.put(
    "/orders/:order_id",
    { schema: updateOrderSchema, config: { statuses: { "malformed-path": 400 } } },
    async (request, reply) => {
      const order = await request.connected((context) => updateOrder(request.params, request.body, context));
      return reply.code(200).send(order);
    },
  );

  app.delete("/orders/:order_id", { schema: deleteOrderSchema }, async (request, reply) => {
    await request.connected((context) => deleteOrder(request.params, context));
    return reply.code(204).send();
  });
}
