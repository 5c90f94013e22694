import { beforeEach, describe, expect, test } from "vitest";
import { unreadableBodies } from "../testing/bodies.ts";
import { client } from "../testing/client.ts";
import { resetRows, stirRows, storedRows } from "../testing/database.ts";
import { walk } from "../testing/pages.ts";
import { givenAuthor, givenBook, givenGenre, givenOrder, givenReview, unique } from "../testing/rows.ts";
import { changed, itemsAt, sorted, valueAt, valuesAt, without } from "../testing/values.ts";
import type { Book } from "./book.contract.ts";
import { validNewBook } from "./book.fixtures.ts";

beforeEach(resetRows);

/** A valid GET /authors/{author_id}/books. */
async function listBooksByAuthorRequest() {
  const author = await givenAuthor();
  return {
    params: { author_id: author.id },
  };
}

/** A valid GET /books. */
async function listBooksRequest() {
  return {};
}

/** A valid POST /books. */
async function addBookRequest() {
  return {
    body: {
      isbn: unique.bookIsbn(),
      title: "Gaudy Night",
      author_id: (await givenAuthor()).id,
      genre_code: (await givenGenre()).code,
      language: "de",
      price: 8.99,
      pages: 557,
      published: "1935-11-04",
      keywords: ["oxford", "detective"],
      in_stock: true,
      ...validNewBook(),
    },
  };
}

/** A valid GET /books/{isbn}. */
async function getBooksByIsbnRequest(book: Book) {
  return {
    params: { isbn: book.isbn },
  };
}

/** A valid PUT /books/{isbn}. */
async function updateBookRequest(book: Book) {
  return {
    params: { isbn: book.isbn },
    body: {
      isbn: book.isbn,
      title: "Gaudy Night",
      author_id: (await givenAuthor()).id,
      genre_code: (await givenGenre()).code,
      language: "de",
      price: 8.99,
      pages: 557,
      published: "1935-11-04",
      keywords: ["oxford", "detective"],
      in_stock: true,
    },
  };
}

/** A valid DELETE /books/{isbn}. */
async function deleteBookRequest(book: Book) {
  return {
    params: { isbn: book.isbn },
  };
}

