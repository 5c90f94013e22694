import { beforeEach, describe, expect, test } from "vitest";
import { unreadableBodies } from "../testing/bodies.ts";
import { client } from "../testing/client.ts";
import { holdConversations } from "../testing/conversation.ts";
import { resetRows, stirRows, storedRows } from "../testing/database.ts";
import { walk } from "../testing/pages.ts";
import { givenBook, givenCustomer, givenOrder } from "../testing/rows.ts";
import { changed, isRecent, itemsAt, sorted, valueAt, valuesAt, without } from "../testing/values.ts";
import type { Order } from "./order.contract.ts";
import { validNewOrder } from "./order.fixtures.ts";

beforeEach(resetRows);

/** A valid GET /orders. */
async function listOrdersRequest() {
  return {};
}

/** A valid POST /orders. */
async function placeOrderRequest() {
  return {
    body: {
      customer_id: (await givenCustomer()).id,
      isbn: (await givenBook()).isbn,
      quantity: 1,
      gift_note: "Happy birthday!",
      status: "placed",
      ...validNewOrder(),
    },
  };
}

/** A valid GET /orders/{order_id}. */
async function getOrderRequest(order: Order) {
  return {
    params: { order_id: order.id },
  };
}

/** A valid PUT /orders/{order_id}. */
async function updateOrderRequest(order: Order) {
  return {
    params: { order_id: order.id },
    body: {
      customer_id: (await givenCustomer()).id,
      isbn: (await givenBook()).isbn,
      quantity: 1,
      gift_note: "Happy birthday!",
      status: "placed",
    },
  };
}

/** A valid DELETE /orders/{order_id}. */
async function deleteOrderRequest(order: Order) {
  return {
    params: { order_id: order.id },
  };
}

const placeOrderCases = [
  { title: "a body without customer_id (Order.customer_id required)", at: "/body/customer_id", value: undefined },
  { title: "a body without isbn (Order.isbn required)", at: "/body/isbn", value: undefined },
  { title: "a body without quantity (Order.quantity required)", at: "/body/quantity", value: undefined },
  { title: "customer_id of another type (Order.customer_id type)", at: "/body/customer_id", value: "not a number" },
  { title: "customer_id of more than 32 bits (Order.customer_id format)", at: "/body/customer_id", value: 2147483648 },
  { title: "customer_id with a fraction (Order.customer_id integer)", at: "/body/customer_id", value: 1.5 },
  { title: "customer_id that is null (Order.customer_id nullable)", at: "/body/customer_id", value: null },
  { title: "isbn of another type (Order.isbn type)", at: "/body/isbn", value: { unexpected: true } },
  { title: "isbn that breaks its pattern (Order.isbn pattern)", at: "/body/isbn", value: "~" },
  { title: "isbn that is null (Order.isbn nullable)", at: "/body/isbn", value: null },
  { title: "quantity of another type (Order.quantity type)", at: "/body/quantity", value: "not a number" },
  { title: "quantity below its minimum (Order.quantity minimum)", at: "/body/quantity", value: 0 },
  { title: "quantity above its maximum (Order.quantity maximum)", at: "/body/quantity", value: 101 },
  { title: "quantity with a fraction (Order.quantity integer)", at: "/body/quantity", value: 1.5 },
  { title: "quantity that is null (Order.quantity nullable)", at: "/body/quantity", value: null },
  { title: "gift_note of another type (Order.gift_note type)", at: "/body/gift_note", value: { unexpected: true } },
  {
    title: "gift_note longer than 500 (Order.gift_note maxLength)",
    at: "/body/gift_note",
    value: "text" + "a".repeat(497),
  },
  { title: "gift_note that is null (Order.gift_note nullable)", at: "/body/gift_note", value: null },
  { title: "status of another type (Order.status type)", at: "/body/status", value: { unexpected: true } },
  { title: "status that is not on the list (Order.status enum)", at: "/body/status", value: "not-one-of-them" },
  { title: "status that is null (Order.status nullable)", at: "/body/status", value: null },
  { title: "id, which is read-only (Order.id readOnly)", at: "/body/id", value: 1088 },
  {
    title: "created_at, which is read-only (Order.created_at readOnly)",
    at: "/body/created_at",
    value: "2026-03-01T09:30:00Z",
  },
];

