import { beforeEach, describe, expect } from "vitest";
import { resetRows } from "../testing/database.ts";
import { callersCustomer, givenAccount, givenCard, givenCustomer, givenTransfer } from "../testing/rows.ts";
import { inOperation, inTransaction, isOpen, slotTest } from "../testing/slots.ts";
import { isCovered, isReceivable, reference, reverseTransfer, settle } from "./transfer.logic.ts";

const logicFile = new URL("./transfer.logic.ts", import.meta.url);

beforeEach(resetRows);

describe("transfer.create.covered", () => {
  const slot = slotTest("transfer.create.covered", isOpen(logicFile, "isCovered"));

  slot("the whole balance may go", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 1000,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1000,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("more than the balance may not", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 1000,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1001,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "insufficient-funds" });
  });

  slot("the overdraft limit counts", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 1000,
      overdraftLimit: 500,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1500,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("a blocked account sends nothing", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "blocked",
      currency: "EUR",
      balance: 1000,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-open" });
  });

  slot("an account in another currency does not fit", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "USD",
      balance: 1000,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "currency-mismatch" });
  });

  slot("a closed account sends nothing", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "closed",
      currency: "EUR",
      balance: 1000,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-open" });
  });

  slot("what is owed already counts against the overdraft limit", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: -400,
      overdraftLimit: 500,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 101,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "insufficient-funds" });
  });

  slot("what is left of the overdraft limit may go", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: -400,
      overdraftLimit: 500,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 100,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("more than the balance and the limit together may not", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 1000,
      overdraftLimit: 500,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1501,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "insufficient-funds" });
  });

  slot("a larger debt counts too", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: -4000,
      overdraftLimit: 5000,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1001,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "insufficient-funds" });
  });

  slot("the limit alone covers", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 0,
      overdraftLimit: 1000000,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1000000,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("what was sent before is in the balance already", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 10,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 7,
    });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 7,
    });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 7,
    });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 7,
    });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      amount: 7,
      status: "reversed",
    });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 10,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("somebody else's account may receive", async () => {
    await callersCustomer();
    await givenCustomer({ id: "5b0f3a52-0000-4000-8000-000000000009", subject: "somebody-else" });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 1000,
      overdraftLimit: 0,
    });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000002",
      customerId: "5b0f3a52-0000-4000-8000-000000000009",
      currency: "EUR",
    });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1000,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("a blocked account sends nothing to itself", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "blocked",
      currency: "EUR",
      balance: 10,
      overdraftLimit: 0,
    });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-open" });
  });

  slot("a small amount may take from the limit too", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 10,
      overdraftLimit: 500,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 100,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("nothing covers nothing", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 0,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "insufficient-funds" });
  });

  slot("a balance that is short by one does not cover a round amount", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 1999,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 2000,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "insufficient-funds" });
  });

  slot("a shorter number may be the larger part", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 900,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1000,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "insufficient-funds" });
  });

  slot("a balance beyond 32 bits covers", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 4294967296,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 50000000,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("a large amount is covered like any other", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 49999999,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 50000000,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "insufficient-funds" });
  });

  slot("a limit does not open a blocked account", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "blocked",
      currency: "EUR",
      balance: 1000,
      overdraftLimit: 500,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-open" });
  });

  slot("a limit does not open a closed account", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "closed",
      currency: "EUR",
      balance: 1000,
      overdraftLimit: 500,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-open" });
  });

  slot("no balance makes up for the currency", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "USD",
      balance: 100000000,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "currency-mismatch" });
  });

  slot("what the target is does not matter here", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 1000,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", status: "closed", currency: "USD", balance: -5 });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1000,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("the caller's other accounts cover nothing", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000003",
      status: "open",
      currency: "EUR",
      balance: 10,
      overdraftLimit: 0,
    });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 5000,
      overdraftLimit: 100,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR", balance: 5000 });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000003",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 11,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "insufficient-funds" });
  });

  slot("the caller's other accounts are in nobody's way", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000003",
      status: "open",
      currency: "EUR",
      balance: 10,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "blocked", currency: "USD", balance: 0 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000003",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 10,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });
});

