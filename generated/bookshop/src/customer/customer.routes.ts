import type { App } from "../app.ts";
import { addCustomer, deleteCustomer, getCustomer, listCustomers, updateCustomer } from "./customer.operations.ts";
import {
  addCustomerSchema,
  deleteCustomerSchema,
  getCustomerSchema,
  listCustomersSchema,
  updateCustomerSchema,
} from "./customer.schema.ts";

export function customerRoutes(app: App): void {
  app.get("/customers", { schema: listCustomersSchema }, async (request, reply) => {
    const page = await request.connected((context) => listCustomers(request.query, context));
    return reply.code(200).send(page.items);
  });

  app.post(
    "/customers",
    { schema: addCustomerSchema, config: { media: ["application/x-www-form-urlencoded"] } },
    async (request, reply) => {
      const customer = await request.connected((context) => addCustomer(request.body, context));
      return reply.code(200).send(customer);
    },
  );

  app.get("/customers/:customer_id", { schema: getCustomerSchema }, async (request, reply) => {
    const customer = await request.connected((context) => getCustomer(request.params, context));
    return reply.code(200).send(customer);
  });

  app.put(
    "/customers/:customer_id",
    {
      schema: updateCustomerSchema,
      config: { statuses: { "malformed-path": 400 }, media: ["application/x-www-form-urlencoded"] },
    },
    async (request, reply) => {
      const customer = await request.connected((context) => updateCustomer(request.params, request.body, context));
      return reply.code(200).send(customer);
    },
  );

  app.delete("/customers/:customer_id", { schema: deleteCustomerSchema }, async (request, reply) => {
    await request.connected((context) => deleteCustomer(request.params, context));
    return reply.code(204).send();
  });
}
