import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { unreadableBodies } from "../testing/bodies.ts";
import { anybody, client, clientWith, stranger } from "../testing/client.ts";
import { holdConversations } from "../testing/conversation.ts";
import { presenting, wrongCredentials } from "../testing/credentials.ts";
import { resetRows, stirRows, storedRows } from "../testing/database.ts";
import { acceptingLogic } from "../testing/logic.ts";
import { walk } from "../testing/pages.ts";
import { callersCustomer, givenAccount, givenCard, givenStatement, givenTransfer } from "../testing/rows.ts";
import { changed, isRecent, itemsAt, sorted, valueAt, valuesAt, without } from "../testing/values.ts";
import type { Account } from "./account.contract.ts";
import { validNewAccount } from "./account.fixtures.ts";

beforeEach(resetRows);

/** A valid GET /accounts. */
async function listAccountsRequest() {
  return {};
}

/** A valid POST /accounts. */
async function openAccountRequest() {
  await callersCustomer();
  return {
    body: { name: "Household", currency: "EUR", overdraftLimit: 0, interestRate: "1.2500", ...validNewAccount() },
  };
}

/** A valid GET /accounts/{accountId}. */
async function getAccountRequest(account: Account) {
  return {
    params: { accountId: account.id },
  };
}

/** A valid DELETE /accounts/{accountId}. */
async function deleteAccountRequest(account: Account) {
  return {
    params: { accountId: account.id },
  };
}

/** A valid PATCH /accounts/{accountId}. */
async function updateAccountRequest(account: Account) {
  return {
    params: { accountId: account.id },
    body: { name: "Holidays", overdraftLimit: 0, interestRate: "1.5000" },
  };
}

const getAccountCases = [
  { name: "accountId", value: "not-a-key" },
  { name: "accountId", value: "~" },
  { name: "accountId", value: "1.5" },
];

