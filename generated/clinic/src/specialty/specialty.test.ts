import { beforeEach, describe, expect, test } from "vitest";
import { unreadableBodies } from "../testing/bodies.ts";
import { anybody, client } from "../testing/client.ts";
import { holdConversations } from "../testing/conversation.ts";
import { presenting, wrongCredentials } from "../testing/credentials.ts";
import { resetRows, stirRows, storedRows } from "../testing/database.ts";
import { walk } from "../testing/pages.ts";
import { givenSpecialty, unique } from "../testing/rows.ts";
import { changed, itemsAt, sorted, valueAt, valuesAt } from "../testing/values.ts";
import type { Specialty } from "./specialty.contract.ts";
import { validNewSpecialty } from "./specialty.fixtures.ts";

beforeEach(resetRows);

/** A valid GET /specialties. */
async function listSpecialtiesRequest() {
  return {};
}

/** A valid POST /specialties. */
async function createSpecialtyRequest() {
  return {
    body: { name: unique.specialtyName(), ...validNewSpecialty() },
  };
}

/** A valid GET /specialties/{specialty_id}. */
async function getSpecialtyRequest(specialty: Specialty) {
  return {
    params: { specialty_id: specialty.id },
  };
}

/** A valid PUT /specialties/{specialty_id}. */
async function replaceSpecialtyRequest(specialty: Specialty) {
  return {
    params: { specialty_id: specialty.id },
    body: { name: unique.specialtyName() },
  };
}

/** A valid DELETE /specialties/{specialty_id}. */
async function deleteSpecialtyRequest(specialty: Specialty) {
  return {
    params: { specialty_id: specialty.id },
  };
}

const createSpecialtyCases = [
  { title: "a body without name (SpecialtyFields.name required)", at: "/body/name", value: undefined },
  { title: "name of another type (SpecialtyFields.name type)", at: "/body/name", value: { unexpected: true } },
  { title: "name shorter than 3 (SpecialtyFields.name minLength)", at: "/body/name", value: "te" },
  { title: "name longer than 80 (SpecialtyFields.name maxLength)", at: "/body/name", value: "text" + "a".repeat(77) },
  { title: "name that is null (SpecialtyFields.name nullable)", at: "/body/name", value: null },
];

const getSpecialtyCases = [
  { name: "specialty_id", value: "not-a-key" },
  { name: "specialty_id", value: "~" },
  { name: "specialty_id", value: "1.5" },
];

