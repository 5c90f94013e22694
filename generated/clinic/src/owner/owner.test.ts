import { beforeEach, describe, expect, test } from "vitest";
import { unreadableBodies } from "../testing/bodies.ts";
import { anybody, client } from "../testing/client.ts";
import { holdConversations } from "../testing/conversation.ts";
import { presenting, wrongCredentials } from "../testing/credentials.ts";
import { resetRows, stirRows, storedRows } from "../testing/database.ts";
import { walk } from "../testing/pages.ts";
import { givenOwner, givenPet, unique } from "../testing/rows.ts";
import { changed, isRecent, itemsAt, sorted, valueAt, valuesAt, without } from "../testing/values.ts";
import type { Owner } from "./owner.contract.ts";
import { validNewOwner } from "./owner.fixtures.ts";

beforeEach(resetRows);

/** A valid GET /owners. */
async function listOwnersRequest() {
  return {};
}

/** A valid POST /owners. */
async function createOwnerRequest() {
  return {
    body: {
      first_name: "Maria",
      last_name: "Escobito",
      email: unique.ownerEmail(),
      telephone: "6085557683",
      street: "345 Maple St.",
      city: "Madison",
      ...validNewOwner(),
    },
  };
}

/** A valid GET /owners/{owner_id}. */
async function getOwnerRequest(owner: Owner) {
  return {
    params: { owner_id: owner.id },
  };
}

/** A valid PUT /owners/{owner_id}. */
async function replaceOwnerRequest(owner: Owner) {
  return {
    params: { owner_id: owner.id },
    body: {
      first_name: "Maria",
      last_name: "Escobito",
      email: unique.ownerEmail(),
      telephone: "6085557683",
      street: "345 Maple St.",
      city: "Madison",
    },
  };
}

/** A valid DELETE /owners/{owner_id}. */
async function deleteOwnerRequest(owner: Owner) {
  return {
    params: { owner_id: owner.id },
  };
}

