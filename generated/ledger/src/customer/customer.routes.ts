import type { App } from "../app.ts";
import { addressOf } from "../http/addresses.ts";
import { authenticated } from "../http/authentication.ts";
import { createCustomer, getCustomer, replaceCustomer } from "./customer.operations.ts";
import { createCustomerSchema, getCustomerSchema, replaceCustomerSchema } from "./customer.schema.ts";

export function customerRoutes(app: App): void {
  app.post("/customers", { schema: createCustomerSchema, onRequest: authenticated() }, async (request, reply) => {
    const customer = await request.connected((context) => createCustomer(request.body, context));
    return reply
      .code(201)
      .header("location", app.prefix + addressOf`/customers/${customer.id}`)
      .send(customer);
  });

  app.get(
    "/customers/:customerId",
    { schema: getCustomerSchema, onRequest: authenticated() },
    async (request, reply) => {
      const customer = await request.connected((context) => getCustomer(request.params, context));
      return reply.code(200).send(customer);
    },
  );

  app.put(
    "/customers/:customerId",
    { schema: replaceCustomerSchema, onRequest: authenticated() },
    async (request, reply) => {
      const customer = await request.connected((context) => replaceCustomer(request.params, request.body, context));
      return reply.code(200).send(customer);
    },
  );
}
