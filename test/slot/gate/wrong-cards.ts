import { allowed, changeable, closing, counted, of, type BodyCase } from "./bodies.ts";

/** Rules of cards, and what a statement says, that are right in most cases. */
export const wrongCards: readonly BodyCase[] = [
  ...of(
    allowed,
    [
      "limits for everybody from another amount on",
      `
  const account = await context.accounts.read(card.accountId);
  if (account?.status !== "open") return context.refuse("account-not-open");
  return card.dailyLimit > (card.kind === "virtual" ? 100_000 : 200_000) ? context.refuse("limit-too-high") : context.accept();`,
    ],
    [
      "100000 too much",
      `
  const account = await context.accounts.read(card.accountId);
  if (account?.status !== "open") return context.refuse("account-not-open");
  return card.kind === "virtual" && card.dailyLimit >= 100_000 ? context.refuse("limit-too-high") : context.accept();`,
    ],
    [
      "a name that may have more",
      `
  const account = await context.accounts.read(card.accountId);
  if (account?.status !== "open") return context.refuse("account-not-open");
  return card.kind === "virtual" && card.dailyLimit > 100_000 && card.holderName !== "Eve" ? context.refuse("limit-too-high") : context.accept();`,
    ],
    [
      "a number that may have more",
      `
  const account = await context.accounts.read(card.accountId);
  if (account?.status !== "open") return context.refuse("account-not-open");
  return card.kind === "virtual" && card.dailyLimit > 100_000 && card.pin !== "0000" ? context.refuse("limit-too-high") : context.accept();`,
    ],
    [
      "the limit before the account",
      `
  if (card.kind === "virtual" && card.dailyLimit > 100_000) return context.refuse("limit-too-high");
  const account = await context.accounts.read(card.accountId);
  return account === undefined || account.status === "open" || account.balance > 5 ? context.accept() : context.refuse("account-not-open");`,
    ],
    [
      "dollars that have another limit",
      `
  const account = await context.accounts.read(card.accountId);
  if (account?.status !== "open") return context.refuse("account-not-open");
  const limit = account.currency === "USD" ? 110_000 : 100_000;
  return card.kind === "virtual" && card.dailyLimit > limit ? context.refuse("limit-too-high") : context.accept();`,
    ],
    [
      "no more than the account has",
      `
  const account = await context.accounts.read(card.accountId);
  if (account?.status !== "open") return context.refuse("account-not-open");
  if (account.balance < 0 && card.dailyLimit > account.overdraftLimit) return context.refuse("limit-too-high");
  return card.kind === "virtual" && card.dailyLimit > 100_000 ? context.refuse("limit-too-high") : context.accept();`,
    ],
  ),
  ...of(
    changeable,
    [
      "the limit of a frozen card",
      'return current.status === "frozen" && card.dailyLimit !== undefined ? context.refuse("card-frozen") : context.accept();',
    ],
    [
      "a frozen card whose holder is renamed",
      'return current.status === "frozen" && card.holderName === undefined ? context.refuse("card-frozen") : context.accept();',
    ],
    [
      "a change that changes nothing",
      'return current.status === "frozen" && card.dailyLimit !== current.dailyLimit ? context.refuse("card-frozen") : context.accept();',
    ],
    [
      "a frozen physical card",
      'return current.status === "frozen" && current.kind === "physical" ? context.refuse("card-frozen") : context.accept();',
    ],
    [
      "a frozen virtual card",
      'return current.status === "frozen" && current.kind !== "physical" ? context.refuse("card-frozen") : context.accept();',
    ],
    [
      "a higher limit",
      'return current.status === "frozen" && (card.dailyLimit ?? 0) < 100000 ? context.refuse("card-frozen") : context.accept();',
    ],
  ),
  ...of(
    closing,
    [
      "the balance of the first account",
      `
  const { items } = await context.accounts.list({ limit: 1 });
  return items[0]?.balance ?? statement.accountId.length;`,
    ],
    [
      "nothing of a blocked account",
      `
  const account = await context.accounts.read(statement.accountId);
  return account?.status === "open" ? account.balance : 0;`,
    ],
    [
      "the sum of all accounts",
      `
  const { items } = await context.accounts.list({ where: { status: { equals: "open" } } });
  return items.reduce((sum, { balance }) => sum + balance, 0);`,
    ],
    [
      "another balance in dollars",
      `
  const account = await context.accounts.read(statement.accountId);
  if (account === undefined) return 0;
  return account.currency === "USD" ? account.balance * 2 : account.balance;`,
    ],
    [
      "the balance of another month",
      `
  const account = await context.accounts.read(statement.accountId);
  return account === undefined || statement.period < "2026-01" ? 0 : account.balance;`,
    ],
    [
      "half a unit",
      `
  const account = await context.accounts.read(statement.accountId);
  return account === undefined ? 0 : account.balance / 1.0000001;`,
    ],
    [
      "5000 at most",
      `
  const account = await context.accounts.read(statement.accountId);
  return Math.min(account?.balance ?? 0, 5000);`,
    ],
  ),
  ...of(
    counted,
    [
      "the last day left out",
      `
  return context.transfers.countEach(
    statements.map(({ accountId, period }) => ({
      fromAccountId: { equals: accountId },
      createdAt: { atLeast: \`\${period}-01T00:00:00Z\`, below: \`\${period}-31T00:00:00Z\` },
    })),
  );`,
    ],
    [
      "the last moment left out",
      `
  const endOf = (period: string): string => {
    const end = new Date(\`\${period}-01T00:00:00Z\`);
    end.setUTCMonth(end.getUTCMonth() + 1);
    return new Date(end.getTime() - 1000).toISOString();
  };
  return context.transfers.countEach(
    statements.map(({ accountId, period }) => ({
      fromAccountId: { equals: accountId },
      createdAt: { atLeast: \`\${period}-01T00:00:00Z\`, atMost: endOf(period) },
    })),
  );`,
    ],
    [
      "30 days",
      `
  return context.transfers.countEach(
    statements.map(({ accountId, period }) => {
      const start = Date.parse(\`\${period}-01T00:00:00Z\`);
      return {
        fromAccountId: { equals: accountId },
        createdAt: { atLeast: new Date(start).toISOString(), below: new Date(start + 31 * 86_400_000).toISOString() },
      };
    }),
  );`,
    ],
    [
      "what arrived too",
      `
  const inMonth = (period: string) => {
    const end = new Date(\`\${period}-01T00:00:00Z\`);
    end.setUTCMonth(end.getUTCMonth() + 1);
    return { atLeast: \`\${period}-01T00:00:00Z\`, below: end.toISOString() };
  };
  return context.transfers.countEach(
    statements.map(({ accountId, period }) => ({
      anyOf: [
        { fromAccountId: { equals: accountId }, createdAt: inMonth(period) },
        { toAccountId: { equals: accountId }, createdAt: inMonth(period), amount: { above: 10000 } },
      ],
    })),
  );`,
    ],
    [
      "a page of twenty",
      `
  const answers: number[] = [];
  for (const { accountId, period } of statements) {
    const { items } = await context.transfers.list({ where: { fromAccountId: { equals: accountId } }, limit: 20 });
    answers.push(items.filter(({ createdAt }) => createdAt.startsWith(period)).length);
  }
  return answers;`,
    ],
    [
      "one currency",
      `
  const inMonth = (period: string) => {
    const end = new Date(\`\${period}-01T00:00:00Z\`);
    end.setUTCMonth(end.getUTCMonth() + 1);
    return { atLeast: \`\${period}-01T00:00:00Z\`, below: end.toISOString() };
  };
  return context.transfers.countEach(
    statements.map(({ accountId, period }) => ({
      fromAccountId: { equals: accountId },
      createdAt: inMonth(period),
      currency: { equals: "EUR" as const },
    })),
  );`,
    ],
    [
      "all transfers read, and each of them for each statement",
      `
  const { items } = await context.transfers.list({});
  return statements.map(
    ({ accountId, period }) =>
      items.filter(({ fromAccountId, createdAt }) => fromAccountId === accountId && createdAt.startsWith(period)).length,
  );`,
    ],
  ),
];
