import { beforeEach, describe, expect } from "vitest";
import { resetRows } from "../testing/database.ts";
import { callersCustomer, givenAccount, givenCustomer, givenTransfer } from "../testing/rows.ts";
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