describe("transfer.create.receivable", () => {
  const slot = slotTest("transfer.create.receivable", isOpen(logicFile, "isReceivable"));

  slot("somebody else's account receives", async () => {
    await callersCustomer();
    await givenCustomer({ id: "5b0f3a52-0000-4000-8000-000000000009", subject: "somebody-else" });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", currency: "EUR" });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000002",
      customerId: "5b0f3a52-0000-4000-8000-000000000009",
      status: "open",
      currency: "EUR",
    });
    const verdict = await inTransaction({}, (context) =>
      isReceivable(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("an account sends nothing to itself", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isReceivable(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "same-account" });
  });

  slot("a key in upper case is the same key", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isReceivable(
        {
          fromAccountId: "7C1D2F0E-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "same-account" });
  });

  slot("a key that ends alike is another key", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", currency: "EUR" });
    await givenAccount({ id: "8d2e3f1a-0000-4000-8000-000000000001", status: "open", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isReceivable(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "8d2e3f1a-0000-4000-8000-000000000001",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("a key that begins alike is another key", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", currency: "EUR" });
    await givenAccount({ id: "7c1d2f0e-1111-4000-8000-000000000001", status: "open", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isReceivable(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-1111-4000-8000-000000000001",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("an account that does not exist receives nothing", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isReceivable(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "target-not-open" });
  });

  slot("what the source is does not matter here", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "blocked", currency: "USD", balance: -5 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", status: "open", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isReceivable(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("the source's currency does not make up for the transfer's", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", currency: "GBP" });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", status: "open", currency: "GBP" });
    const verdict = await inTransaction({}, (context) =>
      isReceivable(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "target-currency-mismatch" });
  });

  slot("an account that owes receives", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", currency: "EUR" });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000002",
      status: "open",
      currency: "EUR",
      balance: -90000,
    });
    const verdict = await inTransaction({}, (context) =>
      isReceivable(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("a blocked account receives nothing", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", currency: "EUR" });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", status: "blocked", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isReceivable(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "target-not-open" });
  });

  slot("a blocked account that owes receives nothing", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", currency: "EUR" });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", status: "blocked", currency: "EUR", balance: -5 });
    const verdict = await inTransaction({}, (context) =>
      isReceivable(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "target-not-open" });
  });

  slot("a closed account receives nothing", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", currency: "EUR" });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", status: "closed", currency: "EUR" });
    const verdict = await inTransaction({}, (context) =>
      isReceivable(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "target-not-open" });
  });

  slot("an account in another currency does not fit", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", currency: "EUR" });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", status: "open", currency: "GBP" });
    const verdict = await inTransaction({}, (context) =>
      isReceivable(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "target-currency-mismatch" });
  });
});

