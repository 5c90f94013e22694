import type { App } from "../app.ts";
import { addressOf } from "../http/addresses.ts";
import { authenticated } from "../http/authentication.ts";
import { createOwner, deleteOwner, getOwner, listOwners, replaceOwner } from "./owner.operations.ts";
import {
  createOwnerSchema,
  deleteOwnerSchema,
  getOwnerSchema,
  listOwnersSchema,
  replaceOwnerSchema,
} from "./owner.schema.ts";

export function ownerRoutes(app: App): void {
  app.get("/owners", { schema: listOwnersSchema, onRequest: authenticated() }, async (request, reply) => {
    const page = await request.connected((context) => listOwners(request.query, context));
    return reply
      .code(200)
      .send({ data: page.items, meta: { page: page.page, per_page: page.limit, total: page.total } });
  });

  app.post("/owners", { schema: createOwnerSchema, onRequest: authenticated() }, async (request, reply) => {
    const owner = await request.connected((context) => createOwner(request.body, context));
    return reply
      .code(201)
      .header("location", app.prefix + addressOf`/owners/${owner.id}`)
      .send({ data: owner });
  });

  app.get("/owners/:owner_id", { schema: getOwnerSchema, onRequest: authenticated() }, async (request, reply) => {
    const owner = await request.connected((context) => getOwner(request.params, context));
    return reply.code(200).send({ data: owner });
  });

  app.put(
    "/owners/:owner_id",
    { schema: replaceOwnerSchema, onRequest: authenticated(), config: { statuses: { "malformed-path": 400 } } },
    async (request, reply) => {
      const owner = await request.connected((context) => replaceOwner(request.params, request.body, context));
      return reply.code(200).send({ data: owner });
    },
  );

  app.delete("/owners/:owner_id", { schema: deleteOwnerSchema, onRequest: authenticated() }, async (request, reply) => {
    await request.connected((context) => deleteOwner(request.params, context));
    return reply.code(204).send();
  });
}
