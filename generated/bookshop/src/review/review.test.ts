import { beforeEach, describe, expect, test } from "vitest";
import { unreadableBodies } from "../testing/bodies.ts";
import { client } from "../testing/client.ts";
import { holdConversations } from "../testing/conversation.ts";
import { resetRows, stirRows, storedRows } from "../testing/database.ts";
import { walk } from "../testing/pages.ts";
import { givenBook, givenCustomer, givenReview } from "../testing/rows.ts";
import { changed, isRecent, itemsAt, sorted, valueAt, valuesAt, without } from "../testing/values.ts";
import type { Review } from "./review.contract.ts";
import { validNewReview } from "./review.fixtures.ts";

beforeEach(resetRows);

/** A valid GET /customers/{customer_id}/reviews. */
async function listReviewsRequest() {
  const customer = await givenCustomer();
  return {
    params: { customer_id: customer.id },
  };
}

/** A valid POST /customers/{customer_id}/reviews. */
async function addReviewRequest() {
  const customer = await givenCustomer();
  return {
    params: { customer_id: customer.id },
    body: { isbn: (await givenBook()).isbn, stars: 5, text: "I could not put it down.", ...validNewReview() },
  };
}

/** A valid GET /customers/{customer_id}/reviews/{review_id}. */
async function getReviewRequest(review: Review) {
  return {
    params: { customer_id: review.customer_id, review_id: review.id },
  };
}

/** A valid PUT /customers/{customer_id}/reviews/{review_id}. */
async function updateReviewRequest(review: Review) {
  return {
    params: { customer_id: review.customer_id, review_id: review.id },
    body: { isbn: (await givenBook()).isbn, stars: 5, text: "I could not put it down." },
  };
}

/** A valid DELETE /customers/{customer_id}/reviews/{review_id}. */
async function deleteReviewRequest(review: Review) {
  return {
    params: { customer_id: review.customer_id, review_id: review.id },
  };
}

const listReviewsCases = [
  { name: "customer_id", value: "2147483648" },
  { name: "customer_id", value: "not-a-key" },
  { name: "customer_id", value: "~" },
  { name: "customer_id", value: "1.5" },
];

const addReviewCases = [
  { title: "a body without isbn (Review.isbn required)", at: "/body/isbn", value: undefined },
  { title: "a body without stars (Review.stars required)", at: "/body/stars", value: undefined },
  { title: "isbn of another type (Review.isbn type)", at: "/body/isbn", value: { unexpected: true } },
  { title: "isbn that breaks its pattern (Review.isbn pattern)", at: "/body/isbn", value: "~" },
  { title: "isbn that is null (Review.isbn nullable)", at: "/body/isbn", value: null },
  { title: "stars of another type (Review.stars type)", at: "/body/stars", value: "not a number" },
  { title: "stars below its minimum (Review.stars minimum)", at: "/body/stars", value: 0 },
  { title: "stars above its maximum (Review.stars maximum)", at: "/body/stars", value: 6 },
  { title: "stars with a fraction (Review.stars integer)", at: "/body/stars", value: 1.5 },
  { title: "stars that is null (Review.stars nullable)", at: "/body/stars", value: null },
  { title: "text of another type (Review.text type)", at: "/body/text", value: { unexpected: true } },
  { title: "text longer than 2000 (Review.text maxLength)", at: "/body/text", value: "text" + "a".repeat(1997) },
  { title: "text that is null (Review.text nullable)", at: "/body/text", value: null },
  { title: "id, which is read-only (Review.id readOnly)", at: "/body/id", value: 204 },
  {
    title: "created_at, which is read-only (Review.created_at readOnly)",
    at: "/body/created_at",
    value: "2026-03-01T09:30:00Z",
  },
];

const addReviewCases2 = [
  { title: "stars of its minimum 1", at: "/body/stars", value: 1, shown: { stars: 1 } },
  { title: "stars of its maximum 5", at: "/body/stars", value: 5, shown: { stars: 5 } },
  { title: "text of its shortest, 0 characters", at: "/body/text", value: "", shown: { text: "" } },
  {
    title: "text of its longest, 2000 characters",
    at: "/body/text",
    value: "😀" + "é".repeat(1999),
    shown: { text: "😀" + "é".repeat(1999) },
  },
];

