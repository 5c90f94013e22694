import { beforeEach, describe, expect, test } from "vitest";
import { unreadableBodies } from "../testing/bodies.ts";
import { anybody, client } from "../testing/client.ts";
import { holdConversations } from "../testing/conversation.ts";
import { presenting, wrongCredentials } from "../testing/credentials.ts";
import { resetRows, stirRows, storedRows } from "../testing/database.ts";
import { walk } from "../testing/pages.ts";
import { givenAppointment, givenOwner, givenPet, givenVisit } from "../testing/rows.ts";
import { changed, isRecent, itemsAt, sorted, valueAt, valuesAt, without } from "../testing/values.ts";
import type { Pet } from "./pet.contract.ts";
import { validNewPet } from "./pet.fixtures.ts";

beforeEach(resetRows);

/** A valid GET /owners/{owner_id}/pets. */
async function listPetsOfOwnerRequest() {
  const owner = await givenOwner();
  return {
    params: { owner_id: owner.id },
  };
}

/** A valid POST /owners/{owner_id}/pets. */
async function createPetRequest() {
  const owner = await givenOwner();
  return {
    params: { owner_id: owner.id },
    body: {
      name: "Leo",
      species: "cat",
      birth_date: "2020-09-07",
      neutered: true,
      weight_kg: 4.2,
      chip_number: "985112345678903",
      ...validNewPet(),
    },
  };
}

/** A valid GET /pets. */
async function listPetsRequest() {
  return {};
}

/** A valid GET /pets/{pet_id}. */
async function getPetRequest(pet: Pet) {
  return {
    params: { pet_id: pet.id },
  };
}

/** A valid PUT /pets/{pet_id}. */
async function replacePetRequest(pet: Pet) {
  return {
    params: { pet_id: pet.id },
    body: {
      name: "Leo",
      species: "cat",
      birth_date: "2020-09-07",
      neutered: true,
      weight_kg: 4.2,
      chip_number: "985112345678903",
    },
  };
}

/** A valid DELETE /pets/{pet_id}. */
async function deletePetRequest(pet: Pet) {
  return {
    params: { pet_id: pet.id },
  };
}

const listPetsOfOwnerCases = [
  { name: "owner_id", value: "not-a-key" },
  { name: "owner_id", value: "~" },
  { name: "owner_id", value: "1.5" },
];

