import { beforeEach, describe, expect, test } from "vitest";
import { unreadableBodies } from "../testing/bodies.ts";
import { client } from "../testing/client.ts";
import { holdConversations } from "../testing/conversation.ts";
import { resetRows, stirRows, storedRows } from "../testing/database.ts";
import { walk } from "../testing/pages.ts";
import { givenAuthor, givenBook } from "../testing/rows.ts";
import { changed, itemsAt, sorted, valueAt, valuesAt, without } from "../testing/values.ts";
import type { Author } from "./author.contract.ts";
import { validNewAuthor } from "./author.fixtures.ts";

beforeEach(resetRows);

/** A valid GET /authors. */
async function listAuthorsRequest() {
  return {};
}

/** A valid POST /authors. */
async function addAuthorRequest() {
  return {
    body: { name: "Dorothy L. Sayers", born: "1893-06-13", website: "https://www.sayers.org.uk/", ...validNewAuthor() },
  };
}

/** A valid GET /authors/{author_id}. */
async function getAuthorRequest(author: Author) {
  return {
    params: { author_id: author.id },
  };
}

/** A valid PUT /authors/{author_id}. */
async function updateAuthorRequest(author: Author) {
  return {
    params: { author_id: author.id },
    body: { name: "Dorothy L. Sayers", born: "1893-06-13", website: "https://www.sayers.org.uk/" },
  };
}

/** A valid DELETE /authors/{author_id}. */
async function deleteAuthorRequest(author: Author) {
  return {
    params: { author_id: author.id },
  };
}

const addAuthorCases = [
  { title: "a body without name (Author.name required)", at: "/body/name", value: undefined },
  { title: "name of another type (Author.name type)", at: "/body/name", value: { unexpected: true } },
  { title: "name shorter than 1 (Author.name minLength)", at: "/body/name", value: "" },
  { title: "name longer than 100 (Author.name maxLength)", at: "/body/name", value: "text" + "a".repeat(97) },
  { title: "name that is null (Author.name nullable)", at: "/body/name", value: null },
  { title: "born of another type (Author.born type)", at: "/body/born", value: { unexpected: true } },
  { title: "born that is no date (Author.born format)", at: "/body/born", value: "2026-02-30" },
  { title: "born that is null (Author.born nullable)", at: "/body/born", value: null },
  { title: "website of another type (Author.website type)", at: "/body/website", value: { unexpected: true } },
  { title: "website that is no uri (Author.website format)", at: "/body/website", value: "not a uri" },
  { title: "id, which is read-only (Author.id readOnly)", at: "/body/id", value: 7 },
];

const addAuthorCases2 = [
  { title: "name of its shortest, 1 character", at: "/body/name", value: "😀", shown: { name: "😀" } },
  {
    title: "name of its longest, 100 characters",
    at: "/body/name",
    value: "😀" + "é".repeat(99),
    shown: { name: "😀" + "é".repeat(99) },
  },
  { title: "website of null", at: "/body/website", value: null, shown: { website: null } },
];

const getAuthorCases = [
  { name: "author_id", value: "2147483648" },
  { name: "author_id", value: "not-a-key" },
  { name: "author_id", value: "~" },
  { name: "author_id", value: "1.5" },
];

