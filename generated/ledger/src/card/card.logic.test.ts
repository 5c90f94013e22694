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

  slot("a virtual card far above its limit", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      currency: "USD",
      balance: 5000000,
    });
    const verdict = await inTransaction({}, (context) =>
      isAllowed(
        {
          accountId: "7c1d2f0e-0000-4000-8000-000000000001",
          kind: "virtual",
          holderName: "Eve",
          dailyLimit: 500000,
          pin: "0000",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "limit-too-high" });
  });

  slot("a physical card with the highest of all limits", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open" });
    const verdict = await inTransaction({}, (context) =>
      isAllowed(
        {
          accountId: "7c1d2f0e-0000-4000-8000-000000000001",
          kind: "physical",
          holderName: "Eve",
          dailyLimit: 500000,
          pin: "0000",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("a virtual card without a limit to speak of", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open", balance: -100 });
    const verdict = await inTransaction({}, (context) =>
      isAllowed(
        {
          accountId: "7c1d2f0e-0000-4000-8000-000000000001",
          kind: "virtual",
          holderName: "Ada Lovelace",
          dailyLimit: 0,
          pin: "4071",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
  });

  slot("a virtual card at its limit, of an account that owes", async () => {
    await callersCustomer();
    await givenAccount({
      id: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "open",
      balance: -100,
      overdraftLimit: 500,
    });
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

  slot("the caller's other accounts open none", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "closed", balance: 5000000 });
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000002", status: "open" });
    const verdict = await inTransaction({}, (context) =>
      isAllowed(
        {
          accountId: "7c1d2f0e-0000-4000-8000-000000000001",
          kind: "virtual",
          holderName: "Ada Lovelace",
          dailyLimit: 100,
          pin: "4071",
        },
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "account-not-open" });
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

  slot("a frozen card's holder stays", async () => {
    await callersCustomer();
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "frozen", kind: "virtual" });
    const verdict = await inTransaction({}, async (context) =>
      isUpdateCardAllowed(
        { holderName: "Ada King" },
        await existing(context.unscoped.cards, "c4a8d5e7-0000-4000-8000-000000000001"),
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "card-frozen" });
  });

  slot("a frozen card's number stays", async () => {
    await callersCustomer();
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "frozen", kind: "physical" });
    const verdict = await inTransaction({}, async (context) =>
      isUpdateCardAllowed(
        { pin: "9325" },
        await existing(context.unscoped.cards, "c4a8d5e7-0000-4000-8000-000000000001"),
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "card-frozen" });
  });

  slot("a frozen card is not changed to what it is", async () => {
    await callersCustomer();
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "frozen", dailyLimit: 20000 });
    const verdict = await inTransaction({}, async (context) =>
      isUpdateCardAllowed(
        { dailyLimit: 20000, holderName: "Ada King", pin: "9325" },
        await existing(context.unscoped.cards, "c4a8d5e7-0000-4000-8000-000000000001"),
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "card-frozen" });
  });

  slot("a frozen card is not changed to the highest limit", async () => {
    await callersCustomer();
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "frozen", dailyLimit: 20000 });
    const verdict = await inTransaction({}, async (context) =>
      isUpdateCardAllowed(
        { dailyLimit: 500000 },
        await existing(context.unscoped.cards, "c4a8d5e7-0000-4000-8000-000000000001"),
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: false, code: "card-frozen" });
  });

  slot("an active card is changed throughout", async () => {
    await callersCustomer();
    await givenCard({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "active", dailyLimit: 20000 });
    const verdict = await inTransaction({}, async (context) =>
      isUpdateCardAllowed(
        { dailyLimit: 0, holderName: "Ada King", pin: "9325" },
        await existing(context.unscoped.cards, "c4a8d5e7-0000-4000-8000-000000000001"),
        context,
      ),
    );
    expect(verdict).toMatchObject({ accepted: true });
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

  slot("another card of the account stays as it is", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open" });
    await givenCard({
      id: "c4a8d5e7-0000-4000-8000-000000000001",
      accountId: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "active",
      dailyLimit: 20000,
    });
    await givenCard({
      id: "c4a8d5e7-0000-4000-8000-000000000002",
      accountId: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "active",
      dailyLimit: 20000,
    });
    const answer = await inOperation({}, (context) =>
      freezeCard({ params: { cardId: "c4a8d5e7-0000-4000-8000-000000000002" } }, context),
    );
    expect(answer).toHold({ id: "c4a8d5e7-0000-4000-8000-000000000002", status: "frozen" });
    expect(
      await inTransaction({}, (context) => context.unscoped.cards.read("c4a8d5e7-0000-4000-8000-000000000001")),
    ).toHold({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "active", dailyLimit: 20000 });
    expect(
      await inTransaction({}, (context) => context.unscoped.cards.read("c4a8d5e7-0000-4000-8000-000000000002")),
    ).toHold({ id: "c4a8d5e7-0000-4000-8000-000000000002", status: "frozen", dailyLimit: 20000 });
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

  slot("another card of the account stays as it is", async () => {
    await callersCustomer();
    await givenAccount({ id: "7c1d2f0e-0000-4000-8000-000000000001", status: "open" });
    await givenCard({
      id: "c4a8d5e7-0000-4000-8000-000000000001",
      accountId: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "frozen",
      dailyLimit: 20000,
    });
    await givenCard({
      id: "c4a8d5e7-0000-4000-8000-000000000002",
      accountId: "7c1d2f0e-0000-4000-8000-000000000001",
      status: "frozen",
      dailyLimit: 20000,
    });
    const answer = await inOperation({}, (context) =>
      unfreezeCard({ params: { cardId: "c4a8d5e7-0000-4000-8000-000000000002" } }, context),
    );
    expect(answer).toHold({ id: "c4a8d5e7-0000-4000-8000-000000000002", status: "active" });
    expect(
      await inTransaction({}, (context) => context.unscoped.cards.read("c4a8d5e7-0000-4000-8000-000000000001")),
    ).toHold({ id: "c4a8d5e7-0000-4000-8000-000000000001", status: "frozen", dailyLimit: 20000 });
    expect(
      await inTransaction({}, (context) => context.unscoped.cards.read("c4a8d5e7-0000-4000-8000-000000000002")),
    ).toHold({ id: "c4a8d5e7-0000-4000-8000-000000000002", status: "active", dailyLimit: 20000 });
  });
});
