import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { unreadableBodies } from "../testing/bodies.ts";
import { anybody, client, stranger } from "../testing/client.ts";
import { holdConversations } from "../testing/conversation.ts";
import { presenting, wrongCredentials } from "../testing/credentials.ts";
import { resetRows, stirRows, storedRows } from "../testing/database.ts";
import { walk } from "../testing/pages.ts";
import { callersCustomer, givenAccount, givenStatement } from "../testing/rows.ts";
import { changed, isRecent, itemsAt, sorted, valueAt, valuesAt } from "../testing/values.ts";
import type { Statement } from "./statement.contract.ts";
import { validNewStatement } from "./statement.fixtures.ts";

beforeEach(resetRows);

/** A valid GET /accounts/{accountId}/statements. */
async function listAccountStatementsRequest() {
  const account = await givenAccount();
  return {
    params: { accountId: account.id },
  };
}

/** A valid GET /statements. */
async function listStatementsRequest() {
  return {};
}

/** A valid POST /statements. */
async function createStatementRequest() {
  await callersCustomer();
  return {
    body: { accountId: (await givenAccount()).id, period: "2026-10", ...validNewStatement() },
  };
}

/** A valid GET /statements/{statementId}. */
async function getStatementRequest(statement: Statement) {
  return {
    params: { statementId: statement.id },
  };
}