const getReviewCases = [
  { name: "customer_id", value: "2147483648" },
  { name: "customer_id", value: "not-a-key" },
  { name: "customer_id", value: "~" },
  { name: "customer_id", value: "1.5" },
  { name: "review_id", value: "2147483648" },
  { name: "review_id", value: "not-a-key" },
  { name: "review_id", value: "~" },
  { name: "review_id", value: "1.5" },
];

describe("GET /customers/{customer_id}/reviews", () => {
  test("shows all reviews that are there, and nothing else", async () => {
    const request = await listReviewsRequest();
    const none = await client.send("GET /customers/{customer_id}/reviews", request);
    expect(none).toMatchResponse("GET /customers/{customer_id}/reviews", 200);
    expect(itemsAt(none, "")).toEqual([]);
    const first = await givenReview({ customer_id: request.params.customer_id });
    const second = await givenReview({ customer_id: request.params.customer_id });
    const third = await givenReview({ customer_id: request.params.customer_id });
    const response = await client.send("GET /customers/{customer_id}/reviews", request);
    expect(response).toMatchResponse("GET /customers/{customer_id}/reviews", 200);
    expect(sorted(valuesAt(response, "", "/id"))).toEqual(sorted([first.id, second.id, third.id]));
  });

  test("shows a stored review as it is", async () => {
    const request = await listReviewsRequest();
    const found = await givenReview({ customer_id: request.params.customer_id });
    const response = await client.send("GET /customers/{customer_id}/reviews", request);
    expect(response).toMatchResponse("GET /customers/{customer_id}/reviews", 200);
    expect(itemsAt(response, "")).toHold([
      { id: found.id, isbn: found.isbn, stars: found.stars, text: found.text, created_at: found.created_at },
    ]);
  });

  test("shows no reviews of another parent", async () => {
    const request = await listReviewsRequest();
    const other = await listReviewsRequest();
    const found = await givenReview({ customer_id: request.params.customer_id });
    const response = await client.send("GET /customers/{customer_id}/reviews", other);
    expect(response).toMatchResponse("GET /customers/{customer_id}/reviews", 200);
    expect(valuesAt(response, "", "/id")).not.toContain(found.id);
  });

  test("walks through all reviews of one instant, page by page, in one order", async () => {
    const request = await listReviewsRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenReview({ customer_id: request.params.customer_id });
      rows.push(row);
    }
    await stirRows("reviews", "id");
    const pages = await walk(client, "GET /customers/{customer_id}/reviews", request, {
      items: "",
      size: 2,
      limit: "limit",
      offset: "offset",
    });
    for (const page of pages) expect(page).toMatchResponse("GET /customers/{customer_id}/reviews", 200);
    expect(pages.map((page) => itemsAt(page, "").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "", "/id"));
    expect(walked).toEqual(rows.map((row) => row.id).toSorted((left, right) => Number(left) - Number(right)));
  });

  test("shows an empty page beyond the last one", async () => {
    const request = await listReviewsRequest();
    await givenReview({ customer_id: request.params.customer_id });
    const response = await client.send("GET /customers/{customer_id}/reviews", { ...request, query: { offset: 1000 } });
    expect(response).toMatchResponse("GET /customers/{customer_id}/reviews", 200);
    expect(itemsAt(response, "")).toEqual([]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listReviewsRequest();
    const response = await client.send("GET /customers/{customer_id}/reviews", request);
    expect(response).toMatchResponse("GET /customers/{customer_id}/reviews", 200);
    const head = await client.send("GET /customers/{customer_id}/reviews", { ...request, method: "HEAD" });
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
    const request = await listReviewsRequest();
    const response = await client.send("GET /customers/{customer_id}/reviews", { ...request, query });
    expect(response).toMatchResponse("GET /customers/{customer_id}/reviews", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });

  test.each(listReviewsCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const request = await listReviewsRequest();
    const response = await client.send("GET /customers/{customer_id}/reviews", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /customers/{customer_id}/reviews", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such customer_id", async () => {
    const request = await listReviewsRequest();
    const unknown = { ...request, params: { ...request.params, customer_id: 2147480000 } };
    expect(await client.send("GET /customers/{customer_id}/reviews", unknown)).toMatchResponse(
      "GET /customers/{customer_id}/reviews",
      404,
    );
  });
});

describe("POST /customers/{customer_id}/reviews", () => {
  test("stores what it was sent, and shows it", async () => {
    const request = await addReviewRequest();
    const response = await client.send("POST /customers/{customer_id}/reviews", request);
    expect(response).toMatchResponse("POST /customers/{customer_id}/reviews", 201);
    expect(valueAt(response, "")).toHold({
      isbn: request.body.isbn,
      stars: request.body.stars,
      text: request.body.text,
    });
    expect(valueAt(response, "/created_at")).toSatisfy(isRecent);
    const located = await client.follow(response);
    expect(located).toMatchResponse("GET /customers/{customer_id}/reviews/{review_id}", 200);
    expect(located.json<unknown>()).toEqual(response.json<unknown>());
  });

  test("leaves out what it was not given, and takes defaults", async () => {
    const request = without(await addReviewRequest(), ["/body/text"]);
    const response = await client.send("POST /customers/{customer_id}/reviews", request);
    expect(response).toMatchResponse("POST /customers/{customer_id}/reviews", 201);
    expect(valueAt(response, "")).toHold({ text: undefined });
  });

  test.each(listReviewsCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const request = await addReviewRequest();
    const response = await client.send("POST /customers/{customer_id}/reviews", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("POST /customers/{customer_id}/reviews", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such customer_id", async () => {
    const request = await addReviewRequest();
    const unknown = { ...request, params: { ...request.params, customer_id: 2147480000 } };
    expect(await client.send("POST /customers/{customer_id}/reviews", unknown)).toMatchResponse(
      "POST /customers/{customer_id}/reviews",
      404,
    );
  });

  test.each(addReviewCases)("refuses $title", async ({ at, value }) => {
    const request = changed(await addReviewRequest(), at, value);
    const response = await client.send("POST /customers/{customer_id}/reviews", request);
    expect(response).toMatchResponse("POST /customers/{customer_id}/reviews", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(addReviewCases2)("accepts $title", async ({ at, value, shown }) => {
    const request = changed(await addReviewRequest(), at, value);
    const response = await client.send("POST /customers/{customer_id}/reviews", request);
    expect(response).toMatchResponse("POST /customers/{customer_id}/reviews", 201);
    expect(valueAt(response, "")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const request = await addReviewRequest();
    const headers = { "content-type": "application/json" };
    expect(
      await client.send("POST /customers/{customer_id}/reviews", { ...request, body: undefined, payload, headers }),
    ).toMatchResponse("POST /customers/{customer_id}/reviews", 400);
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in text", async ({ value }) => {
    const request = changed(await addReviewRequest(), "/body/text", value);
    expect(await client.send("POST /customers/{customer_id}/reviews", request)).toMatchResponse(
      "POST /customers/{customer_id}/reviews",
      400,
    );
  });

  test("answers 415 to another media type", async () => {
    const request = await addReviewRequest();
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("POST /customers/{customer_id}/reviews", {
        ...request,
        body: undefined,
        payload: "text",
        headers,
      }),
    ).toMatchResponse("POST /customers/{customer_id}/reviews", 415);
  });

  test("refuses a request without a body (Review required)", async () => {
    const request = await addReviewRequest();
    expect(await client.send("POST /customers/{customer_id}/reviews", { ...request, body: undefined })).toMatchResponse(
      "POST /customers/{customer_id}/reviews",
      400,
    );
  });

  test.each([{ name: "isbn", at: "/body/isbn", value: "9794074007642" }])(
    "refuses $name of what does not exist",
    async ({ at, value }) => {
      const request = changed(await addReviewRequest(), at, value);
      const before = await storedRows("reviews");
      expect(await client.send("POST /customers/{customer_id}/reviews", request)).toMatchResponse(
        "POST /customers/{customer_id}/reviews",
        404,
        400,
        409,
      );
      expect(await storedRows("reviews")).toEqual(before);
    },
  );
});

describe("GET /customers/{customer_id}/reviews/{review_id}", () => {
  test("shows a stored review as it is", async () => {
    const review = await givenReview();
    const request = await getReviewRequest(review);
    const response = await client.send("GET /customers/{customer_id}/reviews/{review_id}", request);
    expect(response).toMatchResponse("GET /customers/{customer_id}/reviews/{review_id}", 200);
    expect(valueAt(response, "")).toHold({
      id: review.id,
      isbn: review.isbn,
      stars: review.stars,
      text: review.text,
      created_at: review.created_at,
    });
  });

  test("answers HEAD as GET, without a body", async () => {
    const review = await givenReview();
    const request = await getReviewRequest(review);
    const response = await client.send("GET /customers/{customer_id}/reviews/{review_id}", request);
    expect(response).toMatchResponse("GET /customers/{customer_id}/reviews/{review_id}", 200);
    const head = await client.send("GET /customers/{customer_id}/reviews/{review_id}", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each(getReviewCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const review = await givenReview();
    const request = await getReviewRequest(review);
    const response = await client.send("GET /customers/{customer_id}/reviews/{review_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /customers/{customer_id}/reviews/{review_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such customer_id", async () => {
    const review = await givenReview();
    const request = await getReviewRequest(review);
    const unknown = { ...request, params: { ...request.params, customer_id: 2147480000 } };
    expect(await client.send("GET /customers/{customer_id}/reviews/{review_id}", unknown)).toMatchResponse(
      "GET /customers/{customer_id}/reviews/{review_id}",
      404,
    );
  });

  test("answers 404 where there is no such review", async () => {
    const review = await givenReview();
    const request = await getReviewRequest(review);
    const unknown = { ...request, params: { ...request.params, review_id: 2147480000 } };
    expect(await client.send("GET /customers/{customer_id}/reviews/{review_id}", unknown)).toMatchResponse(
      "GET /customers/{customer_id}/reviews/{review_id}",
      404,
    );
  });
});

describe("PUT /customers/{customer_id}/reviews/{review_id}", () => {
  test("replaces what was there, and no other review", async () => {
    await givenReview();
    const others = await storedRows("reviews");
    const review = await givenReview();
    const request = await updateReviewRequest(review);
    const response = await client.send("PUT /customers/{customer_id}/reviews/{review_id}", request);
    expect(response).toMatchResponse("PUT /customers/{customer_id}/reviews/{review_id}", 200);
    expect(valueAt(response, "")).toHold({
      isbn: request.body.isbn,
      stars: request.body.stars,
      text: request.body.text,
    });
    const read = await client.send("GET /customers/{customer_id}/reviews/{review_id}", {
      params: { customer_id: review.customer_id, review_id: review.id },
    });
    expect(read).toMatchResponse("GET /customers/{customer_id}/reviews/{review_id}", 200);
    expect(valueAt(read, "")).toHold({ isbn: request.body.isbn, stars: request.body.stars, text: request.body.text });
    expect(await storedRows("reviews")).toEqual(expect.arrayContaining([...others]));
  });

  test("clears what it was not given", async () => {
    const review = await givenReview();
    const request = without(await updateReviewRequest(review), ["/body/text"]);
    const response = await client.send("PUT /customers/{customer_id}/reviews/{review_id}", request);
    expect(response).toMatchResponse("PUT /customers/{customer_id}/reviews/{review_id}", 200);
    expect(valueAt(response, "")).toHold({ text: undefined });
    const read = await client.send("GET /customers/{customer_id}/reviews/{review_id}", {
      params: { customer_id: review.customer_id, review_id: review.id },
    });
    expect(read).toMatchResponse("GET /customers/{customer_id}/reviews/{review_id}", 200);
    expect(valueAt(read, "")).toHold({ text: undefined });
  });

  test.each(getReviewCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const review = await givenReview();
    const request = await updateReviewRequest(review);
    const response = await client.send("PUT /customers/{customer_id}/reviews/{review_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("PUT /customers/{customer_id}/reviews/{review_id}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such customer_id", async () => {
    const review = await givenReview();
    const request = await updateReviewRequest(review);
    const unknown = { ...request, params: { ...request.params, customer_id: 2147480000 } };
    expect(await client.send("PUT /customers/{customer_id}/reviews/{review_id}", unknown)).toMatchResponse(
      "PUT /customers/{customer_id}/reviews/{review_id}",
      404,
    );
  });

  test("answers 404 where there is no such review", async () => {
    const review = await givenReview();
    const request = await updateReviewRequest(review);
    const unknown = { ...request, params: { ...request.params, review_id: 2147480000 } };
    expect(await client.send("PUT /customers/{customer_id}/reviews/{review_id}", unknown)).toMatchResponse(
      "PUT /customers/{customer_id}/reviews/{review_id}",
      404,
    );
  });

  test.each(addReviewCases)("refuses $title", async ({ at, value }) => {
    const review = await givenReview();
    const request = changed(await updateReviewRequest(review), at, value);
    const response = await client.send("PUT /customers/{customer_id}/reviews/{review_id}", request);
    expect(response).toMatchResponse("PUT /customers/{customer_id}/reviews/{review_id}", 400);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each(addReviewCases2)("accepts $title", async ({ at, value, shown }) => {
    const review = await givenReview();
    const request = changed(await updateReviewRequest(review), at, value);
    const response = await client.send("PUT /customers/{customer_id}/reviews/{review_id}", request);
    expect(response).toMatchResponse("PUT /customers/{customer_id}/reviews/{review_id}", 200);
    expect(valueAt(response, "")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const review = await givenReview();
    const request = await updateReviewRequest(review);
    const headers = { "content-type": "application/json" };
    expect(
      await client.send("PUT /customers/{customer_id}/reviews/{review_id}", {
        ...request,
        body: undefined,
        payload,
        headers,
      }),
    ).toMatchResponse("PUT /customers/{customer_id}/reviews/{review_id}", 400);
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in text", async ({ value }) => {
    const review = await givenReview();
    const request = changed(await updateReviewRequest(review), "/body/text", value);
    expect(await client.send("PUT /customers/{customer_id}/reviews/{review_id}", request)).toMatchResponse(
      "PUT /customers/{customer_id}/reviews/{review_id}",
      400,
    );
  });

  test("answers 415 to another media type", async () => {
    const review = await givenReview();
    const request = await updateReviewRequest(review);
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("PUT /customers/{customer_id}/reviews/{review_id}", {
        ...request,
        body: undefined,
        payload: "text",
        headers,
      }),
    ).toMatchResponse("PUT /customers/{customer_id}/reviews/{review_id}", 415);
  });

  test("refuses a request without a body (Review required)", async () => {
    const review = await givenReview();
    const request = await updateReviewRequest(review);
    expect(
      await client.send("PUT /customers/{customer_id}/reviews/{review_id}", { ...request, body: undefined }),
    ).toMatchResponse("PUT /customers/{customer_id}/reviews/{review_id}", 400);
  });

  test.each([{ name: "isbn", at: "/body/isbn", value: "9794074007642" }])(
    "refuses $name of what does not exist",
    async ({ at, value }) => {
      const review = await givenReview();
      const request = changed(await updateReviewRequest(review), at, value);
      const before = await storedRows("reviews");
      expect(await client.send("PUT /customers/{customer_id}/reviews/{review_id}", request)).toMatchResponse(
        "PUT /customers/{customer_id}/reviews/{review_id}",
        404,
        400,
        409,
      );
      expect(await storedRows("reviews")).toEqual(before);
    },
  );
});

describe("DELETE /customers/{customer_id}/reviews/{review_id}", () => {
  test("deletes the review, once, and no other", async () => {
    const other = await givenReview();
    const review = await givenReview();
    const request = await deleteReviewRequest(review);
    expect(await client.send("DELETE /customers/{customer_id}/reviews/{review_id}", request)).toMatchResponse(
      "DELETE /customers/{customer_id}/reviews/{review_id}",
      200,
    );
    expect(
      await client.send("GET /customers/{customer_id}/reviews/{review_id}", {
        params: { customer_id: review.customer_id, review_id: review.id },
      }),
    ).toMatchResponse("GET /customers/{customer_id}/reviews/{review_id}", 404);
    expect(await client.send("DELETE /customers/{customer_id}/reviews/{review_id}", request)).toMatchResponse(
      "DELETE /customers/{customer_id}/reviews/{review_id}",
      404,
    );
    expect(
      await client.send("GET /customers/{customer_id}/reviews/{review_id}", {
        params: { customer_id: other.customer_id, review_id: other.id },
      }),
    ).toMatchResponse("GET /customers/{customer_id}/reviews/{review_id}", 200);
  });

  test.each(getReviewCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const review = await givenReview();
    const request = await deleteReviewRequest(review);
    const response = await client.send("DELETE /customers/{customer_id}/reviews/{review_id}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("DELETE /customers/{customer_id}/reviews/{review_id}", 404);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such customer_id", async () => {
    const review = await givenReview();
    const request = await deleteReviewRequest(review);
    const unknown = { ...request, params: { ...request.params, customer_id: 2147480000 } };
    expect(await client.send("DELETE /customers/{customer_id}/reviews/{review_id}", unknown)).toMatchResponse(
      "DELETE /customers/{customer_id}/reviews/{review_id}",
      404,
    );
  });

  test("answers 404 where there is no such review", async () => {
    const review = await givenReview();
    const request = await deleteReviewRequest(review);
    const unknown = { ...request, params: { ...request.params, review_id: 2147480000 } };
    expect(await client.send("DELETE /customers/{customer_id}/reviews/{review_id}", unknown)).toMatchResponse(
      "DELETE /customers/{customer_id}/reviews/{review_id}",
      404,
    );
  });
});

describe("conversations about reviews", () => {
  test("shows what a record of any valid calls says, and to nobody else", async () => {
    await holdConversations({
      caller: client,
      stranger: undefined,
      strangers: undefined,
      given: () => givenReview(),
      address: (review) => ({ customer_id: review.customer_id, review_id: review.id }),
      read: { route: "GET /customers/{customer_id}/reviews/{review_id}", status: 200, missing: [404] },
      stable: ["/id", "/isbn", "/stars", "/text"],
      create: undefined,
      writes: [
        {
          route: "PUT /customers/{customer_id}/reviews/{review_id}",
          status: 200,
          missing: [404],
          request: updateReviewRequest,
          members: [
            { sent: "/isbn", shown: "/isbn", values: [], isSpare: false },
            { sent: "/stars", shown: "/stars", values: [5, 2, 3, 4], isSpare: false },
            {
              sent: "/text",
              shown: "/text",
              values: ["I could not put it down.", "text 1", "text 2", "text 3"],
              isSpare: false,
            },
          ],
        },
      ],
      remove: {
        route: "DELETE /customers/{customer_id}/reviews/{review_id}",
        status: 200,
        missing: [404],
        request: deleteReviewRequest,
      },
      lists: [],
    });
  });
});

describe("other methods of reviews", () => {
  test.each([
    { method: "PUT", url: "/api/customers/1/reviews", allow: "GET, HEAD, OPTIONS, POST" } as const,
    { method: "PATCH", url: "/api/customers/1/reviews/1", allow: "DELETE, GET, HEAD, OPTIONS, PUT" } as const,
  ])("$method $url is answered with the methods that there are", async ({ method, url, allow }) => {
    const response = await client.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers["allow"]).toBe(allow);
    const options = await client.inject({ method: "OPTIONS", url });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe(allow);
  });
});
