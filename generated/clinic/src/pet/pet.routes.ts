import type { App } from "../app.ts";
import { addressOf } from "../http/addresses.ts";
import { authenticated } from "../http/authentication.ts";
import { createPet, deletePet, getPet, listPets, listPetsOfOwner, replacePet } from "./pet.operations.ts";
import {
  createPetSchema,
  deletePetSchema,
  getPetSchema,
  listPetsOfOwnerSchema,
  listPetsSchema,
  replacePetSchema,
} from "./pet.schema.ts";

export function petRoutes(app: App): void {
  app.get(
    "/owners/:owner_id/pets",
    { schema: listPetsOfOwnerSchema, onRequest: authenticated(), config: { statuses: { "malformed-path": 400 } } },
    async (request, reply) => {
      const page = await request.connected((context) => listPetsOfOwner(request.params, request.query, context));
      return reply
        .code(200)
        .send({ data: page.items, meta: { page: page.page, per_page: page.limit, total: page.total } });
    },
  );

  app.post(
    "/owners/:owner_id/pets",
    { schema: createPetSchema, onRequest: authenticated(), config: { statuses: { "malformed-path": 400 } } },
    async (request, reply) => {
      const pet = await request.connected((context) => createPet(request.params, request.body, context));
      return reply
        .code(201)
        .header("location", app.prefix + addressOf`/pets/${pet.id}`)
        .send({ data: pet });
    },
  );

  app.get("/pets", { schema: listPetsSchema, onRequest: authenticated() }, async (request, reply) => {
    const page = await request.connected((context) => listPets(request.query, context));
    return reply
      .code(200)
      .send({ data: page.items, meta: { page: page.page, per_page: page.limit, total: page.total } });
  });

  app.get("/pets/:pet_id", { schema: getPetSchema, onRequest: authenticated() }, async (request, reply) => {
    const pet = await request.connected((context) => getPet(request.params, context));
    return reply.code(200).send({ data: pet });
  });

  app.put(
    "/pets/:pet_id",
    { schema: replacePetSchema, onRequest: authenticated(), config: { statuses: { "malformed-path": 400 } } },
    async (request, reply) => {
      const pet = await request.connected((context) => replacePet(request.params, request.body, context));
      return reply.code(200).send({ data: pet });
    },
  );

  app.delete("/pets/:pet_id", { schema: deletePetSchema, onRequest: authenticated() }, async (request, reply) => {
    await request.connected((context) => deletePet(request.params, context));
    return reply.code(204).send();
  });
}