describe("GET /accounts/{accountId}/statements", () => {
  test("shows all statements that are there, and nothing else", async () => {
    const request = await listAccountStatementsRequest();
    const none = await client.send("GET /accounts/{accountId}/statements", request);
    expect(none).toMatchResponse("GET /accounts/{accountId}/statements", 200);
    expect(itemsAt(none, "/data")).toEqual([]);
    const first = await givenStatement({ accountId: request.params.accountId });
    const second = await givenStatement({ accountId: request.params.accountId });
    const third = await givenStatement({ accountId: request.params.accountId });
    const response = await client.send("GET /accounts/{accountId}/statements", request);
    expect(response).toMatchResponse("GET /accounts/{accountId}/statements", 200);
    expect(sorted(valuesAt(response, "/data", "/id"))).toEqual(sorted([first.id, second.id, third.id]));
  });

  test("shows a stored statement as it is", async () => {
    const request = await listAccountStatementsRequest();
    const found = await givenStatement({ accountId: request.params.accountId });
    const response = await client.send("GET /accounts/{accountId}/statements", request);
    expect(response).toMatchResponse("GET /accounts/{accountId}/statements", 200);
    expect(itemsAt(response, "/data")).toHold([
      {
        id: found.id,
        accountId: found.accountId,
        period: found.period,
        closingBalance: found.closingBalance,
        createdAt: found.createdAt,
        transferCount: 3,
      },
    ]);
  });

  test("shows no statements of another parent", async () => {
    const request = await listAccountStatementsRequest();
    const other = await listAccountStatementsRequest();
    const found = await givenStatement({ accountId: request.params.accountId });
    const response = await client.send("GET /accounts/{accountId}/statements", other);
    expect(response).toMatchResponse("GET /accounts/{accountId}/statements", 200);
    expect(valuesAt(response, "/data", "/id")).not.toContain(found.id);
  });

  test("walks through all statements of one instant, page by page, in one order", async () => {
    const request = await listAccountStatementsRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenStatement({ accountId: request.params.accountId, createdAt: "2026-03-01T09:30:00Z" });
      rows.push(row);
    }
    await stirRows("statements", "id");
    const pages = await walk(client, "GET /accounts/{accountId}/statements", request, {
      items: "/data",
      size: 2,
      limit: "limit",
      cursor: "cursor",
      nextCursor: "/nextCursor",
      key: "/id",
    });
    for (const page of pages) expect(page).toMatchResponse("GET /accounts/{accountId}/statements", 200);
    expect(pages.map((page) => itemsAt(page, "/data").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "/data", "/id"));
    expect(walked).toEqual(
      rows.map((row) => row.id).toSorted((left, right) => (String(left) < String(right) ? -1 : 1)),
    );
  });

  test("shows 20 statements where no limit is given", async () => {
    const request = await listAccountStatementsRequest();
    for (let made = 0; made <= 20; made += 1) {
      await givenStatement({ accountId: request.params.accountId });
    }
    const response = await client.send("GET /accounts/{accountId}/statements", request);
    expect(response).toMatchResponse("GET /accounts/{accountId}/statements", 200);
    expect(itemsAt(response, "/data")).toHaveLength(20);
  });

  test("refuses a cursor that is none of its own", async () => {
    const request = await listAccountStatementsRequest();
    expect(
      await client.send("GET /accounts/{accountId}/statements", { ...request, query: { cursor: "nonsense" } }),
    ).toMatchResponse("GET /accounts/{accountId}/statements", 400);
  });

  test("orders by createdAt where nothing is said", async () => {
    const request = await listAccountStatementsRequest();
    const second = await givenStatement({ accountId: request.params.accountId, createdAt: "2026-03-02T09:30:00Z" });
    const first = await givenStatement({ accountId: request.params.accountId, createdAt: "2026-03-01T09:30:00Z" });
    const response = await client.send("GET /accounts/{accountId}/statements", request);
    expect(response).toMatchResponse("GET /accounts/{accountId}/statements", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listAccountStatementsRequest();
    const response = await client.send("GET /accounts/{accountId}/statements", request);
    expect(response).toMatchResponse("GET /accounts/{accountId}/statements", 200);
    const head = await client.send("GET /accounts/{accountId}/statements", { ...request, method: "HEAD" });
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
    const request = await listAccountStatementsRequest();
    const response = await client.send("GET /accounts/{accountId}/statements", { ...request, query });
    expect(response).toMatchResponse("GET /accounts/{accountId}/statements", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });

  test.each([
    { name: "accountId", value: "not-a-key" },
    { name: "accountId", value: "~" },
    { name: "accountId", value: "1.5" },
  ])("refuses $value for $name in the path", async ({ name, value }) => {
    const request = await listAccountStatementsRequest();
    const response = await client.send("GET /accounts/{accountId}/statements", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /accounts/{accountId}/statements", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such accountId", async () => {
    const request = await listAccountStatementsRequest();
    const unknown = { ...request, params: { ...request.params, accountId: randomUUID() } };
    expect(await client.send("GET /accounts/{accountId}/statements", unknown)).toMatchResponse(
      "GET /accounts/{accountId}/statements",
      404,
    );
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const request = await listAccountStatementsRequest();
    const response = await anybody.send("GET /accounts/{accountId}/statements", presenting(wrong, request));
    expect(response).toMatchResponse("GET /accounts/{accountId}/statements", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("knows nothing below what is another caller's", async () => {
    const request = await listAccountStatementsRequest();
    expect(await stranger.send("GET /accounts/{accountId}/statements", request)).toMatchResponse(
      "GET /accounts/{accountId}/statements",
      404,
    );
  });
});

describe("GET /statements", () => {
  test("shows all statements that are there, and nothing else", async () => {
    const request = await listStatementsRequest();
    const none = await client.send("GET /statements", request);
    expect(none).toMatchResponse("GET /statements", 200);
    expect(itemsAt(none, "/data")).toEqual([]);
    const first = await givenStatement();
    const second = await givenStatement();
    const third = await givenStatement();
    const response = await client.send("GET /statements", request);
    expect(response).toMatchResponse("GET /statements", 200);
    expect(sorted(valuesAt(response, "/data", "/id"))).toEqual(sorted([first.id, second.id, third.id]));
  });

  test("shows a stored statement as it is", async () => {
    const request = await listStatementsRequest();
    const found = await givenStatement();
    const response = await client.send("GET /statements", request);
    expect(response).toMatchResponse("GET /statements", 200);
    expect(itemsAt(response, "/data")).toHold([
      {
        id: found.id,
        accountId: found.accountId,
        period: found.period,
        closingBalance: found.closingBalance,
        createdAt: found.createdAt,
        transferCount: 3,
      },
    ]);
  });

  test("walks through all statements of one instant, page by page, in one order", async () => {
    const request = await listStatementsRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenStatement({ createdAt: "2026-03-01T09:30:00Z" });
      rows.push(row);
    }
    await stirRows("statements", "id");
    const pages = await walk(client, "GET /statements", request, {
      items: "/data",
      size: 2,
      limit: "limit",
      cursor: "cursor",
      nextCursor: "/nextCursor",
      key: "/id",
    });
    for (const page of pages) expect(page).toMatchResponse("GET /statements", 200);
    expect(pages.map((page) => itemsAt(page, "/data").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "/data", "/id"));
    expect(walked).toEqual(
      rows.map((row) => row.id).toSorted((left, right) => (String(left) < String(right) ? -1 : 1)),
    );
  });

  test("shows 20 statements where no limit is given", async () => {
    const request = await listStatementsRequest();
    for (let made = 0; made <= 20; made += 1) {
      await givenStatement();
    }
    const response = await client.send("GET /statements", request);
    expect(response).toMatchResponse("GET /statements", 200);
    expect(itemsAt(response, "/data")).toHaveLength(20);
  });

  test("refuses a cursor that is none of its own", async () => {
    const request = await listStatementsRequest();
    expect(await client.send("GET /statements", { ...request, query: { cursor: "nonsense" } })).toMatchResponse(
      "GET /statements",
      400,
    );
  });

  test("filters by period (eq)", async () => {
    const request = await listStatementsRequest();
    const found = await givenStatement({ period: "2013-10" });
    await givenStatement({ period: "2052-12" });
    const response = await client.send("GET /statements", { ...request, query: { period: "2013-10" } });
    expect(response).toMatchResponse("GET /statements", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
  });

  test("orders by createdAt where nothing is said", async () => {
    const request = await listStatementsRequest();
    const second = await givenStatement({ createdAt: "2026-03-02T09:30:00Z" });
    const first = await givenStatement({ createdAt: "2026-03-01T09:30:00Z" });
    const response = await client.send("GET /statements", request);
    expect(response).toMatchResponse("GET /statements", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listStatementsRequest();
    const response = await client.send("GET /statements", request);
    expect(response).toMatchResponse("GET /statements", 200);
    const head = await client.send("GET /statements", { ...request, method: "HEAD" });
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
    { title: "period that breaks its pattern (pattern)", query: { period: "~" } },
  ])("refuses $title in the query", async ({ query }) => {
    const request = await listStatementsRequest();
    const response = await client.send("GET /statements", { ...request, query });
    expect(response).toMatchResponse("GET /statements", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const request = await listStatementsRequest();
    const response = await anybody.send("GET /statements", presenting(wrong, request));
    expect(response).toMatchResponse("GET /statements", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("shows no statements of another caller's", async () => {
    await givenStatement();
    const request = await listStatementsRequest();
    const response = await stranger.send("GET /statements", request);
    expect(response).toMatchResponse("GET /statements", 200);
    expect(itemsAt(response, "/data")).toEqual([]);
  });
});

describe("POST /statements", () => {
  test("stores what it was sent, and shows it", async () => {
    const request = await createStatementRequest();
    const response = await client.send("POST /statements", request);
    expect(response).toMatchResponse("POST /statements", 201);
    expect(valueAt(response, "")).toHold({
      accountId: request.body.accountId,
      period: request.body.period,
      closingBalance: 125000,
    });
    expect(valueAt(response, "/createdAt")).toSatisfy(isRecent);
    const located = await client.follow(response);
    expect(located).toMatchResponse("GET /statements/{statementId}", 200);
    expect(located.json<unknown>()).toEqual(response.json<unknown>());
    const read = await client.send("GET /statements/{statementId}", {
      params: { statementId: valueAt(response, "/id") },
    });
    expect(read).toMatchResponse("GET /statements/{statementId}", 200);
    expect(valueAt(read, "")).toHold({
      accountId: request.body.accountId,
      period: request.body.period,
      closingBalance: 125000,
    });
  });

  test.each([
    { title: "a body without accountId (NewStatement.accountId required)", at: "/body/accountId", value: undefined },
    { title: "a body without period (NewStatement.period required)", at: "/body/period", value: undefined },
    {
      title: "accountId of another type (NewStatement.accountId type)",
      at: "/body/accountId",
      value: { unexpected: true },
    },
    { title: "accountId that is no uuid (NewStatement.accountId format)", at: "/body/accountId", value: "not-a-uuid" },
    { title: "accountId that is null (NewStatement.accountId nullable)", at: "/body/accountId", value: null },
    { title: "period of another type (NewStatement.period type)", at: "/body/period", value: { unexpected: true } },
    { title: "period that breaks its pattern (NewStatement.period pattern)", at: "/body/period", value: "~" },
    { title: "period that is null (NewStatement.period nullable)", at: "/body/period", value: null },
    { title: "a member that is not known (NewStatement additionalProperties)", at: "/body/notKnown", value: "unknown" },
  ])("refuses $title", async ({ at, value }) => {
    const request = changed(await createStatementRequest(), at, value);
    const response = await client.send("POST /statements", request);
    expect(response).toMatchResponse("POST /statements", 422);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const request = await createStatementRequest();
    const headers = { "content-type": "application/json" };
    expect(await client.send("POST /statements", { ...request, body: undefined, payload, headers })).toMatchResponse(
      "POST /statements",
      400,
    );
  });

  test("answers 415 to another media type", async () => {
    const request = await createStatementRequest();
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("POST /statements", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("POST /statements", 415);
  });

  test("refuses a request without a body (NewStatement required)", async () => {
    const request = await createStatementRequest();
    expect(await client.send("POST /statements", { ...request, body: undefined })).toMatchResponse(
      "POST /statements",
      422,
    );
  });

  test.each([{ name: "accountId", at: "/body/accountId", value: randomUUID() }])(
    "refuses $name of what does not exist",
    async ({ at, value }) => {
      const request = changed(await createStatementRequest(), at, value);
      const before = await storedRows("statements");
      expect(await client.send("POST /statements", request)).toMatchResponse("POST /statements", 409, 422, 400);
      expect(await storedRows("statements")).toEqual(before);
    },
  );

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const request = await createStatementRequest();
    const response = await anybody.send("POST /statements", presenting(wrong, request));
    expect(response).toMatchResponse("POST /statements", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("refuses accountId of what is another caller's", async () => {
    const request = await createStatementRequest();
    const others = changed(request, "/body/accountId", (await givenAccount({}, "stranger")).id);
    expect(await client.send("POST /statements", others)).toMatchResponse("POST /statements", 409, 422, 400);
  });
});

describe("GET /statements/{statementId}", () => {
  test("shows a stored statement as it is", async () => {
    const statement = await givenStatement();
    const request = await getStatementRequest(statement);
    const response = await client.send("GET /statements/{statementId}", request);
    expect(response).toMatchResponse("GET /statements/{statementId}", 200);
    expect(valueAt(response, "")).toHold({
      id: statement.id,
      accountId: statement.accountId,
      period: statement.period,
      closingBalance: statement.closingBalance,
      createdAt: statement.createdAt,
      transferCount: 3,
    });
  });

  test("answers HEAD as GET, without a body", async () => {
    const statement = await givenStatement();
    const request = await getStatementRequest(statement);
    const response = await client.send("GET /statements/{statementId}", request);
    expect(response).toMatchResponse("GET /statements/{statementId}", 200);
    const head = await client.send("GET /statements/{statementId}", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each([
    { name: "statementId", value: "not-a-key" },
    { name: "statementId", value: "~" },
    { name: "statementId", value: "1.5" },
  ])("refuses $value for $name in the path", async ({ name, value }) => {
    const statement = await givenStatement();
    const request = await getStatementRequest(statement);
    const response = await client.send("GET /statements/{statementId}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /statements/{statementId}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such statement", async () => {
    const statement = await givenStatement();
    const request = await getStatementRequest(statement);
    const unknown = { ...request, params: { ...request.params, statementId: randomUUID() } };
    expect(await client.send("GET /statements/{statementId}", unknown)).toMatchResponse(
      "GET /statements/{statementId}",
      404,
    );
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const statement = await givenStatement();
    const request = await getStatementRequest(statement);
    const response = await anybody.send("GET /statements/{statementId}", presenting(wrong, request));
    expect(response).toMatchResponse("GET /statements/{statementId}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("knows no statement that is another caller's", async () => {
    const statement = await givenStatement();
    const request = await getStatementRequest(statement);
    expect(await stranger.send("GET /statements/{statementId}", request)).toMatchResponse(
      "GET /statements/{statementId}",
      404,
    );
  });
});

describe("conversations about statements", () => {
  test("shows what a record of any valid calls says, and to nobody else", async () => {
    await holdConversations({
      caller: client,
      stranger,
      strangers: () => givenStatement({}, "stranger"),
      given: () => givenStatement(),
      address: (statement) => ({ statementId: statement.id }),
      read: { route: "GET /statements/{statementId}", status: 200, missing: [404] },
      stable: ["/id", "/accountId", "/period"],
      create: {
        route: "POST /statements",
        status: 201,
        request: createStatementRequest,
        address: (response) => ({ statementId: valueAt(response, "/id") }),
        members: [
          { sent: "/accountId", shown: "/accountId", values: [], isSpare: false },
          { sent: "/period", shown: "/period", values: ["2026-10", "2013-10", "2052-12", "2080-03"], isSpare: false },
        ],
      },
      writes: [],
      remove: undefined,
      lists: [
        {
          route: "GET /statements",
          status: 200,
          request: listStatementsRequest,
          items: "/data",
          key: "/id",
          readKey: "/id",
          paging: { items: "/data", size: 2, limit: "limit", cursor: "cursor", nextCursor: "/nextCursor", key: "/id" },
        },
      ],
    });
  });
});

describe("other methods of statements", () => {
  test.each([
    { method: "PUT", url: "/v1/accounts/1/statements", allow: "GET, HEAD, OPTIONS" } as const,
    { method: "PUT", url: "/v1/statements", allow: "GET, HEAD, OPTIONS, POST" } as const,
    { method: "PUT", url: "/v1/statements/1", allow: "GET, HEAD, OPTIONS" } as const,
  ])("$method $url is answered with the methods that there are", async ({ method, url, allow }) => {
    const response = await client.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers["allow"]).toBe(allow);
    const options = await client.inject({ method: "OPTIONS", url });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe(allow);
  });
});