describe("transfer.create.reference", () => {
  const slot = slotTest("transfer.create.reference", isOpen(logicFile, "reference"));

  slot("punctuation becomes a space", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "Rent, October",
        },
        context,
      ),
    );
    expect(answer).toEqual("RENT OCTOBER");
  });

  slot("what is long is cut", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "Invoice no. 2026/118 for the new office chairs",
        },
        context,
      ),
    );
    expect(answer).toEqual("INVOICE NO 2026 118 FOR THE NEW OFF");
  });

  slot("nothing stands before or after the words", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "  #42: thanks!  ",
        },
        context,
      ),
    );
    expect(answer).toEqual("42 THANKS");
  });

  slot("35 characters stay whole", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "Twelve chairs, four desks and a lamp",
        },
        context,
      ),
    );
    expect(answer).toEqual("TWELVE CHAIRS FOUR DESKS AND A LAMP");
  });

  slot("no space is left where it is cut", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "Twelve chairs, four desks and lamps for the office",
        },
        context,
      ),
    );
    expect(answer).toEqual("TWELVE CHAIRS FOUR DESKS AND LAMPS");
  });

  slot("nothing is left", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "…",
        },
        context,
      ),
    );
    expect(answer).toEqual("TRANSFER");
  });

  slot("white space alone is nothing", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "   ",
        },
        context,
      ),
    );
    expect(answer).toEqual("TRANSFER");
  });

  slot("an empty text is nothing", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "",
        },
        context,
      ),
    );
    expect(answer).toEqual("TRANSFER");
  });

  slot("letters with accents are no letters from A to Z", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "Café Zoë, Ñandú",
        },
        context,
      ),
    );
    expect(answer).toEqual("CAF ZO AND");
  });

  slot("digits of other scripts are no digits from 0 to 9", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "３ rooms, ٤ desks, 5 lamps",
        },
        context,
      ),
    );
    expect(answer).toEqual("ROOMS DESKS 5 LAMPS");
  });

  slot("an underscore becomes a space", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "invoice_2026__late",
        },
        context,
      ),
    );
    expect(answer).toEqual("INVOICE 2026 LATE");
  });

  slot("a run of any length becomes one space", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "rent     --  ...  October",
        },
        context,
      ),
    );
    expect(answer).toEqual("RENT OCTOBER");
  });

  slot("what is replaced is not counted", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "----------------------------------------rent",
        },
        context,
      ),
    );
    expect(answer).toEqual("RENT");
  });

  slot("every letter is kept", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "Sphinx of black quartz, judge my vow",
        },
        context,
      ),
    );
    expect(answer).toEqual("SPHINX OF BLACK QUARTZ JUDGE MY VOW");
  });

  slot("every digit is kept", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "No. 0123456789",
        },
        context,
      ),
    );
    expect(answer).toEqual("NO 0123456789");
  });

  slot("one letter is enough", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "x",
        },
        context,
      ),
    );
    expect(answer).toEqual("X");
  });

  slot("digits are enough", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "(2026)",
        },
        context,
      ),
    );
    expect(answer).toEqual("2026");
  });

  slot("many short words are cut like a few long ones", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "a b c d e f g h i j k l m n o p q r s t u v w x y z",
        },
        context,
      ),
    );
    expect(answer).toEqual("A B C D E F G H I J K L M N O P Q R");
  });

  slot("one long word is cut too", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "Donaudampfschifffahrtsgesellschaftskapitaen",
        },
        context,
      ),
    );
    expect(answer).toEqual("DONAUDAMPFSCHIFFFAHRTSGESELLSCHAFTS");
  });

  slot("no purpose, said as null", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: null,
        },
        context,
      ),
    );
    expect(answer).toEqual("TRANSFER");
  });

  slot("no purpose", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, (context) =>
      reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
        },
        context,
      ),
    );
    expect(answer).toEqual("TRANSFER");
  });
});

describe("transfer.create.settle", () => {
  const slot = slotTest("transfer.create.settle", isOpen(logicFile, "settle"));

  slot("somebody else's account receives", async () => {
    await callersCustomer();
    await givenCustomer({ id: "5b0f3a52-0000-4000-8000-000000000009", subject: "somebody-else" });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 1000 });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000002",
      customerId: "5b0f3a52-0000-4000-8000-000000000009",
      balance: 20,
    });
    const current = await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 300,
      currency: "EUR",
    });
    await inTransaction({}, (context) => settle(current, context));
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 700 });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000002")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 320 });
  });

  slot("balances may be below zero, and other accounts stay as they are", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 100, overdraftLimit: 500 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: -50 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000003", balance: 5 });
    const current = await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 300,
      currency: "EUR",
    });
    await inTransaction({}, (context) => settle(current, context));
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: -200, overdraftLimit: 500 });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000002")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 250 });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000003")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000003", balance: 5 });
  });

  slot("an amount that is not round, and a target that stays below zero", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: -700 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 2000 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000003", balance: 90000 });
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", accountId: "7c1d2f0e-0000-4000-8000-000000000001" });
    const current = await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      amount: 533,
      currency: "EUR",
    });
    await inTransaction({}, (context) => settle(current, context));
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: -167 });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000002")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 1467 });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000003")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000003", balance: 90000 });
  });

  slot("large amounts move whole", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 4294967296 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 1 });
    const current = await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 99999999,
      currency: "USD",
    });
    await inTransaction({}, (context) => settle(current, context));
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 4194967297 });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000002")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 100000000 });
  });
});

