import { beforeEach, describe, expect, test } from "vitest";
import { unreadableBodies } from "../testing/bodies.ts";
import { anybody, client } from "../testing/client.ts";
import { holdConversations } from "../testing/conversation.ts";
import { presenting, wrongCredentials } from "../testing/credentials.ts";
import { resetRows, stirRows, storedRows } from "../testing/database.ts";
import { walk } from "../testing/pages.ts";
import { givenPet, givenVet, givenVisit } from "../testing/rows.ts";
import { changed, isRecent, itemsAt, sorted, valueAt, valuesAt, without } from "../testing/values.ts";
import type { Visit } from "./visit.contract.ts";
import { validNewVisit } from "./visit.fixtures.ts";

beforeEach(resetRows);

/** A valid GET /pets/{pet_id}/visits. */
async function listVisitsRequest() {
  const pet = await givenPet();
  return {
    params: { pet_id: pet.id },
  };
}

/** A valid POST /pets/{pet_id}/visits. */
async function createVisitRequest() {
  const pet = await givenPet();
  return {
    params: { pet_id: pet.id },
    body: {
      vet_id: (await givenVet()).id,
      date: "2026-03-14",
      description: "Rabies shot",
      temperature: 38.5,
      fee: "45.50",
      ...validNewVisit(),
    },
  };
}

/** A valid GET /visits/{visit_id}. */
async function getVisitRequest(visit: Visit) {
  return {
    params: { visit_id: visit.id },
  };
}

/** A valid PUT /visits/{visit_id}. */
async function replaceVisitRequest(visit: Visit) {
  return {
    params: { visit_id: visit.id },
    body: {
      vet_id: (await givenVet()).id,
      date: "2026-03-14",
      description: "Rabies shot",
      temperature: 38.5,
      fee: "45.50",
    },
  };
}

/** A valid DELETE /visits/{visit_id}. */
async function deleteVisitRequest(visit: Visit) {
  return {
    params: { visit_id: visit.id },
  };
}

const listVisitsCases = [
  { name: "pet_id", value: "not-a-key" },
  { name: "pet_id", value: "~" },
  { name: "pet_id", value: "1.5" },
];

const createVisitCases = [
  { title: "a body without vet_id (VisitFields.vet_id required)", at: "/body/vet_id", value: undefined },
  { title: "a body without date (VisitFields.date required)", at: "/body/date", value: undefined },
  { title: "a body without description (VisitFields.description required)", at: "/body/description", value: undefined },
  { title: "vet_id of another type (VisitFields.vet_id type)", at: "/body/vet_id", value: "not a number" },
  {
    title: "vet_id that is not exact in JSON (VisitFields.vet_id integer)",
    at: "/body/vet_id",
    value: 9007199254740992,
  },
  { title: "vet_id with a fraction (VisitFields.vet_id integer)", at: "/body/vet_id", value: 1.5 },
  { title: "vet_id that is null (VisitFields.vet_id nullable)", at: "/body/vet_id", value: null },
  { title: "date of another type (VisitFields.date type)", at: "/body/date", value: { unexpected: true } },
  { title: "date that is no date (VisitFields.date format)", at: "/body/date", value: "2026-02-30" },
  { title: "date that is null (VisitFields.date nullable)", at: "/body/date", value: null },
  {
    title: "description of another type (VisitFields.description type)",
    at: "/body/description",
    value: { unexpected: true },
  },
  { title: "description shorter than 1 (VisitFields.description minLength)", at: "/body/description", value: "" },
  {
    title: "description longer than 500 (VisitFields.description maxLength)",
    at: "/body/description",
    value: "text" + "a".repeat(497),
  },
  { title: "description that is null (VisitFields.description nullable)", at: "/body/description", value: null },
  {
    title: "temperature of another type (VisitFields.temperature type)",
    at: "/body/temperature",
    value: "not a number",
  },
  { title: "temperature below its minimum (VisitFields.temperature minimum)", at: "/body/temperature", value: 19 },
  { title: "temperature above its maximum (VisitFields.temperature maximum)", at: "/body/temperature", value: 46 },
  { title: "fee of another type (VisitFields.fee type)", at: "/body/fee", value: { unexpected: true } },
  { title: "fee that breaks its pattern (VisitFields.fee pattern)", at: "/body/fee", value: "~" },
  { title: "fee that is null (VisitFields.fee nullable)", at: "/body/fee", value: null },
];