const createPetCases = [
  { title: "a body without name (PetFields.name required)", at: "/body/name", value: undefined },
  { title: "a body without species (PetFields.species required)", at: "/body/species", value: undefined },
  { title: "a body without birth_date (PetFields.birth_date required)", at: "/body/birth_date", value: undefined },
  { title: "name of another type (PetFields.name type)", at: "/body/name", value: { unexpected: true } },
  { title: "name shorter than 1 (PetFields.name minLength)", at: "/body/name", value: "" },
  {
    title: "name longer than 30 (PetFields.name maxLength)",
    at: "/body/name",
    value: "textaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  },
  { title: "name that is null (PetFields.name nullable)", at: "/body/name", value: null },
  { title: "species of another type (PetFields.species type)", at: "/body/species", value: { unexpected: true } },
  { title: "species that is not on the list (PetFields.species enum)", at: "/body/species", value: "not-one-of-them" },
  { title: "species that is null (PetFields.species nullable)", at: "/body/species", value: null },
  {
    title: "birth_date of another type (PetFields.birth_date type)",
    at: "/body/birth_date",
    value: { unexpected: true },
  },
  { title: "birth_date that is no date (PetFields.birth_date format)", at: "/body/birth_date", value: "2026-02-30" },
  { title: "birth_date that is null (PetFields.birth_date nullable)", at: "/body/birth_date", value: null },
  { title: "neutered of another type (PetFields.neutered type)", at: "/body/neutered", value: "not a number" },
  { title: "neutered that is null (PetFields.neutered nullable)", at: "/body/neutered", value: null },
  { title: "weight_kg of another type (PetFields.weight_kg type)", at: "/body/weight_kg", value: "not a number" },
  { title: "weight_kg below its minimum (PetFields.weight_kg minimum)", at: "/body/weight_kg", value: -1 },
  { title: "weight_kg above its maximum (PetFields.weight_kg maximum)", at: "/body/weight_kg", value: 201 },
  {
    title: "chip_number of another type (PetFields.chip_number type)",
    at: "/body/chip_number",
    value: { unexpected: true },
  },
  { title: "chip_number that breaks its pattern (PetFields.chip_number pattern)", at: "/body/chip_number", value: "~" },
];

const createPetCases2 = [
  { title: "name of its shortest, 1 character", at: "/body/name", value: "😀", shown: { name: "😀" } },
  {
    title: "name of its longest, 30 characters",
    at: "/body/name",
    value: "😀ééééééééééééééééééééééééééééé",
    shown: { name: "😀ééééééééééééééééééééééééééééé" },
  },
  { title: 'species of its value "dog"', at: "/body/species", value: "dog", shown: { species: "dog" } },
  { title: 'species of its value "bird"', at: "/body/species", value: "bird", shown: { species: "bird" } },
  { title: 'species of its value "hamster"', at: "/body/species", value: "hamster", shown: { species: "hamster" } },
  { title: 'species of its value "lizard"', at: "/body/species", value: "lizard", shown: { species: "lizard" } },
  { title: 'species of its value "snake"', at: "/body/species", value: "snake", shown: { species: "snake" } },
  { title: 'species of its value "other"', at: "/body/species", value: "other", shown: { species: "other" } },
  { title: "neutered of false", at: "/body/neutered", value: false, shown: { neutered: false } },
  { title: "weight_kg of its minimum 0", at: "/body/weight_kg", value: 0, shown: { weight_kg: 0 } },
  { title: "weight_kg of its maximum 200", at: "/body/weight_kg", value: 200, shown: { weight_kg: 200 } },
  { title: "weight_kg of null", at: "/body/weight_kg", value: null, shown: { weight_kg: null } },
  { title: "chip_number of null", at: "/body/chip_number", value: null, shown: { chip_number: null } },
];

const getPetCases = [
  { name: "pet_id", value: "not-a-key" },
  { name: "pet_id", value: "~" },
  { name: "pet_id", value: "1.5" },
];

describe("GET /owners/{owner_id}/pets", () => {
  test("shows all pets that are there, and nothing else", async () => {
    const request = await listPetsOfOwnerRequest();
    const none = await client.send("GET /owners/{owner_id}/pets", request);
    expect(none).toMatchResponse("GET /owners/{owner_id}/pets", 200);
    expect(itemsAt(none, "/data")).toEqual([]);
    const first = await givenPet({ owner_id: request.params.owner_id });
    const second = await givenPet({ owner_id: request.params.owner_id });
    const third = await givenPet({ owner_id: request.params.owner_id });
    const response = await client.send("GET /owners/{owner_id}/pets", request);
    expect(response).toMatchResponse("GET /owners/{owner_id}/pets", 200);
    expect(sorted(valuesAt(response, "/data", "/id"))).toEqual(sorted([first.id, second.id, third.id]));
    expect(valueAt(response, "/meta/total")).toBe(3);
  });

  test("shows a stored pet as it is", async () => {
    const request = await listPetsOfOwnerRequest();
    const found = await givenPet({ owner_id: request.params.owner_id });
    const response = await client.send("GET /owners/{owner_id}/pets", request);
    expect(response).toMatchResponse("GET /owners/{owner_id}/pets", 200);
    expect(itemsAt(response, "/data")).toHold([
      {
        name: found.name,
        species: found.species,
        birth_date: found.birth_date,
        neutered: found.neutered,
        weight_kg: found.weight_kg,
        chip_number: found.chip_number,
        id: found.id,
        owner_id: found.owner_id,
        created_at: found.created_at,
      },
    ]);
  });

  test("shows no pets of another parent", async () => {
    const request = await listPetsOfOwnerRequest();
    const other = await listPetsOfOwnerRequest();
    const found = await givenPet({ owner_id: request.params.owner_id });
    const response = await client.send("GET /owners/{owner_id}/pets", other);
    expect(response).toMatchResponse("GET /owners/{owner_id}/pets", 200);
    expect(valuesAt(response, "/data", "/id")).not.toContain(found.id);
  });

  test("walks through all pets of one instant, page by page, in one order", async () => {
    const request = await listPetsOfOwnerRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenPet({ owner_id: request.params.owner_id });
      rows.push(row);
    }
    await stirRows("pets", "id");
    const pages = await walk(client, "GET /owners/{owner_id}/pets", request, {
      items: "/data",
      size: 2,
      limit: "per_page",
      page: "page",
      firstPage: 1,
    });
    for (const page of pages) expect(page).toMatchResponse("GET /owners/{owner_id}/pets", 200);
    expect(pages.map((page) => itemsAt(page, "/data").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "/data", "/id"));
    expect(walked).toEqual(rows.map((row) => row.id).toSorted((left, right) => Number(left) - Number(right)));
    expect(pages.map((page) => valueAt(page, "/meta/page"))).toEqual([1, 2, 3]);
    expect(pages.map((page) => valueAt(page, "/meta/per_page"))).toEqual([2, 2, 2]);
    expect(pages.map((page) => valueAt(page, "/meta/total"))).toEqual([5, 5, 5]);
  });

  test("shows 10 pets where no limit is given", async () => {
    const request = await listPetsOfOwnerRequest();
    for (let made = 0; made <= 10; made += 1) {
      await givenPet({ owner_id: request.params.owner_id });
    }
    const response = await client.send("GET /owners/{owner_id}/pets", request);
    expect(response).toMatchResponse("GET /owners/{owner_id}/pets", 200);
    expect(itemsAt(response, "/data")).toHaveLength(10);
  });

  test("shows an empty page beyond the last one", async () => {
    const request = await listPetsOfOwnerRequest();
    await givenPet({ owner_id: request.params.owner_id });
    const response = await client.send("GET /owners/{owner_id}/pets", { ...request, query: { page: 1000 } });
    expect(response).toMatchResponse("GET /owners/{owner_id}/pets", 200);
    expect(itemsAt(response, "/data")).toEqual([]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listPetsOfOwnerRequest();
    const response = await client.send("GET /owners/{owner_id}/pets", request);
    expect(response).toMatchResponse("GET /owners/{owner_id}/pets", 200);
    const head = await client.send("GET /owners/{owner_id}/pets", { ...request, method: "HEAD" });
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
    const request = await listPetsOfOwnerRequest();
    const response = await client.send("GET /owners/{owner_id}/pets", { ...request, query });
    expect(response).toMatchResponse("GET /owners/{owner_id}/pets", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });

  test.each(listPetsOfOwnerCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const request = await listPetsOfOwnerRequest();
    const response = await client.send("GET /owners/{owner_id}/pets", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /owners/{owner_id}/pets", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such owner_id", async () => {
    const request = await listPetsOfOwnerRequest();
    const unknown = { ...request, params: { ...request.params, owner_id: 2147480000 } };
    expect(await client.send("GET /owners/{owner_id}/pets", unknown)).toMatchResponse(
      "GET /owners/{owner_id}/pets",
      404,
    );
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const request = await listPetsOfOwnerRequest();
    const response = await anybody.send("GET /owners/{owner_id}/pets", presenting(wrong, request));
    expect(response).toMatchResponse("GET /owners/{owner_id}/pets", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("POST /owners/{owner_id}/pets", () => {
  test("stores what it was sent, and shows it", async () => {
    const request = await createPetRequest();
    const response = await client.send("POST /owners/{owner_id}/pets", request);
    expect(response).toMatchResponse("POST /owners/{owner_id}/pets", 201);
    expect(valueAt(response, "/data")).toHold({
      name: request.body.name,
      species: request.body.species,
      birth_date: request.body.birth_date,
      neutered: request.body.neutered,
      weight_kg: request.body.weight_kg,
      chip_number: request.body.chip_number,
      owner_id: request.params.owner_id,
    });
    expect(valueAt(response, "/data/created_at")).toSatisfy(isRecent);
    const located = await client.follow(response);
    expect(located).toMatchResponse("GET /pets/{pet_id}", 200);
    expect(located.json<unknown>()).toEqual(response.json<unknown>());
    const read = await client.send("GET /pets/{pet_id}", { params: { pet_id: valueAt(response, "/data/id") } });
    expect(read).toMatchResponse("GET /pets/{pet_id}", 200);
    expect(valueAt(read, "/data")).toHold({
      name: request.body.name,
      species: request.body.species,
      birth_date: request.body.birth_date,
      neutered: request.body.neutered,
      weight_kg: request.body.weight_kg,
      chip_number: request.body.chip_number,
      owner_id: request.params.owner_id,
    });
  });

  test("leaves out what it was not given, and takes defaults", async () => {
    const request = without(await createPetRequest(), ["/body/neutered", "/body/weight_kg", "/body/chip_number"]);
    const response = await client.send("POST /owners/{owner_id}/pets", request);
    expect(response).toMatchResponse("POST /owners/{owner_id}/pets", 201);
    expect(valueAt(response, "/data")).toHold({ neutered: false, weight_kg: null, chip_number: null });
    const read = await client.send("GET /pets/{pet_id}", { params: { pet_id: valueAt(response, "/data/id") } });
    expect(read).toMatchResponse("GET /pets/{pet_id}", 200);
    expect(valueAt(read, "/data")).toHold({ neutered: false, weight_kg: null, chip_number: null });
  });

  test.each(listPetsOfOwnerCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const request = await createPetRequest();
    const response = await client.send("POST /owners/{owner_id}/pets", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("POST /owners/{owner_id}/pets", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such owner_id", async () => {
    const request = await createPetRequest();
    const unknown = { ...request, params: { ...request.params, owner_id: 2147480000 } };
    expect(await client.send("POST /owners/{owner_id}/pets", unknown)).toMatchResponse(
      "POST /owners/{owner_id}/pets",
      404,
    );
  });

  test.each(createPetCases)("refuses $title", async ({ at, value }) => {
    const request = changed(await createPetRequest(), at, value);
    const response = await client.send("POST /owners/{owner_id}/pets", request);
    expect(response).toMatchResponse("POST /owners/{owner_id}/pets", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(createPetCases2)("accepts $title", async ({ at, value, shown }) => {
    const request = changed(await createPetRequest(), at, value);
    const response = await client.send("POST /owners/{owner_id}/pets", request);
    expect(response).toMatchResponse("POST /owners/{owner_id}/pets", 201);
    expect(valueAt(response, "/data")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const request = await createPetRequest();
    const headers = { "content-type": "application/json" };
    expect(
      await client.send("POST /owners/{owner_id}/pets", { ...request, body: undefined, payload, headers }),
    ).toMatchResponse("POST /owners/{owner_id}/pets", 400);
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in name", async ({ value }) => {
    const request = changed(await createPetRequest(), "/body/name", value);
    expect(await client.send("POST /owners/{owner_id}/pets", request)).toMatchResponse(
      "POST /owners/{owner_id}/pets",
      400,
    );
  });

  test("answers 415 to another media type", async () => {
    const request = await createPetRequest();
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("POST /owners/{owner_id}/pets", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("POST /owners/{owner_id}/pets", 415);
  });

  test("refuses a request without a body (PetFields required)", async () => {
    const request = await createPetRequest();
    expect(await client.send("POST /owners/{owner_id}/pets", { ...request, body: undefined })).toMatchResponse(
      "POST /owners/{owner_id}/pets",
      400,
    );
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const request = await createPetRequest();
    const response = await anybody.send("POST /owners/{owner_id}/pets", presenting(wrong, request));
    expect(response).toMatchResponse("POST /owners/{owner_id}/pets", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("GET /pets", () => {
  test("shows all pets that are there, and nothing else", async () => {
    const request = await listPetsRequest();
    const none = await client.send("GET /pets", request);
    expect(none).toMatchResponse("GET /pets", 200);
    expect(itemsAt(none, "/data")).toEqual([]);
    const first = await givenPet();
    const second = await givenPet();
    const third = await givenPet();
    const response = await client.send("GET /pets", request);
    expect(response).toMatchResponse("GET /pets", 200);
    expect(sorted(valuesAt(response, "/data", "/id"))).toEqual(sorted([first.id, second.id, third.id]));
    expect(valueAt(response, "/meta/total")).toBe(3);
  });

  test("shows a stored pet as it is", async () => {
    const request = await listPetsRequest();
    const found = await givenPet();
    const response = await client.send("GET /pets", request);
    expect(response).toMatchResponse("GET /pets", 200);
    expect(itemsAt(response, "/data")).toHold([
      {
        name: found.name,
        species: found.species,
        birth_date: found.birth_date,
        neutered: found.neutered,
        weight_kg: found.weight_kg,
        chip_number: found.chip_number,
        id: found.id,
        owner_id: found.owner_id,
        created_at: found.created_at,
      },
    ]);
  });

  test("walks through all pets of one instant, page by page, in one order", async () => {
    const request = await listPetsRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenPet();
      rows.push(row);
    }
    await stirRows("pets", "id");
    const pages = await walk(client, "GET /pets", request, {
      items: "/data",
      size: 2,
      limit: "per_page",
      page: "page",
      firstPage: 1,
    });
    for (const page of pages) expect(page).toMatchResponse("GET /pets", 200);
    expect(pages.map((page) => itemsAt(page, "/data").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "/data", "/id"));
    expect(walked).toEqual(rows.map((row) => row.id).toSorted((left, right) => Number(left) - Number(right)));
    expect(pages.map((page) => valueAt(page, "/meta/page"))).toEqual([1, 2, 3]);
    expect(pages.map((page) => valueAt(page, "/meta/per_page"))).toEqual([2, 2, 2]);
    expect(pages.map((page) => valueAt(page, "/meta/total"))).toEqual([5, 5, 5]);
  });

  test("shows 10 pets where no limit is given", async () => {
    const request = await listPetsRequest();
    for (let made = 0; made <= 10; made += 1) {
      await givenPet();
    }
    const response = await client.send("GET /pets", request);
    expect(response).toMatchResponse("GET /pets", 200);
    expect(itemsAt(response, "/data")).toHaveLength(10);
  });

  test("shows an empty page beyond the last one", async () => {
    const request = await listPetsRequest();
    await givenPet();
    const response = await client.send("GET /pets", { ...request, query: { page: 1000 } });
    expect(response).toMatchResponse("GET /pets", 200);
    expect(itemsAt(response, "/data")).toEqual([]);
  });

  test("filters by species (eq)", async () => {
    const request = await listPetsRequest();
    const found = await givenPet({ species: "bird" });
    await givenPet({ species: "cat" });
    const response = await client.send("GET /pets", { ...request, query: { species: "bird" } });
    expect(response).toMatchResponse("GET /pets", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
    expect(valueAt(response, "/meta/total")).toBe(1);
  });

  test("filters by neutered (eq)", async () => {
    const request = await listPetsRequest();
    const found = await givenPet({ neutered: false });
    await givenPet({ neutered: true });
    const response = await client.send("GET /pets", { ...request, query: { neutered: false } });
    expect(response).toMatchResponse("GET /pets", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
    expect(valueAt(response, "/meta/total")).toBe(1);
  });

  test("filters by species and neutered together", async () => {
    const request = await listPetsRequest();
    const found = await givenPet({ species: "bird", neutered: false });
    await givenPet({ species: "bird", neutered: true });
    await givenPet({ species: "cat", neutered: false });
    const response = await client.send("GET /pets", { ...request, query: { species: "bird", neutered: false } });
    expect(response).toMatchResponse("GET /pets", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
    expect(valueAt(response, "/meta/total")).toBe(1);
  });

  test("orders by name where nothing is said", async () => {
    const request = await listPetsRequest();
    const second = await givenPet({ name: "bbbb" });
    const first = await givenPet({ name: "aaaa" });
    const response = await client.send("GET /pets", request);
    expect(response).toMatchResponse("GET /pets", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("orders by name", async () => {
    const request = await listPetsRequest();
    const second = await givenPet({ name: "bbbb" });
    const first = await givenPet({ name: "aaaa" });
    const response = await client.send("GET /pets", { ...request, query: { sort: "name" } });
    expect(response).toMatchResponse("GET /pets", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("orders by -name", async () => {
    const request = await listPetsRequest();
    const second = await givenPet({ name: "aaaa" });
    const first = await givenPet({ name: "bbbb" });
    const response = await client.send("GET /pets", { ...request, query: { sort: "-name" } });
    expect(response).toMatchResponse("GET /pets", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("orders by birth_date", async () => {
    const request = await listPetsRequest();
    const second = await givenPet({ birth_date: "2026-03-02" });
    const first = await givenPet({ birth_date: "2026-03-01" });
    const response = await client.send("GET /pets", { ...request, query: { sort: "birth_date" } });
    expect(response).toMatchResponse("GET /pets", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("orders by -birth_date", async () => {
    const request = await listPetsRequest();
    const second = await givenPet({ birth_date: "2026-03-01" });
    const first = await givenPet({ birth_date: "2026-03-02" });
    const response = await client.send("GET /pets", { ...request, query: { sort: "-birth_date" } });
    expect(response).toMatchResponse("GET /pets", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listPetsRequest();
    const response = await client.send("GET /pets", request);
    expect(response).toMatchResponse("GET /pets", 200);
    const head = await client.send("GET /pets", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each([
    { query: { species: "cat" } },
    { query: { species: "dog" } },
    { query: { species: "bird" } },
    { query: { species: "hamster" } },
    { query: { species: "lizard" } },
    { query: { species: "snake" } },
    { query: { species: "other" } },
    { query: { sort: "name" } },
    { query: { sort: "-name" } },
    { query: { sort: "birth_date" } },
    { query: { sort: "-birth_date" } },
  ])("takes $query in the query", async ({ query }) => {
    const request = await listPetsRequest();
    expect(await client.send("GET /pets", { ...request, query })).toMatchResponse("GET /pets", 200);
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
    { title: "species that is not on the list (enum)", query: { species: "not-one-of-them" } },
    { title: "neutered of another type (type)", query: { neutered: "not a number" } },
    { title: "neutered twice", query: { neutered: [true, true] } },
    { title: "sort that is not on the list (enum)", query: { sort: "not-one-of-them" } },
  ])("refuses $title in the query", async ({ query }) => {
    const request = await listPetsRequest();
    const response = await client.send("GET /pets", { ...request, query });
    expect(response).toMatchResponse("GET /pets", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const request = await listPetsRequest();
    const response = await anybody.send("GET /pets", presenting(wrong, request));
    expect(response).toMatchResponse("GET /pets", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("GET /pets/{pet_id}", () => {
  test("shows a stored pet as it is", async () => {
    const pet = await givenPet();
    const request = await getPetRequest(pet);
    const response = await client.send("GET /pets/{pet_id}", request);
    expect(response).toMatchResponse("GET /pets/{pet_id}", 200);
    expect(valueAt(response, "/data")).toHold({
      name: pet.name,
      species: pet.species,
      birth_date: pet.birth_date,
      neutered: pet.neutered,
      weight_kg: pet.weight_kg,
      chip_number: pet.chip_number,
      id: pet.id,
      owner_id: pet.owner_id,
      created_at: pet.created_at,
    });
  });

  test("answers HEAD as GET, without a body", async () => {
    const pet = await givenPet();
    const request = await getPetRequest(pet);
    const response = await client.send("GET /pets/{pet_id}", request);
    expect(response).toMatchResponse("GET /pets/{pet_id}", 200);
    const head = await client.send("GET /pets/{pet_id}", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each(getPetCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const pet = await givenPet();
    const request = await getPetRequest(pet);
    const response = await client.send("GET /pets/{pet_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /pets/{pet_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such pet", async () => {
    const pet = await givenPet();
    const request = await getPetRequest(pet);
    const unknown = { ...request, params: { ...request.params, pet_id: 2147480000 } };
    expect(await client.send("GET /pets/{pet_id}", unknown)).toMatchResponse("GET /pets/{pet_id}", 404);
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const pet = await givenPet();
    const request = await getPetRequest(pet);
    const response = await anybody.send("GET /pets/{pet_id}", presenting(wrong, request));
    expect(response).toMatchResponse("GET /pets/{pet_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("PUT /pets/{pet_id}", () => {
  test("replaces what was there, and no other pet", async () => {
    await givenPet();
    const others = await storedRows("pets");
    const pet = await givenPet();
    const request = await replacePetRequest(pet);
    const response = await client.send("PUT /pets/{pet_id}", request);
    expect(response).toMatchResponse("PUT /pets/{pet_id}", 200);
    expect(valueAt(response, "/data")).toHold({
      name: request.body.name,
      species: request.body.species,
      birth_date: request.body.birth_date,
      neutered: request.body.neutered,
      weight_kg: request.body.weight_kg,
      chip_number: request.body.chip_number,
    });
    const read = await client.send("GET /pets/{pet_id}", { params: { pet_id: pet.id } });
    expect(read).toMatchResponse("GET /pets/{pet_id}", 200);
    expect(valueAt(read, "/data")).toHold({
      name: request.body.name,
      species: request.body.species,
      birth_date: request.body.birth_date,
      neutered: request.body.neutered,
      weight_kg: request.body.weight_kg,
      chip_number: request.body.chip_number,
    });
    expect(await storedRows("pets")).toEqual(expect.arrayContaining([...others]));
  });

  test("clears what it was not given", async () => {
    const pet = await givenPet();
    const request = without(await replacePetRequest(pet), ["/body/neutered", "/body/weight_kg", "/body/chip_number"]);
    const response = await client.send("PUT /pets/{pet_id}", request);
    expect(response).toMatchResponse("PUT /pets/{pet_id}", 200);
    expect(valueAt(response, "/data")).toHold({ neutered: false, weight_kg: null, chip_number: null });
    const read = await client.send("GET /pets/{pet_id}", { params: { pet_id: pet.id } });
    expect(read).toMatchResponse("GET /pets/{pet_id}", 200);
    expect(valueAt(read, "/data")).toHold({ neutered: false, weight_kg: null, chip_number: null });
  });

  test.each(getPetCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const pet = await givenPet();
    const request = await replacePetRequest(pet);
    const response = await client.send("PUT /pets/{pet_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("PUT /pets/{pet_id}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such pet", async () => {
    const pet = await givenPet();
    const request = await replacePetRequest(pet);
    const unknown = { ...request, params: { ...request.params, pet_id: 2147480000 } };
    expect(await client.send("PUT /pets/{pet_id}", unknown)).toMatchResponse("PUT /pets/{pet_id}", 404);
  });

  test.each(createPetCases)("refuses $title", async ({ at, value }) => {
    const pet = await givenPet();
    const request = changed(await replacePetRequest(pet), at, value);
    const response = await client.send("PUT /pets/{pet_id}", request);
    expect(response).toMatchResponse("PUT /pets/{pet_id}", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(createPetCases2)("accepts $title", async ({ at, value, shown }) => {
    const pet = await givenPet();
    const request = changed(await replacePetRequest(pet), at, value);
    const response = await client.send("PUT /pets/{pet_id}", request);
    expect(response).toMatchResponse("PUT /pets/{pet_id}", 200);
    expect(valueAt(response, "/data")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const pet = await givenPet();
    const request = await replacePetRequest(pet);
    const headers = { "content-type": "application/json" };
    expect(await client.send("PUT /pets/{pet_id}", { ...request, body: undefined, payload, headers })).toMatchResponse(
      "PUT /pets/{pet_id}",
      400,
    );
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in name", async ({ value }) => {
    const pet = await givenPet();
    const request = changed(await replacePetRequest(pet), "/body/name", value);
    expect(await client.send("PUT /pets/{pet_id}", request)).toMatchResponse("PUT /pets/{pet_id}", 400);
  });

  test("answers 415 to another media type", async () => {
    const pet = await givenPet();
    const request = await replacePetRequest(pet);
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("PUT /pets/{pet_id}", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("PUT /pets/{pet_id}", 415);
  });

  test("refuses a request without a body (PetFields required)", async () => {
    const pet = await givenPet();
    const request = await replacePetRequest(pet);
    expect(await client.send("PUT /pets/{pet_id}", { ...request, body: undefined })).toMatchResponse(
      "PUT /pets/{pet_id}",
      400,
    );
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const pet = await givenPet();
    const request = await replacePetRequest(pet);
    const response = await anybody.send("PUT /pets/{pet_id}", presenting(wrong, request));
    expect(response).toMatchResponse("PUT /pets/{pet_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("DELETE /pets/{pet_id}", () => {
  test("deletes the pet, once, and no other", async () => {
    const other = await givenPet();
    const pet = await givenPet();
    const request = await deletePetRequest(pet);
    expect(await client.send("DELETE /pets/{pet_id}", request)).toMatchResponse("DELETE /pets/{pet_id}", 204);
    expect(await client.send("GET /pets/{pet_id}", { params: { pet_id: pet.id } })).toMatchResponse(
      "GET /pets/{pet_id}",
      404,
    );
    expect(await client.send("DELETE /pets/{pet_id}", request)).toMatchResponse("DELETE /pets/{pet_id}", 404);
    expect(await client.send("GET /pets/{pet_id}", { params: { pet_id: other.id } })).toMatchResponse(
      "GET /pets/{pet_id}",
      200,
    );
  });

  test.each(getPetCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const pet = await givenPet();
    const request = await deletePetRequest(pet);
    const response = await client.send("DELETE /pets/{pet_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("DELETE /pets/{pet_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such pet", async () => {
    const pet = await givenPet();
    const request = await deletePetRequest(pet);
    const unknown = { ...request, params: { ...request.params, pet_id: 2147480000 } };
    expect(await client.send("DELETE /pets/{pet_id}", unknown)).toMatchResponse("DELETE /pets/{pet_id}", 404);
  });

  test("deletes each visit with it (pet_id)", async () => {
    const pet = await givenPet();
    const dependent = await givenVisit({ pet_id: pet.id });
    const request = await deletePetRequest(pet);
    expect(await client.send("DELETE /pets/{pet_id}", request)).toMatchResponse("DELETE /pets/{pet_id}", 204);
    expect(await client.send("GET /visits/{visit_id}", { params: { visit_id: dependent.id } })).toMatchResponse(
      "GET /visits/{visit_id}",
      404,
    );
  });

  test("deletes each appointment with it (pet_id)", async () => {
    const pet = await givenPet();
    const dependent = await givenAppointment({ pet_id: pet.id });
    const request = await deletePetRequest(pet);
    expect(await client.send("DELETE /pets/{pet_id}", request)).toMatchResponse("DELETE /pets/{pet_id}", 204);
    expect(
      await client.send("GET /appointments/{appointment_id}", { params: { appointment_id: dependent.id } }),
    ).toMatchResponse("GET /appointments/{appointment_id}", 404);
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const pet = await givenPet();
    const request = await deletePetRequest(pet);
    const response = await anybody.send("DELETE /pets/{pet_id}", presenting(wrong, request));
    expect(response).toMatchResponse("DELETE /pets/{pet_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("conversations about pets", () => {
  test("shows what a record of any valid calls says, and to nobody else", async () => {
    await holdConversations({
      caller: client,
      stranger: undefined,
      strangers: undefined,
      given: () => givenPet(),
      address: (pet) => ({ pet_id: pet.id }),
      read: { route: "GET /pets/{pet_id}", status: 200, missing: [404] },
      stable: [
        "/data/name",
        "/data/species",
        "/data/birth_date",
        "/data/neutered",
        "/data/weight_kg",
        "/data/chip_number",
        "/data/id",
      ],
      create: {
        route: "POST /owners/{owner_id}/pets",
        status: 201,
        request: createPetRequest,
        address: (response) => ({ pet_id: valueAt(response, "/data/id") }),
        members: [
          { sent: "/name", shown: "/data/name", values: ["Leo", "text 1", "text 2", "text 3"], isSpare: false },
          { sent: "/species", shown: "/data/species", values: ["cat", "dog", "bird", "hamster"], isSpare: false },
          {
            sent: "/birth_date",
            shown: "/data/birth_date",
            values: ["2020-09-07", "2026-03-02", "2026-03-03", "2026-03-04"],
            isSpare: false,
          },
          { sent: "/neutered", shown: "/data/neutered", values: [true, false], isSpare: false },
          { sent: "/weight_kg", shown: "/data/weight_kg", values: [4.2, 1, 2, 3], isSpare: false },
          {
            sent: "/chip_number",
            shown: "/data/chip_number",
            values: ["985112345678903", "135241281179906", "523176582283783", "808162678322135"],
            isSpare: false,
          },
        ],
      },
      writes: [
        {
          route: "PUT /pets/{pet_id}",
          status: 200,
          missing: [404],
          request: replacePetRequest,
          members: [
            { sent: "/name", shown: "/data/name", values: ["Leo", "text 1", "text 2", "text 3"], isSpare: false },
            { sent: "/species", shown: "/data/species", values: ["cat", "dog", "bird", "hamster"], isSpare: false },
            {
              sent: "/birth_date",
              shown: "/data/birth_date",
              values: ["2020-09-07", "2026-03-02", "2026-03-03", "2026-03-04"],
              isSpare: false,
            },
            { sent: "/neutered", shown: "/data/neutered", values: [true, false], isSpare: false },
            { sent: "/weight_kg", shown: "/data/weight_kg", values: [4.2, 1, 2, 3], isSpare: false },
            {
              sent: "/chip_number",
              shown: "/data/chip_number",
              values: ["985112345678903", "135241281179906", "523176582283783", "808162678322135"],
              isSpare: false,
            },
          ],
        },
      ],
      remove: { route: "DELETE /pets/{pet_id}", status: 204, missing: [404], request: deletePetRequest },
      lists: [
        {
          route: "GET /pets",
          status: 200,
          request: listPetsRequest,
          items: "/data",
          key: "/id",
          readKey: "/data/id",
          paging: { items: "/data", size: 2, limit: "per_page", page: "page", firstPage: 1 },
        },
      ],
    });
  });
});

describe("other methods of pets", () => {
  test.each([
    { method: "PUT", url: "/api/v2/owners/1/pets", allow: "GET, HEAD, OPTIONS, POST" } as const,
    { method: "PUT", url: "/api/v2/pets", allow: "GET, HEAD, OPTIONS" } as const,
    { method: "PATCH", url: "/api/v2/pets/1", allow: "DELETE, GET, HEAD, OPTIONS, PUT" } as const,
  ])("$method $url is answered with the methods that there are", async ({ method, url, allow }) => {
    const response = await client.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers["allow"]).toBe(allow);
    const options = await client.inject({ method: "OPTIONS", url });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe(allow);
  });
});
