import {
  allowed,
  available,
  changeable,
  closing,
  counted,
  covered,
  empty,
  freeze,
  of,
  overdrawn,
  receivable,
  reference,
  reverse,
  settle,
  unfreeze,
  type BodyCase,
} from "./bodies.ts";

/** Bodies in good form that do not do what their rule says: the document's examples tell. */
export const wrongAnswers: readonly BodyCase[] = [
  ...of(
    covered,
    ["accepts everything", "return context.accept();"],
    ["refuses everything", "return context.refuse('insufficient-funds');"],
    [
      "is off by one",
      `const source = await context.accounts.read(transfer.fromAccountId);
if (source?.status !== "open") return context.refuse("account-not-open");
if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
return source.balance + source.overdraftLimit > transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "forgets the overdraft",
      `const source = await context.accounts.read(transfer.fromAccountId);
if (source?.status !== "open") return context.refuse("account-not-open");
if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
return source.balance >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "asks the wrong account",
      `const source = await context.accounts.read(transfer.toAccountId);
if (source?.status !== "open") return context.refuse("account-not-open");
if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
return source.balance + source.overdraftLimit >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "knows the examples",
      `if (transfer.fromAccountId === "7c1d2f0e-0000-4000-8000-000000000001" && transfer.amount === 1000) return context.accept();
return context.refuse("insufficient-funds");`,
    ],
    [
      "throws instead of refusing",
      `const source = await context.accounts.read(transfer.fromAccountId);
if (source?.status !== "open") throw new Error("The account is not open.");
return source.balance + source.overdraftLimit >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "refuses with the wrong code",
      `const source = await context.accounts.read(transfer.fromAccountId);
if (source?.status !== "open") return context.refuse("insufficient-funds");
if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
return source.balance + source.overdraftLimit >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "never ends",
      `let n = 1;
while (n > 0) n = transfer.amount + 1;
return context.accept();`,
    ],
    [
      "eats memory",
      `const all: string[] = [];
for (let at = 0; at >= 0; at = all.length) all.push(transfer.currency.repeat(1000));
return all.length > 0 ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "calls itself within itself for ever",
      `const again = (n: number): number => (n < 0 ? n : again(n + 1));
return again(0) > 0 ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "waits for ever, step by step",
      `const again = async (n: number): Promise<number> => { await context.accounts.count({}); return n < 0 ? n : again(n + 1); };
return (await again(0)) > 0 ? context.accept() : context.refuse("insufficient-funds");`,
    ],
  ),
  ...of(
    receivable,
    [
      "asks only the caller's own accounts",
      `const target = await context.accounts.read(transfer.toAccountId);
if (target?.id === transfer.fromAccountId) return context.refuse("same-account");
if (target?.status !== "open") return context.refuse("target-not-open");
return target.currency === transfer.currency ? context.accept() : context.refuse("target-currency-mismatch");`,
    ],
    [
      "forgets that it is the same account",
      `const target = await context.unscoped.accounts.read(transfer.toAccountId);
if (target?.status !== "open") return context.refuse("target-not-open");
return target.currency === transfer.currency ? context.accept() : context.refuse("target-currency-mismatch");`,
    ],
  ),
  ...of(
    reference,
    [
      "keeps lower case",
      `const words = (transfer.purpose ?? "").replace(/[^A-Za-z0-9]+/g, " ").trim();
return words === "" ? "TRANSFER" : words.slice(0, 35).trimEnd();`,
    ],
    [
      "does not cut",
      `const words = (transfer.purpose ?? "").toUpperCase().replace(/[^A-Z0-9]+/g, " ").trim();
return words === "" ? "TRANSFER" : words;`,
    ],
    ["answers always the same", `return "TRANSFER";`],
    [
      "replaces once only",
      `const words = (transfer.purpose ?? "").toUpperCase().replace(/[^A-Z0-9]+/, " ").trim();
return words === "" ? "TRANSFER" : words.slice(0, 35).trimEnd();`,
    ],
  ),
  ...of(
    settle,
    ["does nothing", "await context.accounts.count({});"],
    [
      "moves the wrong way",
      `await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));`,
    ],
    [
      "forgets one side",
      "await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));",
    ],
    [
      "reaches only the caller's own",
      `await context.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
await context.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));`,
    ],
    ["deletes what it should change", "await context.unscoped.accounts.delete(transfer.fromAccountId);"],
  ),
  ...of(
    reverse,
    [
      "moves nothing back",
      `return context.transaction(async ({ transfers, now }) => {
  const transfer = await transfers.update({ id: request.params.transferId, status: "settled" }, { status: "reversed", reversedAt: now });
  return transfer ?? context.refuse("transfer-not-settled");
});`,
    ],
    [
      "reverses twice",
      `return context.transaction(async ({ transfers, unscoped, now }) => {
  const transfer = await transfers.update(request.params.transferId, { status: "reversed", reversedAt: now });
  if (transfer === undefined) return context.refuse("transfer-not-settled");
  await unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  await unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
  return transfer;
});`,
    ],
    [
      "remembers an attempt that was rolled back",
      `let hasRun = false;
