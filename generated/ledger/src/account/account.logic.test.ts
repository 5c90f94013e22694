import { beforeEach, describe, expect } from "vitest";
import { resetRows } from "../testing/database.ts";
import { callersCustomer, givenAccount } from "../testing/rows.ts";
import { existing, inTransaction, isOpen, slotTest } from "../testing/slots.ts";
import { sorted } from "../testing/values.ts";
import { availableBalance, isEmpty, overdrawn } from "./account.logic.ts";

const logicFile = new URL("./account.logic.ts", import.meta.url);

beforeEach(resetRows);

describe("account.list.overdrawn", () => {
  const slot = slotTest("account.list.overdrawn", isOpen(logicFile, "overdrawn"));

  slot("lists what is below zero", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: -1 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 0 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000003", balance: 250 });
    const found = await inTransaction({}, (context) => context.accounts.list({ where: overdrawn(true, context) }));
    expect(sorted(found.items.map((row) => row.id))).toEqual(sorted(["7c1d2f0e-0000-4000-8000-000000000001"]));
  });

  slot("lists the others, zero among them", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: -1 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 0 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000003", balance: 250 });
    const found = await inTransaction({}, (context) => context.accounts.list({ where: overdrawn(false, context) }));
    expect(sorted(found.items.map((row) => row.id))).toEqual(
      sorted(["7c1d2f0e-0000-4000-8000-000000000002", "7c1d2f0e-0000-4000-8000-000000000003"]),
    );
  });
});

describe("account.delete.empty", () => {
  const slot = slotTest("account.delete.empty", isOpen(logicFile, "isEmpty"));

  slot("an empty account may go", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 0 });
    const verdict = await inTransaction({}, async (context) =>
      isEmpty(await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000001"), context),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("money is left", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 1 });
    const verdict = await inTransaction({}, async (context) =>
      isEmpty(await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000001"), context),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-empty" });
  });

  slot("money is owed", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: -1 });
    const verdict = await inTransaction({}, async (context) =>
      isEmpty(await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000001"), context),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-empty" });
  });
});

describe("account.availableBalance", () => {
  const slot = slotTest("account.availableBalance", isOpen(logicFile, "availableBalance"));

  slot("the overdraft limit can be spent too", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      balance: 1000,
      overdraftLimit: 500,
    });
    const answers = await inTransaction({}, async (context) =>
      availableBalance([await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000001")], context),
    );
    expect(answers).toEqual([1500]);
  });

  slot("what is owed counts against it", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      balance: -200,
      overdraftLimit: 500,
    });
    const answers = await inTransaction({}, async (context) =>
      availableBalance([await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000001")], context),
    );
    expect(answers).toEqual([300]);
  });

  slot("nothing can be spent from a blocked account", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "blocked",
      balance: 1000,
      overdraftLimit: 500,
    });
    const answers = await inTransaction({}, async (context) =>
      availableBalance([await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000001")], context),
    );
    expect(answers).toEqual([0]);
  });

  slot("each account has its own", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", balance: 1, overdraftLimit: 0 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", status: "closed", balance: 2, overdraftLimit: 0 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000003", status: "open", balance: 3, overdraftLimit: 0 });
    const answers = await inTransaction({}, async (context) =>
      availableBalance(
        [
          await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000003"),
          await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000002"),
          await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000001"),
        ],
        context,
      ),
    );
    expect(answers).toEqual([3, 0, 1]);
  });
});
