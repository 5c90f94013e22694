import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { unreadableBodies } from "../testing/bodies.ts";
import { anybody, client, clientWith, realClient, stranger } from "../testing/client.ts";
import { holdConversations } from "../testing/conversation.ts";
import { presenting, wrongCredentials } from "../testing/credentials.ts";
import { resetRows, stirRows, storedRows } from "../testing/database.ts";
import { acceptingLogic } from "../testing/logic.ts";
import { walk } from "../testing/pages.ts";
import { callersCustomer, givenAccount, givenTransfer } from "../testing/rows.ts";
import { isOpen } from "../testing/slots.ts";
import { changed, isRecent, itemsAt, sorted, valueAt, valuesAt, without } from "../testing/values.ts";
import type { Transfer } from "./transfer.contract.ts";
import { validNewTransfer } from "./transfer.fixtures.ts";

beforeEach(resetRows);

/** A valid GET /transfers. */
async function listTransfersRequest() {
  return {};
}

/** A valid POST /transfers. */
async function createTransferRequest() {
  await callersCustomer();
  return {
    body: {
      fromAccountId: (await givenAccount()).id,
      toAccountId: (await givenAccount()).id,
      amount: 4200,
      currency: "EUR",
      purpose: "Rent, October",
      ...validNewTransfer(),
    },
  };
}

/** A valid GET /transfers/{transferId}. */
async function getTransferRequest(transfer: Transfer) {
  return {
    params: { transferId: transfer.id },
  };
}

/** A valid POST /transfers/{transferId}/reverse. */
async function reverseTransferRequest(transfer: Transfer) {
  return {
    params: { transferId: transfer.id },
  };
}

const getTransferCases = [
  { name: "transferId", value: "not-a-key" },
  { name: "transferId", value: "~" },
  { name: "transferId", value: "1.5" },
];

