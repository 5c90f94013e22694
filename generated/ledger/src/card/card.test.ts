import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { unreadableBodies } from "../testing/bodies.ts";
import { anybody, client, clientWith, realClient, stranger } from "../testing/client.ts";
import { holdConversations } from "../testing/conversation.ts";
import { presenting, wrongCredentials } from "../testing/credentials.ts";
import { resetRows, stirRows, storedRows } from "../testing/database.ts";
import { acceptingLogic } from "../testing/logic.ts";
import { walk } from "../testing/pages.ts";
import { callersCustomer, givenAccount, givenCard } from "../testing/rows.ts";
import { isOpen } from "../testing/slots.ts";
import { changed, isRecent, itemsAt, sorted, valueAt, valuesAt, without } from "../testing/values.ts";
import type { Card } from "./card.contract.ts";
import { validNewCard } from "./card.fixtures.ts";

beforeEach(resetRows);

/** A valid GET /accounts/{accountId}/cards. */
async function listAccountCardsRequest() {
  const account = await givenAccount();
  return {
    params: { accountId: account.id },
  };
}

/** A valid GET /cards. */
async function listCardsRequest() {
  return {};
}

/** A valid POST /cards. */
async function issueCardRequest() {
  await callersCustomer();
  return {
    body: {
      accountId: (await givenAccount()).id,
      kind: "physical",
      holderName: "Ada Lovelace",
      dailyLimit: 50000,
      pin: "4071",
      ...validNewCard(),
    },
  };
}

/** A valid GET /cards/{cardId}. */
async function getCardRequest(card: Card) {
  return {
    params: { cardId: card.id },
  };
}

/** A valid DELETE /cards/{cardId}. */
async function cancelCardRequest(card: Card) {
  return {
    params: { cardId: card.id },
  };
}

/** A valid PATCH /cards/{cardId}. */
async function updateCardRequest(card: Card) {
  return {
    params: { cardId: card.id },
    body: { holderName: "Ada King", dailyLimit: 20000, pin: "9325" },
  };
}

/** A valid POST /cards/{cardId}/freeze. */
async function freezeCardRequest(card: Card) {
  return {
    params: { cardId: card.id },
  };
}

/** A valid POST /cards/{cardId}/unfreeze. */
async function unfreezeCardRequest(card: Card) {
  return {
    params: { cardId: card.id },
  };
}

const getCardCases = [
  { name: "cardId", value: "not-a-key" },
  { name: "cardId", value: "~" },
  { name: "cardId", value: "1.5" },
];

