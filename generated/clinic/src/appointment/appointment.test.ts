import { beforeEach, describe, expect, test } from "vitest";
import { unreadableBodies } from "../testing/bodies.ts";
import { anybody, client } from "../testing/client.ts";
import { holdConversations } from "../testing/conversation.ts";
import { presenting, wrongCredentials } from "../testing/credentials.ts";
import { resetRows, stirRows, storedRows } from "../testing/database.ts";
import { walk } from "../testing/pages.ts";
import { givenAppointment, givenPet, givenVet } from "../testing/rows.ts";
import { changed, isRecent, itemsAt, sorted, valueAt, valuesAt, without } from "../testing/values.ts";
import type { Appointment } from "./appointment.contract.ts";
import { validNewAppointment } from "./appointment.fixtures.ts";

beforeEach(resetRows);

/** A valid GET /appointments. */
async function listAppointmentsRequest() {
  return {};
}

/** A valid POST /appointments. */
async function createAppointmentRequest() {
  return {
    body: {
      pet_id: (await givenPet()).id,
      vet_id: (await givenVet()).id,
      starts_at: "2026-03-14T09:30:00Z",
      duration_minutes: 5,
      status: "booked",
      reason: "Limping on the left hind leg",
      ...validNewAppointment(),
    },
  };
}

/** A valid GET /appointments/{appointment_id}. */
async function getAppointmentRequest(appointment: Appointment) {
  return {
    params: { appointment_id: appointment.id },
  };
}

/** A valid DELETE /appointments/{appointment_id}. */
async function deleteAppointmentRequest(appointment: Appointment) {
  return {
    params: { appointment_id: appointment.id },
  };
}

/** A valid PATCH /appointments/{appointment_id}. */
async function updateAppointmentRequest(appointment: Appointment) {
  return {
    params: { appointment_id: appointment.id },
    body: {
      vet_id: (await givenVet()).id,
      starts_at: "2026-03-14T10:00:00Z",
      duration_minutes: 5,
      status: "booked",
      reason: "text",
    },
  };
}

const getAppointmentCases = [
  { name: "appointment_id", value: "not-a-key" },
  { name: "appointment_id", value: "~" },
  { name: "appointment_id", value: "1.5" },
];