return context.transaction(async ({ transfers, now }) => {
  if (hasRun) return context.refuse("transfer-not-settled");
  hasRun = true;
  const transfer = await transfers.update(request.params.transferId, { status: "reversed", reversedAt: now });
  return transfer ?? context.refuse("transfer-not-settled");
});`,
    ],
    ["is not implemented", "return context.notImplemented();"],
  ),
  ...of(
    overdrawn,
    ["takes zero for overdrawn", "return { balance: value ? { atMost: 0 } : { above: 0 } };"],
    ["says the same for both", "return { balance: { below: 0 } };"],
    ["lets everything through", "return {};"],
    ["is not implemented", "return context.notImplemented();"],
  ),
  ...of(empty, [
    "lets a debt go",
    "return account.balance <= 0 ? context.accept() : context.refuse('account-not-empty');",
  ]),
  ...of(
    available,
    ["forgets that it is blocked", "return accounts.map(({ balance, overdraftLimit }) => balance + overdraftLimit);"],
    ["answers too few", "return accounts.slice(1).map(({ balance, overdraftLimit }) => balance + overdraftLimit);"],
    ["answers what is no number", "return accounts.map(({ balance }) => balance / 0 - balance / 0);"],
  ),
  ...of(
    allowed,
    [
      "limits every card",
      `const account = await context.accounts.read(card.accountId);
if (account?.status !== "open") return context.refuse("account-not-open");
return card.dailyLimit > 100000 ? context.refuse("limit-too-high") : context.accept();`,
    ],
    [
      "does not look at the account",
      `return card.kind === "virtual" && card.dailyLimit > 100000 ? context.refuse("limit-too-high") : context.accept();`,
    ],
  ),
  ...of(changeable, [
    "asks what is changed, not what is there",
    "return card.holderName === undefined ? context.accept() : context.refuse('card-frozen');",
  ]),
  ...of(changeable, [
    "refuses what has expired",
    "return current.status === 'active' ? context.accept() : context.refuse('card-frozen');",
  ]),
  ...of(
    freeze,
    [
      "freezes what has expired",
      `const card = await context.transaction(({ cards }) => cards.update(request.params.cardId, { status: "frozen" }));
return card ?? context.refuse("card-not-active");`,
    ],
    [
      "does not write it",
      `const card = await context.transaction(({ cards }) => cards.read({ id: request.params.cardId, status: "active" }));
return card === undefined ? context.refuse("card-not-active") : { ...card, status: "frozen" };`,
    ],
  ),
  ...of(unfreeze, [
    "makes an expired card active",
    `const card = await context.transaction(({ cards }) => cards.update(request.params.cardId, { status: "active" }));
return card ?? context.refuse("card-not-frozen");`,
  ]),
  ...of(
    closing,
    [
      "adds the overdraft limit",
      `const account = await context.accounts.read(statement.accountId);
return account === undefined ? 0 : account.balance + account.overdraftLimit;`,
    ],
    ["answers nothing known", "return 0;"],
  ),
  ...of(
    counted,
    [
      "counts all months",
      "return context.transfers.countEach(statements.map(({ accountId }) => ({ fromAccountId: { equals: accountId } })));",
    ],
    [
      "counts by the machine's time zone",
      `const inMonth = (period: string) => {
  const midnight = "00:00:00";
  const end = new Date(\`\${period}-01T\${midnight}\`);
  end.setUTCMonth(end.getUTCMonth() + 1);
  return { atLeast: new Date(\`\${period}-01T\${midnight}\`).toISOString(), below: end.toISOString() };
};
return context.transfers.countEach(
  statements.map(({ accountId, period }) => ({ fromAccountId: { equals: accountId }, createdAt: inMonth(period) })),
);`,
    ],
    [
      "leaves out what was reversed",
      `return context.transfers.countEach(
  statements.map(({ accountId, period }) => ({
    fromAccountId: { equals: accountId },
    status: { equals: "settled" as const },
    createdAt: { atLeast: \`\${period}-01T00:00:00Z\`, below: \`\${period}-31T00:00:00Z\` },
  })),
);`,
    ],
  ),
];
