import type { App } from "../app.ts";
import { addressOf } from "../http/addresses.ts";
import { addAuthor, deleteAuthor, getAuthor, listAuthors, updateAuthor } from "./author.operations.ts";
import {
  addAuthorSchema,
  deleteAuthorSchema,
  getAuthorSchema,
  listAuthorsSchema,
  updateAuthorSchema,
} from "./author.schema.ts";

export function authorRoutes(app: App): void {
  app.get("/authors", { schema: listAuthorsSchema }, async (request, reply) => {
    const page = await request.connected((context) => listAuthors(request.query, context));
    return reply.code(200).send(page.items);
  });

  app.post("/authors", { schema: addAuthorSchema }, async (request, reply) => {
    const author = await request.connected((context) => addAuthor(request.body, context));
    return reply
      .code(201)
      .header("location", app.prefix + addressOf`/authors/${author.id}`)
      .send(author);
  });

  app.get("/authors/:author_id", { schema: getAuthorSchema }, async (request, reply) => {
    const author = await request.connected((context) => getAuthor(request.params, context));
    return reply.code(200).send(author);
  });

  app.put(
    "/authors/:author_id",
    { schema: updateAuthorSchema, config: { statuses: { "malformed-path": 400 } } },
    async (request, reply) => {
      const author = await request.connected((context) => updateAuthor(request.params, request.body, context));
      return reply.code(200).send(author);
    },
  );

  app.delete("/authors/:author_id", { schema: deleteAuthorSchema }, async (request, reply) => {
    await request.connected((context) => deleteAuthor(request.params, context));
    return reply.code(204).send();
  });
}
