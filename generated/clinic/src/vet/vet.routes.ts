import type { App } from "../app.ts";
import { addressOf } from "../http/addresses.ts";
import { authenticated } from "../http/authentication.ts";
import { shownListing } from "../paging.ts";
import {
  addSpecialtyToVet,
  createVet,
  deleteVet,
  getVet,
  listVets,
  removeSpecialtyFromVet,
  replaceVet,
} from "./vet.operations.ts";
import {
  addSpecialtyToVetSchema,
  createVetSchema,
  deleteVetSchema,
  getVetSchema,
  listVetsSchema,
  removeSpecialtyFromVetSchema,
  replaceVetSchema,
} from "./vet.schema.ts";
import { showVet, showVets } from "./vet.shapes.ts";

export function vetRoutes(app: App): void {
  app.get("/vets", { schema: listVetsSchema, onRequest: authenticated() }, async (request, reply) => {
    const page = await request.connected(async (context) =>
      shownListing(await listVets(request.query, context), (rows) => showVets(rows, context)),
    );
    return reply
      .code(200)
      .send({ data: page.items, meta: { page: page.page, per_page: page.limit, total: page.total } });
  });

  app.post("/vets", { schema: createVetSchema, onRequest: authenticated() }, async (request, reply) => {
    const vet = await request.transaction(async (context) => showVet(await createVet(request.body, context), context));
    return reply
      .code(201)
      .header("location", app.prefix + addressOf`/vets/${vet.id}`)
      .send({ data: vet });
  });

  app.get("/vets/:vet_id", { schema: getVetSchema, onRequest: authenticated() }, async (request, reply) => {
    const vet = await request.connected(async (context) => showVet(await getVet(request.params, context), context));
    return reply.code(200).send({ data: vet });
  });

  app.put(
    "/vets/:vet_id",
    { schema: replaceVetSchema, onRequest: authenticated(), config: { statuses: { "malformed-path": 400 } } },
    async (request, reply) => {
      const vet = await request.transaction(async (context) =>
        showVet(await replaceVet(request.params, request.body, context), context),
      );
      return reply.code(200).send({ data: vet });
    },
  );

  app.delete("/vets/:vet_id", { schema: deleteVetSchema, onRequest: authenticated() }, async (request, reply) => {
    await request.connected((context) => deleteVet(request.params, context));
    return reply.code(204).send();
  });

  app.put(
    "/vets/:vet_id/specialties/:specialty_id",
    { schema: addSpecialtyToVetSchema, onRequest: authenticated() },
    async (request, reply) => {
      await request.connected((context) => addSpecialtyToVet(request.params, context));
      return reply.code(204).send();
    },
  );

  app.delete(
    "/vets/:vet_id/specialties/:specialty_id",
    { schema: removeSpecialtyFromVetSchema, onRequest: authenticated() },
    async (request, reply) => {
      await request.connected((context) => removeSpecialtyFromVet(request.params, context));
      return reply.code(204).send();
    },
  );
}