const addBookCases = [
  { title: "a body without isbn (Book.isbn required)", at: "/body/isbn", value: undefined },
  { title: "a body without title (Book.title required)", at: "/body/title", value: undefined },
  { title: "a body without author_id (Book.author_id required)", at: "/body/author_id", value: undefined },
  { title: "a body without price (Book.price required)", at: "/body/price", value: undefined },
  { title: "isbn of another type (Book.isbn type)", at: "/body/isbn", value: { unexpected: true } },
  { title: "isbn that breaks its pattern (Book.isbn pattern)", at: "/body/isbn", value: "~" },
  { title: "isbn that is null (Book.isbn nullable)", at: "/body/isbn", value: null },
  { title: "title of another type (Book.title type)", at: "/body/title", value: { unexpected: true } },
  { title: "title shorter than 1 (Book.title minLength)", at: "/body/title", value: "" },
  { title: "title longer than 200 (Book.title maxLength)", at: "/body/title", value: "text" + "a".repeat(197) },
  { title: "title that is null (Book.title nullable)", at: "/body/title", value: null },
  { title: "author_id of another type (Book.author_id type)", at: "/body/author_id", value: "not a number" },
  { title: "author_id of more than 32 bits (Book.author_id format)", at: "/body/author_id", value: 2147483648 },
  { title: "author_id with a fraction (Book.author_id integer)", at: "/body/author_id", value: 1.5 },
  { title: "author_id that is null (Book.author_id nullable)", at: "/body/author_id", value: null },
  { title: "genre_code of another type (Book.genre_code type)", at: "/body/genre_code", value: { unexpected: true } },
  { title: "genre_code that is null (Book.genre_code nullable)", at: "/body/genre_code", value: null },
  { title: "language of another type (Book.language type)", at: "/body/language", value: { unexpected: true } },
  { title: "language that is not on the list (Book.language enum)", at: "/body/language", value: "not-one-of-them" },
  { title: "language that is null (Book.language nullable)", at: "/body/language", value: null },
  { title: "price of another type (Book.price type)", at: "/body/price", value: "not a number" },
  { title: "price below its minimum (Book.price minimum)", at: "/body/price", value: -1 },
  { title: "price above its maximum (Book.price maximum)", at: "/body/price", value: 10001 },
  { title: "price that is null (Book.price nullable)", at: "/body/price", value: null },
  { title: "pages of another type (Book.pages type)", at: "/body/pages", value: "not a number" },
  { title: "pages below its minimum (Book.pages minimum)", at: "/body/pages", value: 0 },
  { title: "pages above its maximum (Book.pages maximum)", at: "/body/pages", value: 20001 },
  { title: "pages with a fraction (Book.pages integer)", at: "/body/pages", value: 1.5 },
  { title: "pages that is null (Book.pages nullable)", at: "/body/pages", value: null },
  { title: "published of another type (Book.published type)", at: "/body/published", value: { unexpected: true } },
  { title: "published that is no date (Book.published format)", at: "/body/published", value: "2026-02-30" },
  { title: "published that is null (Book.published nullable)", at: "/body/published", value: null },
  { title: "keywords of another type (Book.keywords type)", at: "/body/keywords", value: "not a number" },
  {
    title: "keywords with too many items (Book.keywords maxItems)",
    at: "/body/keywords",
    value: [
      "text",
      "text 1",
      "text 2",
      "text 3",
      "text 4",
      "text 5",
      "text 6",
      "text 7",
      "text 8",
      "text 9",
      "text 10",
    ],
  },
  {
    title: "an item of keywords of another type (Book.keywords type)",
    at: "/body/keywords",
    value: [{ unexpected: true }],
  },
  { title: "an item of keywords shorter than 1 (Book.keywords minLength)", at: "/body/keywords", value: [""] },
  {
    title: "an item of keywords longer than 30 (Book.keywords maxLength)",
    at: "/body/keywords",
    value: ["textaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
  },
  { title: "an item of keywords that is null (Book.keywords nullable)", at: "/body/keywords", value: [null] },
  { title: "keywords that is null (Book.keywords nullable)", at: "/body/keywords", value: null },
  { title: "in_stock of another type (Book.in_stock type)", at: "/body/in_stock", value: "not a number" },
  { title: "in_stock that is null (Book.in_stock nullable)", at: "/body/in_stock", value: null },
];

const addBookCases2 = [
  { title: "title of its shortest, 1 character", at: "/body/title", value: "😀", shown: { title: "😀" } },
  {
    title: "title of its longest, 200 characters",
    at: "/body/title",
    value: "😀" + "é".repeat(199),
    shown: { title: "😀" + "é".repeat(199) },
  },
  { title: 'language of its value "en"', at: "/body/language", value: "en", shown: { language: "en" } },
  { title: 'language of its value "es"', at: "/body/language", value: "es", shown: { language: "es" } },
  { title: 'language of its value "fr"', at: "/body/language", value: "fr", shown: { language: "fr" } },
  { title: 'language of its value "it"', at: "/body/language", value: "it", shown: { language: "it" } },
  { title: "price of its minimum 0", at: "/body/price", value: 0, shown: { price: 0 } },
  { title: "price of its maximum 10000", at: "/body/price", value: 10000, shown: { price: 10000 } },
  { title: "pages of its minimum 1", at: "/body/pages", value: 1, shown: { pages: 1 } },
  { title: "pages of its maximum 20000", at: "/body/pages", value: 20000, shown: { pages: 20000 } },
  { title: "in_stock of false", at: "/body/in_stock", value: false, shown: { in_stock: false } },
];

const getBooksByIsbnCases = [
  { name: "isbn", value: "not-a-key" },
  { name: "isbn", value: "~" },
  { name: "isbn", value: "1.5" },
];

describe("GET /authors/{author_id}/books", () => {
  test("shows all books that are there, and nothing else", async () => {
    const request = await listBooksByAuthorRequest();
    const none = await client.send("GET /authors/{author_id}/books", request);
    expect(none).toMatchResponse("GET /authors/{author_id}/books", 200);
    expect(itemsAt(none, "")).toEqual([]);
    const first = await givenBook({ author_id: request.params.author_id });
    const second = await givenBook({ author_id: request.params.author_id });
    const third = await givenBook({ author_id: request.params.author_id });
    const response = await client.send("GET /authors/{author_id}/books", request);
    expect(response).toMatchResponse("GET /authors/{author_id}/books", 200);
    expect(sorted(valuesAt(response, "", "/isbn"))).toEqual(sorted([first.isbn, second.isbn, third.isbn]));
  });

  test("shows a stored book as it is", async () => {
    const request = await listBooksByAuthorRequest();
    const found = await givenBook({ author_id: request.params.author_id });
    const response = await client.send("GET /authors/{author_id}/books", request);
    expect(response).toMatchResponse("GET /authors/{author_id}/books", 200);
    expect(itemsAt(response, "")).toHold([
      {
        isbn: found.isbn,
        title: found.title,
        author_id: found.author_id,
        genre_code: found.genre_code,
        language: found.language,
        price: found.price,
        pages: found.pages,
        published: found.published,
        keywords: found.keywords,
        in_stock: found.in_stock,
      },
    ]);
  });

  test("shows no books of another parent", async () => {
    const request = await listBooksByAuthorRequest();
    const other = await listBooksByAuthorRequest();
    const found = await givenBook({ author_id: request.params.author_id });
    const response = await client.send("GET /authors/{author_id}/books", other);
    expect(response).toMatchResponse("GET /authors/{author_id}/books", 200);
    expect(valuesAt(response, "", "/isbn")).not.toContain(found.isbn);
  });

  test("walks through all books of one instant, page by page, in one order", async () => {
    const request = await listBooksByAuthorRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenBook({ author_id: request.params.author_id });
      rows.push(row);
    }
    await stirRows("books", "isbn");
    const pages = await walk(client, "GET /authors/{author_id}/books", request, {
      items: "",
      size: 2,
      limit: "limit",
      offset: "offset",
    });
    for (const page of pages) expect(page).toMatchResponse("GET /authors/{author_id}/books", 200);
    expect(pages.map((page) => itemsAt(page, "").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "", "/isbn"));
    expect(sorted(walked)).toEqual(sorted(rows.map((row) => row.isbn)));
  });

  test("shows an empty page beyond the last one", async () => {
    const request = await listBooksByAuthorRequest();
    await givenBook({ author_id: request.params.author_id });
    const response = await client.send("GET /authors/{author_id}/books", { ...request, query: { offset: 1000 } });
    expect(response).toMatchResponse("GET /authors/{author_id}/books", 200);
    expect(itemsAt(response, "")).toEqual([]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listBooksByAuthorRequest();
    const response = await client.send("GET /authors/{author_id}/books", request);
    expect(response).toMatchResponse("GET /authors/{author_id}/books", 200);
    const head = await client.send("GET /authors/{author_id}/books", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each([
    { title: "offset of another type (type)", query: { offset: "not a number" } },
    { title: "offset below its minimum (minimum)", query: { offset: -1 } },
    { title: "offset of more than 32 bits (format)", query: { offset: 2147483648 } },
    { title: "offset with a fraction (integer)", query: { offset: 1.5 } },
    { title: "offset written as 1e1", query: { offset: "1e1" } },
    { title: "offset written as 0x10", query: { offset: "0x10" } },
    { title: "offset twice", query: { offset: [0, 0] } },
    { title: "limit of another type (type)", query: { limit: "not a number" } },
    { title: "limit below its minimum (minimum)", query: { limit: 0 } },
    { title: "limit above its maximum (maximum)", query: { limit: 201 } },
    { title: "limit with a fraction (integer)", query: { limit: 1.5 } },
    { title: "limit written as 1e1", query: { limit: "1e1" } },
    { title: "limit written as 0x10", query: { limit: "0x10" } },
    { title: "limit twice", query: { limit: [1, 1] } },
  ])("refuses $title in the query", async ({ query }) => {
    const request = await listBooksByAuthorRequest();
    const response = await client.send("GET /authors/{author_id}/books", { ...request, query });
    expect(response).toMatchResponse("GET /authors/{author_id}/books", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });

  test.each([
    { name: "author_id", value: "2147483648" },
    { name: "author_id", value: "not-a-key" },
    { name: "author_id", value: "~" },
    { name: "author_id", value: "1.5" },
  ])("refuses $value for $name in the path", async ({ name, value }) => {
    const request = await listBooksByAuthorRequest();
    const response = await client.send("GET /authors/{author_id}/books", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /authors/{author_id}/books", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such author_id", async () => {
    const request = await listBooksByAuthorRequest();
    const unknown = { ...request, params: { ...request.params, author_id: 2147480000 } };
    expect(await client.send("GET /authors/{author_id}/books", unknown)).toMatchResponse(
      "GET /authors/{author_id}/books",
      404,
    );
  });
});

describe("GET /books", () => {
  test("shows all books that are there, and nothing else", async () => {
    const request = await listBooksRequest();
    const none = await client.send("GET /books", request);
    expect(none).toMatchResponse("GET /books", 200);
    expect(itemsAt(none, "")).toEqual([]);
    const first = await givenBook();
    const second = await givenBook();
    const third = await givenBook();
    const response = await client.send("GET /books", request);
    expect(response).toMatchResponse("GET /books", 200);
    expect(sorted(valuesAt(response, "", "/isbn"))).toEqual(sorted([first.isbn, second.isbn, third.isbn]));
  });

  test("shows a stored book as it is", async () => {
    const request = await listBooksRequest();
    const found = await givenBook();
    const response = await client.send("GET /books", request);
    expect(response).toMatchResponse("GET /books", 200);
    expect(itemsAt(response, "")).toHold([
      {
        isbn: found.isbn,
        title: found.title,
        author_id: found.author_id,
        genre_code: found.genre_code,
        language: found.language,
        price: found.price,
        pages: found.pages,
        published: found.published,
        keywords: found.keywords,
        in_stock: found.in_stock,
      },
    ]);
  });

  test("walks through all books of one instant, page by page, in one order", async () => {
    const request = await listBooksRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenBook();
      rows.push(row);
    }
    await stirRows("books", "isbn");
    const pages = await walk(client, "GET /books", request, { items: "", size: 2, limit: "limit", offset: "offset" });
    for (const page of pages) expect(page).toMatchResponse("GET /books", 200);
    expect(pages.map((page) => itemsAt(page, "").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "", "/isbn"));
    expect(sorted(walked)).toEqual(sorted(rows.map((row) => row.isbn)));
  });

  test("shows an empty page beyond the last one", async () => {
    const request = await listBooksRequest();
    await givenBook();
    const response = await client.send("GET /books", { ...request, query: { offset: 1000 } });
    expect(response).toMatchResponse("GET /books", 200);
    expect(itemsAt(response, "")).toEqual([]);
  });

  test("filters by genre_code (eq)", async () => {
    const request = await listBooksRequest();
    const found = await givenBook();
    await givenBook();
    const response = await client.send("GET /books", { ...request, query: { genre_code: found.genre_code } });
    expect(response).toMatchResponse("GET /books", 200);
    expect(valuesAt(response, "", "/isbn")).toEqual([found.isbn]);
  });

  test("filters by language (eq)", async () => {
    const request = await listBooksRequest();
    const found = await givenBook({ language: "de" });
    await givenBook({ language: "en" });
    const response = await client.send("GET /books", { ...request, query: { language: "de" } });
    expect(response).toMatchResponse("GET /books", 200);
    expect(valuesAt(response, "", "/isbn")).toEqual([found.isbn]);
  });

  test("filters by min_price (gte)", async () => {
    const request = await listBooksRequest();
    const found = await givenBook({ price: 2.25 });
    await givenBook({ price: 1.25 });
    const response = await client.send("GET /books", { ...request, query: { min_price: 2.25 } });
    expect(response).toMatchResponse("GET /books", 200);
    expect(valuesAt(response, "", "/isbn")).toEqual([found.isbn]);
  });

  test("filters by max_price (lte)", async () => {
    const request = await listBooksRequest();
    const found = await givenBook({ price: 1.25 });
    await givenBook({ price: 2.25 });
    const response = await client.send("GET /books", { ...request, query: { max_price: 1.25 } });
    expect(response).toMatchResponse("GET /books", 200);
    expect(valuesAt(response, "", "/isbn")).toEqual([found.isbn]);
  });

  test("filters by language and min_price together", async () => {
    const request = await listBooksRequest();
    const found = await givenBook({ language: "de", price: 2.25 });
    await givenBook({ language: "de", price: 1.25 });
    await givenBook({ language: "en", price: 2.25 });
    const response = await client.send("GET /books", { ...request, query: { language: "de", min_price: 2.25 } });
    expect(response).toMatchResponse("GET /books", 200);
    expect(valuesAt(response, "", "/isbn")).toEqual([found.isbn]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listBooksRequest();
    const response = await client.send("GET /books", request);
    expect(response).toMatchResponse("GET /books", 200);
    const head = await client.send("GET /books", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each([
    { query: { language: "de" } },
    { query: { language: "en" } },
    { query: { language: "es" } },
    { query: { language: "fr" } },
    { query: { language: "it" } },
  ])("takes $query in the query", async ({ query }) => {
    const request = await listBooksRequest();
    expect(await client.send("GET /books", { ...request, query })).toMatchResponse("GET /books", 200);
  });

  test.each([
    { title: "offset of another type (type)", query: { offset: "not a number" } },
    { title: "offset below its minimum (minimum)", query: { offset: -1 } },
    { title: "offset of more than 32 bits (format)", query: { offset: 2147483648 } },
    { title: "offset with a fraction (integer)", query: { offset: 1.5 } },
    { title: "offset written as 1e1", query: { offset: "1e1" } },
    { title: "offset written as 0x10", query: { offset: "0x10" } },
    { title: "offset twice", query: { offset: [0, 0] } },
    { title: "limit of another type (type)", query: { limit: "not a number" } },
    { title: "limit below its minimum (minimum)", query: { limit: 0 } },
    { title: "limit above its maximum (maximum)", query: { limit: 201 } },
    { title: "limit with a fraction (integer)", query: { limit: 1.5 } },
    { title: "limit written as 1e1", query: { limit: "1e1" } },
    { title: "limit written as 0x10", query: { limit: "0x10" } },
    { title: "limit twice", query: { limit: [1, 1] } },
    { title: "language that is not on the list (enum)", query: { language: "not-one-of-them" } },
    { title: "min_price of another type (type)", query: { min_price: "not a number" } },
    { title: "min_price below its minimum (minimum)", query: { min_price: -1 } },
    { title: "max_price of another type (type)", query: { max_price: "not a number" } },
    { title: "max_price below its minimum (minimum)", query: { max_price: -1 } },
  ])("refuses $title in the query", async ({ query }) => {
    const request = await listBooksRequest();
    const response = await client.send("GET /books", { ...request, query });
    expect(response).toMatchResponse("GET /books", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });
});

describe("POST /books", () => {
  test("stores what it was sent, and shows it", async () => {
    const request = await addBookRequest();
    const response = await client.send("POST /books", request);
    expect(response).toMatchResponse("POST /books", 201);
    expect(valueAt(response, "")).toHold({
      isbn: request.body.isbn,
      title: request.body.title,
      author_id: request.body.author_id,
      genre_code: request.body.genre_code,
      language: request.body.language,
      price: request.body.price,
      pages: request.body.pages,
      published: request.body.published,
      keywords: request.body.keywords,
      in_stock: request.body.in_stock,
    });
    const located = await client.follow(response);
    expect(located).toMatchResponse("GET /books/{isbn}", 200);
    expect(located.json<unknown>()).toEqual(response.json<unknown>());
    const read = await client.send("GET /books/{isbn}", { params: { isbn: valueAt(response, "/isbn") } });
    expect(read).toMatchResponse("GET /books/{isbn}", 200);
    expect(valueAt(read, "")).toHold({
      isbn: request.body.isbn,
      title: request.body.title,
      author_id: request.body.author_id,
      genre_code: request.body.genre_code,
      language: request.body.language,
      price: request.body.price,
      pages: request.body.pages,
      published: request.body.published,
      keywords: request.body.keywords,
      in_stock: request.body.in_stock,
    });
  });

  test("leaves out what it was not given, and takes defaults", async () => {
    const request = without(await addBookRequest(), [
      "/body/genre_code",
      "/body/language",
      "/body/pages",
      "/body/published",
      "/body/keywords",
      "/body/in_stock",
    ]);
    const response = await client.send("POST /books", request);
    expect(response).toMatchResponse("POST /books", 201);
    expect(valueAt(response, "")).toHold({
      genre_code: undefined,
      language: "en",
      pages: undefined,
      published: undefined,
      keywords: undefined,
      in_stock: true,
    });
    const read = await client.send("GET /books/{isbn}", { params: { isbn: valueAt(response, "/isbn") } });
    expect(read).toMatchResponse("GET /books/{isbn}", 200);
    expect(valueAt(read, "")).toHold({
      genre_code: undefined,
      language: "en",
      pages: undefined,
      published: undefined,
      keywords: undefined,
      in_stock: true,
    });
  });

  test.each(addBookCases)("refuses $title", async ({ at, value }) => {
    const request = changed(await addBookRequest(), at, value);
    const response = await client.send("POST /books", request);
    expect(response).toMatchResponse("POST /books", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(addBookCases2)("accepts $title", async ({ at, value, shown }) => {
    const request = changed(await addBookRequest(), at, value);
    const response = await client.send("POST /books", request);
    expect(response).toMatchResponse("POST /books", 201);
    expect(valueAt(response, "")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const request = await addBookRequest();
    const headers = { "content-type": "application/json" };
    expect(await client.send("POST /books", { ...request, body: undefined, payload, headers })).toMatchResponse(
      "POST /books",
      400,
    );
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in title", async ({ value }) => {
    const request = changed(await addBookRequest(), "/body/title", value);
    expect(await client.send("POST /books", request)).toMatchResponse("POST /books", 400);
  });

  test("answers 415 to another media type", async () => {
    const request = await addBookRequest();
    const headers = { "content-type": "application/x-unheard-of" };
    expect(await client.send("POST /books", { ...request, body: undefined, payload: "text", headers })).toMatchResponse(
      "POST /books",
      415,
    );
  });

  test("refuses a request without a body (Book required)", async () => {
    const request = await addBookRequest();
    expect(await client.send("POST /books", { ...request, body: undefined })).toMatchResponse("POST /books", 400);
  });

  test.each([
    { name: "author_id", at: "/body/author_id", value: 2147480000 },
    { name: "genre_code", at: "/body/genre_code", value: "00000000-0000-4000-8000-00000000dead" },
  ])("refuses $name of what does not exist", async ({ at, value }) => {
    const request = changed(await addBookRequest(), at, value);
    const before = await storedRows("books");
    expect(await client.send("POST /books", request)).toMatchResponse("POST /books", 409, 400);
    expect(await storedRows("books")).toEqual(before);
  });

  test("refuses a second book with the same isbn", async () => {
    const first = await addBookRequest();
    expect(await client.send("POST /books", first)).toMatchResponse("POST /books", 201);
    const second = changed(await addBookRequest(), "/body/isbn", first.body.isbn);
    expect(await client.send("POST /books", second)).toMatchResponse("POST /books", 409);
  });
});

describe("GET /books/{isbn}", () => {
  test("shows a stored book as it is", async () => {
    const book = await givenBook();
    const request = await getBooksByIsbnRequest(book);
    const response = await client.send("GET /books/{isbn}", request);
    expect(response).toMatchResponse("GET /books/{isbn}", 200);
    expect(valueAt(response, "")).toHold({
      isbn: book.isbn,
      title: book.title,
      author_id: book.author_id,
      genre_code: book.genre_code,
      language: book.language,
      price: book.price,
      pages: book.pages,
      published: book.published,
      keywords: book.keywords,
      in_stock: book.in_stock,
    });
  });

  test("answers HEAD as GET, without a body", async () => {
    const book = await givenBook();
    const request = await getBooksByIsbnRequest(book);
    const response = await client.send("GET /books/{isbn}", request);
    expect(response).toMatchResponse("GET /books/{isbn}", 200);
    const head = await client.send("GET /books/{isbn}", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each(getBooksByIsbnCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const book = await givenBook();
    const request = await getBooksByIsbnRequest(book);
    const response = await client.send("GET /books/{isbn}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /books/{isbn}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such book", async () => {
    const book = await givenBook();
    const request = await getBooksByIsbnRequest(book);
    const unknown = { ...request, params: { ...request.params, isbn: "9794074007642" } };
    expect(await client.send("GET /books/{isbn}", unknown)).toMatchResponse("GET /books/{isbn}", 404);
  });
});

describe("PUT /books/{isbn}", () => {
  test("replaces what was there, and no other book", async () => {
    await givenBook();
    const others = await storedRows("books");
    const book = await givenBook();
    const request = await updateBookRequest(book);
    const response = await client.send("PUT /books/{isbn}", request);
    expect(response).toMatchResponse("PUT /books/{isbn}", 200);
    expect(valueAt(response, "")).toHold({
      title: request.body.title,
      author_id: request.body.author_id,
      genre_code: request.body.genre_code,
      language: request.body.language,
      price: request.body.price,
      pages: request.body.pages,
      published: request.body.published,
      keywords: request.body.keywords,
      in_stock: request.body.in_stock,
    });
    const read = await client.send("GET /books/{isbn}", { params: { isbn: book.isbn } });
    expect(read).toMatchResponse("GET /books/{isbn}", 200);
    expect(valueAt(read, "")).toHold({
      title: request.body.title,
      author_id: request.body.author_id,
      genre_code: request.body.genre_code,
      language: request.body.language,
      price: request.body.price,
      pages: request.body.pages,
      published: request.body.published,
      keywords: request.body.keywords,
      in_stock: request.body.in_stock,
    });
    expect(await storedRows("books")).toEqual(expect.arrayContaining([...others]));
  });

  test("clears what it was not given", async () => {
    const book = await givenBook();
    const request = without(await updateBookRequest(book), [
      "/body/genre_code",
      "/body/language",
      "/body/pages",
      "/body/published",
      "/body/keywords",
      "/body/in_stock",
    ]);
    const response = await client.send("PUT /books/{isbn}", request);
    expect(response).toMatchResponse("PUT /books/{isbn}", 200);
    expect(valueAt(response, "")).toHold({
      genre_code: undefined,
      language: "en",
      pages: undefined,
      published: undefined,
      keywords: undefined,
      in_stock: true,
    });
    const read = await client.send("GET /books/{isbn}", { params: { isbn: book.isbn } });
    expect(read).toMatchResponse("GET /books/{isbn}", 200);
    expect(valueAt(read, "")).toHold({
      genre_code: undefined,
      language: "en",
      pages: undefined,
      published: undefined,
      keywords: undefined,
      in_stock: true,
    });
  });

  test.each(getBooksByIsbnCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const book = await givenBook();
    const request = await updateBookRequest(book);
    const response = await client.send("PUT /books/{isbn}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("PUT /books/{isbn}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such book", async () => {
    const book = await givenBook();
    const request = await updateBookRequest(book);
    const key = "9794074007642";
    const unknown = changed({ ...request, params: { ...request.params, isbn: key } }, "/body/isbn", key);
    expect(await client.send("PUT /books/{isbn}", unknown)).toMatchResponse("PUT /books/{isbn}", 404);
  });

  test.each(addBookCases)("refuses $title", async ({ at, value }) => {
    const book = await givenBook();
    const request = changed(await updateBookRequest(book), at, value);
    const response = await client.send("PUT /books/{isbn}", request);
    expect(response).toMatchResponse("PUT /books/{isbn}", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(addBookCases2)("accepts $title", async ({ at, value, shown }) => {
    const book = await givenBook();
    const request = changed(await updateBookRequest(book), at, value);
    const response = await client.send("PUT /books/{isbn}", request);
    expect(response).toMatchResponse("PUT /books/{isbn}", 200);
    expect(valueAt(response, "")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const book = await givenBook();
    const request = await updateBookRequest(book);
    const headers = { "content-type": "application/json" };
    expect(await client.send("PUT /books/{isbn}", { ...request, body: undefined, payload, headers })).toMatchResponse(
      "PUT /books/{isbn}",
      400,
    );
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in title", async ({ value }) => {
    const book = await givenBook();
    const request = changed(await updateBookRequest(book), "/body/title", value);
    expect(await client.send("PUT /books/{isbn}", request)).toMatchResponse("PUT /books/{isbn}", 400);
  });

  test("answers 415 to another media type", async () => {
    const book = await givenBook();
    const request = await updateBookRequest(book);
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("PUT /books/{isbn}", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("PUT /books/{isbn}", 415);
  });

  test("refuses a request without a body (Book required)", async () => {
    const book = await givenBook();
    const request = await updateBookRequest(book);
    expect(await client.send("PUT /books/{isbn}", { ...request, body: undefined })).toMatchResponse(
      "PUT /books/{isbn}",
      400,
    );
  });

  test.each([
    { name: "author_id", at: "/body/author_id", value: 2147480000 },
    { name: "genre_code", at: "/body/genre_code", value: "00000000-0000-4000-8000-00000000dead" },
  ])("refuses $name of what does not exist", async ({ at, value }) => {
    const book = await givenBook();
    const request = changed(await updateBookRequest(book), at, value);
    const before = await storedRows("books");
    expect(await client.send("PUT /books/{isbn}", request)).toMatchResponse("PUT /books/{isbn}", 404, 400, 409);
    expect(await storedRows("books")).toEqual(before);
  });
});

describe("DELETE /books/{isbn}", () => {
  test("deletes the book, once, and no other", async () => {
    const other = await givenBook();
    const book = await givenBook();
    const request = await deleteBookRequest(book);
    expect(await client.send("DELETE /books/{isbn}", request)).toMatchResponse("DELETE /books/{isbn}", 204);
    expect(await client.send("GET /books/{isbn}", { params: { isbn: book.isbn } })).toMatchResponse(
      "GET /books/{isbn}",
      404,
    );
    expect(await client.send("DELETE /books/{isbn}", request)).toMatchResponse("DELETE /books/{isbn}", 404);
    expect(await client.send("GET /books/{isbn}", { params: { isbn: other.isbn } })).toMatchResponse(
      "GET /books/{isbn}",
      200,
    );
  });

  test.each(getBooksByIsbnCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const book = await givenBook();
    const request = await deleteBookRequest(book);
    const response = await client.send("DELETE /books/{isbn}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("DELETE /books/{isbn}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such book", async () => {
    const book = await givenBook();
    const request = await deleteBookRequest(book);
    const unknown = { ...request, params: { ...request.params, isbn: "9794074007642" } };
    expect(await client.send("DELETE /books/{isbn}", unknown)).toMatchResponse("DELETE /books/{isbn}", 404);
  });

  test("deletes each review with it (isbn)", async () => {
    const book = await givenBook();
    const dependent = await givenReview({ isbn: book.isbn });
    const request = await deleteBookRequest(book);
    expect(await client.send("DELETE /books/{isbn}", request)).toMatchResponse("DELETE /books/{isbn}", 204);
    expect(
      await client.send("GET /customers/{customer_id}/reviews/{review_id}", {
        params: { customer_id: dependent.customer_id, review_id: dependent.id },
      }),
    ).toMatchResponse("GET /customers/{customer_id}/reviews/{review_id}", 404);
  });

  test("keeps a book that a order refers to by isbn", async () => {
    const book = await givenBook();
    const dependent = await givenOrder({ isbn: book.isbn });
    const request = await deleteBookRequest(book);
    expect(await client.send("DELETE /books/{isbn}", request)).toMatchResponse("DELETE /books/{isbn}", 409);
    expect(await client.send("GET /orders/{order_id}", { params: { order_id: dependent.id } })).toMatchResponse(
      "GET /orders/{order_id}",
      200,
    );
  });
});

describe("other methods of books", () => {
  test.each([
    { method: "PUT", url: "/api/authors/1/books", allow: "GET, HEAD, OPTIONS" } as const,
    { method: "PUT", url: "/api/books", allow: "GET, HEAD, OPTIONS, POST" } as const,
    { method: "PATCH", url: "/api/books/1", allow: "DELETE, GET, HEAD, OPTIONS, PUT" } as const,
  ])("$method $url is answered with the methods that there are", async ({ method, url, allow }) => {
    const response = await client.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers["allow"]).toBe(allow);
    const options = await client.inject({ method: "OPTIONS", url });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe(allow);
  });
});
