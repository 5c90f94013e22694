import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { unreadableBodies } from "../testing/bodies.ts";
import { anybody, client, stranger } from "../testing/client.ts";
import { presenting, wrongCredentials } from "../testing/credentials.ts";
import { resetRows } from "../testing/database.ts";
import { givenCustomer, unique } from "../testing/rows.ts";
import { changed, isRecent, valueAt, without } from "../testing/values.ts";
import type { Customer } from "./customer.contract.ts";
import { validNewCustomer } from "./customer.fixtures.ts";

beforeEach(resetRows);

/** A valid POST /customers. */
async function createCustomerRequest() {
  return {
    body: {
      name: "Ada Lovelace",
      email: unique.customerEmail(),
      kind: "person",
      phone: "+441632960961",
      birthDate: "1815-12-10",
      address: { line1: "text", city: "text", postcode: "text", country: "MR" },
      ...validNewCustomer(),
    },
  };
}

/** A valid GET /customers/{customerId}. */
async function getCustomerRequest(customer: Customer) {
  return {
    params: { customerId: customer.id },
  };
}

/** A valid PUT /customers/{customerId}. */
async function replaceCustomerRequest(customer: Customer) {
  return {
    params: { customerId: customer.id },
    body: {
      name: "Ada Lovelace",
      email: unique.customerEmail(),
      kind: "person",
      phone: "+441632960961",
      birthDate: "1815-12-10",
      address: { line1: "text", city: "text", postcode: "text", country: "MR" },
    },
  };
}

const createCustomerCases = [
  { title: "a body without name (NewCustomer.name required)", at: "/body/name", value: undefined },
  { title: "a body without email (NewCustomer.email required)", at: "/body/email", value: undefined },
  { title: "a body without kind (NewCustomer.kind required)", at: "/body/kind", value: undefined },
  { title: "name of another type (NewCustomer.name type)", at: "/body/name", value: { unexpected: true } },
  { title: "name shorter than 1 (NewCustomer.name minLength)", at: "/body/name", value: "" },
  { title: "name longer than 120 (NewCustomer.name maxLength)", at: "/body/name", value: "text" + "a".repeat(117) },
  { title: "name that is null (NewCustomer.name nullable)", at: "/body/name", value: null },
  { title: "email of another type (NewCustomer.email type)", at: "/body/email", value: { unexpected: true } },
  {
    title: "email longer than 254 (NewCustomer.email maxLength)",
    at: "/body/email",
    value: "person1@example.com" + "a".repeat(236),
  },
  { title: "email that is no email (NewCustomer.email format)", at: "/body/email", value: "nobody" },
  { title: "email that is null (NewCustomer.email nullable)", at: "/body/email", value: null },
  { title: "kind of another type (NewCustomer.kind type)", at: "/body/kind", value: { unexpected: true } },
  { title: "kind that is not on the list (NewCustomer.kind enum)", at: "/body/kind", value: "not-one-of-them" },
  { title: "kind that is null (NewCustomer.kind nullable)", at: "/body/kind", value: null },
  { title: "phone of another type (NewCustomer.phone type)", at: "/body/phone", value: { unexpected: true } },
  { title: "phone that breaks its pattern (NewCustomer.phone pattern)", at: "/body/phone", value: "~" },
  { title: "phone that is null (NewCustomer.phone nullable)", at: "/body/phone", value: null },
  {
    title: "birthDate of another type (NewCustomer.birthDate type)",
    at: "/body/birthDate",
    value: { unexpected: true },
  },
  { title: "birthDate that is no date (NewCustomer.birthDate format)", at: "/body/birthDate", value: "2026-02-30" },
  { title: "address of another type (NewCustomer.address type)", at: "/body/address", value: "not a number" },
  { title: "address that is null (NewCustomer.address nullable)", at: "/body/address", value: null },
  {
    title: "a body without address.line1 (NewCustomer.address.line1 required)",
    at: "/body/address/line1",
    value: undefined,
  },
  {
    title: "a body without address.city (NewCustomer.address.city required)",
    at: "/body/address/city",
    value: undefined,
  },
  {
    title: "a body without address.postcode (NewCustomer.address.postcode required)",
    at: "/body/address/postcode",
    value: undefined,
  },
  {
    title: "a body without address.country (NewCustomer.address.country required)",
    at: "/body/address/country",
    value: undefined,
  },
  {
    title: "address.line1 of another type (NewCustomer.address.line1 type)",
    at: "/body/address/line1",
    value: { unexpected: true },
  },
  { title: "address.line1 shorter than 1 (NewCustomer.address.line1 minLength)", at: "/body/address/line1", value: "" },
  {
    title: "address.line1 longer than 120 (NewCustomer.address.line1 maxLength)",
    at: "/body/address/line1",
    value: "text" + "a".repeat(117),
  },
  { title: "address.line1 that is null (NewCustomer.address.line1 nullable)", at: "/body/address/line1", value: null },
  {
    title: "address.line2 of another type (NewCustomer.address.line2 type)",
    at: "/body/address/line2",
    value: { unexpected: true },
  },
  {
    title: "address.line2 longer than 120 (NewCustomer.address.line2 maxLength)",
    at: "/body/address/line2",
    value: "text" + "a".repeat(117),
  },
  { title: "address.line2 that is null (NewCustomer.address.line2 nullable)", at: "/body/address/line2", value: null },
  {
    title: "address.city of another type (NewCustomer.address.city type)",
    at: "/body/address/city",
    value: { unexpected: true },
  },
  { title: "address.city shorter than 1 (NewCustomer.address.city minLength)", at: "/body/address/city", value: "" },
  {
    title: "address.city longer than 80 (NewCustomer.address.city maxLength)",
    at: "/body/address/city",
    value: "text" + "a".repeat(77),
  },
  { title: "address.city that is null (NewCustomer.address.city nullable)", at: "/body/address/city", value: null },
  {
    title: "address.postcode of another type (NewCustomer.address.postcode type)",
    at: "/body/address/postcode",
    value: { unexpected: true },
  },
  {
    title: "address.postcode shorter than 3 (NewCustomer.address.postcode minLength)",
    at: "/body/address/postcode",
    value: "te",
  },
  {
    title: "address.postcode longer than 12 (NewCustomer.address.postcode maxLength)",
    at: "/body/address/postcode",
    value: "textaaaaaaaaa",
  },
  {
    title: "address.postcode that is null (NewCustomer.address.postcode nullable)",
    at: "/body/address/postcode",
    value: null,
  },
  {
    title: "address.country of another type (NewCustomer.address.country type)",
    at: "/body/address/country",
    value: { unexpected: true },
  },
  {
    title: "address.country that breaks its pattern (NewCustomer.address.country pattern)",
    at: "/body/address/country",
    value: "~",
  },
  {
    title: "address.country that is null (NewCustomer.address.country nullable)",
    at: "/body/address/country",
    value: null,
  },
  {
    title: "a member that is not known (NewCustomer.address additionalProperties)",
    at: "/body/address/notKnown",
    value: "unknown",
  },
  { title: "a member that is not known (NewCustomer additionalProperties)", at: "/body/notKnown", value: "unknown" },
];

