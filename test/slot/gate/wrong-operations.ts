import { freeze, reverse, unfreeze, of, type BodyCase } from "./bodies.ts";

/** Operations that do something else too, or not in every case. */
export const wrongOperations: readonly BodyCase[] = [
  ...of(
    reverse,
    [
      "the moment of the transfer for that of the reversal",
      `
  return context.transaction(async ({ transfers, unscoped }) => {
    const transfer = await transfers.update({ id: request.params.transferId, status: "settled" }, (row) => ({ status: "reversed", reversedAt: row.createdAt }));
    if (transfer === undefined) return context.refuse("transfer-not-settled");
    const target = await unscoped.accounts.read(transfer.toAccountId);
    if (target === undefined || target.balance < transfer.amount) return context.refuse("insufficient-funds");
    await unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
    await unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
    return transfer;
  });`,
    ],
    [
      "the day of the reversal alone",
      `
  return context.transaction(async ({ transfers, unscoped, now }) => {
    const transfer = await transfers.update({ id: request.params.transferId, status: "settled" }, { status: "reversed", reversedAt: \`\${now.slice(0, 10)}T08:30:00Z\` });
    if (transfer === undefined) return context.refuse("transfer-not-settled");
    const target = await unscoped.accounts.read(transfer.toAccountId);
    if (target === undefined || target.balance < transfer.amount) return context.refuse("insufficient-funds");
    await unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
    await unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
    return transfer;
  });`,
    ],
    [
      "more than is there, by one",
      `
  return context.transaction(async ({ transfers, unscoped, now }) => {
    const transfer = await transfers.update({ id: request.params.transferId, status: "settled" }, { status: "reversed", reversedAt: now });
    if (transfer === undefined) return context.refuse("transfer-not-settled");
    const target = await unscoped.accounts.read(transfer.toAccountId);
    if (target === undefined || target.balance <= transfer.amount) return context.refuse("insufficient-funds");
    await unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
    await unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
    return transfer;
  });`,
    ],
    [
      "the refusal after the money has gone",
      `
  return context.transaction(async ({ transfers, unscoped, now }) => {
    const transfer = await transfers.read(request.params.transferId);
    if (transfer === undefined) return context.refuse("transfer-not-settled");
    await unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
    const source = await unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
    if (source === undefined || transfer.status !== "settled") return context.refuse("transfer-not-settled");
    const reversed = await transfers.update(transfer.id, { status: "reversed", reversedAt: now });
    return reversed ?? context.refuse("transfer-not-settled");
  });`,
    ],
    [
      "three transactions",
      `
  const transfer = await context.transaction(({ transfers, now }) =>
    transfers.update({ id: request.params.transferId, status: "settled" }, { status: "reversed", reversedAt: now }),
  );
  if (transfer === undefined) return context.refuse("transfer-not-settled");
  const isCovered = await context.transaction(async ({ unscoped }) => {
    const target = await unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
    return target !== undefined && target.balance >= 0;
  });
  if (!isCovered) return context.refuse("insufficient-funds");
  await context.transaction(({ unscoped }) =>
    unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance + transfer.amount })),
  );
  return transfer;`,
    ],
    [
      "the amount of what is answered",
      `
  return context.transaction(async ({ transfers, unscoped, now }) => {
    const transfer = await transfers.update({ id: request.params.transferId, status: "settled" }, { status: "reversed", reversedAt: now, amount: 1 });
    if (transfer === undefined) return context.refuse("transfer-not-settled");
    const target = await unscoped.accounts.read(transfer.toAccountId);
    if (target === undefined || target.balance < 300) return context.refuse("insufficient-funds");
    await unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance - 300 }));
    await unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance + 300 }));
    return transfer;
  });`,
    ],
    [
      "300 for every amount",
      `
  return context.transaction(async ({ transfers, unscoped, now }) => {
    const transfer = await transfers.update({ id: request.params.transferId, status: "settled" }, { status: "reversed", reversedAt: now });
    if (transfer === undefined) return context.refuse("transfer-not-settled");
    const target = await unscoped.accounts.read(transfer.toAccountId);
    if (target === undefined || target.balance < 300) return context.refuse("insufficient-funds");
    await unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance - 300 }));
    await unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance + 300 }));
    return transfer;
  });`,
    ],
    [
      "the source blocked along with it",
      `
  return context.transaction(async ({ transfers, unscoped, now }) => {
    const transfer = await transfers.update({ id: request.params.transferId, status: "settled" }, { status: "reversed", reversedAt: now });
    if (transfer === undefined) return context.refuse("transfer-not-settled");
    const target = await unscoped.accounts.read(transfer.toAccountId);
    if (target === undefined || target.balance < transfer.amount) return context.refuse("insufficient-funds");
    await unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance - transfer.amount, status: "blocked" }));
    await unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
    return transfer;
  });`,
    ],
    [
      "another transfer than the one that was asked for",
      `
  return context.transaction(async ({ transfers, unscoped, now }) => {
    const { items } = await transfers.list({ where: { status: { equals: "settled" } }, limit: 1 });
    const [found] = items;
    if (found === undefined) return context.refuse("transfer-not-settled");
    const target = await unscoped.accounts.read(found.toAccountId);
    if (target === undefined || target.balance < found.amount) return context.refuse("insufficient-funds");
    await unscoped.accounts.update(found.toAccountId, ({ balance }) => ({ balance: balance - found.amount }));
    await unscoped.accounts.update(found.fromAccountId, ({ balance }) => ({ balance: balance + found.amount }));
    return (await transfers.update(found.id, { status: "reversed", reversedAt: now })) ?? context.refuse("transfer-not-settled");
  });`,
    ],
  ),
  ...of(
    freeze,
    [
      "the limit taken along",
      `
  const card = await context.transaction(({ cards }) => cards.update({ id: request.params.cardId, status: "active" }, { status: "frozen", dailyLimit: 0 }));
  return card ?? context.refuse("card-not-active");`,
    ],
    [
      "all cards of the account",
      `
  return context.transaction(async ({ cards }) => {
    const card = await cards.update({ id: request.params.cardId, status: "active" }, { status: "frozen" });
    if (card === undefined) return context.refuse("card-not-active");
    const { items } = await cards.list({ where: { accountId: { equals: card.accountId } }, limit: 50 });
    for (const { id } of items) await cards.update(id, { status: "frozen" });
    return card;
  });`,
    ],
    [
      "virtual cards alone",
      `
  const card = await context.transaction(({ cards }) => cards.update({ id: request.params.cardId, status: "active", kind: "physical" }, { status: "frozen" }));
  return card ?? context.refuse("card-not-active");`,
    ],
    [
      "the account blocked along with it",
      `
  return context.transaction(async ({ cards, accounts }) => {
    const card = await cards.update({ id: request.params.cardId, status: "active" }, { status: "frozen" });
    if (card === undefined) return context.refuse("card-not-active");
    await accounts.update(card.accountId, { status: "blocked" });
    return card;
  });`,
    ],
  ),
  ...of(
    unfreeze,
    [
      "a new number along with it",
      `
  const card = await context.transaction(({ cards }) => cards.update({ id: request.params.cardId, status: "frozen" }, { status: "active", pin: "0000" }));
  return card ?? context.refuse("card-not-frozen");`,
    ],
    [
      "a card of its own",
      `
  return context.transaction(async ({ cards }) => {
    const card = await cards.update({ id: request.params.cardId, status: "frozen" }, { status: "active" });
    if (card === undefined) return context.refuse("card-not-frozen");
    await cards.create({ accountId: card.accountId, kind: "virtual", holderName: card.holderName, dailyLimit: 500000, pin: "0000" });
    return card;
  });`,
    ],
  ),
];
