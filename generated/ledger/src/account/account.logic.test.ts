import { beforeEach, describe, expect } from "vitest";
import { resetRows } from "../testing/database.ts";
import { callersCustomer, givenAccount, givenCard } from "../testing/rows.ts";
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

  slot("a debt within the overdraft limit is one too", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      balance: -1,
      overdraftLimit: 500,
      status: "open",
    });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000002",
      balance: -100000,
      overdraftLimit: 1000000,
      status: "blocked",
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000003", balance: -2, overdraftLimit: 0, status: "open" });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000004",
      balance: 0,
      overdraftLimit: 500,
      status: "closed",
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000005", balance: 1, overdraftLimit: 0, status: "open" });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000006",
      balance: 4294967296,
      overdraftLimit: 500,
      status: "blocked",
    });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000007",
      balance: -4294967296,
      overdraftLimit: 0,
      status: "closed",
    });
    const found = await inTransaction({}, (context) => context.accounts.list({ where: overdrawn(true, context) }));
    expect(sorted(found.items.map((row) => row.id))).toEqual(
      sorted([
        "7c1d2f0e-0000-4000-8000-000000000001",
        "7c1d2f0e-0000-4000-8000-000000000002",
        "7c1d2f0e-0000-4000-8000-000000000003",
        "7c1d2f0e-0000-4000-8000-000000000007",
      ]),
    );
  });

  slot("whoever owes nothing is not overdrawn", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      balance: -1,
      overdraftLimit: 500,
      status: "open",
    });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000002",
      balance: -100000,
      overdraftLimit: 1000000,
      status: "blocked",
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000003", balance: -2, overdraftLimit: 0, status: "open" });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000004",
      balance: 0,
      overdraftLimit: 500,
      status: "closed",
    });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000005", balance: 1, overdraftLimit: 0, status: "open" });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000006",
      balance: 4294967296,
      overdraftLimit: 500,
      status: "blocked",
    });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000007",
      balance: -4294967296,
      overdraftLimit: 0,
      status: "closed",
    });
    const found = await inTransaction({}, (context) => context.accounts.list({ where: overdrawn(false, context) }));
    expect(sorted(found.items.map((row) => row.id))).toEqual(
      sorted([
        "7c1d2f0e-0000-4000-8000-000000000004",
        "7c1d2f0e-0000-4000-8000-000000000005",
        "7c1d2f0e-0000-4000-8000-000000000006",
      ]),
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

  slot("a debt within the overdraft limit is money that is owed", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: -500, overdraftLimit: 1000 });
    const verdict = await inTransaction({}, async (context) =>
      isEmpty(await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000001"), context),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-empty" });
  });

  slot("a little more than nothing is left", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 5 });
    const verdict = await inTransaction({}, async (context) =>
      isEmpty(await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000001"), context),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-empty" });
  });

  slot("a round balance is left", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 256 });
    const verdict = await inTransaction({}, async (context) =>
      isEmpty(await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000001"), context),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-empty" });
  });

  slot("a small debt is money that is owed", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: -50 });
    const verdict = await inTransaction({}, async (context) =>
      isEmpty(await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000001"), context),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-empty" });
  });

  slot("what another account owes does not make up for it", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 70 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: -70 });
    const verdict = await inTransaction({}, async (context) =>
      isEmpty(await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000001"), context),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-empty" });
  });

  slot("what another account holds does not keep it", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 0 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", balance: 70 });
    const verdict = await inTransaction({}, async (context) =>
      isEmpty(await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000001"), context),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("a balance beyond 32 bits is left", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 4294967296 });
    const verdict = await inTransaction({}, async (context) =>
      isEmpty(await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000001"), context),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-empty" });
  });

  slot("its cards do not keep it", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", balance: 0 });
    await givenCard({ accountId: "7c1d2f0e-0000-4000-8000-000000000001" });
    const verdict = await inTransaction({}, async (context) =>
      isEmpty(await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000001"), context),
    );
    expect(verdict).toMatchObject({ accepted: true });
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

  slot("large sums are not cut", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      balance: 4294967296,
      overdraftLimit: 1000000,
    });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000002",
      status: "blocked",
      balance: 4294967296,
      overdraftLimit: 1000000,
    });
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000003",
      status: "open",
      balance: -500,
      overdraftLimit: 500,
    });
    const answers = await inTransaction({}, async (context) =>
      availableBalance(
        [
          await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000001"),
          await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000002"),
          await existing(context.unscoped.accounts, "7c1d2f0e-0000-4000-8000-000000000003"),
        ],
        context,
      ),
    );
    expect(answers).toEqual([4295967296, 0, 0]);
  });
});