const createVisitCases2 = [
  {
    title: "description of its shortest, 1 character",
    at: "/body/description",
    value: "😀",
    shown: { description: "😀" },
  },
  {
    title: "description of its longest, 500 characters",
    at: "/body/description",
    value: "😀" + "é".repeat(499),
    shown: { description: "😀" + "é".repeat(499) },
  },
  { title: "temperature of its minimum 20", at: "/body/temperature", value: 20, shown: { temperature: 20 } },
  { title: "temperature of its maximum 45", at: "/body/temperature", value: 45, shown: { temperature: 45 } },
  { title: "temperature of null", at: "/body/temperature", value: null, shown: { temperature: null } },
];

const getVisitCases = [
  { name: "visit_id", value: "not-a-key" },
  { name: "visit_id", value: "~" },
  { name: "visit_id", value: "1.5" },
];

describe("GET /pets/{pet_id}/visits", () => {
  test("shows all visits that are there, and nothing else", async () => {
    const request = await listVisitsRequest();
    const none = await client.send("GET /pets/{pet_id}/visits", request);
    expect(none).toMatchResponse("GET /pets/{pet_id}/visits", 200);
    expect(itemsAt(none, "/data")).toEqual([]);
    const first = await givenVisit({ pet_id: request.params.pet_id });
    const second = await givenVisit({ pet_id: request.params.pet_id });
    const third = await givenVisit({ pet_id: request.params.pet_id });
    const response = await client.send("GET /pets/{pet_id}/visits", request);
    expect(response).toMatchResponse("GET /pets/{pet_id}/visits", 200);
    expect(sorted(valuesAt(response, "/data", "/id"))).toEqual(sorted([first.id, second.id, third.id]));
    expect(valueAt(response, "/meta/total")).toBe(3);
  });

  test("shows a stored visit as it is", async () => {
    const request = await listVisitsRequest();
    const found = await givenVisit({ pet_id: request.params.pet_id });
    const response = await client.send("GET /pets/{pet_id}/visits", request);
    expect(response).toMatchResponse("GET /pets/{pet_id}/visits", 200);
    expect(itemsAt(response, "/data")).toHold([
      {
        vet_id: found.vet_id,
        date: found.date,
        description: found.description,
        temperature: found.temperature,
        fee: found.fee,
        id: found.id,
        pet_id: found.pet_id,
        created_at: found.created_at,
      },
    ]);
  });

  test("shows no visits of another parent", async () => {
    const request = await listVisitsRequest();
    const other = await listVisitsRequest();
    const found = await givenVisit({ pet_id: request.params.pet_id });
    const response = await client.send("GET /pets/{pet_id}/visits", other);
    expect(response).toMatchResponse("GET /pets/{pet_id}/visits", 200);
    expect(valuesAt(response, "/data", "/id")).not.toContain(found.id);
  });

  test("walks through all visits of one instant, page by page, in one order", async () => {
    const request = await listVisitsRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenVisit({ pet_id: request.params.pet_id });
      rows.push(row);
    }
    await stirRows("visits", "id");
    const pages = await walk(client, "GET /pets/{pet_id}/visits", request, {
      items: "/data",
      size: 2,
      limit: "per_page",
      page: "page",
      firstPage: 1,
    });
    for (const page of pages) expect(page).toMatchResponse("GET /pets/{pet_id}/visits", 200);
    expect(pages.map((page) => itemsAt(page, "/data").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "/data", "/id"));
    expect(walked).toEqual(rows.map((row) => row.id).toSorted((left, right) => Number(left) - Number(right)));
    expect(pages.map((page) => valueAt(page, "/meta/page"))).toEqual([1, 2, 3]);
    expect(pages.map((page) => valueAt(page, "/meta/per_page"))).toEqual([2, 2, 2]);
    expect(pages.map((page) => valueAt(page, "/meta/total"))).toEqual([5, 5, 5]);
  });

  test("shows 10 visits where no limit is given", async () => {
    const request = await listVisitsRequest();
    for (let made = 0; made <= 10; made += 1) {
      await givenVisit({ pet_id: request.params.pet_id });
    }
    const response = await client.send("GET /pets/{pet_id}/visits", request);
    expect(response).toMatchResponse("GET /pets/{pet_id}/visits", 200);
    expect(itemsAt(response, "/data")).toHaveLength(10);
  });

  test("shows an empty page beyond the last one", async () => {
    const request = await listVisitsRequest();
    await givenVisit({ pet_id: request.params.pet_id });
    const response = await client.send("GET /pets/{pet_id}/visits", { ...request, query: { page: 1000 } });
    expect(response).toMatchResponse("GET /pets/{pet_id}/visits", 200);
    expect(itemsAt(response, "/data")).toEqual([]);
  });

  test("filters by date_from (gte)", async () => {
    const request = await listVisitsRequest();
    const found = await givenVisit({ pet_id: request.params.pet_id, date: "2026-03-02" });
    await givenVisit({ pet_id: request.params.pet_id, date: "2026-03-01" });
    const response = await client.send("GET /pets/{pet_id}/visits", { ...request, query: { date_from: "2026-03-02" } });
    expect(response).toMatchResponse("GET /pets/{pet_id}/visits", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
    expect(valueAt(response, "/meta/total")).toBe(1);
  });

  test("filters by date_to (lte)", async () => {
    const request = await listVisitsRequest();
    const found = await givenVisit({ pet_id: request.params.pet_id, date: "2026-03-01" });
    await givenVisit({ pet_id: request.params.pet_id, date: "2026-03-02" });
    const response = await client.send("GET /pets/{pet_id}/visits", { ...request, query: { date_to: "2026-03-01" } });
    expect(response).toMatchResponse("GET /pets/{pet_id}/visits", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
    expect(valueAt(response, "/meta/total")).toBe(1);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listVisitsRequest();
    const response = await client.send("GET /pets/{pet_id}/visits", request);
    expect(response).toMatchResponse("GET /pets/{pet_id}/visits", 200);
    const head = await client.send("GET /pets/{pet_id}/visits", { ...request, method: "HEAD" });
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
    { title: "date_from that is no date (format)", query: { date_from: "2026-02-30" } },
    { title: "date_to that is no date (format)", query: { date_to: "2026-02-30" } },
  ])("refuses $title in the query", async ({ query }) => {
    const request = await listVisitsRequest();
    const response = await client.send("GET /pets/{pet_id}/visits", { ...request, query });
    expect(response).toMatchResponse("GET /pets/{pet_id}/visits", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });

  test.each(listVisitsCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const request = await listVisitsRequest();
    const response = await client.send("GET /pets/{pet_id}/visits", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /pets/{pet_id}/visits", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such pet_id", async () => {
    const request = await listVisitsRequest();
    const unknown = { ...request, params: { ...request.params, pet_id: 2147480000 } };
    expect(await client.send("GET /pets/{pet_id}/visits", unknown)).toMatchResponse("GET /pets/{pet_id}/visits", 404);
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const request = await listVisitsRequest();
    const response = await anybody.send("GET /pets/{pet_id}/visits", presenting(wrong, request));
    expect(response).toMatchResponse("GET /pets/{pet_id}/visits", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("POST /pets/{pet_id}/visits", () => {
  test("stores what it was sent, and shows it", async () => {
    const request = await createVisitRequest();
    const response = await client.send("POST /pets/{pet_id}/visits", request);
    expect(response).toMatchResponse("POST /pets/{pet_id}/visits", 201);
    expect(valueAt(response, "/data")).toHold({
      vet_id: request.body.vet_id,
      date: request.body.date,
      description: request.body.description,
      temperature: request.body.temperature,
      fee: request.body.fee,
      pet_id: request.params.pet_id,
    });
    expect(valueAt(response, "/data/created_at")).toSatisfy(isRecent);
    const located = await client.follow(response);
    expect(located).toMatchResponse("GET /visits/{visit_id}", 200);
    expect(located.json<unknown>()).toEqual(response.json<unknown>());
    const read = await client.send("GET /visits/{visit_id}", { params: { visit_id: valueAt(response, "/data/id") } });
    expect(read).toMatchResponse("GET /visits/{visit_id}", 200);
    expect(valueAt(read, "/data")).toHold({
      vet_id: request.body.vet_id,
      date: request.body.date,
      description: request.body.description,
      temperature: request.body.temperature,
      fee: request.body.fee,
      pet_id: request.params.pet_id,
    });
  });

  test("leaves out what it was not given, and takes defaults", async () => {
    const request = without(await createVisitRequest(), ["/body/temperature", "/body/fee"]);
    const response = await client.send("POST /pets/{pet_id}/visits", request);
    expect(response).toMatchResponse("POST /pets/{pet_id}/visits", 201);
    expect(valueAt(response, "/data")).toHold({ temperature: null, fee: "0.00" });
    const read = await client.send("GET /visits/{visit_id}", { params: { visit_id: valueAt(response, "/data/id") } });
    expect(read).toMatchResponse("GET /visits/{visit_id}", 200);
    expect(valueAt(read, "/data")).toHold({ temperature: null, fee: "0.00" });
  });

  test.each(listVisitsCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const request = await createVisitRequest();
    const response = await client.send("POST /pets/{pet_id}/visits", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("POST /pets/{pet_id}/visits", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such pet_id", async () => {
    const request = await createVisitRequest();
    const unknown = { ...request, params: { ...request.params, pet_id: 2147480000 } };
    expect(await client.send("POST /pets/{pet_id}/visits", unknown)).toMatchResponse("POST /pets/{pet_id}/visits", 404);
  });

  test.each(createVisitCases)("refuses $title", async ({ at, value }) => {
    const request = changed(await createVisitRequest(), at, value);
    const response = await client.send("POST /pets/{pet_id}/visits", request);
    expect(response).toMatchResponse("POST /pets/{pet_id}/visits", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(createVisitCases2)("accepts $title", async ({ at, value, shown }) => {
    const request = changed(await createVisitRequest(), at, value);
    const response = await client.send("POST /pets/{pet_id}/visits", request);
    expect(response).toMatchResponse("POST /pets/{pet_id}/visits", 201);
    expect(valueAt(response, "/data")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const request = await createVisitRequest();
    const headers = { "content-type": "application/json" };
    expect(
      await client.send("POST /pets/{pet_id}/visits", { ...request, body: undefined, payload, headers }),
    ).toMatchResponse("POST /pets/{pet_id}/visits", 400);
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in description", async ({ value }) => {
    const request = changed(await createVisitRequest(), "/body/description", value);
    expect(await client.send("POST /pets/{pet_id}/visits", request)).toMatchResponse("POST /pets/{pet_id}/visits", 400);
  });

  test("answers 415 to another media type", async () => {
    const request = await createVisitRequest();
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("POST /pets/{pet_id}/visits", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("POST /pets/{pet_id}/visits", 415);
  });

  test("refuses a request without a body (VisitFields required)", async () => {
    const request = await createVisitRequest();
    expect(await client.send("POST /pets/{pet_id}/visits", { ...request, body: undefined })).toMatchResponse(
      "POST /pets/{pet_id}/visits",
      400,
    );
  });

  test.each([{ name: "vet_id", at: "/body/vet_id", value: 2147480000 }])(
    "refuses $name of what does not exist",
    async ({ at, value }) => {
      const request = changed(await createVisitRequest(), at, value);
      const before = await storedRows("visits");
      expect(await client.send("POST /pets/{pet_id}/visits", request)).toMatchResponse(
        "POST /pets/{pet_id}/visits",
        409,
        404,
        400,
      );
      expect(await storedRows("visits")).toEqual(before);
    },
  );

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const request = await createVisitRequest();
    const response = await anybody.send("POST /pets/{pet_id}/visits", presenting(wrong, request));
    expect(response).toMatchResponse("POST /pets/{pet_id}/visits", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("GET /visits/{visit_id}", () => {
  test("shows a stored visit as it is", async () => {
    const visit = await givenVisit();
    const request = await getVisitRequest(visit);
    const response = await client.send("GET /visits/{visit_id}", request);
    expect(response).toMatchResponse("GET /visits/{visit_id}", 200);
    expect(valueAt(response, "/data")).toHold({
      vet_id: visit.vet_id,
      date: visit.date,
      description: visit.description,
      temperature: visit.temperature,
      fee: visit.fee,
      id: visit.id,
      pet_id: visit.pet_id,
      created_at: visit.created_at,
    });
  });

  test("answers HEAD as GET, without a body", async () => {
    const visit = await givenVisit();
    const request = await getVisitRequest(visit);
    const response = await client.send("GET /visits/{visit_id}", request);
    expect(response).toMatchResponse("GET /visits/{visit_id}", 200);
    const head = await client.send("GET /visits/{visit_id}", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each(getVisitCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const visit = await givenVisit();
    const request = await getVisitRequest(visit);
    const response = await client.send("GET /visits/{visit_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /visits/{visit_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such visit", async () => {
    const visit = await givenVisit();
    const request = await getVisitRequest(visit);
    const unknown = { ...request, params: { ...request.params, visit_id: 2147480000 } };
    expect(await client.send("GET /visits/{visit_id}", unknown)).toMatchResponse("GET /visits/{visit_id}", 404);
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const visit = await givenVisit();
    const request = await getVisitRequest(visit);
    const response = await anybody.send("GET /visits/{visit_id}", presenting(wrong, request));
    expect(response).toMatchResponse("GET /visits/{visit_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("PUT /visits/{visit_id}", () => {
  test("replaces what was there, and no other visit", async () => {
    await givenVisit();
    const others = await storedRows("visits");
    const visit = await givenVisit();
    const request = await replaceVisitRequest(visit);
    const response = await client.send("PUT /visits/{visit_id}", request);
    expect(response).toMatchResponse("PUT /visits/{visit_id}", 200);
    expect(valueAt(response, "/data")).toHold({
      vet_id: request.body.vet_id,
      date: request.body.date,
      description: request.body.description,
      temperature: request.body.temperature,
      fee: request.body.fee,
    });
    const read = await client.send("GET /visits/{visit_id}", { params: { visit_id: visit.id } });
    expect(read).toMatchResponse("GET /visits/{visit_id}", 200);
    expect(valueAt(read, "/data")).toHold({
      vet_id: request.body.vet_id,
      date: request.body.date,
      description: request.body.description,
      temperature: request.body.temperature,
      fee: request.body.fee,
    });
    expect(await storedRows("visits")).toEqual(expect.arrayContaining([...others]));
  });

  test("clears what it was not given", async () => {
    const visit = await givenVisit();
    const request = without(await replaceVisitRequest(visit), ["/body/temperature", "/body/fee"]);
    const response = await client.send("PUT /visits/{visit_id}", request);
    expect(response).toMatchResponse("PUT /visits/{visit_id}", 200);
    expect(valueAt(response, "/data")).toHold({ temperature: null, fee: "0.00" });
    const read = await client.send("GET /visits/{visit_id}", { params: { visit_id: visit.id } });
    expect(read).toMatchResponse("GET /visits/{visit_id}", 200);
    expect(valueAt(read, "/data")).toHold({ temperature: null, fee: "0.00" });
  });

  test.each(getVisitCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const visit = await givenVisit();
    const request = await replaceVisitRequest(visit);
    const response = await client.send("PUT /visits/{visit_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("PUT /visits/{visit_id}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such visit", async () => {
    const visit = await givenVisit();
    const request = await replaceVisitRequest(visit);
    const unknown = { ...request, params: { ...request.params, visit_id: 2147480000 } };
    expect(await client.send("PUT /visits/{visit_id}", unknown)).toMatchResponse("PUT /visits/{visit_id}", 404);
  });

  test.each(createVisitCases)("refuses $title", async ({ at, value }) => {
    const visit = await givenVisit();
    const request = changed(await replaceVisitRequest(visit), at, value);
    const response = await client.send("PUT /visits/{visit_id}", request);
    expect(response).toMatchResponse("PUT /visits/{visit_id}", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(createVisitCases2)("accepts $title", async ({ at, value, shown }) => {
    const visit = await givenVisit();
    const request = changed(await replaceVisitRequest(visit), at, value);
    const response = await client.send("PUT /visits/{visit_id}", request);
    expect(response).toMatchResponse("PUT /visits/{visit_id}", 200);
    expect(valueAt(response, "/data")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const visit = await givenVisit();
    const request = await replaceVisitRequest(visit);
    const headers = { "content-type": "application/json" };
    expect(
      await client.send("PUT /visits/{visit_id}", { ...request, body: undefined, payload, headers }),
    ).toMatchResponse("PUT /visits/{visit_id}", 400);
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in description", async ({ value }) => {
    const visit = await givenVisit();
    const request = changed(await replaceVisitRequest(visit), "/body/description", value);
    expect(await client.send("PUT /visits/{visit_id}", request)).toMatchResponse("PUT /visits/{visit_id}", 400);
  });

  test("answers 415 to another media type", async () => {
    const visit = await givenVisit();
    const request = await replaceVisitRequest(visit);
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("PUT /visits/{visit_id}", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("PUT /visits/{visit_id}", 415);
  });

  test("refuses a request without a body (VisitFields required)", async () => {
    const visit = await givenVisit();
    const request = await replaceVisitRequest(visit);
    expect(await client.send("PUT /visits/{visit_id}", { ...request, body: undefined })).toMatchResponse(
      "PUT /visits/{visit_id}",
      400,
    );
  });

  test.each([{ name: "vet_id", at: "/body/vet_id", value: 2147480000 }])(
    "refuses $name of what does not exist",
    async ({ at, value }) => {
      const visit = await givenVisit();
      const request = changed(await replaceVisitRequest(visit), at, value);
      const before = await storedRows("visits");
      expect(await client.send("PUT /visits/{visit_id}", request)).toMatchResponse(
        "PUT /visits/{visit_id}",
        409,
        404,
        400,
      );
      expect(await storedRows("visits")).toEqual(before);
    },
  );

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const visit = await givenVisit();
    const request = await replaceVisitRequest(visit);
    const response = await anybody.send("PUT /visits/{visit_id}", presenting(wrong, request));
    expect(response).toMatchResponse("PUT /visits/{visit_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("DELETE /visits/{visit_id}", () => {
  test("deletes the visit, once, and no other", async () => {
    const other = await givenVisit();
    const visit = await givenVisit();
    const request = await deleteVisitRequest(visit);
    expect(await client.send("DELETE /visits/{visit_id}", request)).toMatchResponse("DELETE /visits/{visit_id}", 204);
    expect(await client.send("GET /visits/{visit_id}", { params: { visit_id: visit.id } })).toMatchResponse(
      "GET /visits/{visit_id}",
      404,
    );
    expect(await client.send("DELETE /visits/{visit_id}", request)).toMatchResponse("DELETE /visits/{visit_id}", 404);
    expect(await client.send("GET /visits/{visit_id}", { params: { visit_id: other.id } })).toMatchResponse(
      "GET /visits/{visit_id}",
      200,
    );
  });

  test.each(getVisitCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const visit = await givenVisit();
    const request = await deleteVisitRequest(visit);
    const response = await client.send("DELETE /visits/{visit_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("DELETE /visits/{visit_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such visit", async () => {
    const visit = await givenVisit();
    const request = await deleteVisitRequest(visit);
    const unknown = { ...request, params: { ...request.params, visit_id: 2147480000 } };
    expect(await client.send("DELETE /visits/{visit_id}", unknown)).toMatchResponse("DELETE /visits/{visit_id}", 404);
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const visit = await givenVisit();
    const request = await deleteVisitRequest(visit);
    const response = await anybody.send("DELETE /visits/{visit_id}", presenting(wrong, request));
    expect(response).toMatchResponse("DELETE /visits/{visit_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("conversations about visits", () => {
  test("shows what a record of any valid calls says, and to nobody else", async () => {
    await holdConversations({
      caller: client,
      stranger: undefined,
      strangers: undefined,
      given: () => givenVisit(),
      address: (visit) => ({ visit_id: visit.id }),
      read: { route: "GET /visits/{visit_id}", status: 200, missing: [404] },
      stable: ["/data/vet_id", "/data/date", "/data/description", "/data/temperature", "/data/fee", "/data/id"],
      create: {
        route: "POST /pets/{pet_id}/visits",
        status: 201,
        request: createVisitRequest,
        address: (response) => ({ visit_id: valueAt(response, "/data/id") }),
        members: [
          { sent: "/vet_id", shown: "/data/vet_id", values: [], isSpare: false },
          {
            sent: "/date",
            shown: "/data/date",
            values: ["2026-03-14", "2026-03-02", "2026-03-03", "2026-03-04"],
            isSpare: false,
          },
          {
            sent: "/description",
            shown: "/data/description",
            values: ["Rabies shot", "text 1", "text 2", "text 3"],
            isSpare: false,
          },
          { sent: "/temperature", shown: "/data/temperature", values: [38.5, 21, 22, 23], isSpare: false },
          { sent: "/fee", shown: "/data/fee", values: ["45.50", "2.25", "3.25", "4.25"], isSpare: false },
        ],
      },
      writes: [
        {
          route: "PUT /visits/{visit_id}",
          status: 200,
          missing: [404],
          request: replaceVisitRequest,
          members: [
            { sent: "/vet_id", shown: "/data/vet_id", values: [], isSpare: false },
            {
              sent: "/date",
              shown: "/data/date",
              values: ["2026-03-14", "2026-03-02", "2026-03-03", "2026-03-04"],
              isSpare: false,
            },
            {
              sent: "/description",
              shown: "/data/description",
              values: ["Rabies shot", "text 1", "text 2", "text 3"],
              isSpare: false,
            },
            { sent: "/temperature", shown: "/data/temperature", values: [38.5, 21, 22, 23], isSpare: false },
            { sent: "/fee", shown: "/data/fee", values: ["45.50", "2.25", "3.25", "4.25"], isSpare: false },
          ],
        },
      ],
      remove: { route: "DELETE /visits/{visit_id}", status: 204, missing: [404], request: deleteVisitRequest },
      lists: [],
    });
  });
});

describe("other methods of visits", () => {
  test.each([
    { method: "PUT", url: "/api/v2/pets/1/visits", allow: "GET, HEAD, OPTIONS, POST" } as const,
    { method: "PATCH", url: "/api/v2/visits/1", allow: "DELETE, GET, HEAD, OPTIONS, PUT" } as const,
  ])("$method $url is answered with the methods that there are", async ({ method, url, allow }) => {
    const response = await client.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers["allow"]).toBe(allow);
    const options = await client.inject({ method: "OPTIONS", url });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe(allow);
  });
});