describe("GET /accounts/{accountId}/cards", () => {
  test("shows all cards that are there, and nothing else", async () => {
    const request = await listAccountCardsRequest();
    const none = await client.send("GET /accounts/{accountId}/cards", request);
    expect(none).toMatchResponse("GET /accounts/{accountId}/cards", 200);
    expect(itemsAt(none, "/data")).toEqual([]);
    const first = await givenCard({ accountId: request.params.accountId });
    const second = await givenCard({ accountId: request.params.accountId });
    const third = await givenCard({ accountId: request.params.accountId });
    const response = await client.send("GET /accounts/{accountId}/cards", request);
    expect(response).toMatchResponse("GET /accounts/{accountId}/cards", 200);
    expect(sorted(valuesAt(response, "/data", "/id"))).toEqual(sorted([first.id, second.id, third.id]));
  });

  test("shows a stored card as it is", async () => {
    const request = await listAccountCardsRequest();
    const found = await givenCard({ accountId: request.params.accountId });
    const response = await client.send("GET /accounts/{accountId}/cards", request);
    expect(response).toMatchResponse("GET /accounts/{accountId}/cards", 200);
    expect(itemsAt(response, "/data")).toHold([
      {
        id: found.id,
        accountId: found.accountId,
        kind: found.kind,
        holderName: found.holderName,
        dailyLimit: found.dailyLimit,
        status: found.status,
        createdAt: found.createdAt,
      },
    ]);
  });

  test("shows no cards of another parent", async () => {
    const request = await listAccountCardsRequest();
    const other = await listAccountCardsRequest();
    const found = await givenCard({ accountId: request.params.accountId });
    const response = await client.send("GET /accounts/{accountId}/cards", other);
    expect(response).toMatchResponse("GET /accounts/{accountId}/cards", 200);
    expect(valuesAt(response, "/data", "/id")).not.toContain(found.id);
  });

  test("walks through all cards of one instant, page by page, in one order", async () => {
    const request = await listAccountCardsRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenCard({ accountId: request.params.accountId, createdAt: "2026-03-01T09:30:00Z" });
      rows.push(row);
    }
    await stirRows("cards", "id");
    const pages = await walk(client, "GET /accounts/{accountId}/cards", request, {
      items: "/data",
      size: 2,
      limit: "limit",
      cursor: "cursor",
      nextCursor: "/nextCursor",
      key: "/id",
    });
    for (const page of pages) expect(page).toMatchResponse("GET /accounts/{accountId}/cards", 200);
    expect(pages.map((page) => itemsAt(page, "/data").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "/data", "/id"));
    expect(walked).toEqual(
      rows.map((row) => row.id).toSorted((left, right) => (String(left) < String(right) ? -1 : 1)),
    );
  });

  test("shows 20 cards where no limit is given", async () => {
    const request = await listAccountCardsRequest();
    for (let made = 0; made <= 20; made += 1) {
      await givenCard({ accountId: request.params.accountId });
    }
    const response = await client.send("GET /accounts/{accountId}/cards", request);
    expect(response).toMatchResponse("GET /accounts/{accountId}/cards", 200);
    expect(itemsAt(response, "/data")).toHaveLength(20);
  });

  test("refuses a cursor that is none of its own", async () => {
    const request = await listAccountCardsRequest();
    expect(
      await client.send("GET /accounts/{accountId}/cards", { ...request, query: { cursor: "nonsense" } }),
    ).toMatchResponse("GET /accounts/{accountId}/cards", 400);
  });

  test("orders by createdAt where nothing is said", async () => {
    const request = await listAccountCardsRequest();
    const second = await givenCard({ accountId: request.params.accountId, createdAt: "2026-03-02T09:30:00Z" });
    const first = await givenCard({ accountId: request.params.accountId, createdAt: "2026-03-01T09:30:00Z" });
    const response = await client.send("GET /accounts/{accountId}/cards", request);
    expect(response).toMatchResponse("GET /accounts/{accountId}/cards", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listAccountCardsRequest();
    const response = await client.send("GET /accounts/{accountId}/cards", request);
    expect(response).toMatchResponse("GET /accounts/{accountId}/cards", 200);
    const head = await client.send("GET /accounts/{accountId}/cards", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each([
    { title: "limit of another type (type)", query: { limit: "not a number" } },
    { title: "limit below its minimum (minimum)", query: { limit: 0 } },
    { title: "limit above its maximum (maximum)", query: { limit: 101 } },
    { title: "limit with a fraction (integer)", query: { limit: 1.5 } },
    { title: "limit written as 1e1", query: { limit: "1e1" } },
    { title: "limit written as 0x10", query: { limit: "0x10" } },
    { title: "limit twice", query: { limit: [1, 1] } },
    { title: "cursor longer than 200 (maxLength)", query: { cursor: "text" + "a".repeat(197) } },
  ])("refuses $title in the query", async ({ query }) => {
    const request = await listAccountCardsRequest();
    const response = await client.send("GET /accounts/{accountId}/cards", { ...request, query });
    expect(response).toMatchResponse("GET /accounts/{accountId}/cards", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });

  test.each([
    { name: "accountId", value: "not-a-key" },
    { name: "accountId", value: "~" },
    { name: "accountId", value: "1.5" },
  ])("refuses $value for $name in the path", async ({ name, value }) => {
    const request = await listAccountCardsRequest();
    const response = await client.send("GET /accounts/{accountId}/cards", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /accounts/{accountId}/cards", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such accountId", async () => {
    const request = await listAccountCardsRequest();
    const unknown = { ...request, params: { ...request.params, accountId: randomUUID() } };
    expect(await client.send("GET /accounts/{accountId}/cards", unknown)).toMatchResponse(
      "GET /accounts/{accountId}/cards",
      404,
    );
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const request = await listAccountCardsRequest();
    const response = await anybody.send("GET /accounts/{accountId}/cards", presenting(wrong, request));
    expect(response).toMatchResponse("GET /accounts/{accountId}/cards", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("knows nothing below what is another caller's", async () => {
    const request = await listAccountCardsRequest();
    expect(await stranger.send("GET /accounts/{accountId}/cards", request)).toMatchResponse(
      "GET /accounts/{accountId}/cards",
      404,
    );
  });
});

describe("GET /cards", () => {
  test("shows all cards that are there, and nothing else", async () => {
    const request = await listCardsRequest();
    const none = await client.send("GET /cards", request);
    expect(none).toMatchResponse("GET /cards", 200);
    expect(itemsAt(none, "/data")).toEqual([]);
    const first = await givenCard();
    const second = await givenCard();
    const third = await givenCard();
    const response = await client.send("GET /cards", request);
    expect(response).toMatchResponse("GET /cards", 200);
    expect(sorted(valuesAt(response, "/data", "/id"))).toEqual(sorted([first.id, second.id, third.id]));
  });

  test("shows a stored card as it is", async () => {
    const request = await listCardsRequest();
    const found = await givenCard();
    const response = await client.send("GET /cards", request);
    expect(response).toMatchResponse("GET /cards", 200);
    expect(itemsAt(response, "/data")).toHold([
      {
        id: found.id,
        accountId: found.accountId,
        kind: found.kind,
        holderName: found.holderName,
        dailyLimit: found.dailyLimit,
        status: found.status,
        createdAt: found.createdAt,
      },
    ]);
  });

  test("walks through all cards of one instant, page by page, in one order", async () => {
    const request = await listCardsRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenCard({ createdAt: "2026-03-01T09:30:00Z" });
      rows.push(row);
    }
    await stirRows("cards", "id");
    const pages = await walk(client, "GET /cards", request, {
      items: "/data",
      size: 2,
      limit: "limit",
      cursor: "cursor",
      nextCursor: "/nextCursor",
      key: "/id",
    });
    for (const page of pages) expect(page).toMatchResponse("GET /cards", 200);
    expect(pages.map((page) => itemsAt(page, "/data").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "/data", "/id"));
    expect(walked).toEqual(
      rows.map((row) => row.id).toSorted((left, right) => (String(left) < String(right) ? -1 : 1)),
    );
  });

  test("shows 20 cards where no limit is given", async () => {
    const request = await listCardsRequest();
    for (let made = 0; made <= 20; made += 1) {
      await givenCard();
    }
    const response = await client.send("GET /cards", request);
    expect(response).toMatchResponse("GET /cards", 200);
    expect(itemsAt(response, "/data")).toHaveLength(20);
  });

  test("refuses a cursor that is none of its own", async () => {
    const request = await listCardsRequest();
    expect(await client.send("GET /cards", { ...request, query: { cursor: "nonsense" } })).toMatchResponse(
      "GET /cards",
      400,
    );
  });

  test("filters by status (eq)", async () => {
    const request = await listCardsRequest();
    const found = await givenCard({ status: "active" });
    await givenCard({ status: "expired" });
    const response = await client.send("GET /cards", { ...request, query: { status: "active" } });
    expect(response).toMatchResponse("GET /cards", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
  });

  test("filters by kind (eq)", async () => {
    const request = await listCardsRequest();
    const found = await givenCard({ kind: "physical" });
    await givenCard({ kind: "virtual" });
    const response = await client.send("GET /cards", { ...request, query: { kind: "physical" } });
    expect(response).toMatchResponse("GET /cards", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
  });

  test("filters by status and kind together", async () => {
    const request = await listCardsRequest();
    const found = await givenCard({ status: "active", kind: "physical" });
    await givenCard({ status: "active", kind: "virtual" });
    await givenCard({ status: "expired", kind: "physical" });
    const response = await client.send("GET /cards", { ...request, query: { status: "active", kind: "physical" } });
    expect(response).toMatchResponse("GET /cards", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
  });

  test("orders by createdAt where nothing is said", async () => {
    const request = await listCardsRequest();
    const second = await givenCard({ createdAt: "2026-03-02T09:30:00Z" });
    const first = await givenCard({ createdAt: "2026-03-01T09:30:00Z" });
    const response = await client.send("GET /cards", request);
    expect(response).toMatchResponse("GET /cards", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listCardsRequest();
    const response = await client.send("GET /cards", request);
    expect(response).toMatchResponse("GET /cards", 200);
    const head = await client.send("GET /cards", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each([
    { query: { status: "active" } },
    { query: { status: "frozen" } },
    { query: { status: "expired" } },
    { query: { kind: "physical" } },
    { query: { kind: "virtual" } },
  ])("takes $query in the query", async ({ query }) => {
    const request = await listCardsRequest();
    expect(await client.send("GET /cards", { ...request, query })).toMatchResponse("GET /cards", 200);
  });

  test.each([
    { title: "limit of another type (type)", query: { limit: "not a number" } },
    { title: "limit below its minimum (minimum)", query: { limit: 0 } },
    { title: "limit above its maximum (maximum)", query: { limit: 101 } },
    { title: "limit with a fraction (integer)", query: { limit: 1.5 } },
    { title: "limit written as 1e1", query: { limit: "1e1" } },
    { title: "limit written as 0x10", query: { limit: "0x10" } },
    { title: "limit twice", query: { limit: [1, 1] } },
    { title: "cursor longer than 200 (maxLength)", query: { cursor: "text" + "a".repeat(197) } },
    { title: "status that is not on the list (enum)", query: { status: "not-one-of-them" } },
    { title: "kind that is not on the list (enum)", query: { kind: "not-one-of-them" } },
  ])("refuses $title in the query", async ({ query }) => {
    const request = await listCardsRequest();
    const response = await client.send("GET /cards", { ...request, query });
    expect(response).toMatchResponse("GET /cards", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const request = await listCardsRequest();
    const response = await anybody.send("GET /cards", presenting(wrong, request));
    expect(response).toMatchResponse("GET /cards", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("shows no cards of another caller's", async () => {
    await givenCard();
    const request = await listCardsRequest();
    const response = await stranger.send("GET /cards", request);
    expect(response).toMatchResponse("GET /cards", 200);
    expect(itemsAt(response, "/data")).toEqual([]);
  });
});

describe("POST /cards", () => {
  test("stores what it was sent, and shows it", async () => {
    const request = await issueCardRequest();
    const response = await client.send("POST /cards", request);
    expect(response).toMatchResponse("POST /cards", 201);
    expect(valueAt(response, "")).toHold({
      accountId: request.body.accountId,
      kind: request.body.kind,
      holderName: request.body.holderName,
      dailyLimit: request.body.dailyLimit,
      status: "active",
    });
    expect(valueAt(response, "/createdAt")).toSatisfy(isRecent);
    const located = await client.follow(response);
    expect(located).toMatchResponse("GET /cards/{cardId}", 200);
    expect(located.json<unknown>()).toEqual(response.json<unknown>());
    const read = await client.send("GET /cards/{cardId}", { params: { cardId: valueAt(response, "/id") } });
    expect(read).toMatchResponse("GET /cards/{cardId}", 200);
    expect(valueAt(read, "")).toHold({
      accountId: request.body.accountId,
      kind: request.body.kind,
      holderName: request.body.holderName,
      dailyLimit: request.body.dailyLimit,
      status: "active",
    });
  });

  test.each([
    { title: "a body without accountId (Card.accountId required)", at: "/body/accountId", value: undefined },
    { title: "a body without kind (Card.kind required)", at: "/body/kind", value: undefined },
    { title: "a body without holderName (Card.holderName required)", at: "/body/holderName", value: undefined },
    { title: "a body without dailyLimit (Card.dailyLimit required)", at: "/body/dailyLimit", value: undefined },
    { title: "a body without pin (Card.pin required)", at: "/body/pin", value: undefined },
    { title: "accountId of another type (Card.accountId type)", at: "/body/accountId", value: { unexpected: true } },
    { title: "accountId that is no uuid (Card.accountId format)", at: "/body/accountId", value: "not-a-uuid" },
    { title: "accountId that is null (Card.accountId nullable)", at: "/body/accountId", value: null },
    { title: "kind of another type (Card.kind type)", at: "/body/kind", value: { unexpected: true } },
    { title: "kind that is not on the list (Card.kind enum)", at: "/body/kind", value: "not-one-of-them" },
    { title: "kind that is null (Card.kind nullable)", at: "/body/kind", value: null },
    { title: "holderName of another type (Card.holderName type)", at: "/body/holderName", value: { unexpected: true } },
    { title: "holderName shorter than 2 (Card.holderName minLength)", at: "/body/holderName", value: "t" },
    {
      title: "holderName longer than 26 (Card.holderName maxLength)",
      at: "/body/holderName",
      value: "textaaaaaaaaaaaaaaaaaaaaaaa",
    },
    { title: "holderName that is null (Card.holderName nullable)", at: "/body/holderName", value: null },
    { title: "dailyLimit of another type (Card.dailyLimit type)", at: "/body/dailyLimit", value: "not a number" },
    { title: "dailyLimit below its minimum (Card.dailyLimit minimum)", at: "/body/dailyLimit", value: -1 },
    { title: "dailyLimit above its maximum (Card.dailyLimit maximum)", at: "/body/dailyLimit", value: 500001 },
    { title: "dailyLimit with a fraction (Card.dailyLimit integer)", at: "/body/dailyLimit", value: 1.5 },
    { title: "dailyLimit that is null (Card.dailyLimit nullable)", at: "/body/dailyLimit", value: null },
    { title: "pin of another type (Card.pin type)", at: "/body/pin", value: { unexpected: true } },
    { title: "pin that breaks its pattern (Card.pin pattern)", at: "/body/pin", value: "~" },
    { title: "pin that is null (Card.pin nullable)", at: "/body/pin", value: null },
    { title: "a member that is not known (Card additionalProperties)", at: "/body/notKnown", value: "unknown" },
    {
      title: "id, which is read-only (Card.id readOnly)",
      at: "/body/id",
      value: "c4a8d5e7-9b0c-4d1e-a2f3-4b5c6d7e8f90",
    },
    { title: "status, which is read-only (Card.status readOnly)", at: "/body/status", value: "active" },
    {
      title: "createdAt, which is read-only (Card.createdAt readOnly)",
      at: "/body/createdAt",
      value: "2026-03-01T09:30:00Z",
    },
  ])("refuses $title", async ({ at, value }) => {
    const request = changed(await issueCardRequest(), at, value);
    const response = await client.send("POST /cards", request);
    expect(response).toMatchResponse("POST /cards", 422);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each([
    { title: 'kind of its value "virtual"', at: "/body/kind", value: "virtual", shown: { kind: "virtual" } },
    {
      title: "holderName of its shortest, 2 characters",
      at: "/body/holderName",
      value: "😀é",
      shown: { holderName: "😀é" },
    },
    {
      title: "holderName of its longest, 26 characters",
      at: "/body/holderName",
      value: "😀ééééééééééééééééééééééééé",
      shown: { holderName: "😀ééééééééééééééééééééééééé" },
    },
    { title: "dailyLimit of its minimum 0", at: "/body/dailyLimit", value: 0, shown: { dailyLimit: 0 } },
    { title: "dailyLimit of its maximum 500000", at: "/body/dailyLimit", value: 500000, shown: { dailyLimit: 500000 } },
  ])("accepts $title", async ({ at, value, shown }) => {
    const request = changed(await issueCardRequest(), at, value);
    const response = await client.send("POST /cards", request);
    expect(response).toMatchResponse("POST /cards", 201);
    expect(valueAt(response, "")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const request = await issueCardRequest();
    const headers = { "content-type": "application/json" };
    expect(await client.send("POST /cards", { ...request, body: undefined, payload, headers })).toMatchResponse(
      "POST /cards",
      400,
    );
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in holderName", async ({ value }) => {
    const request = changed(await issueCardRequest(), "/body/holderName", value);
    expect(await client.send("POST /cards", request)).toMatchResponse("POST /cards", 400);
  });

  test("answers 415 to another media type", async () => {
    const request = await issueCardRequest();
    const headers = { "content-type": "application/x-unheard-of" };
    expect(await client.send("POST /cards", { ...request, body: undefined, payload: "text", headers })).toMatchResponse(
      "POST /cards",
      415,
    );
  });

  test("refuses a request without a body (Card required)", async () => {
    const request = await issueCardRequest();
    expect(await client.send("POST /cards", { ...request, body: undefined })).toMatchResponse("POST /cards", 422);
  });

  test.each([{ code: "account-not-open", status: 409 } as const, { code: "limit-too-high", status: 422 } as const])(
    "answers $status where isAllowed refuses with $code",
    async ({ code, status }) => {
      const request = await issueCardRequest();
      const before = await storedRows("cards");
      const refusing = clientWith({
        cards: { ...acceptingLogic.cards, isAllowed: async (_1, context) => context.refuse(code) },
      });
      expect(await refusing.send("POST /cards", request)).toMatchResponse("POST /cards", status);
      expect(await storedRows("cards")).toEqual(before);
    },
  );

  test.each([{ name: "accountId", at: "/body/accountId", value: randomUUID() }])(
    "refuses $name of what does not exist",
    async ({ at, value }) => {
      const request = changed(await issueCardRequest(), at, value);
      const before = await storedRows("cards");
      expect(await client.send("POST /cards", request)).toMatchResponse("POST /cards", 409, 422, 400);
      expect(await storedRows("cards")).toEqual(before);
    },
  );

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const request = await issueCardRequest();
    const response = await anybody.send("POST /cards", presenting(wrong, request));
    expect(response).toMatchResponse("POST /cards", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("refuses accountId of what is another caller's", async () => {
    const request = await issueCardRequest();
    const others = changed(request, "/body/accountId", (await givenAccount({}, "stranger")).id);
    expect(await client.send("POST /cards", others)).toMatchResponse("POST /cards", 409, 422, 400);
  });
});

describe("GET /cards/{cardId}", () => {
  test("shows a stored card as it is", async () => {
    const card = await givenCard();
    const request = await getCardRequest(card);
    const response = await client.send("GET /cards/{cardId}", request);
    expect(response).toMatchResponse("GET /cards/{cardId}", 200);
    expect(valueAt(response, "")).toHold({
      id: card.id,
      accountId: card.accountId,
      kind: card.kind,
      holderName: card.holderName,
      dailyLimit: card.dailyLimit,
      status: card.status,
      createdAt: card.createdAt,
    });
  });

  test("answers HEAD as GET, without a body", async () => {
    const card = await givenCard();
    const request = await getCardRequest(card);
    const response = await client.send("GET /cards/{cardId}", request);
    expect(response).toMatchResponse("GET /cards/{cardId}", 200);
    const head = await client.send("GET /cards/{cardId}", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each(getCardCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const card = await givenCard();
    const request = await getCardRequest(card);
    const response = await client.send("GET /cards/{cardId}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /cards/{cardId}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such card", async () => {
    const card = await givenCard();
    const request = await getCardRequest(card);
    const unknown = { ...request, params: { ...request.params, cardId: randomUUID() } };
    expect(await client.send("GET /cards/{cardId}", unknown)).toMatchResponse("GET /cards/{cardId}", 404);
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const card = await givenCard();
    const request = await getCardRequest(card);
    const response = await anybody.send("GET /cards/{cardId}", presenting(wrong, request));
    expect(response).toMatchResponse("GET /cards/{cardId}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("knows no card that is another caller's", async () => {
    const card = await givenCard();
    const request = await getCardRequest(card);
    expect(await stranger.send("GET /cards/{cardId}", request)).toMatchResponse("GET /cards/{cardId}", 404);
  });
});

describe("DELETE /cards/{cardId}", () => {
  test("deletes the card, once, and no other", async () => {
    const other = await givenCard();
    const card = await givenCard();
    const request = await cancelCardRequest(card);
    expect(await client.send("DELETE /cards/{cardId}", request)).toMatchResponse("DELETE /cards/{cardId}", 204);
    expect(await client.send("GET /cards/{cardId}", { params: { cardId: card.id } })).toMatchResponse(
      "GET /cards/{cardId}",
      404,
    );
    expect(await client.send("DELETE /cards/{cardId}", request)).toMatchResponse("DELETE /cards/{cardId}", 404);
    expect(await client.send("GET /cards/{cardId}", { params: { cardId: other.id } })).toMatchResponse(
      "GET /cards/{cardId}",
      200,
    );
  });

  test.each(getCardCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const card = await givenCard();
    const request = await cancelCardRequest(card);
    const response = await client.send("DELETE /cards/{cardId}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("DELETE /cards/{cardId}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such card", async () => {
    const card = await givenCard();
    const request = await cancelCardRequest(card);
    const unknown = { ...request, params: { ...request.params, cardId: randomUUID() } };
    expect(await client.send("DELETE /cards/{cardId}", unknown)).toMatchResponse("DELETE /cards/{cardId}", 404);
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const card = await givenCard();
    const request = await cancelCardRequest(card);
    const response = await anybody.send("DELETE /cards/{cardId}", presenting(wrong, request));
    expect(response).toMatchResponse("DELETE /cards/{cardId}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("knows no card that is another caller's", async () => {
    const card = await givenCard();
    const request = await cancelCardRequest(card);
    const before = await client.send("GET /cards/{cardId}", { params: { cardId: card.id } });
    expect(await stranger.send("DELETE /cards/{cardId}", request)).toMatchResponse("DELETE /cards/{cardId}", 404);
    const after = await client.send("GET /cards/{cardId}", { params: { cardId: card.id } });
    expect(after.json<unknown>()).toEqual(before.json<unknown>());
  });
});

describe("PATCH /cards/{cardId}", () => {
  test("changes what it was sent, and no other card", async () => {
    await givenCard();
    const others = await storedRows("cards");
    const card = await givenCard();
    const request = await updateCardRequest(card);
    const response = await client.send("PATCH /cards/{cardId}", request);
    expect(response).toMatchResponse("PATCH /cards/{cardId}", 200);
    expect(valueAt(response, "")).toHold({ holderName: request.body.holderName, dailyLimit: request.body.dailyLimit });
    const read = await client.send("GET /cards/{cardId}", { params: { cardId: card.id } });
    expect(read).toMatchResponse("GET /cards/{cardId}", 200);
    expect(valueAt(read, "")).toHold({ holderName: request.body.holderName, dailyLimit: request.body.dailyLimit });
    expect(await storedRows("cards")).toEqual(expect.arrayContaining([...others]));
  });

  test("keeps what it was not given", async () => {
    const card = await givenCard();
    const request = without(await updateCardRequest(card), ["/body/dailyLimit", "/body/pin"]);
    const response = await client.send("PATCH /cards/{cardId}", request);
    expect(response).toMatchResponse("PATCH /cards/{cardId}", 200);
    expect(valueAt(response, "")).toHold({
      id: card.id,
      accountId: card.accountId,
      kind: card.kind,
      dailyLimit: card.dailyLimit,
      status: card.status,
      createdAt: card.createdAt,
      holderName: request.body.holderName,
    });
    const read = await client.send("GET /cards/{cardId}", { params: { cardId: card.id } });
    expect(read).toMatchResponse("GET /cards/{cardId}", 200);
    expect(valueAt(read, "")).toHold({
      id: card.id,
      accountId: card.accountId,
      kind: card.kind,
      dailyLimit: card.dailyLimit,
      status: card.status,
      createdAt: card.createdAt,
      holderName: request.body.holderName,
    });
  });

  test.each(getCardCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const card = await givenCard();
    const request = await updateCardRequest(card);
    const response = await client.send("PATCH /cards/{cardId}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("PATCH /cards/{cardId}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such card", async () => {
    const card = await givenCard();
    const request = await updateCardRequest(card);
    const unknown = { ...request, params: { ...request.params, cardId: randomUUID() } };
    expect(await client.send("PATCH /cards/{cardId}", unknown)).toMatchResponse("PATCH /cards/{cardId}", 404);
  });

  test.each([
    {
      title: "holderName of another type (CardUpdate.holderName type)",
      at: "/body/holderName",
      value: { unexpected: true },
    },
    { title: "holderName shorter than 2 (CardUpdate.holderName minLength)", at: "/body/holderName", value: "t" },
    {
      title: "holderName longer than 26 (CardUpdate.holderName maxLength)",
      at: "/body/holderName",
      value: "textaaaaaaaaaaaaaaaaaaaaaaa",
    },
    { title: "holderName that is null (CardUpdate.holderName nullable)", at: "/body/holderName", value: null },
    { title: "dailyLimit of another type (CardUpdate.dailyLimit type)", at: "/body/dailyLimit", value: "not a number" },
    { title: "dailyLimit below its minimum (CardUpdate.dailyLimit minimum)", at: "/body/dailyLimit", value: -1 },
    { title: "dailyLimit above its maximum (CardUpdate.dailyLimit maximum)", at: "/body/dailyLimit", value: 500001 },
    { title: "dailyLimit with a fraction (CardUpdate.dailyLimit integer)", at: "/body/dailyLimit", value: 1.5 },
    { title: "dailyLimit that is null (CardUpdate.dailyLimit nullable)", at: "/body/dailyLimit", value: null },
    { title: "pin of another type (CardUpdate.pin type)", at: "/body/pin", value: { unexpected: true } },
    { title: "pin that breaks its pattern (CardUpdate.pin pattern)", at: "/body/pin", value: "~" },
    { title: "pin that is null (CardUpdate.pin nullable)", at: "/body/pin", value: null },
    { title: "too few members (CardUpdate minProperties)", at: "/body", value: {} },
    { title: "a member that is not known (CardUpdate additionalProperties)", at: "/body/notKnown", value: "unknown" },
  ])("refuses $title", async ({ at, value }) => {
    const card = await givenCard();
    const request = changed(await updateCardRequest(card), at, value);
    expect(await client.send("PATCH /cards/{cardId}", request)).toMatchResponse("PATCH /cards/{cardId}", 422);
  });

  test.each([
    {
      title: "holderName of its shortest, 2 characters",
      at: "/body/holderName",
      value: "😀é",
      shown: { holderName: "😀é" },
    },
    {
      title: "holderName of its longest, 26 characters",
      at: "/body/holderName",
      value: "😀ééééééééééééééééééééééééé",
      shown: { holderName: "😀ééééééééééééééééééééééééé" },
    },
    { title: "dailyLimit of its minimum 0", at: "/body/dailyLimit", value: 0, shown: { dailyLimit: 0 } },
    { title: "dailyLimit of its maximum 500000", at: "/body/dailyLimit", value: 500000, shown: { dailyLimit: 500000 } },
  ])("accepts $title", async ({ at, value, shown }) => {
    const card = await givenCard();
    const request = changed(await updateCardRequest(card), at, value);
    const response = await client.send("PATCH /cards/{cardId}", request);
    expect(response).toMatchResponse("PATCH /cards/{cardId}", 200);
    expect(valueAt(response, "")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const card = await givenCard();
    const request = await updateCardRequest(card);
    const headers = { "content-type": "application/json" };
    expect(
      await client.send("PATCH /cards/{cardId}", { ...request, body: undefined, payload, headers }),
    ).toMatchResponse("PATCH /cards/{cardId}", 400);
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in holderName", async ({ value }) => {
    const card = await givenCard();
    const request = changed(await updateCardRequest(card), "/body/holderName", value);
    expect(await client.send("PATCH /cards/{cardId}", request)).toMatchResponse("PATCH /cards/{cardId}", 400);
  });

  test("answers 415 to another media type", async () => {
    const card = await givenCard();
    const request = await updateCardRequest(card);
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("PATCH /cards/{cardId}", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("PATCH /cards/{cardId}", 415);
  });

  test("refuses a request without a body (CardUpdate required)", async () => {
    const card = await givenCard();
    const request = await updateCardRequest(card);
    expect(await client.send("PATCH /cards/{cardId}", { ...request, body: undefined })).toMatchResponse(
      "PATCH /cards/{cardId}",
      422,
    );
  });

  test.each([{ code: "card-frozen", status: 409 } as const])(
    "answers $status where isUpdateCardAllowed refuses with $code",
    async ({ code, status }) => {
      const card = await givenCard();
      const request = await updateCardRequest(card);
      const before = await storedRows("cards");
      const refusing = clientWith({
        cards: { ...acceptingLogic.cards, isUpdateCardAllowed: async (_1, _2, context) => context.refuse(code) },
      });
      expect(await refusing.send("PATCH /cards/{cardId}", request)).toMatchResponse("PATCH /cards/{cardId}", status);
      expect(await storedRows("cards")).toEqual(before);
    },
  );

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const card = await givenCard();
    const request = await updateCardRequest(card);
    const response = await anybody.send("PATCH /cards/{cardId}", presenting(wrong, request));
    expect(response).toMatchResponse("PATCH /cards/{cardId}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("knows no card that is another caller's", async () => {
    const card = await givenCard();
    const request = await updateCardRequest(card);
    const before = await client.send("GET /cards/{cardId}", { params: { cardId: card.id } });
    expect(await stranger.send("PATCH /cards/{cardId}", request)).toMatchResponse("PATCH /cards/{cardId}", 404);
    const after = await client.send("GET /cards/{cardId}", { params: { cardId: card.id } });
    expect(after.json<unknown>()).toEqual(before.json<unknown>());
  });
});

describe("POST /cards/{cardId}/freeze", () => {
  test("answers with what its business logic says", async () => {
    const card = await givenCard();
    const request = await freezeCardRequest(card);
    expect(await client.send("POST /cards/{cardId}/freeze", request)).toMatchResponse(
      "POST /cards/{cardId}/freeze",
      200,
    );
  });

  test("answers 501 while its business logic is open", async () => {
    const card = await givenCard();
    const request = await freezeCardRequest(card);
    const response = await realClient.send("POST /cards/{cardId}/freeze", request);
    const open = isOpen(new URL("./card.logic.ts", import.meta.url), "freezeCard");
    expect(response).toMatchResponse("POST /cards/{cardId}/freeze", open ? 501 : response.statusCode);
  });

  test.each(getCardCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const card = await givenCard();
    const request = await freezeCardRequest(card);
    const response = await client.send("POST /cards/{cardId}/freeze", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("POST /cards/{cardId}/freeze", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such card", async () => {
    const card = await givenCard();
    const request = await freezeCardRequest(card);
    const unknown = { ...request, params: { ...request.params, cardId: randomUUID() } };
    expect(await client.send("POST /cards/{cardId}/freeze", unknown)).toMatchResponse(
      "POST /cards/{cardId}/freeze",
      404,
    );
  });

  test("asks freezeCard with what was sent, and tells nothing of what goes wrong there", async () => {
    const card = await givenCard();
    const request = await freezeCardRequest(card);
    const asked: object[] = [];
    const asking = clientWith({
      cards: {
        ...acceptingLogic.cards,
        freezeCard: async (one, context) => {
          asked.push(one);
          if (asked.length > 1) throw new Error("An inner detail.");
          return context.notImplemented();
        },
      },
    });
    expect(await asking.send("POST /cards/{cardId}/freeze", request)).toMatchResponse(
      "POST /cards/{cardId}/freeze",
      501,
    );
    expect(asked).toHaveLength(1);
    const failed = await asking.send("POST /cards/{cardId}/freeze", request);
    expect(failed).toMatchResponse("POST /cards/{cardId}/freeze", 500);
    expect(failed.body).not.toContain("An inner detail.");
    expect(failed.body).not.toMatch(/\n {4}at /);
    expect(asked).toHaveLength(2);
  });

  test.each([{ code: "card-not-active", status: 409 } as const])(
    "answers $status where freezeCard refuses with $code",
    async ({ code, status }) => {
      const card = await givenCard();
      const request = await freezeCardRequest(card);
      const before = await storedRows("cards");
      const refusing = clientWith({
        cards: { ...acceptingLogic.cards, freezeCard: async (_1, context) => context.refuse(code) },
      });
      expect(await refusing.send("POST /cards/{cardId}/freeze", request)).toMatchResponse(
        "POST /cards/{cardId}/freeze",
        status,
      );
      expect(await storedRows("cards")).toEqual(before);
    },
  );

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const card = await givenCard();
    const request = await freezeCardRequest(card);
    const response = await anybody.send("POST /cards/{cardId}/freeze", presenting(wrong, request));
    expect(response).toMatchResponse("POST /cards/{cardId}/freeze", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("knows no card that is another caller's", async () => {
    const card = await givenCard();
    const request = await freezeCardRequest(card);
    const before = await client.send("GET /cards/{cardId}", { params: { cardId: card.id } });
    expect(await stranger.send("POST /cards/{cardId}/freeze", request)).toMatchResponse(
      "POST /cards/{cardId}/freeze",
      404,
    );
    const after = await client.send("GET /cards/{cardId}", { params: { cardId: card.id } });
    expect(after.json<unknown>()).toEqual(before.json<unknown>());
  });
});

describe("POST /cards/{cardId}/unfreeze", () => {
  test("answers with what its business logic says", async () => {
    const card = await givenCard();
    const request = await unfreezeCardRequest(card);
    expect(await client.send("POST /cards/{cardId}/unfreeze", request)).toMatchResponse(
      "POST /cards/{cardId}/unfreeze",
      200,
    );
  });

  test("answers 501 while its business logic is open", async () => {
    const card = await givenCard();
    const request = await unfreezeCardRequest(card);
    const response = await realClient.send("POST /cards/{cardId}/unfreeze", request);
    const open = isOpen(new URL("./card.logic.ts", import.meta.url), "unfreezeCard");
    expect(response).toMatchResponse("POST /cards/{cardId}/unfreeze", open ? 501 : response.statusCode);
  });

  test.each(getCardCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const card = await givenCard();
    const request = await unfreezeCardRequest(card);
    const response = await client.send("POST /cards/{cardId}/unfreeze", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("POST /cards/{cardId}/unfreeze", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such card", async () => {
    const card = await givenCard();
    const request = await unfreezeCardRequest(card);
    const unknown = { ...request, params: { ...request.params, cardId: randomUUID() } };
    expect(await client.send("POST /cards/{cardId}/unfreeze", unknown)).toMatchResponse(
      "POST /cards/{cardId}/unfreeze",
      404,
    );
  });

  test("asks unfreezeCard with what was sent, and tells nothing of what goes wrong there", async () => {
    const card = await givenCard();
    const request = await unfreezeCardRequest(card);
    const asked: object[] = [];
    const asking = clientWith({
      cards: {
        ...acceptingLogic.cards,
        unfreezeCard: async (one, context) => {
          asked.push(one);
          if (asked.length > 1) throw new Error("An inner detail.");
          return context.notImplemented();
        },
      },
    });
    expect(await asking.send("POST /cards/{cardId}/unfreeze", request)).toMatchResponse(
      "POST /cards/{cardId}/unfreeze",
      501,
    );
    expect(asked).toHaveLength(1);
    const failed = await asking.send("POST /cards/{cardId}/unfreeze", request);
    expect(failed).toMatchResponse("POST /cards/{cardId}/unfreeze", 500);
    expect(failed.body).not.toContain("An inner detail.");
    expect(failed.body).not.toMatch(/\n {4}at /);
    expect(asked).toHaveLength(2);
  });

  test.each([{ code: "card-not-frozen", status: 409 } as const])(
    "answers $status where unfreezeCard refuses with $code",
    async ({ code, status }) => {
      const card = await givenCard();
      const request = await unfreezeCardRequest(card);
      const before = await storedRows("cards");
      const refusing = clientWith({
        cards: { ...acceptingLogic.cards, unfreezeCard: async (_1, context) => context.refuse(code) },
      });
      expect(await refusing.send("POST /cards/{cardId}/unfreeze", request)).toMatchResponse(
        "POST /cards/{cardId}/unfreeze",
        status,
      );
      expect(await storedRows("cards")).toEqual(before);
    },
  );

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const card = await givenCard();
    const request = await unfreezeCardRequest(card);
    const response = await anybody.send("POST /cards/{cardId}/unfreeze", presenting(wrong, request));
    expect(response).toMatchResponse("POST /cards/{cardId}/unfreeze", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("knows no card that is another caller's", async () => {
    const card = await givenCard();
    const request = await unfreezeCardRequest(card);
    const before = await client.send("GET /cards/{cardId}", { params: { cardId: card.id } });
    expect(await stranger.send("POST /cards/{cardId}/unfreeze", request)).toMatchResponse(
      "POST /cards/{cardId}/unfreeze",
      404,
    );
    const after = await client.send("GET /cards/{cardId}", { params: { cardId: card.id } });
    expect(after.json<unknown>()).toEqual(before.json<unknown>());
  });
});

describe("conversations about cards", () => {
  test("shows what a record of any valid calls says, and to nobody else", async () => {
    await holdConversations({
      caller: client,
      stranger,
      strangers: () => givenCard({}, "stranger"),
      given: () => givenCard(),
      address: (card) => ({ cardId: card.id }),
      read: { route: "GET /cards/{cardId}", status: 200, missing: [404] },
      stable: ["/id", "/accountId", "/kind", "/holderName", "/dailyLimit"],
      create: {
        route: "POST /cards",
        status: 201,
        request: issueCardRequest,
        address: (response) => ({ cardId: valueAt(response, "/id") }),
        members: [
          { sent: "/accountId", shown: "/accountId", values: [], isSpare: false },
          { sent: "/kind", shown: "/kind", values: ["physical", "virtual"], isSpare: false },
          {
            sent: "/holderName",
            shown: "/holderName",
            values: ["Ada Lovelace", "text 1", "text 2", "text 3"],
            isSpare: false,
          },
          { sent: "/dailyLimit", shown: "/dailyLimit", values: [50000, 1, 2, 3], isSpare: false },
        ],
      },
      writes: [
        {
          route: "PATCH /cards/{cardId}",
          status: 200,
          missing: [404],
          request: updateCardRequest,
          members: [
            {
              sent: "/holderName",
              shown: "/holderName",
              values: ["Ada King", "text 1", "text 2", "text 3"],
              isSpare: false,
            },
            { sent: "/dailyLimit", shown: "/dailyLimit", values: [20000, 1, 2, 3], isSpare: false },
          ],
        },
      ],
      remove: { route: "DELETE /cards/{cardId}", status: 204, missing: [404], request: cancelCardRequest },
      lists: [
        {
          route: "GET /cards",
          status: 200,
          request: listCardsRequest,
          items: "/data",
          key: "/id",
          readKey: "/id",
          paging: { items: "/data", size: 2, limit: "limit", cursor: "cursor", nextCursor: "/nextCursor", key: "/id" },
        },
      ],
    });
  });
});

describe("other methods of cards", () => {
  test.each([
    { method: "PUT", url: "/v1/accounts/1/cards", allow: "GET, HEAD, OPTIONS" } as const,
    { method: "PUT", url: "/v1/cards", allow: "GET, HEAD, OPTIONS, POST" } as const,
    { method: "PUT", url: "/v1/cards/1", allow: "DELETE, GET, HEAD, OPTIONS, PATCH" } as const,
    { method: "PUT", url: "/v1/cards/1/freeze", allow: "OPTIONS, POST" } as const,
    { method: "PUT", url: "/v1/cards/1/unfreeze", allow: "OPTIONS, POST" } as const,
  ])("$method $url is answered with the methods that there are", async ({ method, url, allow }) => {
    const response = await client.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers["allow"]).toBe(allow);
    const options = await client.inject({ method: "OPTIONS", url });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe(allow);
  });
});