const placeOrderCases2 = [
  { title: "quantity of its minimum 1", at: "/body/quantity", value: 1, shown: { quantity: 1 } },
  { title: "quantity of its maximum 100", at: "/body/quantity", value: 100, shown: { quantity: 100 } },
  { title: "gift_note of its shortest, 0 characters", at: "/body/gift_note", value: "", shown: { gift_note: "" } },
  {
    title: "gift_note of its longest, 500 characters",
    at: "/body/gift_note",
    value: "😀" + "é".repeat(499),
    shown: { gift_note: "😀" + "é".repeat(499) },
  },
  { title: 'status of its value "paid"', at: "/body/status", value: "paid", shown: { status: "paid" } },
  { title: 'status of its value "sent"', at: "/body/status", value: "sent", shown: { status: "sent" } },
  { title: 'status of its value "returned"', at: "/body/status", value: "returned", shown: { status: "returned" } },
];

const getOrderCases = [
  { name: "order_id", value: "2147483648" },
  { name: "order_id", value: "not-a-key" },
  { name: "order_id", value: "~" },
  { name: "order_id", value: "1.5" },
];

describe("GET /orders", () => {
  test("shows all orders that are there, and nothing else", async () => {
    const request = await listOrdersRequest();
    const none = await client.send("GET /orders", request);
    expect(none).toMatchResponse("GET /orders", 200);
    expect(itemsAt(none, "")).toEqual([]);
    const first = await givenOrder();
    const second = await givenOrder();
    const third = await givenOrder();
    const response = await client.send("GET /orders", request);
    expect(response).toMatchResponse("GET /orders", 200);
    expect(sorted(valuesAt(response, "", "/id"))).toEqual(sorted([first.id, second.id, third.id]));
  });

  test("shows a stored order as it is", async () => {
    const request = await listOrdersRequest();
    const found = await givenOrder();
    const response = await client.send("GET /orders", request);
    expect(response).toMatchResponse("GET /orders", 200);
    expect(itemsAt(response, "")).toHold([
      {
        id: found.id,
        customer_id: found.customer_id,
        isbn: found.isbn,
        quantity: found.quantity,
        gift_note: found.gift_note,
        status: found.status,
        created_at: found.created_at,
      },
    ]);
  });

  test("walks through all orders of one instant, page by page, in one order", async () => {
    const request = await listOrdersRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenOrder();
      rows.push(row);
    }
    await stirRows("orders", "id");
    const pages = await walk(client, "GET /orders", request, { items: "", size: 2, limit: "limit", offset: "offset" });
    for (const page of pages) expect(page).toMatchResponse("GET /orders", 200);
    expect(pages.map((page) => itemsAt(page, "").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "", "/id"));
    expect(walked).toEqual(rows.map((row) => row.id).toSorted((left, right) => Number(left) - Number(right)));
  });

  test("shows an empty page beyond the last one", async () => {
    const request = await listOrdersRequest();
    await givenOrder();
    const response = await client.send("GET /orders", { ...request, query: { offset: 1000 } });
    expect(response).toMatchResponse("GET /orders", 200);
    expect(itemsAt(response, "")).toEqual([]);
  });

  test("filters by customer_id (eq)", async () => {
    const request = await listOrdersRequest();
    const found = await givenOrder();
    await givenOrder();
    const response = await client.send("GET /orders", { ...request, query: { customer_id: found.customer_id } });
    expect(response).toMatchResponse("GET /orders", 200);
    expect(valuesAt(response, "", "/id")).toEqual([found.id]);
  });

  test("filters by status (in)", async () => {
    const request = await listOrdersRequest();
    const found = await givenOrder({ status: "paid" });
    const other = await givenOrder({ status: "placed" });
    await givenOrder({ status: "sent" });
    const response = await client.send("GET /orders", { ...request, query: { status: ["paid", "placed"] } });
    expect(response).toMatchResponse("GET /orders", 200);
    expect(sorted(valuesAt(response, "", "/id"))).toEqual(sorted([found.id, other.id]));
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listOrdersRequest();
    const response = await client.send("GET /orders", request);
    expect(response).toMatchResponse("GET /orders", 200);
    const head = await client.send("GET /orders", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each([
    { query: { status: "placed" } },
    { query: { status: "paid" } },
    { query: { status: "sent" } },
    { query: { status: "returned" } },
  ])("takes $query in the query", async ({ query }) => {
    const request = await listOrdersRequest();
    expect(await client.send("GET /orders", { ...request, query })).toMatchResponse("GET /orders", 200);
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
    { title: "customer_id of another type (type)", query: { customer_id: "not a number" } },
    { title: "customer_id of more than 32 bits (format)", query: { customer_id: 2147483648 } },
    { title: "customer_id with a fraction (integer)", query: { customer_id: 1.5 } },
    { title: "customer_id written as 1e1", query: { customer_id: "1e1" } },
    { title: "customer_id written as 0x10", query: { customer_id: "0x10" } },
    { title: "customer_id twice", query: { customer_id: [1, 1] } },
    { title: "status that is not on the list (enum)", query: { status: "not-one-of-them" } },
  ])("refuses $title in the query", async ({ query }) => {
    const request = await listOrdersRequest();
    const response = await client.send("GET /orders", { ...request, query });
    expect(response).toMatchResponse("GET /orders", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });
});

describe("POST /orders", () => {
  test("stores what it was sent, and shows it", async () => {
    const request = await placeOrderRequest();
    const response = await client.send("POST /orders", request);
    expect(response).toMatchResponse("POST /orders", 201);
    expect(valueAt(response, "")).toHold({
      customer_id: request.body.customer_id,
      isbn: request.body.isbn,
      quantity: request.body.quantity,
      gift_note: request.body.gift_note,
      status: request.body.status,
    });
    expect(valueAt(response, "/created_at")).toSatisfy(isRecent);
    const located = await client.follow(response);
    expect(located).toMatchResponse("GET /orders/{order_id}", 200);
    expect(located.json<unknown>()).toEqual(response.json<unknown>());
    const read = await client.send("GET /orders/{order_id}", { params: { order_id: valueAt(response, "/id") } });
    expect(read).toMatchResponse("GET /orders/{order_id}", 200);
    expect(valueAt(read, "")).toHold({
      customer_id: request.body.customer_id,
      isbn: request.body.isbn,
      quantity: request.body.quantity,
      gift_note: request.body.gift_note,
      status: request.body.status,
    });
  });

  test("leaves out what it was not given, and takes defaults", async () => {
    const request = without(await placeOrderRequest(), ["/body/gift_note", "/body/status"]);
    const response = await client.send("POST /orders", request);
    expect(response).toMatchResponse("POST /orders", 201);
    expect(valueAt(response, "")).toHold({ gift_note: undefined, status: "placed" });
    const read = await client.send("GET /orders/{order_id}", { params: { order_id: valueAt(response, "/id") } });
    expect(read).toMatchResponse("GET /orders/{order_id}", 200);
    expect(valueAt(read, "")).toHold({ gift_note: undefined, status: "placed" });
  });

  test.each(placeOrderCases)("refuses $title", async ({ at, value }) => {
    const request = changed(await placeOrderRequest(), at, value);
    const response = await client.send("POST /orders", request);
    expect(response).toMatchResponse("POST /orders", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(placeOrderCases2)("accepts $title", async ({ at, value, shown }) => {
    const request = changed(await placeOrderRequest(), at, value);
    const response = await client.send("POST /orders", request);
    expect(response).toMatchResponse("POST /orders", 201);
    expect(valueAt(response, "")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const request = await placeOrderRequest();
    const headers = { "content-type": "application/json" };
    expect(await client.send("POST /orders", { ...request, body: undefined, payload, headers })).toMatchResponse(
      "POST /orders",
      400,
    );
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in gift_note", async ({ value }) => {
    const request = changed(await placeOrderRequest(), "/body/gift_note", value);
    expect(await client.send("POST /orders", request)).toMatchResponse("POST /orders", 400);
  });

  test("answers 415 to another media type", async () => {
    const request = await placeOrderRequest();
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("POST /orders", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("POST /orders", 415);
  });

  test("refuses a request without a body (Order required)", async () => {
    const request = await placeOrderRequest();
    expect(await client.send("POST /orders", { ...request, body: undefined })).toMatchResponse("POST /orders", 400);
  });

  test.each([
    { name: "customer_id", at: "/body/customer_id", value: 2147480000 },
    { name: "isbn", at: "/body/isbn", value: "9794074007642" },
  ])("refuses $name of what does not exist", async ({ at, value }) => {
    const request = changed(await placeOrderRequest(), at, value);
    const before = await storedRows("orders");
    expect(await client.send("POST /orders", request)).toMatchResponse("POST /orders", 400, 409);
    expect(await storedRows("orders")).toEqual(before);
  });
});

describe("GET /orders/{order_id}", () => {
  test("shows a stored order as it is", async () => {
    const order = await givenOrder();
    const request = await getOrderRequest(order);
    const response = await client.send("GET /orders/{order_id}", request);
    expect(response).toMatchResponse("GET /orders/{order_id}", 200);
    expect(valueAt(response, "")).toHold({
      id: order.id,
      customer_id: order.customer_id,
      isbn: order.isbn,
      quantity: order.quantity,
      gift_note: order.gift_note,
      status: order.status,
      created_at: order.created_at,
    });
  });

  test("answers HEAD as GET, without a body", async () => {
    const order = await givenOrder();
    const request = await getOrderRequest(order);
    const response = await client.send("GET /orders/{order_id}", request);
    expect(response).toMatchResponse("GET /orders/{order_id}", 200);
    const head = await client.send("GET /orders/{order_id}", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each(getOrderCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const order = await givenOrder();
    const request = await getOrderRequest(order);
    const response = await client.send("GET /orders/{order_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /orders/{order_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such order", async () => {
    const order = await givenOrder();
    const request = await getOrderRequest(order);
    const unknown = { ...request, params: { ...request.params, order_id: 2147480000 } };
    expect(await client.send("GET /orders/{order_id}", unknown)).toMatchResponse("GET /orders/{order_id}", 404);
  });
});

describe("PUT /orders/{order_id}", () => {
  test("replaces what was there, and no other order", async () => {
    await givenOrder();
    const others = await storedRows("orders");
    const order = await givenOrder();
    const request = await updateOrderRequest(order);
    const response = await client.send("PUT /orders/{order_id}", request);
    expect(response).toMatchResponse("PUT /orders/{order_id}", 200);
    expect(valueAt(response, "")).toHold({
      customer_id: request.body.customer_id,
      isbn: request.body.isbn,
      quantity: request.body.quantity,
      gift_note: request.body.gift_note,
      status: request.body.status,
    });
    const read = await client.send("GET /orders/{order_id}", { params: { order_id: order.id } });
    expect(read).toMatchResponse("GET /orders/{order_id}", 200);
    expect(valueAt(read, "")).toHold({
      customer_id: request.body.customer_id,
      isbn: request.body.isbn,
      quantity: request.body.quantity,
      gift_note: request.body.gift_note,
      status: request.body.status,
    });
    expect(await storedRows("orders")).toEqual(expect.arrayContaining([...others]));
  });

  test("clears what it was not given", async () => {
    const order = await givenOrder();
    const request = without(await updateOrderRequest(order), ["/body/gift_note", "/body/status"]);
    const response = await client.send("PUT /orders/{order_id}", request);
    expect(response).toMatchResponse("PUT /orders/{order_id}", 200);
    expect(valueAt(response, "")).toHold({ gift_note: undefined, status: "placed" });
    const read = await client.send("GET /orders/{order_id}", { params: { order_id: order.id } });
    expect(read).toMatchResponse("GET /orders/{order_id}", 200);
    expect(valueAt(read, "")).toHold({ gift_note: undefined, status: "placed" });
  });

  test.each(getOrderCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const order = await givenOrder();
    const request = await updateOrderRequest(order);
    const response = await client.send("PUT /orders/{order_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("PUT /orders/{order_id}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such order", async () => {
    const order = await givenOrder();
    const request = await updateOrderRequest(order);
    const unknown = { ...request, params: { ...request.params, order_id: 2147480000 } };
    expect(await client.send("PUT /orders/{order_id}", unknown)).toMatchResponse("PUT /orders/{order_id}", 404);
  });

  test.each(placeOrderCases)("refuses $title", async ({ at, value }) => {
    const order = await givenOrder();
    const request = changed(await updateOrderRequest(order), at, value);
    const response = await client.send("PUT /orders/{order_id}", request);
    expect(response).toMatchResponse("PUT /orders/{order_id}", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(placeOrderCases2)("accepts $title", async ({ at, value, shown }) => {
    const order = await givenOrder();
    const request = changed(await updateOrderRequest(order), at, value);
    const response = await client.send("PUT /orders/{order_id}", request);
    expect(response).toMatchResponse("PUT /orders/{order_id}", 200);
    expect(valueAt(response, "")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const order = await givenOrder();
    const request = await updateOrderRequest(order);
    const headers = { "content-type": "application/json" };
    expect(
      await client.send("PUT /orders/{order_id}", { ...request, body: undefined, payload, headers }),
    ).toMatchResponse("PUT /orders/{order_id}", 400);
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in gift_note", async ({ value }) => {
    const order = await givenOrder();
    const request = changed(await updateOrderRequest(order), "/body/gift_note", value);
    expect(await client.send("PUT /orders/{order_id}", request)).toMatchResponse("PUT /orders/{order_id}", 400);
  });

  test("answers 415 to another media type", async () => {
    const order = await givenOrder();
    const request = await updateOrderRequest(order);
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("PUT /orders/{order_id}", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("PUT /orders/{order_id}", 415);
  });

  test("refuses a request without a body (Order required)", async () => {
    const order = await givenOrder();
    const request = await updateOrderRequest(order);
    expect(await client.send("PUT /orders/{order_id}", { ...request, body: undefined })).toMatchResponse(
      "PUT /orders/{order_id}",
      400,
    );
  });

  test.each([
    { name: "customer_id", at: "/body/customer_id", value: 2147480000 },
    { name: "isbn", at: "/body/isbn", value: "9794074007642" },
  ])("refuses $name of what does not exist", async ({ at, value }) => {
    const order = await givenOrder();
    const request = changed(await updateOrderRequest(order), at, value);
    const before = await storedRows("orders");
    expect(await client.send("PUT /orders/{order_id}", request)).toMatchResponse(
      "PUT /orders/{order_id}",
      404,
      400,
      409,
    );
    expect(await storedRows("orders")).toEqual(before);
  });
});

describe("DELETE /orders/{order_id}", () => {
  test("deletes the order, once, and no other", async () => {
    const other = await givenOrder();
    const order = await givenOrder();
    const request = await deleteOrderRequest(order);
    expect(await client.send("DELETE /orders/{order_id}", request)).toMatchResponse("DELETE /orders/{order_id}", 204);
    expect(await client.send("GET /orders/{order_id}", { params: { order_id: order.id } })).toMatchResponse(
      "GET /orders/{order_id}",
      404,
    );
    expect(await client.send("DELETE /orders/{order_id}", request)).toMatchResponse("DELETE /orders/{order_id}", 404);
    expect(await client.send("GET /orders/{order_id}", { params: { order_id: other.id } })).toMatchResponse(
      "GET /orders/{order_id}",
      200,
    );
  });

  test.each(getOrderCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const order = await givenOrder();
    const request = await deleteOrderRequest(order);
    const response = await client.send("DELETE /orders/{order_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("DELETE /orders/{order_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such order", async () => {
    const order = await givenOrder();
    const request = await deleteOrderRequest(order);
    const unknown = { ...request, params: { ...request.params, order_id: 2147480000 } };
    expect(await client.send("DELETE /orders/{order_id}", unknown)).toMatchResponse("DELETE /orders/{order_id}", 404);
  });
});

describe("conversations about orders", () => {
  test("shows what a record of any valid calls says, and to nobody else", async () => {
    await holdConversations({
      caller: client,
      stranger: undefined,
      strangers: undefined,
      given: () => givenOrder(),
      address: (order) => ({ order_id: order.id }),
      read: { route: "GET /orders/{order_id}", status: 200, missing: [404] },
      stable: ["/id", "/customer_id", "/isbn", "/quantity", "/gift_note", "/status"],
      create: {
        route: "POST /orders",
        status: 201,
        request: placeOrderRequest,
        address: (response) => ({ order_id: valueAt(response, "/id") }),
        members: [
          { sent: "/customer_id", shown: "/customer_id", values: [], isSpare: false },
          { sent: "/isbn", shown: "/isbn", values: [], isSpare: false },
          { sent: "/quantity", shown: "/quantity", values: [1, 2, 3, 4], isSpare: false },
          {
            sent: "/gift_note",
            shown: "/gift_note",
            values: ["Happy birthday!", "text 1", "text 2", "text 3"],
            isSpare: false,
          },
          { sent: "/status", shown: "/status", values: ["placed", "paid", "sent", "returned"], isSpare: false },
        ],
      },
      writes: [
        {
          route: "PUT /orders/{order_id}",
          status: 200,
          missing: [404],
          request: updateOrderRequest,
          members: [
            { sent: "/customer_id", shown: "/customer_id", values: [], isSpare: false },
            { sent: "/isbn", shown: "/isbn", values: [], isSpare: false },
            { sent: "/quantity", shown: "/quantity", values: [1, 2, 3, 4], isSpare: false },
            {
              sent: "/gift_note",
              shown: "/gift_note",
              values: ["Happy birthday!", "text 1", "text 2", "text 3"],
              isSpare: false,
            },
            { sent: "/status", shown: "/status", values: ["placed", "paid", "sent", "returned"], isSpare: false },
          ],
        },
      ],
      remove: { route: "DELETE /orders/{order_id}", status: 204, missing: [404], request: deleteOrderRequest },
      lists: [
        {
          route: "GET /orders",
          status: 200,
          request: listOrdersRequest,
          items: "",
          key: "/id",
          readKey: "/id",
          paging: { items: "", size: 2, limit: "limit", offset: "offset" },
        },
      ],
    });
  });
});

describe("other methods of orders", () => {
  test.each([
    { method: "PUT", url: "/api/orders", allow: "GET, HEAD, OPTIONS, POST" } as const,
    { method: "PATCH", url: "/api/orders/1", allow: "DELETE, GET, HEAD, OPTIONS, PUT" } as const,
  ])("$method $url is answered with the methods that there are", async ({ method, url, allow }) => {
    const response = await client.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers["allow"]).toBe(allow);
    const options = await client.inject({ method: "OPTIONS", url });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe(allow);
  });
});
