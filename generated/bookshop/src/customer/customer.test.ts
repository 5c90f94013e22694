import { beforeEach, describe, expect, test } from "vitest";
import { client } from "../testing/client.ts";
import { holdConversations } from "../testing/conversation.ts";
import { resetRows, stirRows, storedRows } from "../testing/database.ts";
import { walk } from "../testing/pages.ts";
import { givenCustomer, givenOrder, givenReview, unique } from "../testing/rows.ts";
import { changed, itemsAt, sorted, valueAt, valuesAt, without } from "../testing/values.ts";
import type { Customer } from "./customer.contract.ts";
import { validNewCustomer } from "./customer.fixtures.ts";

beforeEach(resetRows);

/** A valid GET /customers. */
async function listCustomersRequest() {
  return {};
}

/** A valid POST /customers. */
async function addCustomerRequest() {
  return {
    body: { name: "text", email: unique.customerEmail(), newsletter: true, born: "2026-03-01", ...validNewCustomer() },
  };
}

/** A valid GET /customers/{customer_id}. */
async function getCustomerRequest(customer: Customer) {
  return {
    params: { customer_id: customer.id },
  };
}

/** A valid PUT /customers/{customer_id}. */
async function updateCustomerRequest(customer: Customer) {
  return {
    params: { customer_id: customer.id },
    body: { name: "text", email: unique.customerEmail(), newsletter: true, born: "2026-03-01" },
  };
}

/** A valid DELETE /customers/{customer_id}. */
async function deleteCustomerRequest(customer: Customer) {
  return {
    params: { customer_id: customer.id },
  };
}

const addCustomerCases = [
  { title: "a body without name (body.name required)", at: "/body/name", value: undefined },
  { title: "a body without email (body.email required)", at: "/body/email", value: undefined },
  { title: "name shorter than 1 (body.name minLength)", at: "/body/name", value: "" },
  { title: "name longer than 100 (body.name maxLength)", at: "/body/name", value: "text" + "a".repeat(97) },
  { title: "email that is no email (body.email format)", at: "/body/email", value: "nobody" },
  { title: "newsletter of another type (body.newsletter type)", at: "/body/newsletter", value: "not a number" },
  { title: "born that is no date (body.born format)", at: "/body/born", value: "2026-02-30" },
];

const getCustomerCases = [
  { name: "customer_id", value: "2147483648" },
  { name: "customer_id", value: "not-a-key" },
  { name: "customer_id", value: "~" },
  { name: "customer_id", value: "1.5" },
];

