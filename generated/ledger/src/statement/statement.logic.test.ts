import { beforeEach, describe, expect } from "vitest";
import { resetRows } from "../testing/database.ts";
import { callersCustomer, givenAccount, givenStatement, givenTransfer } from "../testing/rows.ts";
import { existing, inTransaction, isOpen, slotTest } from "../testing/slots.ts";
import { closingBalance, transferCount } from "./statement.logic.ts";

const logicFile = new URL("./statement.logic.ts", import.meta.url);

beforeEach(resetRows);

describe("statement.create.closingBalance", () => {
  const slot = slotTest("statement.create.closingBalance", isOpen(logicFile, "closingBalance"));

  slot("what the account holds", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 4200, overdraftLimit: 500 });
    const answer = await inTransaction({}, (context) =>
      closingBalance({ accountId: "7c1d2f0e-0000-4000-8000-000000000001", period: "2026-10" }, context),
    );
    expect(answer).toEqual(4200);
  });

  slot("what it owes", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: -15 });
    const answer = await inTransaction({}, (context) =>
      closingBalance({ accountId: "7c1d2f0e-0000-4000-8000-000000000001", period: "2026-10" }, context),
    );
    expect(answer).toEqual(-15);
  });

  slot("what this account holds, and no other", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", balance: 17 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", status: "closed", balance: 4294967296 });
    const answer = await inTransaction({}, (context) =>
      closingBalance({ accountId: "7c1d2f0e-0000-4000-8000-000000000002", period: "2025-02" }, context),
    );
    expect(answer).toEqual(4294967296);
  });

  slot("what was reversed is in the balance already", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 17 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 5 });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 3,
      status: "reversed",
    });
    const answer = await inTransaction({}, (context) =>
      closingBalance({ accountId: "7c1d2f0e-0000-4000-8000-000000000001", period: "2026-10" }, context),
    );
    expect(answer).toEqual(17);
  });
});

describe("statement.transferCount", () => {
  const slot = slotTest("statement.transferCount", isOpen(logicFile, "transferCount"));

  slot("a month begins and ends by UTC, and what is reversed counts", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001" });
    await givenStatement({
      id: "e1f2a3b4-0000-4000-8000-000000000001",
      accountId: "7c1d2f0e-0000-4000-8000-000000000001",
      period: "2026-10",
    });
    await givenTransfer({ fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001", createdAt: "2026-09-30T23:59:59Z" });
    await givenTransfer({ fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001", createdAt: "2026-10-01T00:00:00Z" });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      createdAt: "2026-10-31T23:59:59Z",
      status: "reversed",
    });
    await givenTransfer({ fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001", createdAt: "2026-11-01T00:00:00Z" });
    const answers = await inTransaction({}, async (context) =>
      transferCount([await existing(context.unscoped.statements, "e1f2a3b4-0000-4000-8000-000000000001")], context),
    );
    expect(answers).toEqual([2]);
  });

  slot("no transfers", async () => {
    await callersCustomer();
    await givenStatement({ id: "e1f2a3b4-0000-4000-8000-000000000001", period: "2026-10" });
    const answers = await inTransaction({}, async (context) =>
      transferCount([await existing(context.unscoped.statements, "e1f2a3b4-0000-4000-8000-000000000001")], context),
    );
    expect(answers).toEqual([0]);
  });

  slot("each statement has its own account and month", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001" });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002" });
    await givenStatement({
      id: "e1f2a3b4-0000-4000-8000-000000000001",
      accountId: "7c1d2f0e-0000-4000-8000-000000000001",
      period: "2027-01",
    });
    await givenStatement({
      id: "e1f2a3b4-0000-4000-8000-000000000002",
      accountId: "7c1d2f0e-0000-4000-8000-000000000002",
      period: "2027-01",
    });
    await givenStatement({
      id: "e1f2a3b4-0000-4000-8000-000000000003",
      accountId: "7c1d2f0e-0000-4000-8000-000000000001",
      period: "2026-12",
    });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      createdAt: "2026-12-31T23:59:59Z",
    });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      createdAt: "2027-01-01T00:00:00Z",
    });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      createdAt: "2027-01-15T12:00:00Z",
    });
    const answers = await inTransaction({}, async (context) =>
      transferCount(
        [
          await existing(context.unscoped.statements, "e1f2a3b4-0000-4000-8000-000000000001"),
          await existing(context.unscoped.statements, "e1f2a3b4-0000-4000-8000-000000000002"),
          await existing(context.unscoped.statements, "e1f2a3b4-0000-4000-8000-000000000003"),
        ],
        context,
      ),
    );
    expect(answers).toEqual([2, 0, 1]);
  });

  slot("months are of different lengths, and what arrives does not count", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001" });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002" });
    await givenStatement({
      id: "e1f2a3b4-0000-4000-8000-000000000001",
      accountId: "7c1d2f0e-0000-4000-8000-000000000001",
      period: "2026-04",
    });
    await givenStatement({
      id: "e1f2a3b4-0000-4000-8000-000000000002",
      accountId: "7c1d2f0e-0000-4000-8000-000000000001",
      period: "2028-02",
    });
    await givenStatement({
      id: "e1f2a3b4-0000-4000-8000-000000000003",
      accountId: "7c1d2f0e-0000-4000-8000-000000000001",
      period: "2028-03",
    });
    await givenStatement({
      id: "e1f2a3b4-0000-4000-8000-000000000004",
      accountId: "7c1d2f0e-0000-4000-8000-000000000001",
      period: "2026-08",
    });
    await givenStatement({
      id: "e1f2a3b4-0000-4000-8000-000000000005",
      accountId: "7c1d2f0e-0000-4000-8000-000000000001",
      period: "2026-09",
    });
    await givenStatement({
      id: "e1f2a3b4-0000-4000-8000-000000000006",
      accountId: "7c1d2f0e-0000-4000-8000-000000000002",
      period: "2026-08",
    });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      amount: 1,
      createdAt: "2026-04-30T23:59:59.999Z",
    });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      createdAt: "2025-04-15T12:00:00Z",
    });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      createdAt: "2026-05-01T00:00:00Z",
    });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      createdAt: "2028-02-29T23:59:59.999Z",
    });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      createdAt: "2028-02-28T12:00:00Z",
    });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      createdAt: "2028-03-01T00:00:00Z",
    });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      createdAt: "2026-08-31T23:59:59.999Z",
    });
    await givenTransfer({
      fromAccountId: "7c1d2f0e-0000-4000-8000-000000000002",
      toAccountId: "7c1d2f0e-0000-4000-8000-000000000001",
      amount: 100000000,
      createdAt: "2026-08-15T00:00:00Z",
    });
    const answers = await inTransaction({}, async (context) =>
      transferCount(
        [
          await existing(context.unscoped.statements, "e1f2a3b4-0000-4000-8000-000000000001"),
          await existing(context.unscoped.statements, "e1f2a3b4-0000-4000-8000-000000000002"),
          await existing(context.unscoped.statements, "e1f2a3b4-0000-4000-8000-000000000003"),
          await existing(context.unscoped.statements, "e1f2a3b4-0000-4000-8000-000000000004"),
          await existing(context.unscoped.statements, "e1f2a3b4-0000-4000-8000-000000000005"),
          await existing(context.unscoped.statements, "e1f2a3b4-0000-4000-8000-000000000006"),
        ],
        context,
      ),
    );
    expect(answers).toEqual([1, 2, 1, 1, 0, 1]);
  });
});
