import { beforeEach, describe, expect } from "vitest";
import { resetRows } from "../testing/database.ts";
import { callersCustomer, givenAccount, givenCard } from "../testing/rows.ts";
import { inOperation, inTransaction, isOpen, slotTest } from "../testing/slots.ts";
import { freezeCard, isAllowed, unfreezeCard } from "./card.logic.ts";

const logicFile = new URL("./card.logic.ts", import.meta.url);

beforeEach(resetRows);

describe("card.create.allowed", () => {
  const slot = slotTest("card.create.allowed", isOpen(logicFile, "isAllowed"));

  slot("example 1: accepts", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open" });
    const verdict = await inTransaction({}, async (context) => {
      return isAllowed(
        {
          accountId: "7c1d2f0e-0000-4000-8000-000000000001",
          kind: "virtual",
          holderName: "Ada Lovelace",
          dailyLimit: 100000,
          pin: "4071",
        },
        context,
      );
    });
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("example 2: refuses with limit-too-high", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open" });
    const verdict = await inTransaction({}, async (context) => {
      return isAllowed(
        {
          accountId: "7c1d2f0e-0000-4000-8000-000000000001",
          kind: "virtual",
          holderName: "Ada Lovelace",
          dailyLimit: 100001,
          pin: "4071",
        },
        context,
      );
    });
    expect(verdict).toMatchObject({ accepted: false, code: "limit-too-high" });
  });

  slot("example 3: accepts", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open" });
    const verdict = await inTransaction({}, async (context) => {
      return isAllowed(
        {
          accountId: "7c1d2f0e-0000-4000-8000-000000000001",
          kind: "physical",
          holderName: "Ada Lovelace",
          dailyLimit: 100001,
          pin: "4071",
        },
        context,
      );
    });
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("example 4: refuses with account-not-open", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "blocked" });
    const verdict = await inTransaction({}, async (context) => {
      return isAllowed(
        {
          accountId: "7c1d2f0e-0000-4000-8000-000000000001",
          kind: "physical",
          holderName: "Ada Lovelace",
          dailyLimit: 100,
          pin: "4071",
        },
        context,
      );
    });
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-open" });
  });
});

describe("card.freeze", () => {
  const slot = slotTest("card.freeze", isOpen(logicFile, "freezeCard"));

  slot("example 1: does what it says", async () => {
    await callersCustomer();
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "active" });
    const answer = await inOperation({}, (context) =>
      freezeCard({ params: { cardId: "c4a8d5e7-0000-4000-8000-000000000001" } }, context),
    );
    expect(answer).toHold({ status: "frozen" });
    expect(
      await inTransaction({}, (context) => context.unscoped.cards.read("c4a8d5e7-0000-4000-8000-000000000001")),
    ).toHold({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "frozen" });
  });

  slot("example 2: refuses with card-not-active", async () => {
    await callersCustomer();
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "frozen" });
    const answer = await inOperation({}, (context) =>
      freezeCard({ params: { cardId: "c4a8d5e7-0000-4000-8000-000000000001" } }, context),
    );
    expect(answer).toMatchObject({ accepted: false, code: "card-not-active" });
    expect(
      await inTransaction({}, (context) => context.unscoped.cards.read("c4a8d5e7-0000-4000-8000-000000000001")),
    ).toHold({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "frozen" });
  });

  slot("example 3: refuses with card-not-active", async () => {
    await callersCustomer();
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "expired" });
    const answer = await inOperation({}, (context) =>
      freezeCard({ params: { cardId: "c4a8d5e7-0000-4000-8000-000000000001" } }, context),
    );
    expect(answer).toMatchObject({ accepted: false, code: "card-not-active" });
    expect(
      await inTransaction({}, (context) => context.unscoped.cards.read("c4a8d5e7-0000-4000-8000-000000000001")),
    ).toHold({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "expired" });
  });
});

describe("card.unfreeze", () => {
  const slot = slotTest("card.unfreeze", isOpen(logicFile, "unfreezeCard"));

  slot("example 1: does what it says", async () => {
    await callersCustomer();
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "frozen" });
    const answer = await inOperation({}, (context) =>
      unfreezeCard({ params: { cardId: "c4a8d5e7-0000-4000-8000-000000000001" } }, context),
    );
    expect(answer).toHold({ status: "active" });
    expect(
      await inTransaction({}, (context) => context.unscoped.cards.read("c4a8d5e7-0000-4000-8000-000000000001")),
    ).toHold({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "active" });
  });

  slot("example 2: refuses with card-not-frozen", async () => {
    await callersCustomer();
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "active" });
    const answer = await inOperation({}, (context) =>
      unfreezeCard({ params: { cardId: "c4a8d5e7-0000-4000-8000-000000000001" } }, context),
    );
    expect(answer).toMatchObject({ accepted: false, code: "card-not-frozen" });
    expect(
      await inTransaction({}, (context) => context.unscoped.cards.read("c4a8d5e7-0000-4000-8000-000000000001")),
    ).toHold({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "active" });
  });
});
