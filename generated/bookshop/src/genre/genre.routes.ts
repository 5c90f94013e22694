import type { App } from "../app.ts";
import { deleteGenre, getGenre, listGenres, putGenre } from "./genre.operations.ts";
import { deleteGenreSchema, getGenreSchema, putGenreSchema } from "./genre.schema.ts";

export function genreRoutes(app: App): void {
  app.get("/genres", async (request, reply) => {
    const page = await request.connected((context) => listGenres(context));
    return reply.code(200).send(page.items);
  });

  app.get("/genres/:code", { schema: getGenreSchema }, async (request, reply) => {
    const genre = await request.connected((context) => getGenre(request.params, context));
    return reply.code(200).send(genre);
  });

  app.put(
    "/genres/:code",
    { schema: putGenreSchema, config: { statuses: { "malformed-path": 400 } } },
    async (request, reply) => {
      const genre = await request.transaction((context) => putGenre(request.params, request.body, context));
      return reply.code(200).send(genre);
    },
  );

  app.delete("/genres/:code", { schema: deleteGenreSchema }, async (request, reply) => {
    await request.connected((context) => deleteGenre(request.params, context));
    return reply.code(204).send();
  });
}