describe("GET /authors", () => {
  test("shows all authors that are there, and nothing else", async () => {
    const request = await listAuthorsRequest();
    const none = await client.send("GET /authors", request);
    expect(none).toMatchResponse("GET /authors", 200);
    expect(itemsAt(none, "")).toEqual([]);
    const first = await givenAuthor();
    const second = await givenAuthor();
    const third = await givenAuthor();
    const response = await client.send("GET /authors", request);
    expect(response).toMatchResponse("GET /authors", 200);
    expect(sorted(valuesAt(response, "", "/id"))).toEqual(sorted([first.id, second.id, third.id]));
  });

  test("shows a stored author as it is", async () => {
    const request = await listAuthorsRequest();
    const found = await givenAuthor();
    const response = await client.send("GET /authors", request);
    expect(response).toMatchResponse("GET /authors", 200);
    expect(itemsAt(response, "")).toHold([
      { id: found.id, name: found.name, born: found.born, website: found.website },
    ]);
  });

  test("walks through all authors of one instant, page by page, in one order", async () => {
    const request = await listAuthorsRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenAuthor();
      rows.push(row);
    }
    await stirRows("authors", "id");
    const pages = await walk(client, "GET /authors", request, { items: "", size: 2, limit: "limit", offset: "offset" });
    for (const page of pages) expect(page).toMatchResponse("GET /authors", 200);
    expect(pages.map((page) => itemsAt(page, "").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "", "/id"));
    expect(walked).toEqual(rows.map((row) => row.id).toSorted((left, right) => Number(left) - Number(right)));
  });

  test("shows an empty page beyond the last one", async () => {
    const request = await listAuthorsRequest();
    await givenAuthor();
    const response = await client.send("GET /authors", { ...request, query: { offset: 1000 } });
    expect(response).toMatchResponse("GET /authors", 200);
    expect(itemsAt(response, "")).toEqual([]);
  });

  test("filters by name (eq)", async () => {
    const request = await listAuthorsRequest();
    const found = await givenAuthor({ name: "text" });
    await givenAuthor({ name: "text 1" });
    const response = await client.send("GET /authors", { ...request, query: { name: "text" } });
    expect(response).toMatchResponse("GET /authors", 200);
    expect(valuesAt(response, "", "/id")).toEqual([found.id]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listAuthorsRequest();
    const response = await client.send("GET /authors", request);
    expect(response).toMatchResponse("GET /authors", 200);
    const head = await client.send("GET /authors", { ...request, method: "HEAD" });
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
    const request = await listAuthorsRequest();
    const response = await client.send("GET /authors", { ...request, query });
    expect(response).toMatchResponse("GET /authors", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });
});

describe("POST /authors", () => {
  test("stores what it was sent, and shows it", async () => {
    const request = await addAuthorRequest();
    const response = await client.send("POST /authors", request);
    expect(response).toMatchResponse("POST /authors", 201);
    expect(valueAt(response, "")).toHold({
      name: request.body.name,
      born: request.body.born,
      website: request.body.website,
    });
    const located = await client.follow(response);
    expect(located).toMatchResponse("GET /authors/{author_id}", 200);
    expect(located.json<unknown>()).toEqual(response.json<unknown>());
    const read = await client.send("GET /authors/{author_id}", { params: { author_id: valueAt(response, "/id") } });
    expect(read).toMatchResponse("GET /authors/{author_id}", 200);
    expect(valueAt(read, "")).toHold({
      name: request.body.name,
      born: request.body.born,
      website: request.body.website,
    });
  });

  test("leaves out what it was not given, and takes defaults", async () => {
    const request = without(await addAuthorRequest(), ["/body/born", "/body/website"]);
    const response = await client.send("POST /authors", request);
    expect(response).toMatchResponse("POST /authors", 201);
    expect(valueAt(response, "")).toHold({ born: undefined, website: null });
    const read = await client.send("GET /authors/{author_id}", { params: { author_id: valueAt(response, "/id") } });
    expect(read).toMatchResponse("GET /authors/{author_id}", 200);
    expect(valueAt(read, "")).toHold({ born: undefined, website: null });
  });

  test.each(addAuthorCases)("refuses $title", async ({ at, value }) => {
    const request = changed(await addAuthorRequest(), at, value);
    const response = await client.send("POST /authors", request);
    expect(response).toMatchResponse("POST /authors", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(addAuthorCases2)("accepts $title", async ({ at, value, shown }) => {
    const request = changed(await addAuthorRequest(), at, value);
    const response = await client.send("POST /authors", request);
    expect(response).toMatchResponse("POST /authors", 201);
    expect(valueAt(response, "")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const request = await addAuthorRequest();
    const headers = { "content-type": "application/json" };
    expect(await client.send("POST /authors", { ...request, body: undefined, payload, headers })).toMatchResponse(
      "POST /authors",
      400,
    );
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in name", async ({ value }) => {
    const request = changed(await addAuthorRequest(), "/body/name", value);
    expect(await client.send("POST /authors", request)).toMatchResponse("POST /authors", 400);
  });

  test("answers 415 to another media type", async () => {
    const request = await addAuthorRequest();
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("POST /authors", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("POST /authors", 415);
  });

  test("refuses a request without a body (Author required)", async () => {
    const request = await addAuthorRequest();
    expect(await client.send("POST /authors", { ...request, body: undefined })).toMatchResponse("POST /authors", 400);
  });
});

describe("GET /authors/{author_id}", () => {
  test("shows a stored author as it is", async () => {
    const author = await givenAuthor();
    const request = await getAuthorRequest(author);
    const response = await client.send("GET /authors/{author_id}", request);
    expect(response).toMatchResponse("GET /authors/{author_id}", 200);
    expect(valueAt(response, "")).toHold({
      id: author.id,
      name: author.name,
      born: author.born,
      website: author.website,
    });
  });

  test("answers HEAD as GET, without a body", async () => {
    const author = await givenAuthor();
    const request = await getAuthorRequest(author);
    const response = await client.send("GET /authors/{author_id}", request);
    expect(response).toMatchResponse("GET /authors/{author_id}", 200);
    const head = await client.send("GET /authors/{author_id}", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each(getAuthorCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const author = await givenAuthor();
    const request = await getAuthorRequest(author);
    const response = await client.send("GET /authors/{author_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /authors/{author_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such author", async () => {
    const author = await givenAuthor();
    const request = await getAuthorRequest(author);
    const unknown = { ...request, params: { ...request.params, author_id: 2147480000 } };
    expect(await client.send("GET /authors/{author_id}", unknown)).toMatchResponse("GET /authors/{author_id}", 404);
  });
});

describe("PUT /authors/{author_id}", () => {
  test("replaces what was there, and no other author", async () => {
    await givenAuthor();
    const others = await storedRows("authors");
    const author = await givenAuthor();
    const request = await updateAuthorRequest(author);
    const response = await client.send("PUT /authors/{author_id}", request);
    expect(response).toMatchResponse("PUT /authors/{author_id}", 200);
    expect(valueAt(response, "")).toHold({
      name: request.body.name,
      born: request.body.born,
      website: request.body.website,
    });
    const read = await client.send("GET /authors/{author_id}", { params: { author_id: author.id } });
    expect(read).toMatchResponse("GET /authors/{author_id}", 200);
    expect(valueAt(read, "")).toHold({
      name: request.body.name,
      born: request.body.born,
      website: request.body.website,
    });
    expect(await storedRows("authors")).toEqual(expect.arrayContaining([...others]));
  });

  test("clears what it was not given", async () => {
    const author = await givenAuthor();
    const request = without(await updateAuthorRequest(author), ["/body/born", "/body/website"]);
    const response = await client.send("PUT /authors/{author_id}", request);
    expect(response).toMatchResponse("PUT /authors/{author_id}", 200);
    expect(valueAt(response, "")).toHold({ born: undefined, website: null });
    const read = await client.send("GET /authors/{author_id}", { params: { author_id: author.id } });
    expect(read).toMatchResponse("GET /authors/{author_id}", 200);
    expect(valueAt(read, "")).toHold({ born: undefined, website: null });
  });

  test.each(getAuthorCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const author = await givenAuthor();
    const request = await updateAuthorRequest(author);
    const response = await client.send("PUT /authors/{author_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("PUT /authors/{author_id}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such author", async () => {
    const author = await givenAuthor();
    const request = await updateAuthorRequest(author);
    const unknown = { ...request, params: { ...request.params, author_id: 2147480000 } };
    expect(await client.send("PUT /authors/{author_id}", unknown)).toMatchResponse("PUT /authors/{author_id}", 404);
  });

  test.each(addAuthorCases)("refuses $title", async ({ at, value }) => {
    const author = await givenAuthor();
    const request = changed(await updateAuthorRequest(author), at, value);
    const response = await client.send("PUT /authors/{author_id}", request);
    expect(response).toMatchResponse("PUT /authors/{author_id}", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(addAuthorCases2)("accepts $title", async ({ at, value, shown }) => {
    const author = await givenAuthor();
    const request = changed(await updateAuthorRequest(author), at, value);
    const response = await client.send("PUT /authors/{author_id}", request);
    expect(response).toMatchResponse("PUT /authors/{author_id}", 200);
    expect(valueAt(response, "")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const author = await givenAuthor();
    const request = await updateAuthorRequest(author);
    const headers = { "content-type": "application/json" };
    expect(
      await client.send("PUT /authors/{author_id}", { ...request, body: undefined, payload, headers }),
    ).toMatchResponse("PUT /authors/{author_id}", 400);
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in name", async ({ value }) => {
    const author = await givenAuthor();
    const request = changed(await updateAuthorRequest(author), "/body/name", value);
    expect(await client.send("PUT /authors/{author_id}", request)).toMatchResponse("PUT /authors/{author_id}", 400);
  });

  test("answers 415 to another media type", async () => {
    const author = await givenAuthor();
    const request = await updateAuthorRequest(author);
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("PUT /authors/{author_id}", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("PUT /authors/{author_id}", 415);
  });

  test("refuses a request without a body (Author required)", async () => {
    const author = await givenAuthor();
    const request = await updateAuthorRequest(author);
    expect(await client.send("PUT /authors/{author_id}", { ...request, body: undefined })).toMatchResponse(
      "PUT /authors/{author_id}",
      400,
    );
  });
});

describe("DELETE /authors/{author_id}", () => {
  test("deletes the author, once, and no other", async () => {
    const other = await givenAuthor();
    const author = await givenAuthor();
    const request = await deleteAuthorRequest(author);
    expect(await client.send("DELETE /authors/{author_id}", request)).toMatchResponse(
      "DELETE /authors/{author_id}",
      204,
    );
    expect(await client.send("GET /authors/{author_id}", { params: { author_id: author.id } })).toMatchResponse(
      "GET /authors/{author_id}",
      404,
    );
    expect(await client.send("DELETE /authors/{author_id}", request)).toMatchResponse(
      "DELETE /authors/{author_id}",
      404,
    );
    expect(await client.send("GET /authors/{author_id}", { params: { author_id: other.id } })).toMatchResponse(
      "GET /authors/{author_id}",
      200,
    );
  });

  test.each(getAuthorCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const author = await givenAuthor();
    const request = await deleteAuthorRequest(author);
    const response = await client.send("DELETE /authors/{author_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("DELETE /authors/{author_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such author", async () => {
    const author = await givenAuthor();
    const request = await deleteAuthorRequest(author);
    const unknown = { ...request, params: { ...request.params, author_id: 2147480000 } };
    expect(await client.send("DELETE /authors/{author_id}", unknown)).toMatchResponse(
      "DELETE /authors/{author_id}",
      404,
    );
  });

  test("keeps a author that a book refers to by author_id", async () => {
    const author = await givenAuthor();
    const dependent = await givenBook({ author_id: author.id });
    const request = await deleteAuthorRequest(author);
    expect(await client.send("DELETE /authors/{author_id}", request)).toMatchResponse(
      "DELETE /authors/{author_id}",
      409,
    );
    expect(await client.send("GET /books/{isbn}", { params: { isbn: dependent.isbn } })).toMatchResponse(
      "GET /books/{isbn}",
      200,
    );
  });
});

describe("conversations about authors", () => {
  test("shows what a record of any valid calls says, and to nobody else", async () => {
    await holdConversations({
      caller: client,
      stranger: undefined,
      strangers: undefined,
      given: () => givenAuthor(),
      address: (author) => ({ author_id: author.id }),
      read: { route: "GET /authors/{author_id}", status: 200, missing: [404] },
      stable: ["/id", "/name", "/born", "/website"],
      create: {
        route: "POST /authors",
        status: 201,
        request: addAuthorRequest,
        address: (response) => ({ author_id: valueAt(response, "/id") }),
        members: [
          {
            sent: "/name",
            shown: "/name",
            values: ["Dorothy L. Sayers", "text 1", "text 2", "text 3"],
            isSpare: false,
          },
          {
            sent: "/born",
            shown: "/born",
            values: ["1893-06-13", "2026-03-02", "2026-03-03", "2026-03-04"],
            isSpare: false,
          },
          {
            sent: "/website",
            shown: "/website",
            values: [
              "https://www.sayers.org.uk/",
              "https://example.com/2",
              "https://example.com/3",
              "https://example.com/4",
            ],
            isSpare: false,
          },
        ],
      },
      writes: [
        {
          route: "PUT /authors/{author_id}",
          status: 200,
          missing: [404],
          request: updateAuthorRequest,
          members: [
            {
              sent: "/name",
              shown: "/name",
              values: ["Dorothy L. Sayers", "text 1", "text 2", "text 3"],
              isSpare: false,
            },
            {
              sent: "/born",
              shown: "/born",
              values: ["1893-06-13", "2026-03-02", "2026-03-03", "2026-03-04"],
              isSpare: false,
            },
            {
              sent: "/website",
              shown: "/website",
              values: [
                "https://www.sayers.org.uk/",
                "https://example.com/2",
                "https://example.com/3",
                "https://example.com/4",
              ],
              isSpare: false,
            },
          ],
        },
      ],
      remove: { route: "DELETE /authors/{author_id}", status: 204, missing: [404], request: deleteAuthorRequest },
      lists: [
        {
          route: "GET /authors",
          status: 200,
          request: listAuthorsRequest,
          items: "",
          key: "/id",
          readKey: "/id",
          paging: { items: "", size: 2, limit: "limit", offset: "offset" },
        },
      ],
    });
  });
});

describe("other methods of authors", () => {
  test.each([
    { method: "PUT", url: "/api/authors", allow: "GET, HEAD, OPTIONS, POST" } as const,
    { method: "PATCH", url: "/api/authors/1", allow: "DELETE, GET, HEAD, OPTIONS, PUT" } as const,
  ])("$method $url is answered with the methods that there are", async ({ method, url, allow }) => {
    const response = await client.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers["allow"]).toBe(allow);
    const options = await client.inject({ method: "OPTIONS", url });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe(allow);
  });
});