describe("transfer.reverse", () => {
  const slot = slotTest("transfer.reverse", isOpen(logicFile, "reverseTransfer"));

  slot("somebody else's account gives it back", async () => {
    await callersCustomer();
    await givenCustomer({ id: "5b0f3a52-0000-4000-8000-000000000009", subject: "somebody-else" });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 700 });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000002",
      customerId: "5b0f3a52-0000-4000-8000-000000000009",
      balance: 320,
    });
    await givenTransfer({
      id: "9a3e6b1c-0000-4000-8000-000000000001",
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 300,
      status: "settled",
      reversedAt: null,
    });
    const answer = await inOperation({ now: "2026-10-02T08:30:00Z" }, (context) =>
      reverseTransfer({ params: { transferId: "9a3e6b1c-0000-4000-8000-000000000001" } }, context),
    );
    expect(answer).toHold({ status: "reversed", reversedAt: "2026-10-02T08:30:00Z" });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 1000 });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000002")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 20 });
    expect(
      await inTransaction({}, (context) => context.unscoped.transfers.read("9a3e6b1c-0000-4000-8000-000000000001")),
    ).toHold({ id: "9a3e6b1c-0000-4000-8000-000000000001", status: "reversed" });
  });

  slot("the last of a balance goes back", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: -100 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 300 });
    await givenTransfer({
      id: "9a3e6b1c-0000-4000-8000-000000000001",
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 300,
      status: "settled",
      reversedAt: null,
    });
    const answer = await inOperation({}, (context) =>
      reverseTransfer({ params: { transferId: "9a3e6b1c-0000-4000-8000-000000000001" } }, context),
    );
    expect(answer).toHold({ status: "reversed" });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 200 });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000002")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 0 });
  });

  slot("one of two goes back, at its own moment", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "blocked",
      balance: 5,
      overdraftLimit: 100,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", status: "open", balance: 5000 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000003", balance: 90000 });
    await givenTransfer({
      id: "9a3e6b1c-0000-4000-8000-000000000001",
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 70,
      status: "settled",
      reversedAt: null,
    });
    await givenTransfer({
      id: "9a3e6b1c-0000-4000-8000-000000000002",
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 1234,
      status: "settled",
      reversedAt: null,
      createdAt: "2026-10-01T07:00:00Z",
    });
    const answer = await inOperation({ now: "2026-12-31T23:59:59Z" }, (context) =>
      reverseTransfer({ params: { transferId: "9a3e6b1c-0000-4000-8000-000000000002" } }, context),
    );
    expect(answer).toHold({
      id: "9a3e6b1c-0000-4000-8000-000000000002",
      amount: 1234,
      status: "reversed",
      reversedAt: "2026-12-31T23:59:59Z",
    });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "blocked", balance: 1239, overdraftLimit: 100 });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000002")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000002", status: "open", balance: 3766 });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000003")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000003", balance: 90000 });
    expect(
      await inTransaction({}, (context) => context.unscoped.transfers.read("9a3e6b1c-0000-4000-8000-000000000001")),
    ).toHold({ id: "9a3e6b1c-0000-4000-8000-000000000001", amount: 70, status: "settled", reversedAt: null });
    expect(
      await inTransaction({}, (context) => context.unscoped.transfers.read("9a3e6b1c-0000-4000-8000-000000000002")),
    ).toHold({
      id: "9a3e6b1c-0000-4000-8000-000000000002",
      amount: 1234,
      status: "reversed",
      reversedAt: "2026-12-31T23:59:59Z",
    });
  });

  slot("an account that owes gives nothing back", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 90000 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: -1, overdraftLimit: 1000 });
    await givenTransfer({
      id: "9a3e6b1c-0000-4000-8000-000000000001",
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 1,
      status: "settled",
      reversedAt: null,
    });
    const verdict = await inOperation({}, (context) =>
      reverseTransfer({ params: { transferId: "9a3e6b1c-0000-4000-8000-000000000001" } }, context),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "insufficient-funds" });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 90000 });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000002")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: -1, overdraftLimit: 1000 });
    expect(
      await inTransaction({}, (context) => context.unscoped.transfers.read("9a3e6b1c-0000-4000-8000-000000000001")),
    ).toHold({
      id: "9a3e6b1c-0000-4000-8000-000000000001",
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 1,
      status: "settled",
      reversedAt: null,
    });
  });

  slot("what is reversed moves nothing, and neither does another transfer", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 10 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 9000 });
    await givenTransfer({
      id: "9a3e6b1c-0000-4000-8000-000000000001",
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 70,
      status: "settled",
      reversedAt: null,
    });
    await givenTransfer({
      id: "9a3e6b1c-0000-4000-8000-000000000002",
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 1234,
      status: "reversed",
      reversedAt: "2026-10-01T07:00:00Z",
    });
    const verdict = await inOperation({}, (context) =>
      reverseTransfer({ params: { transferId: "9a3e6b1c-0000-4000-8000-000000000002" } }, context),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "transfer-not-settled" });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 10 });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000002")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 9000 });
    expect(
      await inTransaction({}, (context) => context.unscoped.transfers.read("9a3e6b1c-0000-4000-8000-000000000001")),
    ).toHold({
      id: "9a3e6b1c-0000-4000-8000-000000000001",
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 70,
      status: "settled",
      reversedAt: null,
    });
    expect(
      await inTransaction({}, (context) => context.unscoped.transfers.read("9a3e6b1c-0000-4000-8000-000000000002")),
    ).toHold({
      id: "9a3e6b1c-0000-4000-8000-000000000002",
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 1234,
      status: "reversed",
      reversedAt: "2026-10-01T07:00:00Z",
    });
  });

  slot("it is reversed once", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 0 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 300 });
    await givenTransfer({
      id: "9a3e6b1c-0000-4000-8000-000000000001",
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 300,
      status: "reversed",
    });
    const verdict = await inOperation({}, (context) =>
      reverseTransfer({ params: { transferId: "9a3e6b1c-0000-4000-8000-000000000001" } }, context),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "transfer-not-settled" });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 0 });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000002")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 300 });
    expect(
      await inTransaction({}, (context) => context.unscoped.transfers.read("9a3e6b1c-0000-4000-8000-000000000001")),
    ).toHold({
      id: "9a3e6b1c-0000-4000-8000-000000000001",
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 300,
      status: "reversed",
    });
  });

  slot("the overdraft limit does not count", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 0 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 299, overdraftLimit: 500 });
    await givenTransfer({
      id: "9a3e6b1c-0000-4000-8000-000000000001",
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 300,
      status: "settled",
    });
    const verdict = await inOperation({}, (context) =>
      reverseTransfer({ params: { transferId: "9a3e6b1c-0000-4000-8000-000000000001" } }, context),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "insufficient-funds" });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 0 });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000002")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 299, overdraftLimit: 500 });
    expect(
      await inTransaction({}, (context) => context.unscoped.transfers.read("9a3e6b1c-0000-4000-8000-000000000001")),
    ).toHold({
      id: "9a3e6b1c-0000-4000-8000-000000000001",
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 300,
      status: "settled",
    });
  });
});