describe("GET /transfers", () => {
  test("shows all transfers that are there, and nothing else", async () => {
    const request = await listTransfersRequest();
    const none = await client.send("GET /transfers", request);
    expect(none).toMatchResponse("GET /transfers", 200);
    expect(itemsAt(none, "/data")).toEqual([]);
    const first = await givenTransfer();
    const second = await givenTransfer();
    const third = await givenTransfer();
    const response = await client.send("GET /transfers", request);
    expect(response).toMatchResponse("GET /transfers", 200);
    expect(sorted(valuesAt(response, "/data", "/id"))).toEqual(sorted([first.id, second.id, third.id]));
  });

  test("shows a stored transfer as it is", async () => {
    const request = await listTransfersRequest();
    const found = await givenTransfer();
    const response = await client.send("GET /transfers", request);
    expect(response).toMatchResponse("GET /transfers", 200);
    expect(itemsAt(response, "/data")).toHold([
      {
        id: found.id,
        fromAccountId: found.fromAccountId,
        toAccountId: found.toAccountId,
        amount: found.amount,
        currency: found.currency,
        purpose: found.purpose,
        reference: found.reference,
        status: found.status,
        reversedAt: found.reversedAt,
        createdAt: found.createdAt,
      },
    ]);
  });

  test("walks through all transfers of one instant, page by page, in one order", async () => {
    const request = await listTransfersRequest();
    const rows = [];
    for (let made = 0; made < 5; made += 1) {
      const row = await givenTransfer({ createdAt: "2026-03-01T09:30:00Z" });
      rows.push(row);
    }
    await stirRows("transfers", "id");
    const pages = await walk(client, "GET /transfers", request, {
      items: "/data",
      size: 2,
      limit: "limit",
      cursor: "cursor",
      nextCursor: "/nextCursor",
      key: "/id",
    });
    for (const page of pages) expect(page).toMatchResponse("GET /transfers", 200);
    expect(pages.map((page) => itemsAt(page, "/data").length)).toEqual([2, 2, 1]);
    const walked = pages.flatMap((page) => valuesAt(page, "/data", "/id"));
    expect(walked).toEqual(
      rows.map((row) => row.id).toSorted((left, right) => (String(left) < String(right) ? -1 : 1)),
    );
  });

  test("shows 20 transfers where no limit is given", async () => {
    const request = await listTransfersRequest();
    for (let made = 0; made <= 20; made += 1) {
      await givenTransfer();
    }
    const response = await client.send("GET /transfers", request);
    expect(response).toMatchResponse("GET /transfers", 200);
    expect(itemsAt(response, "/data")).toHaveLength(20);
  });

  test("refuses a cursor that is none of its own", async () => {
    const request = await listTransfersRequest();
    expect(await client.send("GET /transfers", { ...request, query: { cursor: "nonsense" } })).toMatchResponse(
      "GET /transfers",
      400,
    );
  });

  test("filters by fromAccountId (eq)", async () => {
    const request = await listTransfersRequest();
    const found = await givenTransfer();
    await givenTransfer();
    const response = await client.send("GET /transfers", { ...request, query: { fromAccountId: found.fromAccountId } });
    expect(response).toMatchResponse("GET /transfers", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
  });

  test("filters by status (eq)", async () => {
    const request = await listTransfersRequest();
    const found = await givenTransfer({ status: "reversed" });
    await givenTransfer({ status: "settled" });
    const response = await client.send("GET /transfers", { ...request, query: { status: "reversed" } });
    expect(response).toMatchResponse("GET /transfers", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
  });

  test("filters by currency (eq)", async () => {
    const request = await listTransfersRequest();
    const found = await givenTransfer({ currency: "EUR" });
    await givenTransfer({ currency: "GBP" });
    const response = await client.send("GET /transfers", { ...request, query: { currency: "EUR" } });
    expect(response).toMatchResponse("GET /transfers", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
  });

  test("filters by createdFrom (gte)", async () => {
    const request = await listTransfersRequest();
    const found = await givenTransfer({ createdAt: "2026-03-02T09:30:00Z" });
    await givenTransfer({ createdAt: "2026-03-01T09:30:00Z" });
    const response = await client.send("GET /transfers", {
      ...request,
      query: { createdFrom: "2026-03-02T09:30:00Z" },
    });
    expect(response).toMatchResponse("GET /transfers", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
  });

  test("filters by createdTo (lte)", async () => {
    const request = await listTransfersRequest();
    const found = await givenTransfer({ createdAt: "2026-03-01T09:30:00Z" });
    await givenTransfer({ createdAt: "2026-03-02T09:30:00Z" });
    const response = await client.send("GET /transfers", { ...request, query: { createdTo: "2026-03-01T09:30:00Z" } });
    expect(response).toMatchResponse("GET /transfers", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
  });

  test("filters by status and currency together", async () => {
    const request = await listTransfersRequest();
    const found = await givenTransfer({ status: "reversed", currency: "EUR" });
    await givenTransfer({ status: "reversed", currency: "GBP" });
    await givenTransfer({ status: "settled", currency: "EUR" });
    const response = await client.send("GET /transfers", {
      ...request,
      query: { status: "reversed", currency: "EUR" },
    });
    expect(response).toMatchResponse("GET /transfers", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([found.id]);
  });

  test("orders by createdAt where nothing is said", async () => {
    const request = await listTransfersRequest();
    const second = await givenTransfer({ createdAt: "2026-03-02T09:30:00Z" });
    const first = await givenTransfer({ createdAt: "2026-03-01T09:30:00Z" });
    const response = await client.send("GET /transfers", request);
    expect(response).toMatchResponse("GET /transfers", 200);
    expect(valuesAt(response, "/data", "/id")).toEqual([first.id, second.id]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const request = await listTransfersRequest();
    const response = await client.send("GET /transfers", request);
    expect(response).toMatchResponse("GET /transfers", 200);
    const head = await client.send("GET /transfers", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each([
    { query: { status: "settled" } },
    { query: { status: "reversed" } },
    { query: { currency: "EUR" } },
    { query: { currency: "GBP" } },
    { query: { currency: "USD" } },
  ])("takes $query in the query", async ({ query }) => {
    const request = await listTransfersRequest();
    expect(await client.send("GET /transfers", { ...request, query })).toMatchResponse("GET /transfers", 200);
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
    { title: "fromAccountId that is no uuid (format)", query: { fromAccountId: "not-a-uuid" } },
    { title: "status that is not on the list (enum)", query: { status: "not-one-of-them" } },
    { title: "currency that is not on the list (enum)", query: { currency: "not-one-of-them" } },
    { title: "createdFrom that is no date-time (format)", query: { createdFrom: "yesterday" } },
    { title: "createdTo that is no date-time (format)", query: { createdTo: "yesterday" } },
  ])("refuses $title in the query", async ({ query }) => {
    const request = await listTransfersRequest();
    const response = await client.send("GET /transfers", { ...request, query });
    expect(response).toMatchResponse("GET /transfers", 400);
    expect(response.body).toContain(Object.keys(query).join());
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const request = await listTransfersRequest();
    const response = await anybody.send("GET /transfers", presenting(wrong, request));
    expect(response).toMatchResponse("GET /transfers", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("shows no transfers of another caller's", async () => {
    await givenTransfer();
    const request = await listTransfersRequest();
    const response = await stranger.send("GET /transfers", request);
    expect(response).toMatchResponse("GET /transfers", 200);
    expect(itemsAt(response, "/data")).toEqual([]);
  });
});

describe("POST /transfers", () => {
  test("stores what it was sent, and shows it", async () => {
    const request = await createTransferRequest();
    const response = await client.send("POST /transfers", request);
    expect(response).toMatchResponse("POST /transfers", 201);
    expect(valueAt(response, "")).toHold({
      fromAccountId: request.body.fromAccountId,
      toAccountId: request.body.toAccountId,
      amount: request.body.amount,
      currency: request.body.currency,
      purpose: request.body.purpose,
      reference: "RENT OCTOBER",
      status: "settled",
    });
    expect(valueAt(response, "/createdAt")).toSatisfy(isRecent);
    const located = await client.follow(response);
    expect(located).toMatchResponse("GET /transfers/{transferId}", 200);
    expect(located.json<unknown>()).toEqual(response.json<unknown>());
    const read = await client.send("GET /transfers/{transferId}", { params: { transferId: valueAt(response, "/id") } });
    expect(read).toMatchResponse("GET /transfers/{transferId}", 200);
    expect(valueAt(read, "")).toHold({
      fromAccountId: request.body.fromAccountId,
      toAccountId: request.body.toAccountId,
      amount: request.body.amount,
      currency: request.body.currency,
      purpose: request.body.purpose,
      reference: "RENT OCTOBER",
      status: "settled",
    });
  });

  test("leaves out what it was not given, and takes defaults", async () => {
    const request = without(await createTransferRequest(), ["/body/purpose"]);
    const response = await client.send("POST /transfers", request);
    expect(response).toMatchResponse("POST /transfers", 201);
    expect(valueAt(response, "")).toHold({ purpose: null });
    const read = await client.send("GET /transfers/{transferId}", { params: { transferId: valueAt(response, "/id") } });
    expect(read).toMatchResponse("GET /transfers/{transferId}", 200);
    expect(valueAt(read, "")).toHold({ purpose: null });
  });

  test.each([
    {
      title: "a body without fromAccountId (NewTransfer.fromAccountId required)",
      at: "/body/fromAccountId",
      value: undefined,
    },
    {
      title: "a body without toAccountId (NewTransfer.toAccountId required)",
      at: "/body/toAccountId",
      value: undefined,
    },
    { title: "a body without amount (NewTransfer.amount required)", at: "/body/amount", value: undefined },
    { title: "a body without currency (NewTransfer.currency required)", at: "/body/currency", value: undefined },
    {
      title: "fromAccountId of another type (NewTransfer.fromAccountId type)",
      at: "/body/fromAccountId",
      value: { unexpected: true },
    },
    {
      title: "fromAccountId that is no uuid (NewTransfer.fromAccountId format)",
      at: "/body/fromAccountId",
      value: "not-a-uuid",
    },
    {
      title: "fromAccountId that is null (NewTransfer.fromAccountId nullable)",
      at: "/body/fromAccountId",
      value: null,
    },
    {
      title: "toAccountId of another type (NewTransfer.toAccountId type)",
      at: "/body/toAccountId",
      value: { unexpected: true },
    },
    {
      title: "toAccountId that is no uuid (NewTransfer.toAccountId format)",
      at: "/body/toAccountId",
      value: "not-a-uuid",
    },
    { title: "toAccountId that is null (NewTransfer.toAccountId nullable)", at: "/body/toAccountId", value: null },
    { title: "amount of another type (NewTransfer.amount type)", at: "/body/amount", value: "not a number" },
    { title: "amount below its minimum (NewTransfer.amount minimum)", at: "/body/amount", value: 0 },
    { title: "amount above its maximum (NewTransfer.amount maximum)", at: "/body/amount", value: 100000001 },
    { title: "amount with a fraction (NewTransfer.amount integer)", at: "/body/amount", value: 1.5 },
    { title: "amount that is null (NewTransfer.amount nullable)", at: "/body/amount", value: null },
    {
      title: "currency of another type (NewTransfer.currency type)",
      at: "/body/currency",
      value: { unexpected: true },
    },
    {
      title: "currency that is not on the list (NewTransfer.currency enum)",
      at: "/body/currency",
      value: "not-one-of-them",
    },
    { title: "currency that is null (NewTransfer.currency nullable)", at: "/body/currency", value: null },
    { title: "purpose of another type (NewTransfer.purpose type)", at: "/body/purpose", value: { unexpected: true } },
    {
      title: "purpose longer than 140 (NewTransfer.purpose maxLength)",
      at: "/body/purpose",
      value: "text" + "a".repeat(137),
    },
    { title: "a member that is not known (NewTransfer additionalProperties)", at: "/body/notKnown", value: "unknown" },
  ])("refuses $title", async ({ at, value }) => {
    const request = changed(await createTransferRequest(), at, value);
    const response = await client.send("POST /transfers", request);
    expect(response).toMatchResponse("POST /transfers", 422);
    expect(response.body).toContain(at.split("/")[2]);
  });

  test.each([
    { title: "amount of its minimum 1", at: "/body/amount", value: 1, shown: { amount: 1 } },
    { title: "amount of its maximum 100000000", at: "/body/amount", value: 100000000, shown: { amount: 100000000 } },
    { title: 'currency of its value "GBP"', at: "/body/currency", value: "GBP", shown: { currency: "GBP" } },
    { title: 'currency of its value "USD"', at: "/body/currency", value: "USD", shown: { currency: "USD" } },
    { title: "purpose of its shortest, 0 characters", at: "/body/purpose", value: "", shown: { purpose: "" } },
    {
      title: "purpose of its longest, 140 characters",
      at: "/body/purpose",
      value: "😀" + "é".repeat(139),
      shown: { purpose: "😀" + "é".repeat(139) },
    },
    { title: "purpose of null", at: "/body/purpose", value: null, shown: { purpose: null } },
  ])("accepts $title", async ({ at, value, shown }) => {
    const request = changed(await createTransferRequest(), at, value);
    const response = await client.send("POST /transfers", request);
    expect(response).toMatchResponse("POST /transfers", 201);
    expect(valueAt(response, "")).toHold(shown);
  });

  test.each([...unreadableBodies])("cannot read $title", async ({ payload }) => {
    const request = await createTransferRequest();
    const headers = { "content-type": "application/json" };
    expect(await client.send("POST /transfers", { ...request, body: undefined, payload, headers })).toMatchResponse(
      "POST /transfers",
      400,
    );
  });

  test("answers 415 to another media type", async () => {
    const request = await createTransferRequest();
    const headers = { "content-type": "application/x-unheard-of" };
    expect(
      await client.send("POST /transfers", { ...request, body: undefined, payload: "text", headers }),
    ).toMatchResponse("POST /transfers", 415);
  });

  test("refuses a request without a body (NewTransfer required)", async () => {
    const request = await createTransferRequest();
    expect(await client.send("POST /transfers", { ...request, body: undefined })).toMatchResponse(
      "POST /transfers",
      422,
    );
  });

  test.each([
    { code: "account-not-open", status: 409 } as const,
    { code: "currency-mismatch", status: 422 } as const,
    { code: "insufficient-funds", status: 422 } as const,
  ])("answers $status where isCovered refuses with $code", async ({ code, status }) => {
    const request = await createTransferRequest();
    const before = await storedRows("transfers");
    const refusing = clientWith({
      transfers: { ...acceptingLogic.transfers, isCovered: async (_1, context) => context.refuse(code) },
    });
    expect(await refusing.send("POST /transfers", request)).toMatchResponse("POST /transfers", status);
    expect(await storedRows("transfers")).toEqual(before);
  });

  test.each([
    { code: "same-account", status: 422 } as const,
    { code: "target-not-open", status: 409 } as const,
    { code: "target-currency-mismatch", status: 422 } as const,
  ])("answers $status where isReceivable refuses with $code", async ({ code, status }) => {
    const request = await createTransferRequest();
    const before = await storedRows("transfers");
    const refusing = clientWith({
      transfers: { ...acceptingLogic.transfers, isReceivable: async (_1, context) => context.refuse(code) },
    });
    expect(await refusing.send("POST /transfers", request)).toMatchResponse("POST /transfers", status);
    expect(await storedRows("transfers")).toEqual(before);
  });

  test("asks settle for what follows, once", async () => {
    const request = await createTransferRequest();
    let asked = 0;
    const asking = clientWith({ transfers: { ...acceptingLogic.transfers, settle: async () => void (asked += 1) } });
    expect(await asking.send("POST /transfers", request)).toMatchResponse("POST /transfers", 201);
    expect(asked).toBe(1);
  });

  test("stores nothing where settle fails", async () => {
    const request = await createTransferRequest();
    const before = await storedRows("transfers");
    const failing = clientWith({
      transfers: {
        ...acceptingLogic.transfers,
        settle: async () => {
          throw new Error("An effect fails.");
        },
      },
    });
    expect(await failing.send("POST /transfers", request)).toMatchResponse("POST /transfers", 500);
    expect(await storedRows("transfers")).toEqual(before);
  });

  test.each([
    { name: "fromAccountId", at: "/body/fromAccountId", value: randomUUID() },
    { name: "toAccountId", at: "/body/toAccountId", value: randomUUID() },
  ])("refuses $name of what does not exist", async ({ at, value }) => {
    const request = changed(await createTransferRequest(), at, value);
    const before = await storedRows("transfers");
    expect(await client.send("POST /transfers", request)).toMatchResponse("POST /transfers", 409, 422, 400);
    expect(await storedRows("transfers")).toEqual(before);
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const request = await createTransferRequest();
    const response = await anybody.send("POST /transfers", presenting(wrong, request));
    expect(response).toMatchResponse("POST /transfers", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("refuses fromAccountId of what is another caller's", async () => {
    const request = await createTransferRequest();
    const others = changed(request, "/body/fromAccountId", (await givenAccount({}, "stranger")).id);
    expect(await client.send("POST /transfers", others)).toMatchResponse("POST /transfers", 409, 422, 400);
  });
});

describe("GET /transfers/{transferId}", () => {
  test("shows a stored transfer as it is", async () => {
    const transfer = await givenTransfer();
    const request = await getTransferRequest(transfer);
    const response = await client.send("GET /transfers/{transferId}", request);
    expect(response).toMatchResponse("GET /transfers/{transferId}", 200);
    expect(valueAt(response, "")).toHold({
      id: transfer.id,
      fromAccountId: transfer.fromAccountId,
      toAccountId: transfer.toAccountId,
      amount: transfer.amount,
      currency: transfer.currency,
      purpose: transfer.purpose,
      reference: transfer.reference,
      status: transfer.status,
      reversedAt: transfer.reversedAt,
      createdAt: transfer.createdAt,
    });
  });

  test("answers HEAD as GET, without a body", async () => {
    const transfer = await givenTransfer();
    const request = await getTransferRequest(transfer);
    const response = await client.send("GET /transfers/{transferId}", request);
    expect(response).toMatchResponse("GET /transfers/{transferId}", 200);
    const head = await client.send("GET /transfers/{transferId}", { ...request, method: "HEAD" });
    expect(head.statusCode).toBe(response.statusCode);
    expect(head.headers["content-type"]).toBe(response.headers["content-type"]);
    expect(head.body).toBe("");
  });

  test.each(getTransferCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const transfer = await givenTransfer();
    const request = await getTransferRequest(transfer);
    const response = await client.send("GET /transfers/{transferId}", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("GET /transfers/{transferId}", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such transfer", async () => {
    const transfer = await givenTransfer();
    const request = await getTransferRequest(transfer);
    const unknown = { ...request, params: { ...request.params, transferId: randomUUID() } };
    expect(await client.send("GET /transfers/{transferId}", unknown)).toMatchResponse(
      "GET /transfers/{transferId}",
      404,
    );
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const transfer = await givenTransfer();
    const request = await getTransferRequest(transfer);
    const response = await anybody.send("GET /transfers/{transferId}", presenting(wrong, request));
    expect(response).toMatchResponse("GET /transfers/{transferId}", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("knows no transfer that is another caller's", async () => {
    const transfer = await givenTransfer();
    const request = await getTransferRequest(transfer);
    expect(await stranger.send("GET /transfers/{transferId}", request)).toMatchResponse(
      "GET /transfers/{transferId}",
      404,
    );
  });
});

describe("POST /transfers/{transferId}/reverse", () => {
  test("answers with what its business logic says", async () => {
    const transfer = await givenTransfer();
    const request = await reverseTransferRequest(transfer);
    expect(await client.send("POST /transfers/{transferId}/reverse", request)).toMatchResponse(
      "POST /transfers/{transferId}/reverse",
      200,
    );
  });

  test("answers 501 while its business logic is open", async () => {
    const transfer = await givenTransfer();
    const request = await reverseTransferRequest(transfer);
    const response = await realClient.send("POST /transfers/{transferId}/reverse", request);
    const open = isOpen(new URL("./transfer.logic.ts", import.meta.url), "reverseTransfer");
    expect(response).toMatchResponse("POST /transfers/{transferId}/reverse", open ? 501 : response.statusCode);
  });

  test.each(getTransferCases)("refuses $value for $name in the path", async ({ name, value }) => {
    const transfer = await givenTransfer();
    const request = await reverseTransferRequest(transfer);
    const response = await client.send("POST /transfers/{transferId}/reverse", {
      ...request,
      params: { ...request.params, [name]: value },
    });
    expect(response).toMatchResponse("POST /transfers/{transferId}/reverse", 400);
    expect(response.body).toContain(name);
  });

  test("answers 404 where there is no such transfer", async () => {
    const transfer = await givenTransfer();
    const request = await reverseTransferRequest(transfer);
    const unknown = { ...request, params: { ...request.params, transferId: randomUUID() } };
    expect(await client.send("POST /transfers/{transferId}/reverse", unknown)).toMatchResponse(
      "POST /transfers/{transferId}/reverse",
      404,
    );
  });

  test("asks reverseTransfer with what was sent, and tells nothing of what goes wrong there", async () => {
    const transfer = await givenTransfer();
    const request = await reverseTransferRequest(transfer);
    const asked: object[] = [];
    const asking = clientWith({
      transfers: {
        ...acceptingLogic.transfers,
        reverseTransfer: async (one, context) => {
          asked.push(one);
          if (asked.length > 1) throw new Error("An inner detail.");
          return context.notImplemented();
        },
      },
    });
    expect(await asking.send("POST /transfers/{transferId}/reverse", request)).toMatchResponse(
      "POST /transfers/{transferId}/reverse",
      501,
    );
    expect(asked).toHaveLength(1);
    const failed = await asking.send("POST /transfers/{transferId}/reverse", request);
    expect(failed).toMatchResponse("POST /transfers/{transferId}/reverse", 500);
    expect(failed.body).not.toContain("An inner detail.");
    expect(failed.body).not.toMatch(/\n {4}at /);
    expect(asked).toHaveLength(2);
  });

  test.each([
    { code: "transfer-not-settled", status: 409 } as const,
    { code: "insufficient-funds", status: 409 } as const,
  ])("answers $status where reverseTransfer refuses with $code", async ({ code, status }) => {
    const transfer = await givenTransfer();
    const request = await reverseTransferRequest(transfer);
    const before = await storedRows("transfers");
    const refusing = clientWith({
      transfers: { ...acceptingLogic.transfers, reverseTransfer: async (_1, context) => context.refuse(code) },
    });
    expect(await refusing.send("POST /transfers/{transferId}/reverse", request)).toMatchResponse(
      "POST /transfers/{transferId}/reverse",
      status,
    );
    expect(await storedRows("transfers")).toEqual(before);
  });

  test.each([...wrongCredentials("bearer")])("refuses $title", async (wrong) => {
    const transfer = await givenTransfer();
    const request = await reverseTransferRequest(transfer);
    const response = await anybody.send("POST /transfers/{transferId}/reverse", presenting(wrong, request));
    expect(response).toMatchResponse("POST /transfers/{transferId}/reverse", 401);
    expect(response.headers).toHaveProperty("www-authenticate");
  });

  test("knows no transfer that is another caller's", async () => {
    const transfer = await givenTransfer();
    const request = await reverseTransferRequest(transfer);
    const before = await client.send("GET /transfers/{transferId}", { params: { transferId: transfer.id } });
    expect(await stranger.send("POST /transfers/{transferId}/reverse", request)).toMatchResponse(
      "POST /transfers/{transferId}/reverse",
      404,
    );
    const after = await client.send("GET /transfers/{transferId}", { params: { transferId: transfer.id } });
    expect(after.json<unknown>()).toEqual(before.json<unknown>());
  });
});

describe("conversations about transfers", () => {
  test("shows what a record of any valid calls says, and to nobody else", async () => {
    await holdConversations({
      caller: client,
      stranger,
      strangers: () => givenTransfer({}, "stranger"),
      given: () => givenTransfer(),
      address: (transfer) => ({ transferId: transfer.id }),
      read: { route: "GET /transfers/{transferId}", status: 200, missing: [404] },
      stable: ["/id", "/fromAccountId", "/toAccountId", "/amount", "/currency", "/purpose"],
      create: {
        route: "POST /transfers",
        status: 201,
        request: createTransferRequest,
        address: (response) => ({ transferId: valueAt(response, "/id") }),
        members: [
          { sent: "/fromAccountId", shown: "/fromAccountId", values: [], isSpare: false },
          { sent: "/toAccountId", shown: "/toAccountId", values: [], isSpare: false },
          { sent: "/amount", shown: "/amount", values: [4200, 2, 3, 4], isSpare: false },
          { sent: "/currency", shown: "/currency", values: ["EUR", "GBP", "USD"], isSpare: false },
          {
            sent: "/purpose",
            shown: "/purpose",
            values: ["Rent, October", "text 1", "text 2", "text 3"],
            isSpare: false,
          },
        ],
      },
      writes: [],
      remove: undefined,
      lists: [
        {
          route: "GET /transfers",
          status: 200,
          request: listTransfersRequest,
          items: "/data",
          key: "/id",
          readKey: "/id",
          paging: { items: "/data", size: 2, limit: "limit", cursor: "cursor", nextCursor: "/nextCursor", key: "/id" },
        },
      ],
    });
  });
});

describe("other methods of transfers", () => {
  test.each([
    { method: "PUT", url: "/v1/transfers", allow: "GET, HEAD, OPTIONS, POST" } as const,
    { method: "PUT", url: "/v1/transfers/1", allow: "GET, HEAD, OPTIONS" } as const,
    { method: "PUT", url: "/v1/transfers/1/reverse", allow: "OPTIONS, POST" } as const,
  ])("$method $url is answered with the methods that there are", async ({ method, url, allow }) => {
    const response = await client.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers["allow"]).toBe(allow);
    const options = await client.inject({ method: "OPTIONS", url });
    expect(options.statusCode).toBe(204);
    expect(options.headers["allow"]).toBe(allow);
  });
});
