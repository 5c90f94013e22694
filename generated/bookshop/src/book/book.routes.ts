import type { App } from "../app.ts";
import { addressOf } from "../http/addresses.ts";
import { addBook, deleteBook, getBooksByIsbn, listBooks, listBooksByAuthor, updateBook } from "./book.operations.ts";
import {
  addBookSchema,
  deleteBookSchema,
  getBooksByIsbnSchema,
  listBooksByAuthorSchema,
  listBooksSchema,
  updateBookSchema,
} from "./book.schema.ts";

export function bookRoutes(app: App): void {
  app.get("/authors/:author_id/books", { schema: listBooksByAuthorSchema }, async (request, reply) => {
    const page = await request.connected((context) => listBooksByAuthor(request.params, request.query, context));
    return reply.code(200).send(page.items);
  });

  app.get("/books", { schema: listBooksSchema }, async (request, reply) => {
    const page = await request.connected((context) => listBooks(request.query, context));
    return reply.code(200).send(page.items);
  });

  app.post("/books", { schema: addBookSchema }, async (request, reply) => {
    const book = await request.connected((context) => addBook(request.body, context));
    return reply
      .code(201)
      .header("location", app.prefix + addressOf`/books/${book.isbn}`)
      .send(book);
  });

  app.get("/books/:isbn", { schema: getBooksByIsbnSchema }, async (request, reply) => {
    const book = await request.connected((context) => getBooksByIsbn(request.params, context));
    return reply.code(200).send(book);
  });

  app.put(
    "/books/:isbn",
    { schema: updateBookSchema, config: { statuses: { "malformed-path": 400 } } },
    async (request, reply) => {
      const book = await request.connected((context) => updateBook(request.params, request.body, context));
      return reply.code(200).send(book);
    },
  );

  app.delete("/books/:isbn", { schema: deleteBookSchema }, async (request, reply) => {
    await request.connected((context) => deleteBook(request.params, context));
    return reply.code(204).send();
  });
}