describe("GET /customers", () => {
  test("shows all customers that are there, and nothing else", async () => {
    const request = await listCustomersRequest();
    const none = await client.send("GET /customers", request);
    expect(none).toMatchResponse("GET /customers", 200);
    expect(itemsAt(none, "")).toEqual([]);
    const first = await givenCustomer();
    const second = await givenCustomer();
    const third = await givenCustomer();
    const response = await client.send("GET /customers", request);
    expect(response).toMatchResponse("GET /customers", 200);
    expect(sorted(valuesAt(response, "", "/id"))).toEqual(sorted([first.id, second.id, third.id]));
  });

  test("shows a stored customer as it is", async () => {
    const request = await listCustomersRequest();
    const found = await givenCustomer();
    const response = await client.send("GET /customers", request);
    expect(response).toMatchResponse("GET /customers", 200);
    expect(itemsAt(response, "")).toHold([
      { id: found.id, name: found.name, email: found.email, newsletter: found.newsletter, born: found.born },
    ]);
  });

  test("walks through all customers of one instant, page by page, in one order", async () => {
    const request = await listCustomersRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenCustomer();
      rows.push(row);
    }
    await stirRows("customers", "id");
    const pages = await walk(client, "GET /customers", request, {
      items: "",
      size: 2,
      limit: "limit",
      offset: "offset",
    });
    for (const page of pages) expect(page).toMatchResponse("GET /customers", 200);
    expect(pages.map((page) => itemsAt(page, "").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "", "/id"));
    expect(walked).toEqual(rows.map((row) => row.id).toSorted((left, right) => Number(left) - Number(right)));
  });

  test("shows an empty page beyond the last one", async () => {
    const request = await listCustomersRequest();
    await givenCustomer();
    const response = await client.send("GET /customers", { ...request, query: { offset: 1000 } });
    expect(response).toMatchResponse("GET /customers", 200);
    expect(itemsAt(response, "")).toEqual([]);
  });

  test("filters by email (eq)", async () => {
    const request = await listCustomersRequest();
    const found = await givenCustomer();
    await givenCustomer();
    const response = await client.send("GET /customers", { ...request, query: { email: found.email } });
    expect(response).toMatchResponse("GET /customers", 200);
    expect(valuesAt(response, "", "/id")).toEqual([found.id]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listCustomersRequest();
    const response = await client.send("GET /customers", request);
    expect(response).toMatchResponse("GET /customers", 200);
    const head = await client.send("GET /customers", { ...request, method: "HEAD" });
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
    const request = await listCustomersRequest();
    const response = await client.send("GET /customers", { ...request, query });
    expect(response).toMatchResponse("GET /customers", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });
});

describe("POST /customers", () => {
  test("stores what it was sent, and shows it", async () => {
    const request = await addCustomerRequest();
    const response = await client.send("POST /customers", request);
    expect(response).toMatchResponse("POST /customers", 200);
    expect(valueAt(response, "")).toHold({
      name: request.body.name,
      email: request.body.email,
      newsletter: request.body.newsletter,
      born: request.body.born,
    });
    const read = await client.send("GET /customers/{customer_id}", {
      params: { customer_id: valueAt(response, "/id") },
    });
    expect(read).toMatchResponse("GET /customers/{customer_id}", 200);
    expect(valueAt(read, "")).toHold({
      name: request.body.name,
      email: request.body.email,
      newsletter: request.body.newsletter,
      born: request.body.born,
    });
  });

  test("leaves out what it was not given, and takes defaults", async () => {
    const request = without(await addCustomerRequest(), ["/body/newsletter", "/body/born"]);
    const response = await client.send("POST /customers", request);
    expect(response).toMatchResponse("POST /customers", 200);
    expect(valueAt(response, "")).toHold({ newsletter: false, born: undefined });
    const read = await client.send("GET /customers/{customer_id}", {
      params: { customer_id: valueAt(response, "/id") },
    });
    expect(read).toMatchResponse("GET /customers/{customer_id}", 200);
    expect(valueAt(read, "")).toHold({ newsletter: false, born: undefined });
  });

  test.each(addCustomerCases)("refuses $title", async ({ at, value }) => {
    const request = changed(await addCustomerRequest(), at, value);
    const response = await client.send("POST /customers", request);
    expect(response).toMatchResponse("POST /customers", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test("answers 415 to another media type", async () => {
    const request = await addCustomerRequest();
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("POST /customers", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("POST /customers", 415);
  });

  test("refuses a request without a body (body required)", async () => {
    const request = await addCustomerRequest();
    expect(await client.send("POST /customers", { ...request, body: undefined })).toMatchResponse(
      "POST /customers",
      400,
    );
  });

  test("refuses a second customer with the same email", async () => {
    const first = await addCustomerRequest();
    expect(await client.send("POST /customers", first)).toMatchResponse("POST /customers", 200);
    const second = changed(await addCustomerRequest(), "/body/email", first.body.email);
    expect(await client.send("POST /customers", second)).toMatchResponse("POST /customers", 409);
  });
});

describe("GET /customers/{customer_id}", () => {
  test("shows a stored customer as it is", async () => {
    const customer = await givenCustomer();
    const request = await getCustomerRequest(customer);
    const response = await client.send("GET /customers/{customer_id}", request);
    expect(response).toMatchResponse("GET /customers/{customer_id}", 200);
    expect(valueAt(response, "")).toHold({
      id: customer.id,
      name: customer.name,
      email: customer.email,
      newsletter: customer.newsletter,
      born: customer.born,
    });
  });

  test("answers HEAD as GET, without a body", async () => {
    const customer = await givenCustomer();
    const request = await getCustomerRequest(customer);
    const response = await client.send("GET /customers/{customer_id}", request);
    expect(response).toMatchResponse("GET /customers/{customer_id}", 200);
    const head = await client.send("GET /customers/{customer_id}", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each(getCustomerCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const customer = await givenCustomer();
    const request = await getCustomerRequest(customer);
    const response = await client.send("GET /customers/{customer_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /customers/{customer_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such customer", async () => {
    const customer = await givenCustomer();
    const request = await getCustomerRequest(customer);
    const unknown = { ...request, params: { ...request.params, customer_id: 2147480000 } };
    expect(await client.send("GET /customers/{customer_id}", unknown)).toMatchResponse(
      "GET /customers/{customer_id}",
      404,
    );
  });
});

describe("PUT /customers/{customer_id}", () => {
  test("replaces what was there, and no other customer", async () => {
    await givenCustomer();
    const others = await storedRows("customers");
    const customer = await givenCustomer();
    const request = await updateCustomerRequest(customer);
    const response = await client.send("PUT /customers/{customer_id}", request);
    expect(response).toMatchResponse("PUT /customers/{customer_id}", 200);
    expect(valueAt(response, "")).toHold({
      name: request.body.name,
      email: request.body.email,
      newsletter: request.body.newsletter,
      born: request.body.born,
    });
    const read = await client.send("GET /customers/{customer_id}", { params: { customer_id: customer.id } });
    expect(read).toMatchResponse("GET /customers/{customer_id}", 200);
    expect(valueAt(read, "")).toHold({
      name: request.body.name,
      email: request.body.email,
      newsletter: request.body.newsletter,
      born: request.body.born,
    });
    expect(await storedRows("customers")).toEqual(expect.arrayContaining([...others]));
  });

  test("clears what it was not given", async () => {
    const customer = await givenCustomer();
    const request = without(await updateCustomerRequest(customer), ["/body/newsletter", "/body/born"]);
    const response = await client.send("PUT /customers/{customer_id}", request);
    expect(response).toMatchResponse("PUT /customers/{customer_id}", 200);
    expect(valueAt(response, "")).toHold({ newsletter: false, born: undefined });
    const read = await client.send("GET /customers/{customer_id}", { params: { customer_id: customer.id } });
    expect(read).toMatchResponse("GET /customers/{customer_id}", 200);
    expect(valueAt(read, "")).toHold({ newsletter: false, born: undefined });
  });

  test.each(getCustomerCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const customer = await givenCustomer();
    const request = await updateCustomerRequest(customer);
    const response = await client.send("PUT /customers/{customer_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("PUT /customers/{customer_id}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such customer", async () => {
    const customer = await givenCustomer();
    const request = await updateCustomerRequest(customer);
    const unknown = { ...request, params: { ...request.params, customer_id: 2147480000 } };
    expect(await client.send("PUT /customers/{customer_id}", unknown)).toMatchResponse(
      "PUT /customers/{customer_id}",
      404,
    );
  });

  test.each(addCustomerCases)("refuses $title", async ({ at, value }) => {
    const customer = await givenCustomer();
    const request = changed(await updateCustomerRequest(customer), at, value);
    const response = await client.send("PUT /customers/{customer_id}", request);
    expect(response).toMatchResponse("PUT /customers/{customer_id}", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test("answers 415 to another media type", async () => {
    const customer = await givenCustomer();
    const request = await updateCustomerRequest(customer);
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("PUT /customers/{customer_id}", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("PUT /customers/{customer_id}", 415);
  });

  test("refuses a request without a body (body required)", async () => {
    const customer = await givenCustomer();
    const request = await updateCustomerRequest(customer);
    expect(await client.send("PUT /customers/{customer_id}", { ...request, body: undefined })).toMatchResponse(
      "PUT /customers/{customer_id}",
      400,
    );
  });

  test("refuses the email of another customer", async () => {
    const other = await givenCustomer();
    const customer = await givenCustomer();
    const request = changed(await updateCustomerRequest(customer), "/body/email", other.email);
    expect(await client.send("PUT /customers/{customer_id}", request)).toMatchResponse(
      "PUT /customers/{customer_id}",
      409,
    );
  });
});

describe("DELETE /customers/{customer_id}", () => {
  test("deletes the customer, once, and no other", async () => {
    const other = await givenCustomer();
    const customer = await givenCustomer();
    const request = await deleteCustomerRequest(customer);
    expect(await client.send("DELETE /customers/{customer_id}", request)).toMatchResponse(
      "DELETE /customers/{customer_id}",
      204,
    );
    expect(await client.send("GET /customers/{customer_id}", { params: { customer_id: customer.id } })).toMatchResponse(
      "GET /customers/{customer_id}",
      404,
    );
    expect(await client.send("DELETE /customers/{customer_id}", request)).toMatchResponse(
      "DELETE /customers/{customer_id}",
      404,
    );
    expect(await client.send("GET /customers/{customer_id}", { params: { customer_id: other.id } })).toMatchResponse(
      "GET /customers/{customer_id}",
      200,
    );
  });

  test.each(getCustomerCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const customer = await givenCustomer();
    const request = await deleteCustomerRequest(customer);
    const response = await client.send("DELETE /customers/{customer_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("DELETE /customers/{customer_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such customer", async () => {
    const customer = await givenCustomer();
    const request = await deleteCustomerRequest(customer);
    const unknown = { ...request, params: { ...request.params, customer_id: 2147480000 } };
    expect(await client.send("DELETE /customers/{customer_id}", unknown)).toMatchResponse(
      "DELETE /customers/{customer_id}",
      404,
    );
  });

  test("deletes each review with it (customer_id)", async () => {
    const customer = await givenCustomer();
    const dependent = await givenReview({ customer_id: customer.id });
    const request = await deleteCustomerRequest(customer);
    expect(await client.send("DELETE /customers/{customer_id}", request)).toMatchResponse(
      "DELETE /customers/{customer_id}",
      204,
    );
    expect(
      await client.send("GET /customers/{customer_id}/reviews/{review_id}", {
        params: { customer_id: dependent.customer_id, review_id: dependent.id },
      }),
    ).toMatchResponse("GET /customers/{customer_id}/reviews/{review_id}", 404);
  });

  test("keeps a customer that a order refers to by customer_id", async () => {
    const customer = await givenCustomer();
    const dependent = await givenOrder({ customer_id: customer.id });
    const request = await deleteCustomerRequest(customer);
    expect(await client.send("DELETE /customers/{customer_id}", request)).toMatchResponse(
      "DELETE /customers/{customer_id}",
      409,
    );
    expect(await client.send("GET /orders/{order_id}", { params: { order_id: dependent.id } })).toMatchResponse(
      "GET /orders/{order_id}",
      200,
    );
  });
});

describe("conversations about customers", () => {
  test("shows what a record of any valid calls says, and to nobody else", async () => {
    await holdConversations({
      caller: client,
      stranger: undefined,
      strangers: undefined,
      given: () => givenCustomer(),
      address: (customer) => ({ customer_id: customer.id }),
      read: { route: "GET /customers/{customer_id}", status: 200, missing: [404] },
      stable: ["/id", "/name", "/email", "/newsletter", "/born"],
      create: undefined,
      writes: [],
      remove: { route: "DELETE /customers/{customer_id}", status: 204, missing: [404], request: deleteCustomerRequest },
      lists: [
        {
          route: "GET /customers",
          status: 200,
          request: listCustomersRequest,
          items: "",
          key: "/id",
          readKey: "/id",
          paging: { items: "", size: 2, limit: "limit", offset: "offset" },
        },
      ],
    });
  });
});

describe("other methods of customers", () => {
  test.each([
    { method: "PUT", url: "/api/customers", allow: "GET, HEAD, OPTIONS, POST" } as const,
    { method: "PATCH", url: "/api/customers/1", allow: "DELETE, GET, HEAD, OPTIONS, PUT" } as const,
  ])("$method $url is answered with the methods that there are", async ({ method, url, allow }) => {
    const response = await client.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers["allow"]).toBe(allow);
    const options = await client.inject({ method: "OPTIONS", url });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe(allow);
  });
});
