import { beforeEach, describe, expect } from "vitest";
import { resetRows } from "../testing/database.ts";
import { callersCustomer, givenAccount, givenCard } from "../testing/rows.ts";
import { existing, inOperation, inTransaction, isOpen, slotTest } from "../testing/slots.ts";
import { freezeCard, isAllowed, isUpdateCardAllowed, unfreezeCard } from "./card.logic.ts";

const logicFile = new URL("./card.logic.ts", import.meta.url);

beforeEach(resetRows);

describe("card.create.allowed", () => {
  const slot = slotTest("card.create.allowed", isOpen(logicFile, "isAllowed"));

  slot("a virtual card at its limit", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open" });
    const verdict = await inTransaction({}, (context) =>
      isAllowed(
        {
          accountId: "7c1d2f0e-0000-4000-8000-000000000001",
          kind: "virtual",
          holderName: "Ada Lovelace",
          dailyLimit: 100000,
          pin: "4071",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("a virtual card above its limit", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open" });
    const verdict = await inTransaction({}, (context) =>
      isAllowed(
        {
          accountId: "7c1d2f0e-0000-4000-8000-000000000001",
          kind: "virtual",
          holderName: "Ada Lovelace",
          dailyLimit: 100001,
          pin: "4071",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "limit-too-high" });
  });

  slot("a physical card has no such limit", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open" });
    const verdict = await inTransaction({}, (context) =>
      isAllowed(
        {
          accountId: "7c1d2f0e-0000-4000-8000-000000000001",
          kind: "physical",
          holderName: "Ada Lovelace",
          dailyLimit: 100001,
          pin: "4071",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("a blocked account has no new cards", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "blocked" });
    const verdict = await inTransaction({}, (context) =>
      isAllowed(
        {
          accountId: "7c1d2f0e-0000-4000-8000-000000000001",
          kind: "physical",
          holderName: "Ada Lovelace",
          dailyLimit: 100,
          pin: "4071",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-open" });
  });

  slot("a closed account has no new cards", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "closed" });
    const verdict = await inTransaction({}, (context) =>
      isAllowed(
        {
          accountId: "7c1d2f0e-0000-4000-8000-000000000001",
          kind: "physical",
          holderName: "Ada Lovelace",
          dailyLimit: 100,
          pin: "4071",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-open" });
  });
});

describe("card.update.allowed", () => {
  const slot = slotTest("card.update.allowed", isOpen(logicFile, "isUpdateCardAllowed"));

  slot("an active card is changed", async () => {
    await callersCustomer();
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "active" });
    const verdict = await inTransaction({}, async (context) =>
      isUpdateCardAllowed(
        { dailyLimit: 20000 },
        await existing(context.unscoped.cards, "c4a8d5e7-0000-4000-8000-000000000001"),
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("an expired card is changed", async () => {
    await callersCustomer();
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "expired" });
    const verdict = await inTransaction({}, async (context) =>
      isUpdateCardAllowed(
        { dailyLimit: 20000 },
        await existing(context.unscoped.cards, "c4a8d5e7-0000-4000-8000-000000000001"),
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("a frozen card is not", async () => {
    await callersCustomer();
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "frozen" });
    const verdict = await inTransaction({}, async (context) =>
      isUpdateCardAllowed(
        { dailyLimit: 20000 },
        await existing(context.unscoped.cards, "c4a8d5e7-0000-4000-8000-000000000001"),
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "card-frozen" });
  });
});

describe("card.freeze", () => {
  const slot = slotTest("card.freeze", isOpen(logicFile, "freezeCard"));

  slot("an active card becomes frozen", async () => {
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

  slot("a frozen card stays frozen", async () => {
    await callersCustomer();
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "frozen" });
    const verdict = await inOperation({}, (context) =>
      freezeCard({ params: { cardId: "c4a8d5e7-0000-4000-8000-000000000001" } }, context),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "card-not-active" });
    expect(
      await inTransaction({}, (context) => context.unscoped.cards.read("c4a8d5e7-0000-4000-8000-000000000001")),
    ).toHold({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "frozen" });
  });

  slot("an expired card stays expired", async () => {
    await callersCustomer();
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "expired" });
    const verdict = await inOperation({}, (context) =>
      freezeCard({ params: { cardId: "c4a8d5e7-0000-4000-8000-000000000001" } }, context),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "card-not-active" });
    expect(
      await inTransaction({}, (context) => context.unscoped.cards.read("c4a8d5e7-0000-4000-8000-000000000001")),
    ).toHold({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "expired" });
  });
});

describe("card.unfreeze", () => {
  const slot = slotTest("card.unfreeze", isOpen(logicFile, "unfreezeCard"));

  slot("a frozen card becomes active", async () => {
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

  slot("an active card stays active", async () => {
    await callersCustomer();
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "active" });
    const verdict = await inOperation({}, (context) =>
      unfreezeCard({ params: { cardId: "c4a8d5e7-0000-4000-8000-000000000001" } }, context),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "card-not-frozen" });
    expect(
      await inTransaction({}, (context) => context.unscoped.cards.read("c4a8d5e7-0000-4000-8000-000000000001")),
    ).toHold({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "active" });
  });

  slot("an expired card stays expired", async () => {
    await callersCustomer();
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "expired" });
    const verdict = await inOperation({}, (context) =>
      unfreezeCard({ params: { cardId: "c4a8d5e7-0000-4000-8000-000000000001" } }, context),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "card-not-frozen" });
    expect(
      await inTransaction({}, (context) => context.unscoped.cards.read("c4a8d5e7-0000-4000-8000-000000000001")),
    ).toHold({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "expired" });
  });
});