const createCustomerCases2 = [
  { title: "name of its shortest, 1 character", at: "/body/name", value: "😀", shown: { name: "😀" } },
  {
    title: "name of its longest, 120 characters",
    at: "/body/name",
    value: "😀" + "é".repeat(119),
    shown: { name: "😀" + "é".repeat(119) },
  },
  { title: 'kind of its value "company"', at: "/body/kind", value: "company", shown: { kind: "company" } },
  { title: "birthDate of null", at: "/body/birthDate", value: null, shown: { birthDate: null } },
];

const getCustomerCases = [
  { name: "customerId", value: "not-a-key" },
  { name: "customerId", value: "~" },
  { name: "customerId", value: "1.5" },
];

describe("POST /customers", () => {
  test("stores what it was sent, and shows it", async () => {
    const request = await createCustomerRequest();
    const response = await client.send("POST /customers", request);
    expect(response).toMatchResponse("POST /customers", 201);
    expect(valueAt(response, "")).toHold({
      name: request.body.name,
      email: request.body.email,
      kind: request.body.kind,
      phone: request.body.phone,
      birthDate: request.body.birthDate,
      address: request.body.address,
    });
    expect(valueAt(response, "/createdAt")).toSatisfy(isRecent);
    const located = await client.follow(response);
    expect(located).toMatchResponse("GET /customers/{customerId}", 200);
    expect(located.json<unknown>()).toEqual(response.json<unknown>());
    const read = await client.send("GET /customers/{customerId}", { params: { customerId: valueAt(response, "/id") } });
    expect(read).toMatchResponse("GET /customers/{customerId}", 200);
    expect(valueAt(read, "")).toHold({
      name: request.body.name,
      email: request.body.email,
      kind: request.body.kind,
      phone: request.body.phone,
      birthDate: request.body.birthDate,
      address: request.body.address,
    });
  });

  test("leaves out what it was not given, and takes defaults", async () => {
    const request = without(await createCustomerRequest(), ["/body/phone", "/body/birthDate", "/body/address"]);
    const response = await client.send("POST /customers", request);
    expect(response).toMatchResponse("POST /customers", 201);
    expect(valueAt(response, "")).toHold({ phone: undefined, birthDate: null, address: undefined });
    const read = await client.send("GET /customers/{customerId}", { params: { customerId: valueAt(response, "/id") } });
    expect(read).toMatchResponse("GET /customers/{customerId}", 200);
    expect(valueAt(read, "")).toHold({ phone: undefined, birthDate: null, address: undefined });
  });

  test.each(createCustomerCases)("refuses $title", async ({ at, value }) => {
    const request = changed(await createCustomerRequest(), at, value);
    const response = await client.send("POST /customers", request);
    expect(response).toMatchResponse("POST /customers", 422);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(createCustomerCases2)("accepts $title", async ({ at, value, shown }) => {
    const request = changed(await createCustomerRequest(), at, value);
    const response = await client.send("POST /customers", request);
    expect(response).toMatchResponse("POST /customers", 201);
    expect(valueAt(response, "")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const request = await createCustomerRequest();
    const headers = { "content-type": "application/json" };
    expect(await client.send("POST /customers", { ...request, body: undefined, payload, headers })).toMatchResponse(
      "POST /customers",
      400,
    );
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in name", async ({ value }) => {
    const request = changed(await createCustomerRequest(), "/body/name", value);
    expect(await client.send("POST /customers", request)).toMatchResponse("POST /customers", 400);
  });

  test("answers 415 to another media type", async () => {
    const request = await createCustomerRequest();
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("POST /customers", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("POST /customers", 415);
  });

  test("refuses a request without a body (NewCustomer required)", async () => {
    const request = await createCustomerRequest();
    expect(await client.send("POST /customers", { ...request, body: undefined })).toMatchResponse(
      "POST /customers",
      422,
    );
  });

  test("refuses a second customer of one caller", async () => {
    const first = await createCustomerRequest();
    expect(await client.send("POST /customers", first)).toMatchResponse("POST /customers", 201);
    const second = await createCustomerRequest();
    expect(await client.send("POST /customers", second)).toMatchResponse("POST /customers", 409);
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const request = await createCustomerRequest();
    const response = await anybody.send("POST /customers", presenting(wrong, request));
    expect(response).toMatchResponse("POST /customers", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("GET /customers/{customerId}", () => {
  test("shows a stored customer as it is", async () => {
    const customer = await givenCustomer();
    const request = await getCustomerRequest(customer);
    const response = await client.send("GET /customers/{customerId}", request);
    expect(response).toMatchResponse("GET /customers/{customerId}", 200);
    expect(valueAt(response, "")).toHold({
      id: customer.id,
      subject: customer.subject,
      name: customer.name,
      email: customer.email,
      kind: customer.kind,
      phone: customer.phone,
      birthDate: customer.birthDate,
      address: customer.address,
      createdAt: customer.createdAt,
    });
  });

  test("answers HEAD as GET, without a body", async () => {
    const customer = await givenCustomer();
    const request = await getCustomerRequest(customer);
    const response = await client.send("GET /customers/{customerId}", request);
    expect(response).toMatchResponse("GET /customers/{customerId}", 200);
    const head = await client.send("GET /customers/{customerId}", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each(getCustomerCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const customer = await givenCustomer();
    const request = await getCustomerRequest(customer);
    const response = await client.send("GET /customers/{customerId}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /customers/{customerId}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such customer", async () => {
    const customer = await givenCustomer();
    const request = await getCustomerRequest(customer);
    const unknown = { ...request, params: { ...request.params, customerId: randomUUID() } };
    expect(await client.send("GET /customers/{customerId}", unknown)).toMatchResponse(
      "GET /customers/{customerId}",
      404,
    );
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const customer = await givenCustomer();
    const request = await getCustomerRequest(customer);
    const response = await anybody.send("GET /customers/{customerId}", presenting(wrong, request));
    expect(response).toMatchResponse("GET /customers/{customerId}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("knows no customer that is another caller's", async () => {
    const customer = await givenCustomer();
    const request = await getCustomerRequest(customer);
    expect(await stranger.send("GET /customers/{customerId}", request)).toMatchResponse(
      "GET /customers/{customerId}",
      404,
    );
  });
});

describe("PUT /customers/{customerId}", () => {
  test("replaces what was there", async () => {
    const customer = await givenCustomer();
    const request = await replaceCustomerRequest(customer);
    const response = await client.send("PUT /customers/{customerId}", request);
    expect(response).toMatchResponse("PUT /customers/{customerId}", 200);
    expect(valueAt(response, "")).toHold({
      name: request.body.name,
      email: request.body.email,
      kind: request.body.kind,
      phone: request.body.phone,
      birthDate: request.body.birthDate,
      address: request.body.address,
    });
    const read = await client.send("GET /customers/{customerId}", { params: { customerId: customer.id } });
    expect(read).toMatchResponse("GET /customers/{customerId}", 200);
    expect(valueAt(read, "")).toHold({
      name: request.body.name,
      email: request.body.email,
      kind: request.body.kind,
      phone: request.body.phone,
      birthDate: request.body.birthDate,
      address: request.body.address,
    });
  });

  test("clears what it was not given", async () => {
    const customer = await givenCustomer();
    const request = without(await replaceCustomerRequest(customer), [
      "/body/phone",
      "/body/birthDate",
      "/body/address",
    ]);
    const response = await client.send("PUT /customers/{customerId}", request);
    expect(response).toMatchResponse("PUT /customers/{customerId}", 200);
    expect(valueAt(response, "")).toHold({ phone: undefined, birthDate: null, address: undefined });
    const read = await client.send("GET /customers/{customerId}", { params: { customerId: customer.id } });
    expect(read).toMatchResponse("GET /customers/{customerId}", 200);
    expect(valueAt(read, "")).toHold({ phone: undefined, birthDate: null, address: undefined });
  });

  test.each(getCustomerCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const customer = await givenCustomer();
    const request = await replaceCustomerRequest(customer);
    const response = await client.send("PUT /customers/{customerId}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("PUT /customers/{customerId}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such customer", async () => {
    const customer = await givenCustomer();
    const request = await replaceCustomerRequest(customer);
    const unknown = { ...request, params: { ...request.params, customerId: randomUUID() } };
    expect(await client.send("PUT /customers/{customerId}", unknown)).toMatchResponse(
      "PUT /customers/{customerId}",
      404,
    );
  });

  test.each(createCustomerCases)("refuses $title", async ({ at, value }) => {
    const customer = await givenCustomer();
    const request = changed(await replaceCustomerRequest(customer), at, value);
    const response = await client.send("PUT /customers/{customerId}", request);
    expect(response).toMatchResponse("PUT /customers/{customerId}", 422);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(createCustomerCases2)("accepts $title", async ({ at, value, shown }) => {
    const customer = await givenCustomer();
    const request = changed(await replaceCustomerRequest(customer), at, value);
    const response = await client.send("PUT /customers/{customerId}", request);
    expect(response).toMatchResponse("PUT /customers/{customerId}", 200);
    expect(valueAt(response, "")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const customer = await givenCustomer();
    const request = await replaceCustomerRequest(customer);
    const headers = { "content-type": "application/json" };
    expect(
      await client.send("PUT /customers/{customerId}", { ...request, body: undefined, payload, headers }),
    ).toMatchResponse("PUT /customers/{customerId}", 400);
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in name", async ({ value }) => {
    const customer = await givenCustomer();
    const request = changed(await replaceCustomerRequest(customer), "/body/name", value);
    expect(await client.send("PUT /customers/{customerId}", request)).toMatchResponse(
      "PUT /customers/{customerId}",
      400,
    );
  });

  test("answers 415 to another media type", async () => {
    const customer = await givenCustomer();
    const request = await replaceCustomerRequest(customer);
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("PUT /customers/{customerId}", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("PUT /customers/{customerId}", 415);
  });

  test("refuses a request without a body (NewCustomer required)", async () => {
    const customer = await givenCustomer();
    const request = await replaceCustomerRequest(customer);
    expect(await client.send("PUT /customers/{customerId}", { ...request, body: undefined })).toMatchResponse(
      "PUT /customers/{customerId}",
      422,
    );
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const customer = await givenCustomer();
    const request = await replaceCustomerRequest(customer);
    const response = await anybody.send("PUT /customers/{customerId}", presenting(wrong, request));
    expect(response).toMatchResponse("PUT /customers/{customerId}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("knows no customer that is another caller's", async () => {
    const customer = await givenCustomer();
    const request = await replaceCustomerRequest(customer);
    const before = await client.send("GET /customers/{customerId}", { params: { customerId: customer.id } });
    expect(await stranger.send("PUT /customers/{customerId}", request)).toMatchResponse(
      "PUT /customers/{customerId}",
      404,
    );
    const after = await client.send("GET /customers/{customerId}", { params: { customerId: customer.id } });
    expect(after.json<unknown>()).toEqual(before.json<unknown>());
  });
});

describe("other methods of customers", () => {
  test.each([
    { method: "PUT", url: "/v1/customers", allow: "OPTIONS, POST" } as const,
    { method: "PATCH", url: "/v1/customers/1", allow: "GET, HEAD, OPTIONS, PUT" } as const,
  ])("$method $url is answered with the methods that there are", async ({ method, url, allow }) => {
    const response = await client.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers["allow"]).toBe(allow);
    const options = await client.inject({ method: "OPTIONS", url });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe(allow);
  });
});
