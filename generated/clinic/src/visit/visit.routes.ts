import type { App } from "../app.ts";
import { addressOf } from "../http/addresses.ts";
import { authenticated } from "../http/authentication.ts";
import { createVisit, deleteVisit, getVisit, listVisits, replaceVisit } from "./visit.operations.ts";
import {
  createVisitSchema,
  deleteVisitSchema,
  getVisitSchema,
  listVisitsSchema,
  replaceVisitSchema,
} from "./visit.schema.ts";

export function visitRoutes(app: App): void {
  app.get(
    "/pets/:pet_id/visits",
    { schema: listVisitsSchema, onRequest: authenticated(), config: { statuses: { "malformed-path": 400 } } },
    async (request, reply) => {
      const page = await request.connected((context) => listVisits(request.params, request.query, context));
      return reply
        .code(200)
        .send({ data: page.items, meta: { page: page.page, per_page: page.limit, total: page.total } });
    },
  );

  app.post(
    "/pets/:pet_id/visits",
    { schema: createVisitSchema, onRequest: authenticated(), config: { statuses: { "malformed-path": 400 } } },
    async (request, reply) => {
      const visit = await request.connected((context) => createVisit(request.params, request.body, context));
      return reply
        .code(201)
        .header("location", app.prefix + addressOf`/visits/${visit.id}`)
        .send({ data: visit });
    },
  );

  app.get("/visits/:visit_id", { schema: getVisitSchema, onRequest: authenticated() }, async (request, reply) => {
    const visit = await request.connected((context) => getVisit(request.params, context));
    return reply.code(200).send({ data: visit });
  });

  app.put(
    "/visits/:visit_id",
    { schema: replaceVisitSchema, onRequest: authenticated(), config: { statuses: { "malformed-path": 400 } } },
    async (request, reply) => {
      const visit = await request.connected((context) => replaceVisit(request.params, request.body, context));
      return reply.code(200).send({ data: visit });
    },
  );

  app.delete("/visits/:visit_id", { schema: deleteVisitSchema, onRequest: authenticated() }, async (request, reply) => {
    await request.connected((context) => deleteVisit(request.params, context));
    return reply.code(204).send();
  });
}