describe("GET /accounts", () => {
  test("shows all accounts that are there, and nothing else", async () => {
    const request = await listAccountsRequest();
    const none = await client.send("GET /accounts", request);
    expect(none).toMatchResponse("GET /accounts", 200);
    expect(itemsAt(none, "/data")).toEqual([]);
    const first = await givenAccount();
    const second = await givenAccount();
    const third = await givenAccount();
    const response = await client.send("GET /accounts", request);
    expect(response).toMatchResponse("GET /accounts", 200);
    expect(sorted(valuesAt(response, "/data", "/id"))).toEqual(sorted([first.id, second.id, third.id]));
  });

  test("shows a stored account as it is", async () => {
    const request = await listAccountsRequest();
    const found = await givenAccount();
    const response = await client.send("GET /accounts", request);
    expect(response).toMatchResponse("GET /accounts", 200);
    expect(itemsAt(response, "/data")).toHold([
      {
        id: found.id,
        customerId: found.customerId,
        name: found.name,
        currency: found.currency,
        status: found.status,
        balance: found.balance,
        overdraftLimit: found.overdraftLimit,
        interestRate: found.interestRate,
        createdAt: found.createdAt,
        availableBalance: 125000,
      },
    ]);
  });

  test("walks through all accounts of one instant, page by page, in one order", async () => {
    const request = await listAccountsRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenAccount({ createdAt: "2026-03-01T09:30:00Z" });
      rows.push(row);
    }
    await stirRows("accounts", "id");
    const pages = await walk(client, "GET /accounts", request, {
      items: "/data",
      size: 2,
      limit: "limit",
      cursor: "cursor",
      nextCursor: "/nextCursor",
      key: "/id",
    });
    for (const page of pages) expect(page).toMatchResponse("GET /accounts", 200);
    expect(pages.map((page) => itemsAt(page, "/data").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "/data", "/id"));
    expect(walked).toEqual(
      rows.map((row) => row.id).toSorted((left, right) => (String(left) < String(right) ? -1 : 1)),
    );
  });

  test("shows 20 accounts where no limit is given", async () => {
    const request = await listAccountsRequest();
    for (let made = 0; made <= 20; made += 1) {
      await givenAccount();
    }
    const response = await client.send("GET /accounts", request);
    expect(response).toMatchResponse("GET /accounts", 200);
    expect(itemsAt(response, "/data")).toHaveLength(20);
  });

  test("refuses a cursor that is none of its own", async () => {
    const request = await listAccountsRequest();
    expect(await client.send("GET /accounts", { ...request, query: { cursor: "nonsense" } })).toMatchResponse(
      "GET /accounts",
      400,
    );
  });

  test("filters by status (eq)", async () => {
    const request = await listAccountsRequest();
    const found = await givenAccount({ status: "blocked" });
    await givenAccount({ status: "closed" });
    const response = await client.send("GET /accounts", { ...request, query: { status: "blocked" } });
    expect(response).toMatchResponse("GET /accounts", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
  });

  test("filters by currency (eq)", async () => {
    const request = await listAccountsRequest();
    const found = await givenAccount({ currency: "EUR" });
    await givenAccount({ currency: "GBP" });
    const response = await client.send("GET /accounts", { ...request, query: { currency: "EUR" } });
    expect(response).toMatchResponse("GET /accounts", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
  });

  test("asks its business logic about overdrawn, and shows what that finds", async () => {
    const request = await listAccountsRequest();
    const found = await givenAccount();
    await givenAccount();
    const asked: unknown[] = [];
    const asking = clientWith({
      accounts: {
        ...acceptingLogic.accounts,
        overdrawn: (value) => {
          asked.push(value);
          return { id: { equals: found.id } };
        },
      },
    });
    const response = await asking.send("GET /accounts", { ...request, query: { overdrawn: false } });
    expect(response).toMatchResponse("GET /accounts", 200);
    expect(asked).toEqual([false]);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
  });

  test("filters by status and currency together", async () => {
    const request = await listAccountsRequest();
    const found = await givenAccount({ status: "blocked", currency: "EUR" });
    await givenAccount({ status: "blocked", currency: "GBP" });
    await givenAccount({ status: "closed", currency: "EUR" });
    const response = await client.send("GET /accounts", { ...request, query: { status: "blocked", currency: "EUR" } });
    expect(response).toMatchResponse("GET /accounts", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
  });

  test("orders by createdAt where nothing is said", async () => {
    const request = await listAccountsRequest();
    const second = await givenAccount({ createdAt: "2026-03-02T09:30:00Z" });
    const first = await givenAccount({ createdAt: "2026-03-01T09:30:00Z" });
    const response = await client.send("GET /accounts", request);
    expect(response).toMatchResponse("GET /accounts", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listAccountsRequest();
    const response = await client.send("GET /accounts", request);
    expect(response).toMatchResponse("GET /accounts", 200);
    const head = await client.send("GET /accounts", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each([
    { query: { status: "open" } },
    { query: { status: "blocked" } },
    { query: { status: "closed" } },
    { query: { currency: "EUR" } },
    { query: { currency: "GBP" } },
    { query: { currency: "USD" } },
  ])("takes $query in the query", async ({ query }) => {
    const request = await listAccountsRequest();
    expect(await client.send("GET /accounts", { ...request, query })).toMatchResponse("GET /accounts", 200);
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
    { title: "currency that is not on the list (enum)", query: { currency: "not-one-of-them" } },
    { title: "overdrawn of another type (type)", query: { overdrawn: "not a number" } },
    { title: "overdrawn twice", query: { overdrawn: [true, true] } },
  ])("refuses $title in the query", async ({ query }) => {
    const request = await listAccountsRequest();
    const response = await client.send("GET /accounts", { ...request, query });
    expect(response).toMatchResponse("GET /accounts", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const request = await listAccountsRequest();
    const response = await anybody.send("GET /accounts", presenting(wrong, request));
    expect(response).toMatchResponse("GET /accounts", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("shows no accounts of another caller's", async () => {
    await givenAccount();
    const request = await listAccountsRequest();
    const response = await stranger.send("GET /accounts", request);
    expect(response).toMatchResponse("GET /accounts", 200);
    expect(itemsAt(response, "/data")).toEqual([]);
  });
});

describe("POST /accounts", () => {
  test("stores what it was sent, and shows it", async () => {
    const request = await openAccountRequest();
    const response = await client.send("POST /accounts", request);
    expect(response).toMatchResponse("POST /accounts", 201);
    expect(valueAt(response, "")).toHold({
      name: request.body.name,
      currency: request.body.currency,
      status: "open",
      balance: 0,
      overdraftLimit: request.body.overdraftLimit,
      interestRate: request.body.interestRate,
    });
    expect(valueAt(response, "/createdAt")).toSatisfy(isRecent);
    const located = await client.follow(response);
    expect(located).toMatchResponse("GET /accounts/{accountId}", 200);
    expect(located.json<unknown>()).toEqual(response.json<unknown>());
    const read = await client.send("GET /accounts/{accountId}", { params: { accountId: valueAt(response, "/id") } });
    expect(read).toMatchResponse("GET /accounts/{accountId}", 200);
    expect(valueAt(read, "")).toHold({
      name: request.body.name,
      currency: request.body.currency,
      status: "open",
      balance: 0,
      overdraftLimit: request.body.overdraftLimit,
      interestRate: request.body.interestRate,
    });
  });

  test("leaves out what it was not given, and takes defaults", async () => {
    const request = without(await openAccountRequest(), ["/body/overdraftLimit", "/body/interestRate"]);
    const response = await client.send("POST /accounts", request);
    expect(response).toMatchResponse("POST /accounts", 201);
    expect(valueAt(response, "")).toHold({ overdraftLimit: 0, interestRate: "0.0000" });
    const read = await client.send("GET /accounts/{accountId}", { params: { accountId: valueAt(response, "/id") } });
    expect(read).toMatchResponse("GET /accounts/{accountId}", 200);
    expect(valueAt(read, "")).toHold({ overdraftLimit: 0, interestRate: "0.0000" });
  });

  test.each([
    { title: "a body without name (NewAccount.name required)", at: "/body/name", value: undefined },
    { title: "a body without currency (NewAccount.currency required)", at: "/body/currency", value: undefined },
    { title: "name of another type (NewAccount.name type)", at: "/body/name", value: { unexpected: true } },
    { title: "name shorter than 1 (NewAccount.name minLength)", at: "/body/name", value: "" },
    { title: "name longer than 60 (NewAccount.name maxLength)", at: "/body/name", value: "text" + "a".repeat(57) },
    { title: "name that is null (NewAccount.name nullable)", at: "/body/name", value: null },
    { title: "currency of another type (NewAccount.currency type)", at: "/body/currency", value: { unexpected: true } },
    {
      title: "currency that is not on the list (NewAccount.currency enum)",
      at: "/body/currency",
      value: "not-one-of-them",
    },
    { title: "currency that is null (NewAccount.currency nullable)", at: "/body/currency", value: null },
    {
      title: "overdraftLimit of another type (NewAccount.overdraftLimit type)",
      at: "/body/overdraftLimit",
      value: "not a number",
    },
    {
      title: "overdraftLimit below its minimum (NewAccount.overdraftLimit minimum)",
      at: "/body/overdraftLimit",
      value: -1,
    },
    {
      title: "overdraftLimit above its maximum (NewAccount.overdraftLimit maximum)",
      at: "/body/overdraftLimit",
      value: 1000001,
    },
    {
      title: "overdraftLimit with a fraction (NewAccount.overdraftLimit integer)",
      at: "/body/overdraftLimit",
      value: 1.5,
    },
    {
      title: "overdraftLimit that is null (NewAccount.overdraftLimit nullable)",
      at: "/body/overdraftLimit",
      value: null,
    },
    {
      title: "interestRate of another type (NewAccount.interestRate type)",
      at: "/body/interestRate",
      value: { unexpected: true },
    },
    {
      title: "interestRate that breaks its pattern (NewAccount.interestRate pattern)",
      at: "/body/interestRate",
      value: "~",
    },
    { title: "interestRate that is null (NewAccount.interestRate nullable)", at: "/body/interestRate", value: null },
    { title: "a member that is not known (NewAccount additionalProperties)", at: "/body/notKnown", value: "unknown" },
  ])("refuses $title", async ({ at, value }) => {
    const request = changed(await openAccountRequest(), at, value);
    const response = await client.send("POST /accounts", request);
    expect(response).toMatchResponse("POST /accounts", 422);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each([
    { title: "name of its shortest, 1 character", at: "/body/name", value: "😀", shown: { name: "😀" } },
    {
      title: "name of its longest, 60 characters",
      at: "/body/name",
      value: "😀" + "é".repeat(59),
      shown: { name: "😀" + "é".repeat(59) },
    },
    { title: 'currency of its value "GBP"', at: "/body/currency", value: "GBP", shown: { currency: "GBP" } },
    { title: 'currency of its value "USD"', at: "/body/currency", value: "USD", shown: { currency: "USD" } },
    { title: "overdraftLimit of its minimum 0", at: "/body/overdraftLimit", value: 0, shown: { overdraftLimit: 0 } },
    {
      title: "overdraftLimit of its maximum 1000000",
      at: "/body/overdraftLimit",
      value: 1000000,
      shown: { overdraftLimit: 1000000 },
    },
  ])("accepts $title", async ({ at, value, shown }) => {
    const request = changed(await openAccountRequest(), at, value);
    const response = await client.send("POST /accounts", request);
    expect(response).toMatchResponse("POST /accounts", 201);
    expect(valueAt(response, "")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const request = await openAccountRequest();
    const headers = { "content-type": "application/json" };
    expect(await client.send("POST /accounts", { ...request, body: undefined, payload, headers })).toMatchResponse(
      "POST /accounts",
      400,
    );
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in name", async ({ value }) => {
    const request = changed(await openAccountRequest(), "/body/name", value);
    expect(await client.send("POST /accounts", request)).toMatchResponse("POST /accounts", 400);
  });

  test("answers 415 to another media type", async () => {
    const request = await openAccountRequest();
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("POST /accounts", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("POST /accounts", 415);
  });

  test("refuses a request without a body (NewAccount required)", async () => {
    const request = await openAccountRequest();
    expect(await client.send("POST /accounts", { ...request, body: undefined })).toMatchResponse("POST /accounts", 422);
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const request = await openAccountRequest();
    const response = await anybody.send("POST /accounts", presenting(wrong, request));
    expect(response).toMatchResponse("POST /accounts", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });
});

describe("GET /accounts/{accountId}", () => {
  test("shows a stored account as it is", async () => {
    const account = await givenAccount();
    const request = await getAccountRequest(account);
    const response = await client.send("GET /accounts/{accountId}", request);
    expect(response).toMatchResponse("GET /accounts/{accountId}", 200);
    expect(valueAt(response, "")).toHold({
      id: account.id,
      customerId: account.customerId,
      name: account.name,
      currency: account.currency,
      status: account.status,
      balance: account.balance,
      overdraftLimit: account.overdraftLimit,
      interestRate: account.interestRate,
      createdAt: account.createdAt,
      availableBalance: 125000,
    });
  });

  test("answers HEAD as GET, without a body", async () => {
    const account = await givenAccount();
    const request = await getAccountRequest(account);
    const response = await client.send("GET /accounts/{accountId}", request);
    expect(response).toMatchResponse("GET /accounts/{accountId}", 200);
    const head = await client.send("GET /accounts/{accountId}", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each(getAccountCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const account = await givenAccount();
    const request = await getAccountRequest(account);
    const response = await client.send("GET /accounts/{accountId}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /accounts/{accountId}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such account", async () => {
    const account = await givenAccount();
    const request = await getAccountRequest(account);
    const unknown = { ...request, params: { ...request.params, accountId: randomUUID() } };
    expect(await client.send("GET /accounts/{accountId}", unknown)).toMatchResponse("GET /accounts/{accountId}", 404);
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const account = await givenAccount();
    const request = await getAccountRequest(account);
    const response = await anybody.send("GET /accounts/{accountId}", presenting(wrong, request));
    expect(response).toMatchResponse("GET /accounts/{accountId}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("knows no account that is another caller's", async () => {
    const account = await givenAccount();
    const request = await getAccountRequest(account);
    expect(await stranger.send("GET /accounts/{accountId}", request)).toMatchResponse("GET /accounts/{accountId}", 404);
  });
});

describe("DELETE /accounts/{accountId}", () => {
  test("deletes the account, once, and no other", async () => {
    const other = await givenAccount();
    const account = await givenAccount();
    const request = await deleteAccountRequest(account);
    expect(await client.send("DELETE /accounts/{accountId}", request)).toMatchResponse(
      "DELETE /accounts/{accountId}",
      204,
    );
    expect(await client.send("GET /accounts/{accountId}", { params: { accountId: account.id } })).toMatchResponse(
      "GET /accounts/{accountId}",
      404,
    );
    expect(await client.send("DELETE /accounts/{accountId}", request)).toMatchResponse(
      "DELETE /accounts/{accountId}",
      404,
    );
    expect(await client.send("GET /accounts/{accountId}", { params: { accountId: other.id } })).toMatchResponse(
      "GET /accounts/{accountId}",
      200,
    );
  });

  test.each(getAccountCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const account = await givenAccount();
    const request = await deleteAccountRequest(account);
    const response = await client.send("DELETE /accounts/{accountId}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("DELETE /accounts/{accountId}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such account", async () => {
    const account = await givenAccount();
    const request = await deleteAccountRequest(account);
    const unknown = { ...request, params: { ...request.params, accountId: randomUUID() } };
    expect(await client.send("DELETE /accounts/{accountId}", unknown)).toMatchResponse(
      "DELETE /accounts/{accountId}",
      404,
    );
  });

  test.each([{ code: "account-not-empty", status: 409 } as const])(
    "answers $status where isEmpty refuses with $code",
    async ({ code, status }) => {
      const account = await givenAccount();
      const request = await deleteAccountRequest(account);
      const before = await storedRows("accounts");
      const refusing = clientWith({
        accounts: { ...acceptingLogic.accounts, isEmpty: async (_1, context) => context.refuse(code) },
      });
      expect(await refusing.send("DELETE /accounts/{accountId}", request)).toMatchResponse(
        "DELETE /accounts/{accountId}",
        status,
      );
      expect(await storedRows("accounts")).toEqual(before);
    },
  );

  test("deletes each card with it (accountId)", async () => {
    const account = await givenAccount();
    const dependent = await givenCard({ accountId: account.id });
    const request = await deleteAccountRequest(account);
    expect(await client.send("DELETE /accounts/{accountId}", request)).toMatchResponse(
      "DELETE /accounts/{accountId}",
      204,
    );
    expect(await client.send("GET /cards/{cardId}", { params: { cardId: dependent.id } })).toMatchResponse(
      "GET /cards/{cardId}",
      404,
    );
  });

  test("deletes each statement with it (accountId)", async () => {
    const account = await givenAccount();
    const dependent = await givenStatement({ accountId: account.id });
    const request = await deleteAccountRequest(account);
    expect(await client.send("DELETE /accounts/{accountId}", request)).toMatchResponse(
      "DELETE /accounts/{accountId}",
      204,
    );
    expect(
      await client.send("GET /statements/{statementId}", { params: { statementId: dependent.id } }),
    ).toMatchResponse("GET /statements/{statementId}", 404);
  });

  test("keeps a account that a transfer refers to by fromAccountId", async () => {
    const account = await givenAccount();
    const dependent = await givenTransfer({ fromAccountId: account.id });
    const request = await deleteAccountRequest(account);
    expect(await client.send("DELETE /accounts/{accountId}", request)).toMatchResponse(
      "DELETE /accounts/{accountId}",
      409,
    );
    expect(await client.send("GET /transfers/{transferId}", { params: { transferId: dependent.id } })).toMatchResponse(
      "GET /transfers/{transferId}",
      200,
    );
  });

  test("keeps a account that a transfer refers to by toAccountId", async () => {
    const account = await givenAccount();
    const dependent = await givenTransfer({ toAccountId: account.id });
    const request = await deleteAccountRequest(account);
    expect(await client.send("DELETE /accounts/{accountId}", request)).toMatchResponse(
      "DELETE /accounts/{accountId}",
      409,
    );
    expect(await client.send("GET /transfers/{transferId}", { params: { transferId: dependent.id } })).toMatchResponse(
      "GET /transfers/{transferId}",
      200,
    );
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const account = await givenAccount();
    const request = await deleteAccountRequest(account);
    const response = await anybody.send("DELETE /accounts/{accountId}", presenting(wrong, request));
    expect(response).toMatchResponse("DELETE /accounts/{accountId}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("knows no account that is another caller's", async () => {
    const account = await givenAccount();
    const request = await deleteAccountRequest(account);
    const before = await client.send("GET /accounts/{accountId}", { params: { accountId: account.id } });
    expect(await stranger.send("DELETE /accounts/{accountId}", request)).toMatchResponse(
      "DELETE /accounts/{accountId}",
      404,
    );
    const after = await client.send("GET /accounts/{accountId}", { params: { accountId: account.id } });
    expect(after.json<unknown>()).toEqual(before.json<unknown>());
  });
});

describe("PATCH /accounts/{accountId}", () => {
  test("changes what it was sent, and no other account", async () => {
    await givenAccount();
    const others = await storedRows("accounts");
    const account = await givenAccount();
    const request = await updateAccountRequest(account);
    const response = await client.send("PATCH /accounts/{accountId}", request);
    expect(response).toMatchResponse("PATCH /accounts/{accountId}", 200);
    expect(valueAt(response, "")).toHold({
      name: request.body.name,
      overdraftLimit: request.body.overdraftLimit,
      interestRate: request.body.interestRate,
    });
    const read = await client.send("GET /accounts/{accountId}", { params: { accountId: account.id } });
    expect(read).toMatchResponse("GET /accounts/{accountId}", 200);
    expect(valueAt(read, "")).toHold({
      name: request.body.name,
      overdraftLimit: request.body.overdraftLimit,
      interestRate: request.body.interestRate,
    });
    expect(await storedRows("accounts")).toEqual(expect.arrayContaining([...others]));
  });

  test("keeps what it was not given", async () => {
    const account = await givenAccount();
    const request = without(await updateAccountRequest(account), ["/body/overdraftLimit", "/body/interestRate"]);
    const response = await client.send("PATCH /accounts/{accountId}", request);
    expect(response).toMatchResponse("PATCH /accounts/{accountId}", 200);
    expect(valueAt(response, "")).toHold({
      id: account.id,
      customerId: account.customerId,
      currency: account.currency,
      status: account.status,
      balance: account.balance,
      overdraftLimit: account.overdraftLimit,
      interestRate: account.interestRate,
      createdAt: account.createdAt,
      name: request.body.name,
    });
    const read = await client.send("GET /accounts/{accountId}", { params: { accountId: account.id } });
    expect(read).toMatchResponse("GET /accounts/{accountId}", 200);
    expect(valueAt(read, "")).toHold({
      id: account.id,
      customerId: account.customerId,
      currency: account.currency,
      status: account.status,
      balance: account.balance,
      overdraftLimit: account.overdraftLimit,
      interestRate: account.interestRate,
      createdAt: account.createdAt,
      name: request.body.name,
    });
  });

  test.each(getAccountCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const account = await givenAccount();
    const request = await updateAccountRequest(account);
    const response = await client.send("PATCH /accounts/{accountId}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("PATCH /accounts/{accountId}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such account", async () => {
    const account = await givenAccount();
    const request = await updateAccountRequest(account);
    const unknown = { ...request, params: { ...request.params, accountId: randomUUID() } };
    expect(await client.send("PATCH /accounts/{accountId}", unknown)).toMatchResponse(
      "PATCH /accounts/{accountId}",
      404,
    );
  });

  test.each([
    { title: "name of another type (AccountUpdate.name type)", at: "/body/name", value: { unexpected: true } },
    { title: "name shorter than 1 (AccountUpdate.name minLength)", at: "/body/name", value: "" },
    { title: "name longer than 60 (AccountUpdate.name maxLength)", at: "/body/name", value: "text" + "a".repeat(57) },
    { title: "name that is null (AccountUpdate.name nullable)", at: "/body/name", value: null },
    {
      title: "overdraftLimit of another type (AccountUpdate.overdraftLimit type)",
      at: "/body/overdraftLimit",
      value: "not a number",
    },
    {
      title: "overdraftLimit below its minimum (AccountUpdate.overdraftLimit minimum)",
      at: "/body/overdraftLimit",
      value: -1,
    },
    {
      title: "overdraftLimit above its maximum (AccountUpdate.overdraftLimit maximum)",
      at: "/body/overdraftLimit",
      value: 1000001,
    },
    {
      title: "overdraftLimit with a fraction (AccountUpdate.overdraftLimit integer)",
      at: "/body/overdraftLimit",
      value: 1.5,
    },
    {
      title: "overdraftLimit that is null (AccountUpdate.overdraftLimit nullable)",
      at: "/body/overdraftLimit",
      value: null,
    },
    {
      title: "interestRate of another type (AccountUpdate.interestRate type)",
      at: "/body/interestRate",
      value: { unexpected: true },
    },
    {
      title: "interestRate that breaks its pattern (AccountUpdate.interestRate pattern)",
      at: "/body/interestRate",
      value: "~",
    },
    { title: "interestRate that is null (AccountUpdate.interestRate nullable)", at: "/body/interestRate", value: null },
    { title: "too few members (AccountUpdate minProperties)", at: "/body", value: {} },
    {
      title: "a member that is not known (AccountUpdate additionalProperties)",
      at: "/body/notKnown",
      value: "unknown",
    },
  ])("refuses $title", async ({ at, value }) => {
    const account = await givenAccount();
    const request = changed(await updateAccountRequest(account), at, value);
    expect(await client.send("PATCH /accounts/{accountId}", request)).toMatchResponse(
      "PATCH /accounts/{accountId}",
      422,
    );
  });

  test.each([
    { title: "name of its shortest, 1 character", at: "/body/name", value: "😀", shown: { name: "😀" } },
    {
      title: "name of its longest, 60 characters",
      at: "/body/name",
      value: "😀" + "é".repeat(59),
      shown: { name: "😀" + "é".repeat(59) },
    },
    { title: "overdraftLimit of its minimum 0", at: "/body/overdraftLimit", value: 0, shown: { overdraftLimit: 0 } },
    {
      title: "overdraftLimit of its maximum 1000000",
      at: "/body/overdraftLimit",
      value: 1000000,
      shown: { overdraftLimit: 1000000 },
    },
  ])("accepts $title", async ({ at, value, shown }) => {
    const account = await givenAccount();
    const request = changed(await updateAccountRequest(account), at, value);
    const response = await client.send("PATCH /accounts/{accountId}", request);
    expect(response).toMatchResponse("PATCH /accounts/{accountId}", 200);
    expect(valueAt(response, "")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const account = await givenAccount();
    const request = await updateAccountRequest(account);
    const headers = { "content-type": "application/json" };
    expect(
      await client.send("PATCH /accounts/{accountId}", { ...request, body: undefined, payload, headers }),
    ).toMatchResponse("PATCH /accounts/{accountId}", 400);
  });

  test.each([
    { title: "a NUL", value: "a\u0000" },
    { title: "half of a surrogate pair", value: "a\ud800" },
  ])("refuses $title in name", async ({ value }) => {
    const account = await givenAccount();
    const request = changed(await updateAccountRequest(account), "/body/name", value);
    expect(await client.send("PATCH /accounts/{accountId}", request)).toMatchResponse(
      "PATCH /accounts/{accountId}",
      400,
    );
  });

  test("answers 415 to another media type", async () => {
    const account = await givenAccount();
    const request = await updateAccountRequest(account);
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("PATCH /accounts/{accountId}", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("PATCH /accounts/{accountId}", 415);
  });

  test("refuses a request without a body (AccountUpdate required)", async () => {
    const account = await givenAccount();
    const request = await updateAccountRequest(account);
    expect(await client.send("PATCH /accounts/{accountId}", { ...request, body: undefined })).toMatchResponse(
      "PATCH /accounts/{accountId}",
      422,
    );
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const account = await givenAccount();
    const request = await updateAccountRequest(account);
    const response = await anybody.send("PATCH /accounts/{accountId}", presenting(wrong, request));
    expect(response).toMatchResponse("PATCH /accounts/{accountId}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("knows no account that is another caller's", async () => {
    const account = await givenAccount();
    const request = await updateAccountRequest(account);
    const before = await client.send("GET /accounts/{accountId}", { params: { accountId: account.id } });
    expect(await stranger.send("PATCH /accounts/{accountId}", request)).toMatchResponse(
      "PATCH /accounts/{accountId}",
      404,
    );
    const after = await client.send("GET /accounts/{accountId}", { params: { accountId: account.id } });
    expect(after.json<unknown>()).toEqual(before.json<unknown>());
  });
});

describe("conversations about accounts", () => {
  test("shows what a record of any valid calls says, and to nobody else", async () => {
    await holdConversations({
      caller: client,
      stranger,
      strangers: () => givenAccount({}, "stranger"),
      given: () => givenAccount(),
      address: (account) => ({ accountId: account.id }),
      read: { route: "GET /accounts/{accountId}", status: 200, missing: [404] },
      stable: ["/id", "/name", "/currency", "/overdraftLimit", "/interestRate"],
      create: {
        route: "POST /accounts",
        status: 201,
        request: openAccountRequest,
        address: (response) => ({ accountId: valueAt(response, "/id") }),
        members: [
          { sent: "/name", shown: "/name", values: ["Household", "text 1", "text 2", "text 3"], isSpare: false },
          { sent: "/currency", shown: "/currency", values: ["EUR", "GBP", "USD"], isSpare: false },
          { sent: "/overdraftLimit", shown: "/overdraftLimit", values: [0, 1, 2, 3], isSpare: false },
          {
            sent: "/interestRate",
            shown: "/interestRate",
            values: ["1.2500", "2.2500", "3.2500", "4.2500"],
            isSpare: false,
          },
        ],
      },
      writes: [
        {
          route: "PATCH /accounts/{accountId}",
          status: 200,
          missing: [404],
          request: updateAccountRequest,
          members: [
            { sent: "/name", shown: "/name", values: ["Holidays", "text 1", "text 2", "text 3"], isSpare: false },
            { sent: "/overdraftLimit", shown: "/overdraftLimit", values: [0, 1, 2, 3], isSpare: false },
            {
              sent: "/interestRate",
              shown: "/interestRate",
              values: ["1.5000", "2.2500", "3.2500", "4.2500"],
              isSpare: false,
            },
          ],
        },
      ],
      remove: { route: "DELETE /accounts/{accountId}", status: 204, missing: [404], request: deleteAccountRequest },
      lists: [
        {
          route: "GET /accounts",
          status: 200,
          request: listAccountsRequest,
          items: "/data",
          key: "/id",
          readKey: "/id",
          paging: { items: "/data", size: 2, limit: "limit", cursor: "cursor", nextCursor: "/nextCursor", key: "/id" },
        },
      ],
    });
  });
});

describe("other methods of accounts", () => {
  test.each([
    { method: "PUT", url: "/v1/accounts", allow: "GET, HEAD, OPTIONS, POST" } as const,
    { method: "PUT", url: "/v1/accounts/1", allow: "DELETE, GET, HEAD, OPTIONS, PATCH" } as const,
  ])("$method $url is answered with the methods that there are", async ({ method, url, allow }) => {
    const response = await client.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers["allow"]).toBe(allow);
    const options = await client.inject({ method: "OPTIONS", url });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe(allow);
  });
});
