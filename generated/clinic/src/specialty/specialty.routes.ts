import type { App } from "../app.ts";
import { addressOf } from "../http/addresses.ts";
import { authenticated } from "../http/authentication.ts";
import {
  createSpecialty,
  deleteSpecialty,
  getSpecialty,
  listSpecialties,
  replaceSpecialty,
} from "./specialty.operations.ts";
import {
  createSpecialtySchema,
  deleteSpecialtySchema,
  getSpecialtySchema,
  listSpecialtiesSchema,
  replaceSpecialtySchema,
} from "./specialty.schema.ts";

export function specialtyRoutes(app: App): void {
  app.get("/specialties", { schema: listSpecialtiesSchema, onRequest: authenticated() }, async (request, reply) => {
    const page = await request.connected((context) => listSpecialties(request.query, context));
    return reply
      .code(200)
      .send({ data: page.items, meta: { page: page.page, per_page: page.limit, total: page.total } });
  });

  app.post("/specialties", { schema: createSpecialtySchema, onRequest: authenticated() }, async (request, reply) => {
    const specialty = await request.connected((context) => createSpecialty(request.body, context));
    return reply
      .code(201)
      .header("location", app.prefix + addressOf`/specialties/${specialty.id}`)
      .send({ data: specialty });
  });

  app.get(
    "/specialties/:specialty_id",
    { schema: getSpecialtySchema, onRequest: authenticated() },
    async (request, reply) => {
      const specialty = await request.connected((context) => getSpecialty(request.params, context));
      return reply.code(200).send({ data: specialty });
    },
  );

  app.put(
    "/specialties/:specialty_id",
    { schema: replaceSpecialtySchema, onRequest: authenticated(), config: { statuses: { "malformed-path": 400 } } },
    async (request, reply) => {
      const specialty = await request.connected((context) => replaceSpecialty(request.params, request.body, context));
      return reply.code(200).send({ data: specialty });
    },
  );

  app.delete(
    "/specialties/:specialty_id",
    { schema: deleteSpecialtySchema, onRequest: authenticated() },
    async (request, reply) => {
      await request.connected((context) => deleteSpecialty(request.params, context));
      return reply.code(204).send();
    },
  );
}
