import { beforeEach, describe, expect } from "vitest";
import { resetRows } from "../testing/database.ts";
import { callersCustomer, givenAccount, givenCustomer, givenTransfer } from "../testing/rows.ts";
import { inOperation, inTransaction, isOpen, slotTest } from "../testing/slots.ts";
import { isCovered, isReceivable, reference, reverseTransfer, settle } from "./transfer.logic.ts";

const logicFile = new URL("./transfer.logic.ts", import.meta.url);

beforeEach(resetRows);

describe("transfer.create.covered", () => {
  const slot = slotTest("transfer.create.covered", isOpen(logicFile, "isCovered"));

  slot("example 1: accepts", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 1000,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, async (context) => {
      return isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1000,
          currency: "EUR",
        },
        context,
      );
    });
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("example 2: refuses with insufficient-funds", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 1000,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, async (context) => {
      return isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1001,
          currency: "EUR",
        },
        context,
      );
    });
    expect(verdict).toMatchObject({ accepted: false, code: "insufficient-funds" });
  });

  slot("example 3: accepts", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "EUR",
      balance: 1000,
      overdraftLimit: 500,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, async (context) => {
      return isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1500,
          currency: "EUR",
        },
        context,
      );
    });
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("example 4: refuses with account-not-open", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "blocked",
      currency: "EUR",
      balance: 1000,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, async (context) => {
      return isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      );
    });
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-open" });
  });

  slot("example 5: refuses with currency-mismatch", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "USD",
      balance: 1000,
      overdraftLimit: 0,
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", currency: "EUR" });
    const verdict = await inTransaction({}, async (context) => {
      return isCovered(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      );
    });
    expect(verdict).toMatchObject({ accepted: false, code: "currency-mismatch" });
  });
});

describe("transfer.create.receivable", () => {
  const slot = slotTest("transfer.create.receivable", isOpen(logicFile, "isReceivable"));

  slot("example 1: accepts", async () => {
    await callersCustomer();
    await givenCustomer({ id: "5b0f3a52-0000-4000-8000-000000000009", subject: "somebody-else" });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", currency: "EUR" });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000002",
      customerId: "5b0f3a52-0000-4000-8000-000000000009",
      status: "open",
      currency: "EUR",
    });
    const verdict = await inTransaction({}, async (context) => {
      return isReceivable(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      );
    });
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("example 2: refuses with same-account", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", currency: "EUR" });
    const verdict = await inTransaction({}, async (context) => {
      return isReceivable(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          amount: 1,
          currency: "EUR",
        },
        context,
      );
    });
    expect(verdict).toMatchObject({ accepted: false, code: "same-account" });
  });

  slot("example 3: refuses with target-not-open", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", currency: "EUR" });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", status: "closed", currency: "EUR" });
    const verdict = await inTransaction({}, async (context) => {
      return isReceivable(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      );
    });
    expect(verdict).toMatchObject({ accepted: false, code: "target-not-open" });
  });

  slot("example 4: refuses with target-currency-mismatch", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", currency: "EUR" });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", status: "open", currency: "GBP" });
    const verdict = await inTransaction({}, async (context) => {
      return isReceivable(
        {
          fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
          toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
          amount: 1,
          currency: "EUR",
        },
        context,
      );
    });
    expect(verdict).toMatchObject({ accepted: false, code: "target-currency-mismatch" });
  });
});

describe("transfer.create.reference", () => {
  const slot = slotTest("transfer.create.reference", isOpen(logicFile, "reference"));

  slot("example 1: answers RENT OCTOBER", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, async (context) => {
      return reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "Rent, October",
        },
        context,
      );
    });
    expect(answer).toEqual("RENT OCTOBER");
  });

  slot("example 2: answers INVOICE NO 2026 118 FOR THE NEW OFF", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, async (context) => {
      return reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "Invoice no. 2026/118 for the new office chairs",
        },
        context,
      );
    });
    expect(answer).toEqual("INVOICE NO 2026 118 FOR THE NEW OFF");
  });

  slot("example 3: answers TRANSFER", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, async (context) => {
      return reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: "…",
        },
        context,
      );
    });
    expect(answer).toEqual("TRANSFER");
  });

  slot("example 4: answers TRANSFER", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, async (context) => {
      return reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
          purpose: null,
        },
        context,
      );
    });
    expect(answer).toEqual("TRANSFER");
  });

  slot("example 5: answers TRANSFER", async () => {
    await callersCustomer();
    const answer = await inTransaction({}, async (context) => {
      return reference(
        {
          fromAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          toAccountId: "7c1d2f0e-4b5a-4c6d-8e9f-0a1b2c3d4e5f",
          amount: 4200,
          currency: "EUR",
        },
        context,
      );
    });
    expect(answer).toEqual("TRANSFER");
  });
});

describe("transfer.create.settle", () => {
  const slot = slotTest("transfer.create.settle", isOpen(logicFile, "settle"));

  slot("example 1: does what it says", async () => {
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
    await inTransaction({}, async (context) => {
      await settle(current, context);
    });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 700 });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000002")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 320 });
  });
});

describe("transfer.reverse", () => {
  const slot = slotTest("transfer.reverse", isOpen(logicFile, "reverseTransfer"));

  slot("example 1: does what it says", async () => {
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

  slot("example 2: refuses with transfer-not-settled", async () => {
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
    const answer = await inOperation({}, (context) =>
      reverseTransfer({ params: { transferId: "9a3e6b1c-0000-4000-8000-000000000001" } }, context),
    );
    expect(answer).toMatchObject({ accepted: false, code: "transfer-not-settled" });
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

  slot("example 3: refuses with insufficient-funds", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 0 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 299 });
    await givenTransfer({
      id: "9a3e6b1c-0000-4000-8000-000000000001",
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 300,
      status: "settled",
    });
    const answer = await inOperation({}, (context) =>
      reverseTransfer({ params: { transferId: "9a3e6b1c-0000-4000-8000-000000000001" } }, context),
    );
    expect(answer).toMatchObject({ accepted: false, code: "insufficient-funds" });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 0 });
    expect(
      await inTransaction({}, (context) => context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000002")),
    ).toHold({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 299 });
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
