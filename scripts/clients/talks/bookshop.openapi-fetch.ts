import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { paths } from "./schema.d.ts";

/** What a shop would do, with the client that openapi-typescript and openapi-fetch make. */
const { SERVICE_ADDRESS: baseUrl = "" } = process.env;
const client = createClient<paths>({ baseUrl });

const author = await client.POST("/authors", { body: { name: "Dorothy L. Sayers", born: "1893-06-13" } });
assert.ok(author.data?.id, JSON.stringify(author.error));
const isbn = `978${String(Date.now()).slice(-10)}`;
const book = await client.POST("/books", {
  body: { isbn, title: "Gaudy Night", author_id: author.data.id, price: 8.99, language: "en", in_stock: true },
});
assert.equal(book.response.status, 201, JSON.stringify(book.error));
const path = { isbn };
assert.equal((await client.GET("/books/{isbn}", { params: { path } })).data?.price, 8.99);
const changed = await client.PUT("/books/{isbn}", {
  params: { path },
  body: { isbn, title: "Gaudy Night", author_id: author.data.id, price: 9.5, language: "en", in_stock: true },
});
assert.equal(changed.data?.price, 9.5);
assert.equal((await client.DELETE("/books/{isbn}", { params: { path } })).response.status, 204);
assert.equal((await client.GET("/books/{isbn}", { params: { path } })).response.status, 404);
