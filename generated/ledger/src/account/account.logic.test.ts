import { beforeEach, describe, expect } from "vitest";
import { resetRows } from "../testing/database.ts";
import { callersCustomer, givenAccount } from "../testing/rows.ts";
import { inTransaction, isOpen, slotTest } from "../testing/slots.ts";
import { sorted } from "../testing/values.ts";
import { availableBalance, isEmpty, overdrawn } from "./account.logic.ts";

const logicFile = new URL("./account.logic.ts", import.meta.url);

beforeEach(resetRows);

describe("account.list.overdrawn", () => {
  const slot = slotTest("account.list.overdrawn", isOpen(logicFile, "overdrawn"));

  slot("example 1: does what it says", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: -1 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 0 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000003", balance: 250 });
    const found = await inTransaction({}, (context) => context.accounts.list({ where: overdrawn(true, context) }));
    expect(sorted(found.items.map((row) => row.id))).toEqual(sorted(["7c1d2f0e-0000-4000-8000-000000000001"]));
  });

  slot("example 2: does what it says", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: -1 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 0 });
    const found = await inTransaction({}, (context) => context.accounts.list({ where: overdrawn(false, context) }));
    expect(sorted(found.items.map((row) => row.id))).toEqual(sorted(["7c1d2f0e-0000-4000-8000-000000000002"]));
  });
});

describe("account.delete.empty", () => {
  const slot = slotTest("account.delete.empty", isOpen(logicFile, "isEmpty"));

  slot("example 1: accepts", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 0 });
    const verdict = await inTransaction({}, async (context) => {
      const current = await context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001");
      if (current === undefined) throw new Error("There is no such row.");
      return isEmpty(current, context);
    });
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("example 2: refuses with account-not-empty", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 1 });
    const verdict = await inTransaction({}, async (context) => {
      const current = await context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001");
      if (current === undefined) throw new Error("There is no such row.");
      return isEmpty(current, context);
    });
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-empty" });
  });

  slot("example 3: refuses with account-not-empty", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: -1 });
    const verdict = await inTransaction({}, async (context) => {
      const current = await context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001");
      if (current === undefined) throw new Error("There is no such row.");
      return isEmpty(current, context);
    });
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-empty" });
  });
});

describe("account.availableBalance", () => {
  const slot = slotTest("account.availableBalance", isOpen(logicFile, "availableBalance"));

  slot("example 1: answers 1500", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      balance: 1000,
      overdraftLimit: 500,
    });
    const answer = await inTransaction({}, async (context) => {
      const current = await context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001");
      if (current === undefined) throw new Error("There is no such row.");
      return availableBalance([current], context);
    });
    expect(answer).toEqual([1500]);
  });

  slot("example 2: answers 300", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      balance: -200,
      overdraftLimit: 500,
    });
    const answer = await inTransaction({}, async (context) => {
      const current = await context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001");
      if (current === undefined) throw new Error("There is no such row.");
      return availableBalance([current], context);
    });
    expect(answer).toEqual([300]);
  });

  slot("example 3: answers 0", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "blocked",
      balance: 1000,
      overdraftLimit: 500,
    });
    const answer = await inTransaction({}, async (context) => {
      const current = await context.unscoped.accounts.read("7c1d2f0e-0000-4000-8000-000000000001");
      if (current === undefined) throw new Error("There is no such row.");
      return availableBalance([current], context);
    });
    expect(answer).toEqual([0]);
  });
});