describe("GET /specialties", () => {
  test("shows all specialties that are there, and nothing else", async () => {
    const request = await listSpecialtiesRequest();
    const none = await client.send("GET /specialties", request);
    expect(none).toMatchResponse("GET /specialties", 200);
    expect(itemsAt(none, "/data")).toEqual([]);
    const first = await givenSpecialty();
    const second = await givenSpecialty();
    const third = await givenSpecialty();
    const response = await client.send("GET /specialties", request);
    expect(response).toMatchResponse("GET /specialties", 200);
    expect(sorted(valuesAt(response, "/data", "/id"))).toEqual(sorted([first.id, second.id, third.id]));
    expect(valueAt(response, "/meta/total")).toBe(3);
  });

  test("shows a stored specialty as it is", async () => {
    const request = await listSpecialtiesRequest();
    const found = await givenSpecialty();
    const response = await client.send("GET /specialties", request);
    expect(response).toMatchResponse("GET /specialties", 200);
    expect(itemsAt(response, "/data")).toHold([{ name: found.name, id: found.id }]);
  });

  test("walks through all specialties of one instant, page by page, in one order", async () => {
    const request = await listSpecialtiesRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenSpecialty();
      rows.push(row);
    }
    await stirRows("specialties", "id");
    const pages = await walk(client, "GET /specialties", request, {
      items: "/data",
      size: 2,
      limit: "per_page",
      page: "page",
      firstPage: 1,
    });
    for (const page of pages) expect(page).toMatchResponse("GET /specialties", 200);
    expect(pages.map((page) => itemsAt(page, "/data").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "/data", "/id"));
    expect(walked).toEqual(rows.map((row) => row.id).toSorted((left, right) => Number(left) - Number(right)));
    expect(pages.map((page) => valueAt(page, "/meta/page"))).toEqual([1, 2, 3]);
    expect(pages.map((page) => valueAt(page, "/meta/per_page"))).toEqual([2, 2, 2]);
    expect(pages.map((page) => valueAt(page, "/meta/total"))).toEqual([5, 5, 5]);
  });

  test("shows 10 specialties where no limit is given", async () => {
    const request = await listSpecialtiesRequest();
    for (let made = 0; made <= 10; made += 1) {
      await givenSpecialty();
    }
    const response = await client.send("GET /specialties", request);
    expect(response).toMatchResponse("GET /specialties", 200);
    expect(itemsAt(response, "/data")).toHaveLength(10);
  });

  test("shows an empty page beyond the last one", async () => {
    const request = await listSpecialtiesRequest();
    await givenSpecialty();
    const response = await client.send("GET /specialties", { ...request, query: { page: 1000 } });
    expect(response).toMatchResponse("GET /specialties", 200);
    expect(itemsAt(response, "/data")).toEqual([]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listSpecialtiesRequest();
    const response = await client.send("GET /specialties", request);
    expect(response).toMatchResponse("GET /specialties", 200);
    const head = await client.send("GET /specialties", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
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
  ])("refuses $title in the query", async ({ query }) => {
    const request = await listSpecialtiesRequest();
    const response = await client.send("GET /specialties", { ...request, query });
    expect(response).toMatchResponse("GET /specialties", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const request = await listSpecialtiesRequest();
    const response = await anybody.send("GET /specialties", presenting(wrong, request));
    expect(response).toMatchResponse("GET /specialties", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("POST /specialties", () => {
  test("stores what it was sent, and shows it", async () => {
    const request = await createSpecialtyRequest();
    const response = await client.send("POST /specialties", request);
    expect(response).toMatchResponse("POST /specialties", 201);
    expect(valueAt(response, "/data")).toHold({ name: request.body.name });
    const located = await client.follow(response);
    expect(located).toMatchResponse("GET /specialties/{specialty_id}", 200);
    expect(located.json<unknown>()).toEqual(response.json<unknown>());
    const read = await client.send("GET /specialties/{specialty_id}", {
      params: { specialty_id: valueAt(response, "/data/id") },
    });
    expect(read).toMatchResponse("GET /specialties/{specialty_id}", 200);
    expect(valueAt(read, "/data")).toHold({ name: request.body.name });
  });

  test.each(createSpecialtyCases)("refuses $title", async ({ at, value }) => {
    const request = changed(await createSpecialtyRequest(), at, value);
    const response = await client.send("POST /specialties", request);
    expect(response).toMatchResponse("POST /specialties", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each([
    { title: "name of its shortest, 3 characters", at: "/body/name", value: "😀éé", shown: { name: "😀éé" } },
    {
      title: "name of its longest, 80 characters",
      at: "/body/name",
      value: "😀" + "é".repeat(79),
      shown: { name: "😀" + "é".repeat(79) },
    },
  ])("accepts $title", async ({ at, value, shown }) => {
    const request = changed(await createSpecialtyRequest(), at, value);
    const response = await client.send("POST /specialties", request);
    expect(response).toMatchResponse("POST /specialties", 201);
    expect(valueAt(response, "/data")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const request = await createSpecialtyRequest();
    const headers = { "content-type": "application/json" };
    expect(await client.send("POST /specialties", { ...request, body: undefined, payload, headers })).toMatchResponse(
      "POST /specialties",
      400,
    );
  });

  test("answers 415 to another media type", async () => {
    const request = await createSpecialtyRequest();
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("POST /specialties", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("POST /specialties", 415);
  });

  test("refuses a request without a body (SpecialtyFields required)", async () => {
    const request = await createSpecialtyRequest();
    expect(await client.send("POST /specialties", { ...request, body: undefined })).toMatchResponse(
      "POST /specialties",
      400,
    );
  });

  test("refuses a second specialty with the same name", async () => {
    const first = await createSpecialtyRequest();
    expect(await client.send("POST /specialties", first)).toMatchResponse("POST /specialties", 201);
    const second = changed(await createSpecialtyRequest(), "/body/name", first.body.name);
    expect(await client.send("POST /specialties", second)).toMatchResponse("POST /specialties", 409);
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const request = await createSpecialtyRequest();
    const response = await anybody.send("POST /specialties", presenting(wrong, request));
    expect(response).toMatchResponse("POST /specialties", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("GET /specialties/{specialty_id}", () => {
  test("shows a stored specialty as it is", async () => {
    const specialty = await givenSpecialty();
    const request = await getSpecialtyRequest(specialty);
    const response = await client.send("GET /specialties/{specialty_id}", request);
    expect(response).toMatchResponse("GET /specialties/{specialty_id}", 200);
    expect(valueAt(response, "/data")).toHold({ name: specialty.name, id: specialty.id });
  });

  test("answers HEAD as GET, without a body", async () => {
    const specialty = await givenSpecialty();
    const request = await getSpecialtyRequest(specialty);
    const response = await client.send("GET /specialties/{specialty_id}", request);
    expect(response).toMatchResponse("GET /specialties/{specialty_id}", 200);
    const head = await client.send("GET /specialties/{specialty_id}", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each(getSpecialtyCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const specialty = await givenSpecialty();
    const request = await getSpecialtyRequest(specialty);
    const response = await client.send("GET /specialties/{specialty_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /specialties/{specialty_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such specialty", async () => {
    const specialty = await givenSpecialty();
    const request = await getSpecialtyRequest(specialty);
    const unknown = { ...request, params: { ...request.params, specialty_id: 2147480000 } };
    expect(await client.send("GET /specialties/{specialty_id}", unknown)).toMatchResponse(
      "GET /specialties/{specialty_id}",
      404,
    );
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const specialty = await givenSpecialty();
    const request = await getSpecialtyRequest(specialty);
    const response = await anybody.send("GET /specialties/{specialty_id}", presenting(wrong, request));
    expect(response).toMatchResponse("GET /specialties/{specialty_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("PUT /specialties/{specialty_id}", () => {
  test("replaces what was there, and no other specialty", async () => {
    await givenSpecialty();
    const others = await storedRows("specialties");
    const specialty = await givenSpecialty();
    const request = await replaceSpecialtyRequest(specialty);
    const response = await client.send("PUT /specialties/{specialty_id}", request);
    expect(response).toMatchResponse("PUT /specialties/{specialty_id}", 200);
    expect(valueAt(response, "/data")).toHold({ name: request.body.name });
    const read = await client.send("GET /specialties/{specialty_id}", { params: { specialty_id: specialty.id } });
    expect(read).toMatchResponse("GET /specialties/{specialty_id}", 200);
    expect(valueAt(read, "/data")).toHold({ name: request.body.name });
    expect(await storedRows("specialties")).toEqual(expect.arrayContaining([...others]));
  });

  test.each(getSpecialtyCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const specialty = await givenSpecialty();
    const request = await replaceSpecialtyRequest(specialty);
    const response = await client.send("PUT /specialties/{specialty_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("PUT /specialties/{specialty_id}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such specialty", async () => {
    const specialty = await givenSpecialty();
    const request = await replaceSpecialtyRequest(specialty);
    const unknown = { ...request, params: { ...request.params, specialty_id: 2147480000 } };
    expect(await client.send("PUT /specialties/{specialty_id}", unknown)).toMatchResponse(
      "PUT /specialties/{specialty_id}",
      404,
    );
  });

  test.each(createSpecialtyCases)("refuses $title", async ({ at, value }) => {
    const specialty = await givenSpecialty();
    const request = changed(await replaceSpecialtyRequest(specialty), at, value);
    const response = await client.send("PUT /specialties/{specialty_id}", request);
    expect(response).toMatchResponse("PUT /specialties/{specialty_id}", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each([
    { title: "name of its shortest, 3 characters", at: "/body/name", value: "😀éé", shown: { name: "😀éé" } },
    {
      title: "name of its longest, 80 characters",
      at: "/body/name",
      value: "😀" + "é".repeat(79),
      shown: { name: "😀" + "é".repeat(79) },
    },
  ])("accepts $title", async ({ at, value, shown }) => {
    const specialty = await givenSpecialty();
    const request = changed(await replaceSpecialtyRequest(specialty), at, value);
    const response = await client.send("PUT /specialties/{specialty_id}", request);
    expect(response).toMatchResponse("PUT /specialties/{specialty_id}", 200);
    expect(valueAt(response, "/data")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const specialty = await givenSpecialty();
    const request = await replaceSpecialtyRequest(specialty);
    const headers = { "content-type": "application/json" };
    expect(
      await client.send("PUT /specialties/{specialty_id}", { ...request, body: undefined, payload, headers }),
    ).toMatchResponse("PUT /specialties/{specialty_id}", 400);
  });

  test("answers 415 to another media type", async () => {
    const specialty = await givenSpecialty();
    const request = await replaceSpecialtyRequest(specialty);
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("PUT /specialties/{specialty_id}", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("PUT /specialties/{specialty_id}", 415);
  });

  test("refuses a request without a body (SpecialtyFields required)", async () => {
    const specialty = await givenSpecialty();
    const request = await replaceSpecialtyRequest(specialty);
    expect(await client.send("PUT /specialties/{specialty_id}", { ...request, body: undefined })).toMatchResponse(
      "PUT /specialties/{specialty_id}",
      400,
    );
  });

  test("refuses the name of another specialty", async () => {
    const other = await givenSpecialty();
    const specialty = await givenSpecialty();
    const request = changed(await replaceSpecialtyRequest(specialty), "/body/name", other.name);
    expect(await client.send("PUT /specialties/{specialty_id}", request)).toMatchResponse(
      "PUT /specialties/{specialty_id}",
      409,
    );
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const specialty = await givenSpecialty();
    const request = await replaceSpecialtyRequest(specialty);
    const response = await anybody.send("PUT /specialties/{specialty_id}", presenting(wrong, request));
    expect(response).toMatchResponse("PUT /specialties/{specialty_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("DELETE /specialties/{specialty_id}", () => {
  test("deletes the specialty, once, and no other", async () => {
    const other = await givenSpecialty();
    const specialty = await givenSpecialty();
    const request = await deleteSpecialtyRequest(specialty);
    expect(await client.send("DELETE /specialties/{specialty_id}", request)).toMatchResponse(
      "DELETE /specialties/{specialty_id}",
      204,
    );
    expect(
      await client.send("GET /specialties/{specialty_id}", { params: { specialty_id: specialty.id } }),
    ).toMatchResponse("GET /specialties/{specialty_id}", 404);
    expect(await client.send("DELETE /specialties/{specialty_id}", request)).toMatchResponse(
      "DELETE /specialties/{specialty_id}",
      404,
    );
    expect(
      await client.send("GET /specialties/{specialty_id}", { params: { specialty_id: other.id } }),
    ).toMatchResponse("GET /specialties/{specialty_id}", 200);
  });

  test.each(getSpecialtyCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const specialty = await givenSpecialty();
    const request = await deleteSpecialtyRequest(specialty);
    const response = await client.send("DELETE /specialties/{specialty_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("DELETE /specialties/{specialty_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such specialty", async () => {
    const specialty = await givenSpecialty();
    const request = await deleteSpecialtyRequest(specialty);
    const unknown = { ...request, params: { ...request.params, specialty_id: 2147480000 } };
    expect(await client.send("DELETE /specialties/{specialty_id}", unknown)).toMatchResponse(
      "DELETE /specialties/{specialty_id}",
      404,
    );
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const specialty = await givenSpecialty();
    const request = await deleteSpecialtyRequest(specialty);
    const response = await anybody.send("DELETE /specialties/{specialty_id}", presenting(wrong, request));
    expect(response).toMatchResponse("DELETE /specialties/{specialty_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("conversations about specialties", () => {
  test("shows what a record of any valid calls says, and to nobody else", async () => {
    await holdConversations({
      caller: client,
      stranger: undefined,
      strangers: undefined,
      given: () => givenSpecialty(),
      address: (specialty) => ({ specialty_id: specialty.id }),
      read: { route: "GET /specialties/{specialty_id}", status: 200, missing: [404] },
      stable: ["/data/name", "/data/id"],
      create: {
        route: "POST /specialties",
        status: 201,
        request: createSpecialtyRequest,
        address: (response) => ({ specialty_id: valueAt(response, "/data/id") }),
        members: [{ sent: "/name", shown: "/data/name", values: [], isSpare: false }],
      },
      writes: [
        {
          route: "PUT /specialties/{specialty_id}",
          status: 200,
          missing: [404],
          request: replaceSpecialtyRequest,
          members: [{ sent: "/name", shown: "/data/name", values: [], isSpare: false }],
        },
      ],
      remove: {
        route: "DELETE /specialties/{specialty_id}",
        status: 204,
        missing: [404],
        request: deleteSpecialtyRequest,
      },
      lists: [
        {
          route: "GET /specialties",
          status: 200,
          request: listSpecialtiesRequest,
          items: "/data",
          key: "/id",
          readKey: "/data/id",
          paging: { items: "/data", size: 2, limit: "per_page", page: "page", firstPage: 1 },
        },
      ],
    });
  });
});

describe("other methods of specialties", () => {
  test.each([
    { method: "PUT", url: "/api/v2/specialties", allow: "GET, HEAD, OPTIONS, POST" } as const,
    { method: "PATCH", url: "/api/v2/specialties/1", allow: "DELETE, GET, HEAD, OPTIONS, PUT" } as const,
  ])("$method $url is answered with the methods that there are", async ({ method, url, allow }) => {
    const response = await client.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers["allow"]).toBe(allow);
    const options = await client.inject({ method: "OPTIONS", url });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe(allow);
  });
});