describe("GET /appointments", () => {
  test("shows all appointments that are there, and nothing else", async () => {
    const request = await listAppointmentsRequest();
    const none = await client.send("GET /appointments", request);
    expect(none).toMatchResponse("GET /appointments", 200);
    expect(itemsAt(none, "/data")).toEqual([]);
    const first = await givenAppointment();
    const second = await givenAppointment();
    const third = await givenAppointment();
    const response = await client.send("GET /appointments", request);
    expect(response).toMatchResponse("GET /appointments", 200);
    expect(sorted(valuesAt(response, "/data", "/id"))).toEqual(sorted([first.id, second.id, third.id]));
    expect(valueAt(response, "/meta/total")).toBe(3);
  });

  test("shows a stored appointment as it is", async () => {
    const request = await listAppointmentsRequest();
    const found = await givenAppointment();
    const response = await client.send("GET /appointments", request);
    expect(response).toMatchResponse("GET /appointments", 200);
    expect(itemsAt(response, "/data")).toHold([
      {
        pet_id: found.pet_id,
        vet_id: found.vet_id,
        starts_at: found.starts_at,
        duration_minutes: found.duration_minutes,
        status: found.status,
        reason: found.reason,
        id: found.id,
        created_at: found.created_at,
      },
    ]);
  });

  test("walks through all appointments of one instant, page by page, in one order", async () => {
    const request = await listAppointmentsRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenAppointment();
      rows.push(row);
    }
    await stirRows("appointments", "id");
    const pages = await walk(client, "GET /appointments", request, {
      items: "/data",
      size: 2,
      limit: "per_page",
      page: "page",
      firstPage: 1,
    });
    for (const page of pages) expect(page).toMatchResponse("GET /appointments", 200);
    expect(pages.map((page) => itemsAt(page, "/data").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "/data", "/id"));
    expect(walked).toEqual(rows.map((row) => row.id).toSorted((left, right) => Number(left) - Number(right)));
    expect(pages.map((page) => valueAt(page, "/meta/page"))).toEqual([1, 2, 3]);
    expect(pages.map((page) => valueAt(page, "/meta/per_page"))).toEqual([2, 2, 2]);
    expect(pages.map((page) => valueAt(page, "/meta/total"))).toEqual([5, 5, 5]);
  });

  test("shows 10 appointments where no limit is given", async () => {
    const request = await listAppointmentsRequest();
    for (let made = 0; made <= 10; made += 1) {
      await givenAppointment();
    }
    const response = await client.send("GET /appointments", request);
    expect(response).toMatchResponse("GET /appointments", 200);
    expect(itemsAt(response, "/data")).toHaveLength(10);
  });

  test("shows an empty page beyond the last one", async () => {
    const request = await listAppointmentsRequest();
    await givenAppointment();
    const response = await client.send("GET /appointments", { ...request, query: { page: 1000 } });
    expect(response).toMatchResponse("GET /appointments", 200);
    expect(itemsAt(response, "/data")).toEqual([]);
  });

  test("filters by vet_id (eq)", async () => {
    const request = await listAppointmentsRequest();
    const found = await givenAppointment();
    await givenAppointment();
    const response = await client.send("GET /appointments", { ...request, query: { vet_id: found.vet_id } });
    expect(response).toMatchResponse("GET /appointments", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
    expect(valueAt(response, "/meta/total")).toBe(1);
  });

  test("filters by pet_id (eq)", async () => {
    const request = await listAppointmentsRequest();
    const found = await givenAppointment();
    await givenAppointment();
    const response = await client.send("GET /appointments", { ...request, query: { pet_id: found.pet_id } });
    expect(response).toMatchResponse("GET /appointments", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
    expect(valueAt(response, "/meta/total")).toBe(1);
  });

  test("filters by status (eq)", async () => {
    const request = await listAppointmentsRequest();
    const found = await givenAppointment({ status: "booked" });
    await givenAppointment({ status: "cancelled" });
    const response = await client.send("GET /appointments", { ...request, query: { status: "booked" } });
    expect(response).toMatchResponse("GET /appointments", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
    expect(valueAt(response, "/meta/total")).toBe(1);
  });

  test("filters by starts_after (gt)", async () => {
    const request = await listAppointmentsRequest();
    const found = await givenAppointment({ starts_at: "2026-03-02T09:30:00Z" });
    await givenAppointment({ starts_at: "2026-03-01T09:30:00Z" });
    const response = await client.send("GET /appointments", {
      ...request,
      query: { starts_after: "2026-03-01T09:30:00Z" },
    });
    expect(response).toMatchResponse("GET /appointments", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
    expect(valueAt(response, "/meta/total")).toBe(1);
  });

  test("filters by starts_before (lt)", async () => {
    const request = await listAppointmentsRequest();
    const found = await givenAppointment({ starts_at: "2026-03-01T09:30:00Z" });
    await givenAppointment({ starts_at: "2026-03-02T09:30:00Z" });
    const response = await client.send("GET /appointments", {
      ...request,
      query: { starts_before: "2026-03-02T09:30:00Z" },
    });
    expect(response).toMatchResponse("GET /appointments", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
    expect(valueAt(response, "/meta/total")).toBe(1);
  });

  test("filters by status and starts_after together", async () => {
    const request = await listAppointmentsRequest();
    const found = await givenAppointment({ status: "booked", starts_at: "2026-03-02T09:30:00Z" });
    await givenAppointment({ status: "booked", starts_at: "2026-03-01T09:30:00Z" });
    await givenAppointment({ status: "cancelled", starts_at: "2026-03-02T09:30:00Z" });
    const response = await client.send("GET /appointments", {
      ...request,
      query: { status: "booked", starts_after: "2026-03-01T09:30:00Z" },
    });
    expect(response).toMatchResponse("GET /appointments", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
    expect(valueAt(response, "/meta/total")).toBe(1);
  });

  test("orders by starts_at where nothing is said", async () => {
    const request = await listAppointmentsRequest();
    const second = await givenAppointment({ starts_at: "2026-03-02T09:30:00Z" });
    const first = await givenAppointment({ starts_at: "2026-03-01T09:30:00Z" });
    const response = await client.send("GET /appointments", request);
    expect(response).toMatchResponse("GET /appointments", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("orders by starts_at", async () => {
    const request = await listAppointmentsRequest();
    const second = await givenAppointment({ starts_at: "2026-03-02T09:30:00Z" });
    const first = await givenAppointment({ starts_at: "2026-03-01T09:30:00Z" });
    const response = await client.send("GET /appointments", { ...request, query: { sort: "starts_at" } });
    expect(response).toMatchResponse("GET /appointments", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("orders by -starts_at", async () => {
    const request = await listAppointmentsRequest();
    const second = await givenAppointment({ starts_at: "2026-03-01T09:30:00Z" });
    const first = await givenAppointment({ starts_at: "2026-03-02T09:30:00Z" });
    const response = await client.send("GET /appointments", { ...request, query: { sort: "-starts_at" } });
    expect(response).toMatchResponse("GET /appointments", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listAppointmentsRequest();
    const response = await client.send("GET /appointments", request);
    expect(response).toMatchResponse("GET /appointments", 200);
    const head = await client.send("GET /appointments", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each([
    { query: { status: "booked" } },
    { query: { status: "confirmed" } },
    { query: { status: "cancelled" } },
    { query: { status: "done" } },
    { query: { sort: "starts_at" } },
    { query: { sort: "-starts_at" } },
  ])("takes $query in the query", async ({ query }) => {
    const request = await listAppointmentsRequest();
    expect(await client.send("GET /appointments", { ...request, query })).toMatchResponse("GET /appointments", 200);
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
    { title: "vet_id of another type (type)", query: { vet_id: "not a number" } },
    { title: "vet_id that is not exact in JSON (integer)", query: { vet_id: 9007199254740992 } },
    { title: "vet_id with a fraction (integer)", query: { vet_id: 1.5 } },
    { title: "vet_id written as 1e1", query: { vet_id: "1e1" } },
    { title: "vet_id written as 0x10", query: { vet_id: "0x10" } },
    { title: "vet_id twice", query: { vet_id: [1, 1] } },
    { title: "pet_id of another type (type)", query: { pet_id: "not a number" } },
    { title: "pet_id that is not exact in JSON (integer)", query: { pet_id: 9007199254740992 } },
    { title: "pet_id with a fraction (integer)", query: { pet_id: 1.5 } },
    { title: "pet_id written as 1e1", query: { pet_id: "1e1" } },
    { title: "pet_id written as 0x10", query: { pet_id: "0x10" } },
    { title: "pet_id twice", query: { pet_id: [1, 1] } },
    { title: "status that is not on the list (enum)", query: { status: "not-one-of-them" } },
    { title: "starts_after that is no date-time (format)", query: { starts_after: "yesterday" } },
    { title: "starts_before that is no date-time (format)", query: { starts_before: "yesterday" } },
    { title: "sort that is not on the list (enum)", query: { sort: "not-one-of-them" } },
  ])("refuses $title in the query", async ({ query }) => {
    const request = await listAppointmentsRequest();
    const response = await client.send("GET /appointments", { ...request, query });
    expect(response).toMatchResponse("GET /appointments", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const request = await listAppointmentsRequest();
    const response = await anybody.send("GET /appointments", presenting(wrong, request));
    expect(response).toMatchResponse("GET /appointments", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("POST /appointments", () => {
  test("stores what it was sent, and shows it", async () => {
    const request = await createAppointmentRequest();
    const response = await client.send("POST /appointments", request);
    expect(response).toMatchResponse("POST /appointments", 201);
    expect(valueAt(response, "/data")).toHold({
      pet_id: request.body.pet_id,
      vet_id: request.body.vet_id,
      starts_at: request.body.starts_at,
      duration_minutes: request.body.duration_minutes,
      status: request.body.status,
      reason: request.body.reason,
    });
    expect(valueAt(response, "/data/created_at")).toSatisfy(isRecent);
    const located = await client.follow(response);
    expect(located).toMatchResponse("GET /appointments/{appointment_id}", 200);
    expect(located.json<unknown>()).toEqual(response.json<unknown>());
    const read = await client.send("GET /appointments/{appointment_id}", {
      params: { appointment_id: valueAt(response, "/data/id") },
    });
    expect(read).toMatchResponse("GET /appointments/{appointment_id}", 200);
    expect(valueAt(read, "/data")).toHold({
      pet_id: request.body.pet_id,
      vet_id: request.body.vet_id,
      starts_at: request.body.starts_at,
      duration_minutes: request.body.duration_minutes,
      status: request.body.status,
      reason: request.body.reason,
    });
  });

  test("leaves out what it was not given, and takes defaults", async () => {
    const request = without(await createAppointmentRequest(), [
      "/body/duration_minutes",
      "/body/status",
      "/body/reason",
    ]);
    const response = await client.send("POST /appointments", request);
    expect(response).toMatchResponse("POST /appointments", 201);
    expect(valueAt(response, "/data")).toHold({ duration_minutes: 20, status: "booked", reason: null });
    const read = await client.send("GET /appointments/{appointment_id}", {
      params: { appointment_id: valueAt(response, "/data/id") },
    });
    expect(read).toMatchResponse("GET /appointments/{appointment_id}", 200);
    expect(valueAt(read, "/data")).toHold({ duration_minutes: 20, status: "booked", reason: null });
  });

  test.each([
    { title: "a body without pet_id (AppointmentFields.pet_id required)", at: "/body/pet_id", value: undefined },
    { title: "a body without vet_id (AppointmentFields.vet_id required)", at: "/body/vet_id", value: undefined },
    {
      title: "a body without starts_at (AppointmentFields.starts_at required)",
      at: "/body/starts_at",
      value: undefined,
    },
    { title: "pet_id of another type (AppointmentFields.pet_id type)", at: "/body/pet_id", value: "not a number" },
    {
      title: "pet_id that is not exact in JSON (AppointmentFields.pet_id integer)",
      at: "/body/pet_id",
      value: 9007199254740992,
    },
    { title: "pet_id with a fraction (AppointmentFields.pet_id integer)", at: "/body/pet_id", value: 1.5 },
    { title: "pet_id that is null (AppointmentFields.pet_id nullable)", at: "/body/pet_id", value: null },
    { title: "vet_id of another type (AppointmentFields.vet_id type)", at: "/body/vet_id", value: "not a number" },
    {
      title: "vet_id that is not exact in JSON (AppointmentFields.vet_id integer)",
      at: "/body/vet_id",
      value: 9007199254740992,
    },
    { title: "vet_id with a fraction (AppointmentFields.vet_id integer)", at: "/body/vet_id", value: 1.5 },
    { title: "vet_id that is null (AppointmentFields.vet_id nullable)", at: "/body/vet_id", value: null },
    {
      title: "starts_at of another type (AppointmentFields.starts_at type)",
      at: "/body/starts_at",
      value: { unexpected: true },
    },
    {
      title: "starts_at that is no date-time (AppointmentFields.starts_at format)",
      at: "/body/starts_at",
      value: "yesterday",
    },
    { title: "starts_at that is null (AppointmentFields.starts_at nullable)", at: "/body/starts_at", value: null },
    {
      title: "duration_minutes of another type (AppointmentFields.duration_minutes type)",
      at: "/body/duration_minutes",
      value: "not a number",
    },
    {
      title: "duration_minutes below its minimum (AppointmentFields.duration_minutes minimum)",
      at: "/body/duration_minutes",
      value: 4,
    },
    {
      title: "duration_minutes above its maximum (AppointmentFields.duration_minutes maximum)",
      at: "/body/duration_minutes",
      value: 241,
    },
    {
      title: "duration_minutes with a fraction (AppointmentFields.duration_minutes integer)",
      at: "/body/duration_minutes",
      value: 1.5,
    },
    {
      title: "duration_minutes off its multiple (AppointmentFields.duration_minutes multipleOf)",
      at: "/body/duration_minutes",
      value: 11,
    },
    {
      title: "duration_minutes that is null (AppointmentFields.duration_minutes nullable)",
      at: "/body/duration_minutes",
      value: null,
    },
    {
      title: "status of another type (AppointmentFields.status type)",
      at: "/body/status",
      value: { unexpected: true },
    },
    {
      title: "status that is not on the list (AppointmentFields.status enum)",
      at: "/body/status",
      value: "not-one-of-them",
    },
    { title: "status that is null (AppointmentFields.status nullable)", at: "/body/status", value: null },
    {
      title: "reason of another type (AppointmentFields.reason type)",
      at: "/body/reason",
      value: { unexpected: true },
    },
    {
      title: "reason longer than 200 (AppointmentFields.reason maxLength)",
      at: "/body/reason",
      value: "text" + "a".repeat(197),
    },
  ])("refuses $title", async ({ at, value }) => {
    const request = changed(await createAppointmentRequest(), at, value);
    const response = await client.send("POST /appointments", request);
    expect(response).toMatchResponse("POST /appointments", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each([
    {
      title: "starts_at of microseconds and an offset",
      at: "/body/starts_at",
      value: "2026-03-01T11:30:00.123456+02:00",
      shown: { starts_at: "2026-03-01T11:30:00.123456+02:00" },
    },
    {
      title: 'status of its value "confirmed"',
      at: "/body/status",
      value: "confirmed",
      shown: { status: "confirmed" },
    },
    {
      title: 'status of its value "cancelled"',
      at: "/body/status",
      value: "cancelled",
      shown: { status: "cancelled" },
    },
    { title: 'status of its value "done"', at: "/body/status", value: "done", shown: { status: "done" } },
    { title: "reason of its shortest, 0 characters", at: "/body/reason", value: "", shown: { reason: "" } },
    {
      title: "reason of its longest, 200 characters",
      at: "/body/reason",
      value: "😀" + "é".repeat(199),
      shown: { reason: "😀" + "é".repeat(199) },
    },
    { title: "reason of null", at: "/body/reason", value: null, shown: { reason: null } },
  ])("accepts $title", async ({ at, value, shown }) => {
    const request = changed(await createAppointmentRequest(), at, value);
    const response = await client.send("POST /appointments", request);
    expect(response).toMatchResponse("POST /appointments", 201);
    expect(valueAt(response, "/data")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const request = await createAppointmentRequest();
    const headers = { "content-type": "application/json" };
    expect(await client.send("POST /appointments", { ...request, body: undefined, payload, headers })).toMatchResponse(
      "POST /appointments",
      400,
    );
  });

  test("answers 415 to another media type", async () => {
    const request = await createAppointmentRequest();
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("POST /appointments", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("POST /appointments", 415);
  });

  test("refuses a request without a body (AppointmentFields required)", async () => {
    const request = await createAppointmentRequest();
    expect(await client.send("POST /appointments", { ...request, body: undefined })).toMatchResponse(
      "POST /appointments",
      400,
    );
  });

  test.each([
    { name: "pet_id", at: "/body/pet_id", value: 2147480000 },
    { name: "vet_id", at: "/body/vet_id", value: 2147480000 },
  ])("refuses $name of what does not exist", async ({ at, value }) => {
    const request = changed(await createAppointmentRequest(), at, value);
    const before = await storedRows("appointments");
    expect(await client.send("POST /appointments", request)).toMatchResponse("POST /appointments", 409, 400);
    expect(await storedRows("appointments")).toEqual(before);
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const request = await createAppointmentRequest();
    const response = await anybody.send("POST /appointments", presenting(wrong, request));
    expect(response).toMatchResponse("POST /appointments", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("GET /appointments/{appointment_id}", () => {
  test("shows a stored appointment as it is", async () => {
    const appointment = await givenAppointment();
    const request = await getAppointmentRequest(appointment);
    const response = await client.send("GET /appointments/{appointment_id}", request);
    expect(response).toMatchResponse("GET /appointments/{appointment_id}", 200);
    expect(valueAt(response, "/data")).toHold({
      pet_id: appointment.pet_id,
      vet_id: appointment.vet_id,
      starts_at: appointment.starts_at,
      duration_minutes: appointment.duration_minutes,
      status: appointment.status,
      reason: appointment.reason,
      id: appointment.id,
      created_at: appointment.created_at,
    });
  });

  test("answers HEAD as GET, without a body", async () => {
    const appointment = await givenAppointment();
    const request = await getAppointmentRequest(appointment);
    const response = await client.send("GET /appointments/{appointment_id}", request);
    expect(response).toMatchResponse("GET /appointments/{appointment_id}", 200);
    const head = await client.send("GET /appointments/{appointment_id}", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each(getAppointmentCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const appointment = await givenAppointment();
    const request = await getAppointmentRequest(appointment);
    const response = await client.send("GET /appointments/{appointment_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /appointments/{appointment_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such appointment", async () => {
    const appointment = await givenAppointment();
    const request = await getAppointmentRequest(appointment);
    const unknown = { ...request, params: { ...request.params, appointment_id: 2147480000 } };
    expect(await client.send("GET /appointments/{appointment_id}", unknown)).toMatchResponse(
      "GET /appointments/{appointment_id}",
      404,
    );
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const appointment = await givenAppointment();
    const request = await getAppointmentRequest(appointment);
    const response = await anybody.send("GET /appointments/{appointment_id}", presenting(wrong, request));
    expect(response).toMatchResponse("GET /appointments/{appointment_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("DELETE /appointments/{appointment_id}", () => {
  test("deletes the appointment, once, and no other", async () => {
    const other = await givenAppointment();
    const appointment = await givenAppointment();
    const request = await deleteAppointmentRequest(appointment);
    expect(await client.send("DELETE /appointments/{appointment_id}", request)).toMatchResponse(
      "DELETE /appointments/{appointment_id}",
      204,
    );
    expect(
      await client.send("GET /appointments/{appointment_id}", { params: { appointment_id: appointment.id } }),
    ).toMatchResponse("GET /appointments/{appointment_id}", 404);
    expect(await client.send("DELETE /appointments/{appointment_id}", request)).toMatchResponse(
      "DELETE /appointments/{appointment_id}",
      404,
    );
    expect(
      await client.send("GET /appointments/{appointment_id}", { params: { appointment_id: other.id } }),
    ).toMatchResponse("GET /appointments/{appointment_id}", 200);
  });

  test.each(getAppointmentCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const appointment = await givenAppointment();
    const request = await deleteAppointmentRequest(appointment);
    const response = await client.send("DELETE /appointments/{appointment_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("DELETE /appointments/{appointment_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such appointment", async () => {
    const appointment = await givenAppointment();
    const request = await deleteAppointmentRequest(appointment);
    const unknown = { ...request, params: { ...request.params, appointment_id: 2147480000 } };
    expect(await client.send("DELETE /appointments/{appointment_id}", unknown)).toMatchResponse(
      "DELETE /appointments/{appointment_id}",
      404,
    );
  });

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const appointment = await givenAppointment();
    const request = await deleteAppointmentRequest(appointment);
    const response = await anybody.send("DELETE /appointments/{appointment_id}", presenting(wrong, request));
    expect(response).toMatchResponse("DELETE /appointments/{appointment_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("PATCH /appointments/{appointment_id}", () => {
  test("changes what it was sent, and no other appointment", async () => {
    await givenAppointment();
    const others = await storedRows("appointments");
    const appointment = await givenAppointment();
    const request = await updateAppointmentRequest(appointment);
    const response = await client.send("PATCH /appointments/{appointment_id}", request);
    expect(response).toMatchResponse("PATCH /appointments/{appointment_id}", 200);
    expect(valueAt(response, "/data")).toHold({
      vet_id: request.body.vet_id,
      starts_at: request.body.starts_at,
      duration_minutes: request.body.duration_minutes,
      status: request.body.status,
      reason: request.body.reason,
    });
    const read = await client.send("GET /appointments/{appointment_id}", {
      params: { appointment_id: appointment.id },
    });
    expect(read).toMatchResponse("GET /appointments/{appointment_id}", 200);
    expect(valueAt(read, "/data")).toHold({
      vet_id: request.body.vet_id,
      starts_at: request.body.starts_at,
      duration_minutes: request.body.duration_minutes,
      status: request.body.status,
      reason: request.body.reason,
    });
    expect(await storedRows("appointments")).toEqual(expect.arrayContaining([...others]));
  });

  test("keeps what it was not given", async () => {
    const appointment = await givenAppointment();
    const request = without(await updateAppointmentRequest(appointment), [
      "/body/starts_at",
      "/body/duration_minutes",
      "/body/status",
      "/body/reason",
    ]);
    const response = await client.send("PATCH /appointments/{appointment_id}", request);
    expect(response).toMatchResponse("PATCH /appointments/{appointment_id}", 200);
    expect(valueAt(response, "/data")).toHold({
      pet_id: appointment.pet_id,
      starts_at: appointment.starts_at,
      duration_minutes: appointment.duration_minutes,
      status: appointment.status,
      reason: appointment.reason,
      id: appointment.id,
      created_at: appointment.created_at,
      vet_id: request.body.vet_id,
    });
    const read = await client.send("GET /appointments/{appointment_id}", {
      params: { appointment_id: appointment.id },
    });
    expect(read).toMatchResponse("GET /appointments/{appointment_id}", 200);
    expect(valueAt(read, "/data")).toHold({
      pet_id: appointment.pet_id,
      starts_at: appointment.starts_at,
      duration_minutes: appointment.duration_minutes,
      status: appointment.status,
      reason: appointment.reason,
      id: appointment.id,
      created_at: appointment.created_at,
      vet_id: request.body.vet_id,
    });
  });

  test.each([{ name: "reason", at: "/body/reason", shown: { reason: null } }])(
    "clears $name by null",
    async ({ at, shown }) => {
      const appointment = await givenAppointment();
      const request = changed(await updateAppointmentRequest(appointment), at, null);
      const response = await client.send("PATCH /appointments/{appointment_id}", request);
      expect(response).toMatchResponse("PATCH /appointments/{appointment_id}", 200);
      expect(valueAt(response, "/data")).toHold(shown);
    },
  );

  test.each(getAppointmentCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const appointment = await givenAppointment();
    const request = await updateAppointmentRequest(appointment);
    const response = await client.send("PATCH /appointments/{appointment_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("PATCH /appointments/{appointment_id}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such appointment", async () => {
    const appointment = await givenAppointment();
    const request = await updateAppointmentRequest(appointment);
    const unknown = { ...request, params: { ...request.params, appointment_id: 2147480000 } };
    expect(await client.send("PATCH /appointments/{appointment_id}", unknown)).toMatchResponse(
      "PATCH /appointments/{appointment_id}",
      404,
    );
  });

  test.each([
    { title: "vet_id of another type (AppointmentChanges.vet_id type)", at: "/body/vet_id", value: "not a number" },
    {
      title: "vet_id that is not exact in JSON (AppointmentChanges.vet_id integer)",
      at: "/body/vet_id",
      value: 9007199254740992,
    },
    { title: "vet_id with a fraction (AppointmentChanges.vet_id integer)", at: "/body/vet_id", value: 1.5 },
    { title: "vet_id that is null (AppointmentChanges.vet_id nullable)", at: "/body/vet_id", value: null },
    {
      title: "starts_at of another type (AppointmentChanges.starts_at type)",
      at: "/body/starts_at",
      value: { unexpected: true },
    },
    {
      title: "starts_at that is no date-time (AppointmentChanges.starts_at format)",
      at: "/body/starts_at",
      value: "yesterday",
    },
    { title: "starts_at that is null (AppointmentChanges.starts_at nullable)", at: "/body/starts_at", value: null },
    {
      title: "duration_minutes of another type (AppointmentChanges.duration_minutes type)",
      at: "/body/duration_minutes",
      value: "not a number",
    },
    {
      title: "duration_minutes below its minimum (AppointmentChanges.duration_minutes minimum)",
      at: "/body/duration_minutes",
      value: 4,
    },
    {
      title: "duration_minutes above its maximum (AppointmentChanges.duration_minutes maximum)",
      at: "/body/duration_minutes",
      value: 241,
    },
    {
      title: "duration_minutes with a fraction (AppointmentChanges.duration_minutes integer)",
      at: "/body/duration_minutes",
      value: 1.5,
    },
    {
      title: "duration_minutes off its multiple (AppointmentChanges.duration_minutes multipleOf)",
      at: "/body/duration_minutes",
      value: 11,
    },
    {
      title: "duration_minutes that is null (AppointmentChanges.duration_minutes nullable)",
      at: "/body/duration_minutes",
      value: null,
    },
    {
      title: "status of another type (AppointmentChanges.status type)",
      at: "/body/status",
      value: { unexpected: true },
    },
    {
      title: "status that is not on the list (AppointmentChanges.status enum)",
      at: "/body/status",
      value: "not-one-of-them",
    },
    { title: "status that is null (AppointmentChanges.status nullable)", at: "/body/status", value: null },
    {
      title: "reason of another type (AppointmentChanges.reason type)",
      at: "/body/reason",
      value: { unexpected: true },
    },
    {
      title: "reason longer than 200 (AppointmentChanges.reason maxLength)",
      at: "/body/reason",
      value: "text" + "a".repeat(197),
    },
    { title: "too few members (AppointmentChanges minProperties)", at: "/body", value: {} },
  ])("refuses $title", async ({ at, value }) => {
    const appointment = await givenAppointment();
    const request = changed(await updateAppointmentRequest(appointment), at, value);
    expect(await client.send("PATCH /appointments/{appointment_id}", request)).toMatchResponse(
      "PATCH /appointments/{appointment_id}",
      400,
    );
  });

  test.each([
    {
      title: "starts_at of microseconds and an offset",
      at: "/body/starts_at",
      value: "2026-03-01T11:30:00.123456+02:00",
      shown: { starts_at: "2026-03-01T11:30:00.123456+02:00" },
    },
    {
      title: 'status of its value "confirmed"',
      at: "/body/status",
      value: "confirmed",
      shown: { status: "confirmed" },
    },
    {
      title: 'status of its value "cancelled"',
      at: "/body/status",
      value: "cancelled",
      shown: { status: "cancelled" },
    },
    { title: 'status of its value "done"', at: "/body/status", value: "done", shown: { status: "done" } },
    { title: "reason of its shortest, 0 characters", at: "/body/reason", value: "", shown: { reason: "" } },
    {
      title: "reason of its longest, 200 characters",
      at: "/body/reason",
      value: "😀" + "é".repeat(199),
      shown: { reason: "😀" + "é".repeat(199) },
    },
  ])("accepts $title", async ({ at, value, shown }) => {
    const appointment = await givenAppointment();
    const request = changed(await updateAppointmentRequest(appointment), at, value);
    const response = await client.send("PATCH /appointments/{appointment_id}", request);
    expect(response).toMatchResponse("PATCH /appointments/{appointment_id}", 200);
    expect(valueAt(response, "/data")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const appointment = await givenAppointment();
    const request = await updateAppointmentRequest(appointment);
    const headers = { "content-type": "application/json" };
    expect(
      await client.send("PATCH /appointments/{appointment_id}", { ...request, body: undefined, payload, headers }),
    ).toMatchResponse("PATCH /appointments/{appointment_id}", 400);
  });

  test("answers 415 to another media type", async () => {
    const appointment = await givenAppointment();
    const request = await updateAppointmentRequest(appointment);
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("PATCH /appointments/{appointment_id}", {
        ...request,
        body: undefined,
        payload: "text",
        headers,
      }),
    ).toMatchResponse("PATCH /appointments/{appointment_id}", 415);
  });

  test("refuses a request without a body (AppointmentChanges required)", async () => {
    const appointment = await givenAppointment();
    const request = await updateAppointmentRequest(appointment);
    expect(await client.send("PATCH /appointments/{appointment_id}", { ...request, body: undefined })).toMatchResponse(
      "PATCH /appointments/{appointment_id}",
      400,
    );
  });

  test.each([{ name: "vet_id", at: "/body/vet_id", value: 2147480000 }])(
    "refuses $name of what does not exist",
    async ({ at, value }) => {
      const appointment = await givenAppointment();
      const request = changed(await updateAppointmentRequest(appointment), at, value);
      const before = await storedRows("appointments");
      expect(await client.send("PATCH /appointments/{appointment_id}", request)).toMatchResponse(
        "PATCH /appointments/{appointment_id}",
        409,
        404,
        400,
      );
      expect(await storedRows("appointments")).toEqual(before);
    },
  );

  test.each([...wrongCredentials("api_key")])("refuses $title", async (wrong) => {
    const appointment = await givenAppointment();
    const request = await updateAppointmentRequest(appointment);
    const response = await anybody.send("PATCH /appointments/{appointment_id}", presenting(wrong, request));
    expect(response).toMatchResponse("PATCH /appointments/{appointment_id}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("conversations about appointments", () => {
  test("shows what a record of any valid calls says, and to nobody else", async () => {
    await holdConversations({
      caller: client,
      stranger: undefined,
      strangers: undefined,
      given: () => givenAppointment(),
      address: (appointment) => ({ appointment_id: appointment.id }),
      read: { route: "GET /appointments/{appointment_id}", status: 200, missing: [404] },
      stable: [
        "/data/pet_id",
        "/data/vet_id",
        "/data/starts_at",
        "/data/duration_minutes",
        "/data/status",
        "/data/reason",
        "/data/id",
      ],
      create: {
        route: "POST /appointments",
        status: 201,
        request: createAppointmentRequest,
        address: (response) => ({ appointment_id: valueAt(response, "/data/id") }),
        members: [
          { sent: "/pet_id", shown: "/data/pet_id", values: [], isSpare: false },
          { sent: "/vet_id", shown: "/data/vet_id", values: [], isSpare: false },
          {
            sent: "/starts_at",
            shown: "/data/starts_at",
            values: ["2026-03-14T09:30:00Z", "2026-03-02T09:30:00Z", "2026-03-03T09:30:00Z", "2026-03-04T09:30:00Z"],
            isSpare: false,
          },
          { sent: "/duration_minutes", shown: "/data/duration_minutes", values: [5, 10, 15, 20], isSpare: false },
          {
            sent: "/status",
            shown: "/data/status",
            values: ["booked", "confirmed", "cancelled", "done"],
            isSpare: false,
          },
          {
            sent: "/reason",
            shown: "/data/reason",
            values: ["Limping on the left hind leg", "text 1", "text 2", "text 3"],
            isSpare: false,
          },
        ],
      },
      writes: [
        {
          route: "PATCH /appointments/{appointment_id}",
          status: 200,
          missing: [404],
          request: updateAppointmentRequest,
          members: [
            { sent: "/vet_id", shown: "/data/vet_id", values: [], isSpare: false },
            {
              sent: "/starts_at",
              shown: "/data/starts_at",
              values: ["2026-03-14T10:00:00Z", "2026-03-02T09:30:00Z", "2026-03-03T09:30:00Z", "2026-03-04T09:30:00Z"],
              isSpare: false,
            },
            { sent: "/duration_minutes", shown: "/data/duration_minutes", values: [5, 10, 15, 20], isSpare: false },
            {
              sent: "/status",
              shown: "/data/status",
              values: ["booked", "confirmed", "cancelled", "done"],
              isSpare: false,
            },
            { sent: "/reason", shown: "/data/reason", values: ["text", "text 1", "text 2", "text 3"], isSpare: false },
          ],
        },
      ],
      remove: {
        route: "DELETE /appointments/{appointment_id}",
        status: 204,
        missing: [404],
        request: deleteAppointmentRequest,
      },
      lists: [
        {
          route: "GET /appointments",
          status: 200,
          request: listAppointmentsRequest,
          items: "/data",
          key: "/id",
          readKey: "/data/id",
          paging: { items: "/data", size: 2, limit: "per_page", page: "page", firstPage: 1 },
        },
      ],
    });
  });
});

describe("other methods of appointments", () => {
  test.each([
    { method: "PUT", url: "/api/v2/appointments", allow: "GET, HEAD, OPTIONS, POST" } as const,
    { method: "PUT", url: "/api/v2/appointments/1", allow: "DELETE, GET, HEAD, OPTIONS, PATCH" } as const,
  ])("$method $url is answered with the methods that there are", async ({ method, url, allow }) => {
    const response = await client.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers["allow"]).toBe(allow);
    const options = await client.inject({ method: "OPTIONS", url });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe(allow);
  });
});
