import { beforeEach, describe, expect } from "vitest";
import { resetRows } from "../testing/database.ts";
import { callersCustomer, givenAccount, givenStatement, givenTransfer } from "../testing/rows.ts";
import { inTransaction, isOpen, slotTest } from "../testing/slots.ts";
import { closingBalance, transferCount } from "./statement.logic.ts";

const logicFile = new URL("./statement.logic.ts", import.meta.url);

beforeEach(resetRows);

describe("statement.create.closingBalance", () => {
  const slot = slotTest("statement.create.closingBalance", isOpen(logicFile, "closingBalance"));

  slot("example 1: answers 4200", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 4200 });
    const answer = await inTransaction({}, async (context) => {
      return closingBalance({ accountId: "7c1d2f0e-0000-4000-8000-000000000001", period: "2026-10" }, context);
    });
    expect(answer).toEqual(4200);
  });

  slot("example 2: answers -15", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: -15 });
    const answer = await inTransaction({}, async (context) => {
      return closingBalance({ accountId: "7c1d2f0e-0000-4000-8000-000000000001", period: "2026-10" }, context);
    });
    expect(answer).toEqual(-15);
  });
});

describe("statement.transferCount", () => {
  const slot = slotTest("statement.transferCount", isOpen(logicFile, "transferCount"));

  slot("example 1: answers 2", async () => {
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
    const answer = await inTransaction({}, async (context) => {
      const current = await context.unscoped.statements.read("e1f2a3b4-0000-4000-8000-000000000001");
      if (current === undefined) throw new Error("There is no such row.");
      return transferCount([current], context);
    });
    expect(answer).toEqual([2]);
  });

  slot("example 2: answers 0", async () => {
    await callersCustomer();
    await givenStatement({ id: "e1f2a3b4-0000-4000-8000-000000000001", period: "2026-10" });
    const answer = await inTransaction({}, async (context) => {
      const current = await context.unscoped.statements.read("e1f2a3b4-0000-4000-8000-000000000001");
      if (current === undefined) throw new Error("There is no such row.");
      return transferCount([current], context);
    });
    expect(answer).toEqual([0]);
  });
});