const createOwnerCases = [
  { title: "a body without first_name (OwnerFields.first_name required)", at: "/body/first_name", value: undefined },
  { title: "a body without last_name (OwnerFields.last_name required)", at: "/body/last_name", value: undefined },
  { title: "a body without email (OwnerFields.email required)", at: "/body/email", value: undefined },
  { title: "a body without telephone (OwnerFields.telephone required)", at: "/body/telephone", value: undefined },
  {
    title: "first_name of another type (OwnerFields.first_name type)",
    at: "/body/first_name",
    value: { unexpected: true },
  },
  { title: "first_name shorter than 1 (OwnerFields.first_name minLength)", at: "/body/first_name", value: "" },
  {
    title: "first_name longer than 30 (OwnerFields.first_name maxLength)",
    at: "/body/first_name",
    value: "textaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  },
  { title: "first_name that is null (OwnerFields.first_name nullable)", at: "/body/first_name", value: null },
  {
    title: "last_name of another type (OwnerFields.last_name type)",
    at: "/body/last_name",
    value: { unexpected: true },
  },
  { title: "last_name shorter than 1 (OwnerFields.last_name minLength)", at: "/body/last_name", value: "" },
  {
    title: "last_name longer than 30 (OwnerFields.last_name maxLength)",
    at: "/body/last_name",
    value: "textaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  },
  { title: "last_name that is null (OwnerFields.last_name nullable)", at: "/body/last_name", value: null },
  { title: "email of another type (OwnerFields.email type)", at: "/body/email", value: { unexpected: true } },
  {
    title: "email longer than 254 (OwnerFields.email maxLength)",
    at: "/body/email",
    value: "person1@example.com" + "a".repeat(236),
  },
  { title: "email that is no email (OwnerFields.email format)", at: "/body/email", value: "nobody" },
  { title: "email that is null (OwnerFields.email nullable)", at: "/body/email", value: null },
  {
    title: "telephone of another type (OwnerFields.telephone type)",
    at: "/body/telephone",
    value: { unexpected: true },
  },
  { title: "telephone that breaks its pattern (OwnerFields.telephone pattern)", at: "/body/telephone", value: "~" },
  { title: "telephone that is null (OwnerFields.telephone nullable)", at: "/body/telephone", value: null },
  { title: "street of another type (OwnerFields.street type)", at: "/body/street", value: { unexpected: true } },
  {
    title: "street longer than 255 (OwnerFields.street maxLength)",
    at: "/body/street",
    value: "text" + "a".repeat(252),
  },
  { title: "city of another type (OwnerFields.city type)", at: "/body/city", value: { unexpected: true } },
  { title: "city longer than 80 (OwnerFields.city maxLength)", at: "/body/city", value: "text" + "a".repeat(77) },
];

const createOwnerCases2 = [
  {
    title: "first_name of its shortest, 1 character",
    at: "/body/first_name",
    value: "😀",
    shown: { first_name: "😀" },
  },
  {
    title: "first_name of its longest, 30 characters",
    at: "/body/first_name",
    value: "😀ééééééééééééééééééééééééééééé",
    shown: { first_name: "😀ééééééééééééééééééééééééééééé" },
  },
  { title: "last_name of its shortest, 1 character", at: "/body/last_name", value: "😀", shown: { last_name: "😀" } },
  {
    title: "last_name of its longest, 30 characters",
    at: "/body/last_name",
    value: "😀ééééééééééééééééééééééééééééé",
    shown: { last_name: "😀ééééééééééééééééééééééééééééé" },
  },
  { title: "street of its shortest, 0 characters", at: "/body/street", value: "", shown: { street: "" } },
  {
    title: "street of its longest, 255 characters",
    at: "/body/street",
    value: "😀" + "é".repeat(254),
    shown: { street: "😀" + "é".repeat(254) },
  },
  { title: "street of null", at: "/body/street", value: null, shown: { street: null } },
  { title: "city of its shortest, 0 characters", at: "/body/city", value: "", shown: { city: "" } },
  {
    title: "city of its longest, 80 characters",
    at: "/body/city",
    value: "😀" + "é".repeat(79),
    shown: { city: "😀" + "é".repeat(79) },
  },
  { title: "city of null", at: "/body/city", value: null, shown: { city: null } },
];

const getOwnerCases = [
  { name: "owner_id", value: "not-a-key" },
  { name: "owner_id", value: "~" },
  { name: "owner_id", value: "1.5" },
];

describe("GET /owners", () => {
  test("shows all owners that are there, and nothing else", async () => {
    const request = await listOwnersRequest();
    const none = await client.send("GET /owners", request);
    expect(none).toMatchResponse("GET /owners", 200);
    expect(itemsAt(none, "/data")).toEqual([]);
    const first = await givenOwner();
    const second = await givenOwner();
    const third = await givenOwner();
    const response = await client.send("GET /owners", request);
    expect(response).toMatchResponse("GET /owners", 200);
    expect(sorted(valuesAt(response, "/data", "/id"))).toEqual(sorted([first.id, second.id, third.id]));
    expect(valueAt(response, "/meta/total")).toBe(3);
  });

  test("shows a stored owner as it is", async () => {
    const request = await listOwnersRequest();
    const found = await givenOwner();
    const response = await client.send("GET /owners", request);
    expect(response).toMatchResponse("GET /owners", 200);
    expect(itemsAt(response, "/data")).toHold([
      {
        first_name: found.first_name,
        last_name: found.last_name,
        email: found.email,
        telephone: found.telephone,
        street: found.street,
        city: found.city,
        id: found.id,
        created_at: found.created_at,
      },
    ]);
  });

  test("walks through all owners of one instant, page by page, in one order", async () => {
    const request = await listOwnersRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenOwner();
      rows.push(row);
    }
    await stirRows("owners", "id");
    const pages = await walk(client, "GET /owners", request, {
      items: "/data",
      size: 2,
      limit: "per_page",
      page: "page",
      firstPage: 1,
    });
    for (const page of pages) expect(page).toMatchResponse("GET /owners", 200);
    expect(pages.map((page) => itemsAt(page, "/data").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "/data", "/id"));
    expect(walked).toEqual(rows.map((row) => row.id).toSorted((left, right) => Number(left) - Number(right)));
    expect(pages.map((page) => valueAt(page, "/meta/page"))).toEqual([1, 2, 3]);
    expect(pages.map((page) => valueAt(page, "/meta/per_page"))).toEqual([2, 2, 2]);
    expect(pages.map((page) => valueAt(page, "/meta/total"))).toEqual([5, 5, 5]);
  });

  test("shows 10 owners where no limit is given", async () => {
    const request = await listOwnersRequest();
    for (let made = 0; made <= 10; made += 1) {
      await givenOwner();
    }
    const response = await client.send("GET /owners", request);
    expect(response).toMatchResponse("GET /owners", 200);
    expect(itemsAt(response, "/data")).toHaveLength(10);
  });

  test("shows an empty page beyond the last one", async () => {
    const request = await listOwnersRequest();
    await givenOwner();
    const response = await client.send("GET /owners", { ...request, query: { page: 1000 } });
    expect(response).toMatchResponse("GET /owners", 200);
    expect(itemsAt(response, "/data")).toEqual([]);
  });

  test("finds by q in first_name", async () => {
    const request = await listOwnersRequest();
    const found = await givenOwner({ first_name: "Zanzibar" });
    await givenOwner();
    const response = await client.send("GET /owners", { ...request, query: { q: "ANZIBA" } });
    expect(response).toMatchResponse("GET /owners", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
    expect(valueAt(response, "/meta/total")).toBe(1);
  });

  test("finds by q in last_name", async () => {
    const request = await listOwnersRequest();
    const found = await givenOwner({ last_name: "Zanzibar" });
    await givenOwner();
    const response = await client.send("GET /owners", { ...request, query: { q: "ANZIBA" } });
    expect(response).toMatchResponse("GET /owners", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
    expect(valueAt(response, "/meta/total")).toBe(1);
  });

  test("filters by city (eq)", async () => {
    const request = await listOwnersRequest();
    const found = await givenOwner({ city: "text" });
    await givenOwner({ city: "text 1" });
    const response = await client.send("GET /owners", { ...request, query: { city: "text" } });
    expect(response).toMatchResponse("GET /owners", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
    expect(valueAt(response, "/meta/total")).toBe(1);
  });

  test("orders by last_name where nothing is said", async () => {
    const request = await listOwnersRequest();
    const second = await givenOwner({ last_name: "bbbb" });
    const first = await givenOwner({ last_name: "aaaa" });
    const response = await client.send("GET /owners", request);
    expect(response).toMatchResponse("GET /owners", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("orders by last_name", async () => {
    const request = await listOwnersRequest();
    const second = await givenOwner({ last_name: "bbbb" });
    const first = await givenOwner({ last_name: "aaaa" });
    const response = await client.send("GET /owners", { ...request, query: { sort: "last_name" } });
    expect(response).toMatchResponse("GET /owners", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("orders by -last_name", async () => {
    const request = await listOwnersRequest();
    const second = await givenOwner({ last_name: "aaaa" });
    const first = await givenOwner({ last_name: "bbbb" });
    const response = await client.send("GET /owners", { ...request, query: { sort: "-last_name" } });
    expect(response).toMatchResponse("GET /owners", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("orders by created_at", async () => {
    const request = await listOwnersRequest();
    const second = await givenOwner({ created_at: "2026-03-02T09:30:00Z" });
    const first = await givenOwner({ created_at: "2026-03-01T09:30:00Z" });
    const response = await client.send("GET /owners", { ...request, query: { sort: "created_at" } });
    expect(response).toMatchResponse("GET /owners", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("orders by -created_at", async () => {
    const request = await listOwnersRequest();
    const second = await givenOwner({ created_at: "2026-03-01T09:30:00Z" });
    const first = await givenOwner({ created_at: "2026-03-02T09:30:00Z" });
    const response = await client.send("GET /owners", { ...request, query: { sort: "-created_at" } });
    expect(response).toMatchResponse("GET /owners", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listOwnersRequest();
    const response = await client.send("GET /owners", request);
    expect(response).toMatchResponse("GET /owners", 200);
    const head = await client.send("GET /owners", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each([
    { query: { sort: "last_name" } },
    { query: { sort: "-last_name" } },
    { query: { sort: "created_at" } },
    { query: { sort: "-created_at" } },
  ])("takes $query in the query", async ({ query }) => {
    const request = await listOwnersRequest();
    expect(await client.send("GET /owners", { ...request, query })).toMatchResponse("GET /owners", 200);
  });

  test.each([
    { title: "page of another type (type)", query: { page: "not a number" } },
    { title: "page below its minimum (minimum)", query: { page: 0 } },
    { title: "page of more than 32 bits (format)", query: { page: 2147483648 } },
    { title: "page with a fraction (integer)", query: { page: 1.5 } },
    { title: "page written as 1e1", query: { page: "1e1" } },
    { title: "page written as 0x10", query: { page: "0x10" } },
    { title: "page twice", query: { page: [1, 1] } },
    { title: "per_page of another type (type)", query: { per_page: "not a number" } },
    { title: "per_page below its minimum (minimum)", query: { per_page: 0 } },
    { title: "per_page above its maximum (maximum)", query: { per_page: 51 } },
    { title: "per_page with a fraction (integer)", query: { per_page: 1.5 } },
    { title: "per_page written as 1e1", query: { per_page: "1e1" } },
    { title: "per_page written as 0x10", query: { per_page: "0x10" } },
    { title: "per_page twice", query: { per_page: [1, 1] } },
    { title: "sort that is not on the list (enum)", query: { sort: "not-one-of-them" } },
    { title: "q shorter than 2 (minLength)", query: { q: "t" } },
    { title: "q longer than 60 (maxLength)", query: { q: "text" + "a".repeat(57) } },
  ])("refuses $title in the query", async ({ query }) => {
    const request = await listOwnersRequest();
    const response = await client.send("GET /owners", { ...request, query });
    expect(response).toMatchResponse("GET /owners", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const request = await listOwnersRequest();
    const response = await anybody.send("GET /owners", presenting(wrong, request));
    expect(response).toMatchResponse("GET /owners", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("POST /owners", () => {
  test("stores what it was sent, and shows it", async () => {
    const request = await createOwnerRequest();
    const response = await client.send("POST /owners", request);
    expect(response).toMatchResponse("POST /owners", 201);
    expect(valueAt(response, "/data")).toHold({
      first_name: request.body.first_name,
      last_name: request.body.last_name,
      email: request.body.email,
      telephone: request.body.telephone,
      street: request.body.street,
      city: request.body.city,
    });
    expect(valueAt(response, "/data/created_at")).toSatisfy(isRecent);
    const located = await client.follow(response);
    expect(located).toMatchResponse("GET /owners/{owner_id}", 200);
    expect(located.json<unknown>()).toEqual(response.json<unknown>());
    const read = await client.send("GET /owners/{owner_id}", { params: { owner_id: valueAt(response, "/data/id") } });
    expect(read).toMatchResponse("GET /owners/{owner_id}", 200);
    expect(valueAt(read, "/data")).toHold({
      first_name: request.body.first_name,
      last_name: request.body.last_name,
      email: request.body.email,
      telephone: request.body.telephone,
      street: request.body.street,
      city: request.body.city,
    });
  });

  test("leaves out what it was not given, and takes defaults", async () => {
    const request = without(await createOwnerRequest(), ["/body/street", "/body/city"]);
    const response = await client.send("POST /owners", request);
    expect(response).toMatchResponse("POST /owners", 201);
    expect(valueAt(response, "/data")).toHold({ street: null, city: null });
    const read = await client.send("GET /owners/{owner_id}", { params: { owner_id: valueAt(response, "/data/id") } });
    expect(read).toMatchResponse("GET /owners/{owner_id}", 200);
    expect(valueAt(read, "/data")).toHold({ street: null, city: null });
  });

  test.each(createOwnerCases)("refuses $title", async ({ at, value }) => {
    const request = changed(await createOwnerRequest(), at, value);
    const response = await client.send("POST /owners", request);
    expect(response).toMatchResponse("POST /owners", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(createOwnerCases2)("accepts $title", async ({ at, value, shown }) => {
    const request = changed(await createOwnerRequest(), at, value);
    const response = await client.send("POST /owners", request);
    expect(response).toMatchResponse("POST /owners", 201);
    expect(valueAt(response, "/data")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const request = await createOwnerRequest();
    const headers = { "content-type": "application/json" };
    expect(await client.send("POST /owners", { ...request, body: undefined, payload, headers })).toMatchResponse(
      "POST /owners",
      400,
    );
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in first_name", async ({ value }) => {
    const request = changed(await createOwnerRequest(), "/body/first_name", value);
    expect(await client.send("POST /owners", request)).toMatchResponse("POST /owners", 400);
  });

  test("answers 415 to another media type", async () => {
    const request = await createOwnerRequest();
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("POST /owners", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("POST /owners", 415);
  });

  test("refuses a request without a body (OwnerFields required)", async () => {
    const request = await createOwnerRequest();
    expect(await client.send("POST /owners", { ...request, body: undefined })).toMatchResponse("POST /owners", 400);
  });

  test("refuses a second owner with the same email", async () => {
    const first = await createOwnerRequest();
    expect(await client.send("POST /owners", first)).toMatchResponse("POST /owners", 201);
    const second = changed(await createOwnerRequest(), "/body/email", first.body.email);
    expect(await client.send("POST /owners", second)).toMatchResponse("POST /owners", 409);
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const request = await createOwnerRequest();
    const response = await anybody.send("POST /owners", presenting(wrong, request));
    expect(response).toMatchResponse("POST /owners", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("GET /owners/{owner_id}", () => {
  test("shows a stored owner as it is", async () => {
    const owner = await givenOwner();
    const request = await getOwnerRequest(owner);
    const response = await client.send("GET /owners/{owner_id}", request);
    expect(response).toMatchResponse("GET /owners/{owner_id}", 200);
    expect(valueAt(response, "/data")).toHold({
      first_name: owner.first_name,
      last_name: owner.last_name,
      email: owner.email,
      telephone: owner.telephone,
      street: owner.street,
      city: owner.city,
      id: owner.id,
      created_at: owner.created_at,
    });
  });

  test("answers HEAD as GET, without a body", async () => {
    const owner = await givenOwner();
    const request = await getOwnerRequest(owner);
    const response = await client.send("GET /owners/{owner_id}", request);
    expect(response).toMatchResponse("GET /owners/{owner_id}", 200);
    const head = await client.send("GET /owners/{owner_id}", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each(getOwnerCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const owner = await givenOwner();
    const request = await getOwnerRequest(owner);
    const response = await client.send("GET /owners/{owner_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /owners/{owner_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such owner", async () => {
    const owner = await givenOwner();
    const request = await getOwnerRequest(owner);
    const unknown = { ...request, params: { ...request.params, owner_id: 2147480000 } };
    expect(await client.send("GET /owners/{owner_id}", unknown)).toMatchResponse("GET /owners/{owner_id}", 404);
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const owner = await givenOwner();
    const request = await getOwnerRequest(owner);
    const response = await anybody.send("GET /owners/{owner_id}", presenting(wrong, request));
    expect(response).toMatchResponse("GET /owners/{owner_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("PUT /owners/{owner_id}", () => {
  test("replaces what was there, and no other owner", async () => {
    await givenOwner();
    const others = await storedRows("owners");
    const owner = await givenOwner();
    const request = await replaceOwnerRequest(owner);
    const response = await client.send("PUT /owners/{owner_id}", request);
    expect(response).toMatchResponse("PUT /owners/{owner_id}", 200);
    expect(valueAt(response, "/data")).toHold({
      first_name: request.body.first_name,
      last_name: request.body.last_name,
      email: request.body.email,
      telephone: request.body.telephone,
      street: request.body.street,
      city: request.body.city,
    });
    const read = await client.send("GET /owners/{owner_id}", { params: { owner_id: owner.id } });
    expect(read).toMatchResponse("GET /owners/{owner_id}", 200);
    expect(valueAt(read, "/data")).toHold({
      first_name: request.body.first_name,
      last_name: request.body.last_name,
      email: request.body.email,
      telephone: request.body.telephone,
      street: request.body.street,
      city: request.body.city,
    });
    expect(await storedRows("owners")).toEqual(expect.arrayContaining([...others]));
  });

  test("clears what it was not given", async () => {
    const owner = await givenOwner();
    const request = without(await replaceOwnerRequest(owner), ["/body/street", "/body/city"]);
    const response = await client.send("PUT /owners/{owner_id}", request);
    expect(response).toMatchResponse("PUT /owners/{owner_id}", 200);
    expect(valueAt(response, "/data")).toHold({ street: null, city: null });
    const read = await client.send("GET /owners/{owner_id}", { params: { owner_id: owner.id } });
    expect(read).toMatchResponse("GET /owners/{owner_id}", 200);
    expect(valueAt(read, "/data")).toHold({ street: null, city: null });
  });

  test.each(getOwnerCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const owner = await givenOwner();
    const request = await replaceOwnerRequest(owner);
    const response = await client.send("PUT /owners/{owner_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("PUT /owners/{owner_id}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such owner", async () => {
    const owner = await givenOwner();
    const request = await replaceOwnerRequest(owner);
    const unknown = { ...request, params: { ...request.params, owner_id: 2147480000 } };
    expect(await client.send("PUT /owners/{owner_id}", unknown)).toMatchResponse("PUT /owners/{owner_id}", 404);
  });

  test.each(createOwnerCases)("refuses $title", async ({ at, value }) => {
    const owner = await givenOwner();
    const request = changed(await replaceOwnerRequest(owner), at, value);
    const response = await client.send("PUT /owners/{owner_id}", request);
    expect(response).toMatchResponse("PUT /owners/{owner_id}", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(createOwnerCases2)("accepts $title", async ({ at, value, shown }) => {
    const owner = await givenOwner();
    const request = changed(await replaceOwnerRequest(owner), at, value);
    const response = await client.send("PUT /owners/{owner_id}", request);
    expect(response).toMatchResponse("PUT /owners/{owner_id}", 200);
    expect(valueAt(response, "/data")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const owner = await givenOwner();
    const request = await replaceOwnerRequest(owner);
    const headers = { "content-type": "application/json" };
    expect(
      await client.send("PUT /owners/{owner_id}", { ...request, body: undefined, payload, headers }),
    ).toMatchResponse("PUT /owners/{owner_id}", 400);
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in first_name", async ({ value }) => {
    const owner = await givenOwner();
    const request = changed(await replaceOwnerRequest(owner), "/body/first_name", value);
    expect(await client.send("PUT /owners/{owner_id}", request)).toMatchResponse("PUT /owners/{owner_id}", 400);
  });

  test("answers 415 to another media type", async () => {
    const owner = await givenOwner();
    const request = await replaceOwnerRequest(owner);
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("PUT /owners/{owner_id}", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("PUT /owners/{owner_id}", 415);
  });

  test("refuses a request without a body (OwnerFields required)", async () => {
    const owner = await givenOwner();
    const request = await replaceOwnerRequest(owner);
    expect(await client.send("PUT /owners/{owner_id}", { ...request, body: undefined })).toMatchResponse(
      "PUT /owners/{owner_id}",
      400,
    );
  });

  test("refuses the email of another owner", async () => {
    const other = await givenOwner();
    const owner = await givenOwner();
    const request = changed(await replaceOwnerRequest(owner), "/body/email", other.email);
    expect(await client.send("PUT /owners/{owner_id}", request)).toMatchResponse("PUT /owners/{owner_id}", 409);
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const owner = await givenOwner();
    const request = await replaceOwnerRequest(owner);
    const response = await anybody.send("PUT /owners/{owner_id}", presenting(wrong, request));
    expect(response).toMatchResponse("PUT /owners/{owner_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("DELETE /owners/{owner_id}", () => {
  test("deletes the owner, once, and no other", async () => {
    const other = await givenOwner();
    const owner = await givenOwner();
    const request = await deleteOwnerRequest(owner);
    expect(await client.send("DELETE /owners/{owner_id}", request)).toMatchResponse("DELETE /owners/{owner_id}", 204);
    expect(await client.send("GET /owners/{owner_id}", { params: { owner_id: owner.id } })).toMatchResponse(
      "GET /owners/{owner_id}",
      404,
    );
    expect(await client.send("DELETE /owners/{owner_id}", request)).toMatchResponse("DELETE /owners/{owner_id}", 404);
    expect(await client.send("GET /owners/{owner_id}", { params: { owner_id: other.id } })).toMatchResponse(
      "GET /owners/{owner_id}",
      200,
    );
  });

  test.each(getOwnerCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const owner = await givenOwner();
    const request = await deleteOwnerRequest(owner);
    const response = await client.send("DELETE /owners/{owner_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("DELETE /owners/{owner_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such owner", async () => {
    const owner = await givenOwner();
    const request = await deleteOwnerRequest(owner);
    const unknown = { ...request, params: { ...request.params, owner_id: 2147480000 } };
    expect(await client.send("DELETE /owners/{owner_id}", unknown)).toMatchResponse("DELETE /owners/{owner_id}", 404);
  });

  test("deletes each pet with it (owner_id)", async () => {
    const owner = await givenOwner();
    const dependent = await givenPet({ owner_id: owner.id });
    const request = await deleteOwnerRequest(owner);
    expect(await client.send("DELETE /owners/{owner_id}", request)).toMatchResponse("DELETE /owners/{owner_id}", 204);
    expect(await client.send("GET /pets/{pet_id}", { params: { pet_id: dependent.id } })).toMatchResponse(
      "GET /pets/{pet_id}",
      404,
    );
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const owner = await givenOwner();
    const request = await deleteOwnerRequest(owner);
    const response = await anybody.send("DELETE /owners/{owner_id}", presenting(wrong, request));
    expect(response).toMatchResponse("DELETE /owners/{owner_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("conversations about owners", () => {
  test("shows what a record of any valid calls says, and to nobody else", async () => {
    await holdConversations({
      caller: client,
      stranger: undefined,
      strangers: undefined,
      given: () => givenOwner(),
      address: (owner) => ({ owner_id: owner.id }),
      read: { route: "GET /owners/{owner_id}", status: 200, missing: [404] },
      stable: [
        "/data/first_name",
        "/data/last_name",
        "/data/email",
        "/data/telephone",
        "/data/street",
        "/data/city",
        "/data/id",
      ],
      create: {
        route: "POST /owners",
        status: 201,
        request: createOwnerRequest,
        address: (response) => ({ owner_id: valueAt(response, "/data/id") }),
        members: [
          {
            sent: "/first_name",
            shown: "/data/first_name",
            values: ["Maria", "text 1", "text 2", "text 3"],
            isSpare: false,
          },
          {
            sent: "/last_name",
            shown: "/data/last_name",
            values: ["Escobito", "text 1", "text 2", "text 3"],
            isSpare: false,
          },
          { sent: "/email", shown: "/data/email", values: [], isSpare: false },
          {
            sent: "/telephone",
            shown: "/data/telephone",
            values: ["6085557683", "1352412811", "52317658", "80816267832213"],
            isSpare: false,
          },
          {
            sent: "/street",
            shown: "/data/street",
            values: ["345 Maple St.", "text 1", "text 2", "text 3"],
            isSpare: false,
          },
          { sent: "/city", shown: "/data/city", values: ["Madison", "text 1", "text 2", "text 3"], isSpare: false },
        ],
      },
      writes: [
        {
          route: "PUT /owners/{owner_id}",
          status: 200,
          missing: [404],
          request: replaceOwnerRequest,
          members: [
            {
              sent: "/first_name",
              shown: "/data/first_name",
              values: ["Maria", "text 1", "text 2", "text 3"],
              isSpare: false,
            },
            {
              sent: "/last_name",
              shown: "/data/last_name",
              values: ["Escobito", "text 1", "text 2", "text 3"],
              isSpare: false,
            },
            { sent: "/email", shown: "/data/email", values: [], isSpare: false },
            {
              sent: "/telephone",
              shown: "/data/telephone",
              values: ["6085557683", "1352412811", "52317658", "80816267832213"],
              isSpare: false,
            },
            {
              sent: "/street",
              shown: "/data/street",
              values: ["345 Maple St.", "text 1", "text 2", "text 3"],
              isSpare: false,
            },
            { sent: "/city", shown: "/data/city", values: ["Madison", "text 1", "text 2", "text 3"], isSpare: false },
          ],
        },
      ],
      remove: { route: "DELETE /owners/{owner_id}", status: 204, missing: [404], request: deleteOwnerRequest },
      lists: [
        {
          route: "GET /owners",
          status: 200,
          request: listOwnersRequest,
          items: "/data",
          key: "/id",
          readKey: "/data/id",
          paging: { items: "/data", size: 2, limit: "per_page", page: "page", firstPage: 1 },
        },
      ],
    });
  });
});

describe("other methods of owners", () => {
  test.each([
    { method: "PUT", url: "/api/v2/owners", allow: "GET, HEAD, OPTIONS, POST" } as const,
    { method: "PATCH", url: "/api/v2/owners/1", allow: "DELETE, GET, HEAD, OPTIONS, PUT" } as const,
  ])("$method $url is answered with the methods that there are", async ({ method, url, allow }) => {
    const response = await client.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers["allow"]).toBe(allow);
    const options = await client.inject({ method: "OPTIONS", url });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe(allow);
  });
});
