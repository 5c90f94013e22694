import { beforeEach, describe, expect, test } from "vitest";
import { unreadableBodies } from "../testing/bodies.ts";
import { client } from "../testing/client.ts";
import { resetRows, storedRows } from "../testing/database.ts";
import { givenBook, givenGenre } from "../testing/rows.ts";
import { changed, itemsAt, sorted, valueAt, valuesAt, without } from "../testing/values.ts";
import type { Genre } from "./genre.contract.ts";

beforeEach(resetRows);

/** A valid GET /genres. */
async function listGenresRequest() {
  return {};
}

/** A valid GET /genres/{code}. */
async function getGenreRequest(genre: Genre) {
  return {
    params: { code: genre.code },
  };
}

/** A valid PUT /genres/{code}. */
async function putGenreRequest(genre: Genre) {
  return {
    params: { code: genre.code },
    body: { label: "Crime fiction", shelf: 12 },
  };
}

/** A valid DELETE /genres/{code}. */
async function deleteGenreRequest(genre: Genre) {
  return {
    params: { code: genre.code },
  };
}

const getGenreCases = [
  { name: "code", value: "~" },
  { name: "code", value: "1.5" },
  { name: "code", value: "99999999999999999999" },
];

describe("GET /genres", () => {
  test("shows all genres that are there, and nothing else", async () => {
    const request = await listGenresRequest();
    const none = await client.send("GET /genres", request);
    expect(none).toMatchResponse("GET /genres", 200);
    expect(itemsAt(none, "")).toEqual([]);
    const first = await givenGenre();
    const second = await givenGenre();
    const third = await givenGenre();
    const response = await client.send("GET /genres", request);
    expect(response).toMatchResponse("GET /genres", 200);
    expect(sorted(valuesAt(response, "", "/code"))).toEqual(sorted([first.code, second.code, third.code]));
  });

  test("shows a stored genre as it is", async () => {
    const request = await listGenresRequest();
    const found = await givenGenre();
    const response = await client.send("GET /genres", request);
    expect(response).toMatchResponse("GET /genres", 200);
    expect(itemsAt(response, "")).toHold([{ code: found.code, label: found.label, shelf: found.shelf }]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listGenresRequest();
    const response = await client.send("GET /genres", request);
    expect(response).toMatchResponse("GET /genres", 200);
    const head = await client.send("GET /genres", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });
});

describe("GET /genres/{code}", () => {
  test("shows a stored genre as it is", async () => {
    const genre = await givenGenre();
    const request = await getGenreRequest(genre);
    const response = await client.send("GET /genres/{code}", request);
    expect(response).toMatchResponse("GET /genres/{code}", 200);
    expect(valueAt(response, "")).toHold({ code: genre.code, label: genre.label, shelf: genre.shelf });
  });

  test("answers HEAD as GET, without a body", async () => {
    const genre = await givenGenre();
    const request = await getGenreRequest(genre);
    const response = await client.send("GET /genres/{code}", request);
    expect(response).toMatchResponse("GET /genres/{code}", 200);
    const head = await client.send("GET /genres/{code}", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each(getGenreCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const genre = await givenGenre();
    const request = await getGenreRequest(genre);
    const response = await client.send("GET /genres/{code}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /genres/{code}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such genre", async () => {
    const genre = await givenGenre();
    const request = await getGenreRequest(genre);
    const unknown = { ...request, params: { ...request.params, code: "unknown" } };
    expect(await client.send("GET /genres/{code}", unknown)).toMatchResponse("GET /genres/{code}", 404);
  });
});

describe("PUT /genres/{code}", () => {
  test("replaces what was there, and no other genre", async () => {
    await givenGenre();
    const others = await storedRows("genres");
    const genre = await givenGenre();
    const request = await putGenreRequest(genre);
    const response = await client.send("PUT /genres/{code}", request);
    expect(response).toMatchResponse("PUT /genres/{code}", 200);
    expect(valueAt(response, "")).toHold({ label: request.body.label, shelf: request.body.shelf });
    const read = await client.send("GET /genres/{code}", { params: { code: genre.code } });
    expect(read).toMatchResponse("GET /genres/{code}", 200);
    expect(valueAt(read, "")).toHold({ label: request.body.label, shelf: request.body.shelf });
    expect(await storedRows("genres")).toEqual(expect.arrayContaining([...others]));
  });

  test("clears what it was not given", async () => {
    const genre = await givenGenre();
    const request = without(await putGenreRequest(genre), ["/body/shelf"]);
    const response = await client.send("PUT /genres/{code}", request);
    expect(response).toMatchResponse("PUT /genres/{code}", 200);
    expect(valueAt(response, "")).toHold({ shelf: undefined });
    const read = await client.send("GET /genres/{code}", { params: { code: genre.code } });
    expect(read).toMatchResponse("GET /genres/{code}", 200);
    expect(valueAt(read, "")).toHold({ shelf: undefined });
  });

  test.each(getGenreCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const genre = await givenGenre();
    const request = await putGenreRequest(genre);
    const response = await client.send("PUT /genres/{code}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("PUT /genres/{code}", 400);
    expect(response.body).toContain(name);
  });

  test.each([
    { title: "a body without label (Genre.label required)", at: "/body/label", value: undefined },
    { title: "label of another type (Genre.label type)", at: "/body/label", value: { unexpected: true } },
    { title: "label shorter than 1 (Genre.label minLength)", at: "/body/label", value: "" },
    { title: "label longer than 60 (Genre.label maxLength)", at: "/body/label", value: "text" + "a".repeat(57) },
    { title: "label that is null (Genre.label nullable)", at: "/body/label", value: null },
    { title: "shelf of another type (Genre.shelf type)", at: "/body/shelf", value: "not a number" },
    { title: "shelf below its minimum (Genre.shelf minimum)", at: "/body/shelf", value: 0 },
    { title: "shelf above its maximum (Genre.shelf maximum)", at: "/body/shelf", value: 100 },
    { title: "shelf with a fraction (Genre.shelf integer)", at: "/body/shelf", value: 1.5 },
    { title: "shelf that is null (Genre.shelf nullable)", at: "/body/shelf", value: null },
    { title: "code, which is read-only (Genre.code readOnly)", at: "/body/code", value: "crime-fiction" },
  ])("refuses $title", async ({ at, value }) => {
    const genre = await givenGenre();
    const request = changed(await putGenreRequest(genre), at, value);
    const response = await client.send("PUT /genres/{code}", request);
    expect(response).toMatchResponse("PUT /genres/{code}", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each([
    { title: "label of its shortest, 1 character", at: "/body/label", value: "😀", shown: { label: "😀" } },
    {
      title: "label of its longest, 60 characters",
      at: "/body/label",
      value: "😀" + "é".repeat(59),
      shown: { label: "😀" + "é".repeat(59) },
    },
    { title: "shelf of its minimum 1", at: "/body/shelf", value: 1, shown: { shelf: 1 } },
    { title: "shelf of its maximum 99", at: "/body/shelf", value: 99, shown: { shelf: 99 } },
  ])("accepts $title", async ({ at, value, shown }) => {
    const genre = await givenGenre();
    const request = changed(await putGenreRequest(genre), at, value);
    const response = await client.send("PUT /genres/{code}", request);
    expect(response).toMatchResponse("PUT /genres/{code}", 200);
    expect(valueAt(response, "")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const genre = await givenGenre();
    const request = await putGenreRequest(genre);
    const headers = { "content-type": "application/json" };
    expect(await client.send("PUT /genres/{code}", { ...request, body: undefined, payload, headers })).toMatchResponse(
      "PUT /genres/{code}",
      400,
    );
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in label", async ({ value }) => {
    const genre = await givenGenre();
    const request = changed(await putGenreRequest(genre), "/body/label", value);
    expect(await client.send("PUT /genres/{code}", request)).toMatchResponse("PUT /genres/{code}", 400);
  });

  test("answers 415 to another media type", async () => {
    const genre = await givenGenre();
    const request = await putGenreRequest(genre);
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("PUT /genres/{code}", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("PUT /genres/{code}", 415);
  });

  test("refuses a request without a body (Genre required)", async () => {
    const genre = await givenGenre();
    const request = await putGenreRequest(genre);
    expect(await client.send("PUT /genres/{code}", { ...request, body: undefined })).toMatchResponse(
      "PUT /genres/{code}",
      400,
    );
  });
});

describe("DELETE /genres/{code}", () => {
  test("deletes the genre, once, and no other", async () => {
    const other = await givenGenre();
    const genre = await givenGenre();
    const request = await deleteGenreRequest(genre);
    expect(await client.send("DELETE /genres/{code}", request)).toMatchResponse("DELETE /genres/{code}", 204);
    expect(await client.send("GET /genres/{code}", { params: { code: genre.code } })).toMatchResponse(
      "GET /genres/{code}",
      404,
    );
    expect(await client.send("DELETE /genres/{code}", request)).toMatchResponse("DELETE /genres/{code}", 404);
    expect(await client.send("GET /genres/{code}", { params: { code: other.code } })).toMatchResponse(
      "GET /genres/{code}",
      200,
    );
  });

  test.each(getGenreCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const genre = await givenGenre();
    const request = await deleteGenreRequest(genre);
    const response = await client.send("DELETE /genres/{code}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("DELETE /genres/{code}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such genre", async () => {
    const genre = await givenGenre();
    const request = await deleteGenreRequest(genre);
    const unknown = { ...request, params: { ...request.params, code: "unknown" } };
    expect(await client.send("DELETE /genres/{code}", unknown)).toMatchResponse("DELETE /genres/{code}", 404);
  });

  test("parts each book from it (genre_code)", async () => {
    const genre = await givenGenre();
    const dependent = await givenBook({ genre_code: genre.code });
    const request = await deleteGenreRequest(genre);
    expect(await client.send("DELETE /genres/{code}", request)).toMatchResponse("DELETE /genres/{code}", 204);
    const read = await client.send("GET /books/{isbn}", { params: { isbn: dependent.isbn } });
    expect(read).toMatchResponse("GET /books/{isbn}", 200);
    expect(valueAt(read, "")).toHold({ genre_code: undefined });
  });
});

describe("other methods of genres", () => {
  test.each([
    { method: "PUT", url: "/api/genres", allow: "GET, HEAD, OPTIONS" } as const,
    { method: "PATCH", url: "/api/genres/1", allow: "DELETE, GET, HEAD, OPTIONS, PUT" } as const,
  ])("$method $url is answered with the methods that there are", async ({ method, url, allow }) => {
    const response = await client.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers["allow"]).toBe(allow);
    const options = await client.inject({ method: "OPTIONS", url });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe(allow);
  });
});
