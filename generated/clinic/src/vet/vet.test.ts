import { beforeEach, describe, expect, test } from "vitest";
import { unreadableBodies } from "../testing/bodies.ts";
import { anybody, client } from "../testing/client.ts";
import { presenting, wrongCredentials } from "../testing/credentials.ts";
import { resetRows, stirRows, storedRows } from "../testing/database.ts";
import { walk } from "../testing/pages.ts";
import {
  givenAppointment,
  givenSpecialty,
  givenVet,
  givenVisit,
  joinedVetSpecialties,
  joinVetSpecialties,
  unique,
} from "../testing/rows.ts";
import { changed, isRecent, itemsAt, sorted, valueAt, valuesAt, without } from "../testing/values.ts";
import type { Vet } from "./vet.contract.ts";
import { validNewVet } from "./vet.fixtures.ts";

beforeEach(resetRows);

/** A valid GET /vets. */
async function listVetsRequest() {
  return {};
}

/** A valid POST /vets. */
async function createVetRequest() {
  return {
    body: {
      first_name: "James",
      last_name: "Carter",
      licence: unique.vetLicence(),
      on_leave: true,
      specialty_ids: [(await givenSpecialty()).id],
      ...validNewVet(),
    },
  };
}

/** A valid GET /vets/{vet_id}. */
async function getVetRequest(vet: Vet) {
  return {
    params: { vet_id: vet.id },
  };
}

/** A valid PUT /vets/{vet_id}. */
async function replaceVetRequest(vet: Vet) {
  return {
    params: { vet_id: vet.id },
    body: {
      first_name: "James",
      last_name: "Carter",
      licence: unique.vetLicence(),
      on_leave: true,
      specialty_ids: [(await givenSpecialty()).id],
    },
  };
}

/** A valid DELETE /vets/{vet_id}. */
async function deleteVetRequest(vet: Vet) {
  return {
    params: { vet_id: vet.id },
  };
}

/** A valid PUT /vets/{vet_id}/specialties/{specialty_id}. */
async function addSpecialtyToVetRequest() {
  const specialty = await givenSpecialty();
  const vet = await givenVet();
  return {
    params: { vet_id: vet.id, specialty_id: specialty.id },
  };
}

/** A valid DELETE /vets/{vet_id}/specialties/{specialty_id}. */
async function removeSpecialtyFromVetRequest() {
  const specialty = await givenSpecialty();
  const vet = await givenVet();
  return {
    params: { vet_id: vet.id, specialty_id: specialty.id },
  };
}

const createVetCases = [
  { title: "a body without first_name (VetFields.first_name required)", at: "/body/first_name", value: undefined },
  { title: "a body without last_name (VetFields.last_name required)", at: "/body/last_name", value: undefined },
  { title: "a body without licence (VetFields.licence required)", at: "/body/licence", value: undefined },
  {
    title: "first_name of another type (VetFields.first_name type)",
    at: "/body/first_name",
    value: { unexpected: true },
  },
  { title: "first_name shorter than 1 (VetFields.first_name minLength)", at: "/body/first_name", value: "" },
  {
    title: "first_name longer than 30 (VetFields.first_name maxLength)",
    at: "/body/first_name",
    value: "textaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  },
  { title: "first_name that is null (VetFields.first_name nullable)", at: "/body/first_name", value: null },
  { title: "last_name of another type (VetFields.last_name type)", at: "/body/last_name", value: { unexpected: true } },
  { title: "last_name shorter than 1 (VetFields.last_name minLength)", at: "/body/last_name", value: "" },
  {
    title: "last_name longer than 30 (VetFields.last_name maxLength)",
    at: "/body/last_name",
    value: "textaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  },
  { title: "last_name that is null (VetFields.last_name nullable)", at: "/body/last_name", value: null },
  { title: "licence of another type (VetFields.licence type)", at: "/body/licence", value: { unexpected: true } },
  { title: "licence that breaks its pattern (VetFields.licence pattern)", at: "/body/licence", value: "~" },
  { title: "licence that is null (VetFields.licence nullable)", at: "/body/licence", value: null },
  { title: "on_leave of another type (VetFields.on_leave type)", at: "/body/on_leave", value: "not a number" },
  { title: "on_leave that is null (VetFields.on_leave nullable)", at: "/body/on_leave", value: null },
  {
    title: "specialty_ids of another type (VetFields.specialty_ids type)",
    at: "/body/specialty_ids",
    value: "not a number",
  },
  {
    title: "specialty_ids with too many items (VetFields.specialty_ids maxItems)",
    at: "/body/specialty_ids",
    value: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
  },
  {
    title: "specialty_ids with an item twice (VetFields.specialty_ids uniqueItems)",
    at: "/body/specialty_ids",
    value: [1, 1],
  },
  {
    title: "an item of specialty_ids of another type (VetFields.specialty_ids type)",
    at: "/body/specialty_ids",
    value: ["not a number"],
  },
  {
    title: "an item of specialty_ids that is not exact in JSON (VetFields.specialty_ids integer)",
    at: "/body/specialty_ids",
    value: [9007199254740992],
  },
  {
    title: "an item of specialty_ids with a fraction (VetFields.specialty_ids integer)",
    at: "/body/specialty_ids",
    value: [1.5],
  },
  {
    title: "an item of specialty_ids that is null (VetFields.specialty_ids nullable)",
    at: "/body/specialty_ids",
    value: [null],
  },
  { title: "specialty_ids that is null (VetFields.specialty_ids nullable)", at: "/body/specialty_ids", value: null },
];

const createVetCases2 = [
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
  { title: "on_leave of false", at: "/body/on_leave", value: false, shown: { on_leave: false } },
];

const getVetCases = [
  { name: "vet_id", value: "not-a-key" },
  { name: "vet_id", value: "~" },
  { name: "vet_id", value: "1.5" },
];

describe("GET /vets", () => {
  test("shows all vets that are there, and nothing else", async () => {
    const request = await listVetsRequest();
    const none = await client.send("GET /vets", request);
    expect(none).toMatchResponse("GET /vets", 200);
    expect(itemsAt(none, "/data")).toEqual([]);
    const first = await givenVet();
    const second = await givenVet();
    const third = await givenVet();
    const response = await client.send("GET /vets", request);
    expect(response).toMatchResponse("GET /vets", 200);
    expect(sorted(valuesAt(response, "/data", "/id"))).toEqual(sorted([first.id, second.id, third.id]));
    expect(valueAt(response, "/meta/total")).toBe(3);
  });

  test("shows a stored vet as it is", async () => {
    const request = await listVetsRequest();
    const found = await givenVet();
    const response = await client.send("GET /vets", request);
    expect(response).toMatchResponse("GET /vets", 200);
    expect(itemsAt(response, "/data")).toHold([
      {
        first_name: found.first_name,
        last_name: found.last_name,
        licence: found.licence,
        on_leave: found.on_leave,
        id: found.id,
        created_at: found.created_at,
      },
    ]);
  });

  test("shows the specialties of each vet", async () => {
    const request = await listVetsRequest();
    const first = await givenVet();
    const firstJoined = await givenSpecialty();
    await joinVetSpecialties(first.id, firstJoined.id);
    const second = await givenVet();
    const secondJoined = await givenSpecialty();
    await joinVetSpecialties(second.id, secondJoined.id);
    const response = await client.send("GET /vets", request);
    expect(response).toMatchResponse("GET /vets", 200);
    const keys = valuesAt(response, "/data", "/id");
    const joined = valuesAt(response, "/data", "/specialty_ids");
    expect(joined[keys.indexOf(first.id)]).toEqual([firstJoined.id]);
    expect(joined[keys.indexOf(second.id)]).toEqual([secondJoined.id]);
  });

  test("walks through all vets of one instant, page by page, in one order", async () => {
    const request = await listVetsRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenVet();
      rows.push(row);
    }
    await stirRows("vets", "id");
    const pages = await walk(client, "GET /vets", request, {
      items: "/data",
      size: 2,
      limit: "per_page",
      page: "page",
      firstPage: 1,
    });
    for (const page of pages) expect(page).toMatchResponse("GET /vets", 200);
    expect(pages.map((page) => itemsAt(page, "/data").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "/data", "/id"));
    expect(walked).toEqual(rows.map((row) => row.id).toSorted((left, right) => Number(left) - Number(right)));
    expect(pages.map((page) => valueAt(page, "/meta/page"))).toEqual([1, 2, 3]);
    expect(pages.map((page) => valueAt(page, "/meta/per_page"))).toEqual([2, 2, 2]);
    expect(pages.map((page) => valueAt(page, "/meta/total"))).toEqual([5, 5, 5]);
  });

  test("shows 10 vets where no limit is given", async () => {
    const request = await listVetsRequest();
    for (let made = 0; made <= 10; made += 1) {
      await givenVet();
    }
    const response = await client.send("GET /vets", request);
    expect(response).toMatchResponse("GET /vets", 200);
    expect(itemsAt(response, "/data")).toHaveLength(10);
  });

  test("shows an empty page beyond the last one", async () => {
    const request = await listVetsRequest();
    await givenVet();
    const response = await client.send("GET /vets", { ...request, query: { page: 1000 } });
    expect(response).toMatchResponse("GET /vets", 200);
    expect(itemsAt(response, "/data")).toEqual([]);
  });

  test("filters by on_leave (eq)", async () => {
    const request = await listVetsRequest();
    const found = await givenVet({ on_leave: false });
    await givenVet({ on_leave: true });
    const response = await client.send("GET /vets", { ...request, query: { on_leave: false } });
    expect(response).toMatchResponse("GET /vets", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
    expect(valueAt(response, "/meta/total")).toBe(1);
  });

  test("orders by last_name where nothing is said", async () => {
    const request = await listVetsRequest();
    const second = await givenVet({ last_name: "bbbb" });
    const first = await givenVet({ last_name: "aaaa" });
    const response = await client.send("GET /vets", request);
    expect(response).toMatchResponse("GET /vets", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("orders by last_name", async () => {
    const request = await listVetsRequest();
    const second = await givenVet({ last_name: "bbbb" });
    const first = await givenVet({ last_name: "aaaa" });
    const response = await client.send("GET /vets", { ...request, query: { sort: "last_name" } });
    expect(response).toMatchResponse("GET /vets", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("orders by -last_name", async () => {
    const request = await listVetsRequest();
    const second = await givenVet({ last_name: "aaaa" });
    const first = await givenVet({ last_name: "bbbb" });
    const response = await client.send("GET /vets", { ...request, query: { sort: "-last_name" } });
    expect(response).toMatchResponse("GET /vets", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listVetsRequest();
    const response = await client.send("GET /vets", request);
    expect(response).toMatchResponse("GET /vets", 200);
    const head = await client.send("GET /vets", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each([{ query: { sort: "last_name" } }, { query: { sort: "-last_name" } }])(
    "takes $query in the query",
    async ({ query }) => {
      const request = await listVetsRequest();
      expect(await client.send("GET /vets", { ...request, query })).toMatchResponse("GET /vets", 200);
    },
  );

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
    { title: "on_leave of another type (type)", query: { on_leave: "not a number" } },
    { title: "on_leave twice", query: { on_leave: [true, true] } },
    { title: "sort that is not on the list (enum)", query: { sort: "not-one-of-them" } },
  ])("refuses $title in the query", async ({ query }) => {
    const request = await listVetsRequest();
    const response = await client.send("GET /vets", { ...request, query });
    expect(response).toMatchResponse("GET /vets", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const request = await listVetsRequest();
    const response = await anybody.send("GET /vets", presenting(wrong, request));
    expect(response).toMatchResponse("GET /vets", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("POST /vets", () => {
  test("stores what it was sent, and shows it", async () => {
    const request = await createVetRequest();
    const response = await client.send("POST /vets", request);
    expect(response).toMatchResponse("POST /vets", 201);
    expect(valueAt(response, "/data")).toHold({
      first_name: request.body.first_name,
      last_name: request.body.last_name,
      licence: request.body.licence,
      on_leave: request.body.on_leave,
    });
    expect(valueAt(response, "/data/created_at")).toSatisfy(isRecent);
    expect(sorted(await joinedVetSpecialties("left", valueAt(response, "/data/id")))).toEqual(
      sorted(request.body.specialty_ids),
    );
    expect(valueAt(response, "/data/specialty_ids")).toEqual(request.body.specialty_ids);
    const located = await client.follow(response);
    expect(located).toMatchResponse("GET /vets/{vet_id}", 200);
    expect(located.json<unknown>()).toEqual(response.json<unknown>());
    const read = await client.send("GET /vets/{vet_id}", { params: { vet_id: valueAt(response, "/data/id") } });
    expect(read).toMatchResponse("GET /vets/{vet_id}", 200);
    expect(valueAt(read, "/data")).toHold({
      first_name: request.body.first_name,
      last_name: request.body.last_name,
      licence: request.body.licence,
      on_leave: request.body.on_leave,
    });
  });

  test("leaves out what it was not given, and takes defaults", async () => {
    const request = without(await createVetRequest(), ["/body/on_leave", "/body/specialty_ids"]);
    const response = await client.send("POST /vets", request);
    expect(response).toMatchResponse("POST /vets", 201);
    expect(valueAt(response, "/data")).toHold({ on_leave: false });
    const read = await client.send("GET /vets/{vet_id}", { params: { vet_id: valueAt(response, "/data/id") } });
    expect(read).toMatchResponse("GET /vets/{vet_id}", 200);
    expect(valueAt(read, "/data")).toHold({ on_leave: false });
  });

  test.each(createVetCases)("refuses $title", async ({ at, value }) => {
    const request = changed(await createVetRequest(), at, value);
    const response = await client.send("POST /vets", request);
    expect(response).toMatchResponse("POST /vets", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(createVetCases2)("accepts $title", async ({ at, value, shown }) => {
    const request = changed(await createVetRequest(), at, value);
    const response = await client.send("POST /vets", request);
    expect(response).toMatchResponse("POST /vets", 201);
    expect(valueAt(response, "/data")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const request = await createVetRequest();
    const headers = { "content-type": "application/json" };
    expect(await client.send("POST /vets", { ...request, body: undefined, payload, headers })).toMatchResponse(
      "POST /vets",
      400,
    );
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in first_name", async ({ value }) => {
    const request = changed(await createVetRequest(), "/body/first_name", value);
    expect(await client.send("POST /vets", request)).toMatchResponse("POST /vets", 400);
  });

  test("answers 415 to another media type", async () => {
    const request = await createVetRequest();
    const headers = { "content-type": "application/x-unheard-of" };
    expect(await client.send("POST /vets", { ...request, body: undefined, payload: "text", headers })).toMatchResponse(
      "POST /vets",
      415,
    );
  });

  test("refuses a request without a body (VetFields required)", async () => {
    const request = await createVetRequest();
    expect(await client.send("POST /vets", { ...request, body: undefined })).toMatchResponse("POST /vets", 400);
  });

  test.each([{ name: "specialty_ids", at: "/body/specialty_ids", value: [2147480000] }])(
    "refuses $name of what does not exist",
    async ({ at, value }) => {
      const request = changed(await createVetRequest(), at, value);
      const before = await storedRows("vets");
      expect(await client.send("POST /vets", request)).toMatchResponse("POST /vets", 409, 400);
      expect(await storedRows("vets")).toEqual(before);
    },
  );

  test("refuses a second vet with the same licence", async () => {
    const first = await createVetRequest();
    expect(await client.send("POST /vets", first)).toMatchResponse("POST /vets", 201);
    const second = changed(await createVetRequest(), "/body/licence", first.body.licence);
    expect(await client.send("POST /vets", second)).toMatchResponse("POST /vets", 409);
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const request = await createVetRequest();
    const response = await anybody.send("POST /vets", presenting(wrong, request));
    expect(response).toMatchResponse("POST /vets", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("GET /vets/{vet_id}", () => {
  test("shows a stored vet as it is", async () => {
    const vet = await givenVet();
    const request = await getVetRequest(vet);
    const response = await client.send("GET /vets/{vet_id}", request);
    expect(response).toMatchResponse("GET /vets/{vet_id}", 200);
    expect(valueAt(response, "/data")).toHold({
      first_name: vet.first_name,
      last_name: vet.last_name,
      licence: vet.licence,
      on_leave: vet.on_leave,
      id: vet.id,
      created_at: vet.created_at,
    });
  });

  test("shows the specialties of the vet", async () => {
    const vet = await givenVet();
    const joined = await givenSpecialty();
    await givenSpecialty();
    await joinVetSpecialties(vet.id, joined.id);
    const request = await getVetRequest(vet);
    const response = await client.send("GET /vets/{vet_id}", request);
    expect(response).toMatchResponse("GET /vets/{vet_id}", 200);
    expect(valueAt(response, "/data/specialty_ids")).toEqual([joined.id]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const vet = await givenVet();
    const request = await getVetRequest(vet);
    const response = await client.send("GET /vets/{vet_id}", request);
    expect(response).toMatchResponse("GET /vets/{vet_id}", 200);
    const head = await client.send("GET /vets/{vet_id}", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each(getVetCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const vet = await givenVet();
    const request = await getVetRequest(vet);
    const response = await client.send("GET /vets/{vet_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /vets/{vet_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such vet", async () => {
    const vet = await givenVet();
    const request = await getVetRequest(vet);
    const unknown = { ...request, params: { ...request.params, vet_id: 2147480000 } };
    expect(await client.send("GET /vets/{vet_id}", unknown)).toMatchResponse("GET /vets/{vet_id}", 404);
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const vet = await givenVet();
    const request = await getVetRequest(vet);
    const response = await anybody.send("GET /vets/{vet_id}", presenting(wrong, request));
    expect(response).toMatchResponse("GET /vets/{vet_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("PUT /vets/{vet_id}", () => {
  test("replaces what was there, and no other vet", async () => {
    await givenVet();
    const others = await storedRows("vets");
    const vet = await givenVet();
    await joinVetSpecialties(vet.id, (await givenSpecialty()).id);
    const request = await replaceVetRequest(vet);
    const response = await client.send("PUT /vets/{vet_id}", request);
    expect(response).toMatchResponse("PUT /vets/{vet_id}", 200);
    expect(valueAt(response, "/data")).toHold({
      first_name: request.body.first_name,
      last_name: request.body.last_name,
      licence: request.body.licence,
      on_leave: request.body.on_leave,
    });
    expect(sorted(await joinedVetSpecialties("left", vet.id))).toEqual(sorted(request.body.specialty_ids));
    expect(valueAt(response, "/data/specialty_ids")).toEqual(request.body.specialty_ids);
    const read = await client.send("GET /vets/{vet_id}", { params: { vet_id: vet.id } });
    expect(read).toMatchResponse("GET /vets/{vet_id}", 200);
    expect(valueAt(read, "/data")).toHold({
      first_name: request.body.first_name,
      last_name: request.body.last_name,
      licence: request.body.licence,
      on_leave: request.body.on_leave,
    });
    expect(await storedRows("vets")).toEqual(expect.arrayContaining([...others]));
  });

  test("clears what it was not given", async () => {
    const vet = await givenVet();
    const request = without(await replaceVetRequest(vet), ["/body/on_leave", "/body/specialty_ids"]);
    const response = await client.send("PUT /vets/{vet_id}", request);
    expect(response).toMatchResponse("PUT /vets/{vet_id}", 200);
    expect(valueAt(response, "/data")).toHold({ on_leave: false });
    const read = await client.send("GET /vets/{vet_id}", { params: { vet_id: vet.id } });
    expect(read).toMatchResponse("GET /vets/{vet_id}", 200);
    expect(valueAt(read, "/data")).toHold({ on_leave: false });
  });

  test.each(getVetCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const vet = await givenVet();
    const request = await replaceVetRequest(vet);
    const response = await client.send("PUT /vets/{vet_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("PUT /vets/{vet_id}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such vet", async () => {
    const vet = await givenVet();
    const request = await replaceVetRequest(vet);
    const unknown = { ...request, params: { ...request.params, vet_id: 2147480000 } };
    expect(await client.send("PUT /vets/{vet_id}", unknown)).toMatchResponse("PUT /vets/{vet_id}", 404);
  });

  test.each(createVetCases)("refuses $title", async ({ at, value }) => {
    const vet = await givenVet();
    const request = changed(await replaceVetRequest(vet), at, value);
    const response = await client.send("PUT /vets/{vet_id}", request);
    expect(response).toMatchResponse("PUT /vets/{vet_id}", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(createVetCases2)("accepts $title", async ({ at, value, shown }) => {
    const vet = await givenVet();
    const request = changed(await replaceVetRequest(vet), at, value);
    const response = await client.send("PUT /vets/{vet_id}", request);
    expect(response).toMatchResponse("PUT /vets/{vet_id}", 200);
    expect(valueAt(response, "/data")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const vet = await givenVet();
    const request = await replaceVetRequest(vet);
    const headers = { "content-type": "application/json" };
    expect(await client.send("PUT /vets/{vet_id}", { ...request, body: undefined, payload, headers })).toMatchResponse(
      "PUT /vets/{vet_id}",
      400,
    );
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in first_name", async ({ value }) => {
    const vet = await givenVet();
    const request = changed(await replaceVetRequest(vet), "/body/first_name", value);
    expect(await client.send("PUT /vets/{vet_id}", request)).toMatchResponse("PUT /vets/{vet_id}", 400);
  });

  test("answers 415 to another media type", async () => {
    const vet = await givenVet();
    const request = await replaceVetRequest(vet);
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("PUT /vets/{vet_id}", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("PUT /vets/{vet_id}", 415);
  });

  test("refuses a request without a body (VetFields required)", async () => {
    const vet = await givenVet();
    const request = await replaceVetRequest(vet);
    expect(await client.send("PUT /vets/{vet_id}", { ...request, body: undefined })).toMatchResponse(
      "PUT /vets/{vet_id}",
      400,
    );
  });

  test.each([{ name: "specialty_ids", at: "/body/specialty_ids", value: [2147480000] }])(
    "refuses $name of what does not exist",
    async ({ at, value }) => {
      const vet = await givenVet();
      const request = changed(await replaceVetRequest(vet), at, value);
      const before = await storedRows("vets");
      expect(await client.send("PUT /vets/{vet_id}", request)).toMatchResponse("PUT /vets/{vet_id}", 409, 404, 400);
      expect(await storedRows("vets")).toEqual(before);
    },
  );

  test("refuses the licence of another vet", async () => {
    const other = await givenVet();
    const vet = await givenVet();
    const request = changed(await replaceVetRequest(vet), "/body/licence", other.licence);
    expect(await client.send("PUT /vets/{vet_id}", request)).toMatchResponse("PUT /vets/{vet_id}", 409);
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const vet = await givenVet();
    const request = await replaceVetRequest(vet);
    const response = await anybody.send("PUT /vets/{vet_id}", presenting(wrong, request));
    expect(response).toMatchResponse("PUT /vets/{vet_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("DELETE /vets/{vet_id}", () => {
  test("deletes the vet, once, and no other", async () => {
    const other = await givenVet();
    const vet = await givenVet();
    const request = await deleteVetRequest(vet);
    expect(await client.send("DELETE /vets/{vet_id}", request)).toMatchResponse("DELETE /vets/{vet_id}", 204);
    expect(await client.send("GET /vets/{vet_id}", { params: { vet_id: vet.id } })).toMatchResponse(
      "GET /vets/{vet_id}",
      404,
    );
    expect(await client.send("DELETE /vets/{vet_id}", request)).toMatchResponse("DELETE /vets/{vet_id}", 404);
    expect(await client.send("GET /vets/{vet_id}", { params: { vet_id: other.id } })).toMatchResponse(
      "GET /vets/{vet_id}",
      200,
    );
  });

  test.each(getVetCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const vet = await givenVet();
    const request = await deleteVetRequest(vet);
    const response = await client.send("DELETE /vets/{vet_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("DELETE /vets/{vet_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such vet", async () => {
    const vet = await givenVet();
    const request = await deleteVetRequest(vet);
    const unknown = { ...request, params: { ...request.params, vet_id: 2147480000 } };
    expect(await client.send("DELETE /vets/{vet_id}", unknown)).toMatchResponse("DELETE /vets/{vet_id}", 404);
  });

  test("keeps a vet that a visit refers to by vet_id", async () => {
    const vet = await givenVet();
    const dependent = await givenVisit({ vet_id: vet.id });
    const request = await deleteVetRequest(vet);
    expect(await client.send("DELETE /vets/{vet_id}", request)).toMatchResponse("DELETE /vets/{vet_id}", 409);
    expect(await client.send("GET /visits/{visit_id}", { params: { visit_id: dependent.id } })).toMatchResponse(
      "GET /visits/{visit_id}",
      200,
    );
  });

  test("keeps a vet that a appointment refers to by vet_id", async () => {
    const vet = await givenVet();
    const dependent = await givenAppointment({ vet_id: vet.id });
    const request = await deleteVetRequest(vet);
    expect(await client.send("DELETE /vets/{vet_id}", request)).toMatchResponse("DELETE /vets/{vet_id}", 409);
    expect(
      await client.send("GET /appointments/{appointment_id}", { params: { appointment_id: dependent.id } }),
    ).toMatchResponse("GET /appointments/{appointment_id}", 200);
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const vet = await givenVet();
    const request = await deleteVetRequest(vet);
    const response = await anybody.send("DELETE /vets/{vet_id}", presenting(wrong, request));
    expect(response).toMatchResponse("DELETE /vets/{vet_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("PUT /vets/{vet_id}/specialties/{specialty_id}", () => {
  test("joins the two, once and again", async () => {
    const left = await givenVet();
    const right = await givenSpecialty();
    const request = { params: { vet_id: left.id, specialty_id: right.id } };
    expect(await client.send("PUT /vets/{vet_id}/specialties/{specialty_id}", request)).toMatchResponse(
      "PUT /vets/{vet_id}/specialties/{specialty_id}",
      204,
    );
    expect(await client.send("PUT /vets/{vet_id}/specialties/{specialty_id}", request)).toMatchResponse(
      "PUT /vets/{vet_id}/specialties/{specialty_id}",
      204,
    );
    expect(await joinedVetSpecialties("left", left.id)).toEqual([right.id]);
  });

  test("answers 404 where there is no such vet_id", async () => {
    const left = await givenVet();
    const right = await givenSpecialty();
    const request = { params: { vet_id: left.id, specialty_id: right.id } };
    expect(
      await client.send("PUT /vets/{vet_id}/specialties/{specialty_id}", {
        params: { ...request.params, vet_id: 2147480000 },
      }),
    ).toMatchResponse("PUT /vets/{vet_id}/specialties/{specialty_id}", 404);
  });

  test("answers 404 where there is no such specialty_id", async () => {
    const left = await givenVet();
    const right = await givenSpecialty();
    const request = { params: { vet_id: left.id, specialty_id: right.id } };
    expect(
      await client.send("PUT /vets/{vet_id}/specialties/{specialty_id}", {
        params: { ...request.params, specialty_id: 2147480000 },
      }),
    ).toMatchResponse("PUT /vets/{vet_id}/specialties/{specialty_id}", 404);
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const request = await addSpecialtyToVetRequest();
    const response = await anybody.send("PUT /vets/{vet_id}/specialties/{specialty_id}", presenting(wrong, request));
    expect(response).toMatchResponse("PUT /vets/{vet_id}/specialties/{specialty_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("DELETE /vets/{vet_id}/specialties/{specialty_id}", () => {
  test("parts the two, once, and no others", async () => {
    const left = await givenVet();
    const right = await givenSpecialty();
    const other = await givenSpecialty();
    await joinVetSpecialties(left.id, right.id);
    await joinVetSpecialties(left.id, other.id);
    const request = { params: { vet_id: left.id, specialty_id: right.id } };
    expect(await client.send("DELETE /vets/{vet_id}/specialties/{specialty_id}", request)).toMatchResponse(
      "DELETE /vets/{vet_id}/specialties/{specialty_id}",
      204,
    );
    expect(await client.send("DELETE /vets/{vet_id}/specialties/{specialty_id}", request)).toMatchResponse(
      "DELETE /vets/{vet_id}/specialties/{specialty_id}",
      404,
    );
    expect(await joinedVetSpecialties("left", left.id)).toEqual([other.id]);
  });

  test("answers 404 where there is no such vet_id", async () => {
    const left = await givenVet();
    const right = await givenSpecialty();
    const request = { params: { vet_id: left.id, specialty_id: right.id } };
    expect(
      await client.send("DELETE /vets/{vet_id}/specialties/{specialty_id}", {
        params: { ...request.params, vet_id: 2147480000 },
      }),
    ).toMatchResponse("DELETE /vets/{vet_id}/specialties/{specialty_id}", 404);
  });

  test("answers 404 where there is no such specialty_id", async () => {
    const left = await givenVet();
    const right = await givenSpecialty();
    const request = { params: { vet_id: left.id, specialty_id: right.id } };
    expect(
      await client.send("DELETE /vets/{vet_id}/specialties/{specialty_id}", {
        params: { ...request.params, specialty_id: 2147480000 },
      }),
    ).toMatchResponse("DELETE /vets/{vet_id}/specialties/{specialty_id}", 404);
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const request = await removeSpecialtyFromVetRequest();
    const response = await anybody.send("DELETE /vets/{vet_id}/specialties/{specialty_id}", presenting(wrong, request));
    expect(response).toMatchResponse("DELETE /vets/{vet_id}/specialties/{specialty_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("other methods of vets", () => {
  test.each([
    { method: "PUT", url: "/api/v2/vets", allow: "GET, HEAD, OPTIONS, POST" } as const,
    { method: "PATCH", url: "/api/v2/vets/1", allow: "DELETE, GET, HEAD, OPTIONS, PUT" } as const,
    { method: "PATCH", url: "/api/v2/vets/1/specialties/1", allow: "DELETE, OPTIONS, PUT" } as const,
  ])("$method $url is answered with the methods that there are", async ({ method, url, allow }) => {
    const response = await client.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers["allow"]).toBe(allow);
    const options = await client.inject({ method: "OPTIONS", url });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe(allow);
  });
});
