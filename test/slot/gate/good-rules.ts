import { allowed, changeable, covered, empty, of, receivable, type BodyCase } from "./bodies.ts";

/** Right bodies of rules, in the variety that people and models write them in. */
export const goodRules: readonly BodyCase[] = [
  ...of(
    covered,
    [
      "guards one after the other",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open", "fromAccountId");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch", "currency");
  const isCovering = source.balance + source.overdraftLimit >= transfer.amount;
  return isCovering ? context.accept() : context.refuse("insufficient-funds", "amount");`,
    ],
    [
      "takes what it needs out of the context",
      `
  const { accounts, accept, refuse } = context;
  const source = await accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return refuse("account-not-open", "fromAccountId");
  if (source.currency !== transfer.currency) return refuse("currency-mismatch", "currency");
  return source.balance + source.overdraftLimit < transfer.amount ? refuse("insufficient-funds", "amount") : accept();`,
    ],
    [
      "the whole function",
      `export async function isCovered(transfer: NewTransfer, context: IsCoveredContext): Promise<Verdict<IsCoveredCode>> {
  const account = await context.accounts.read(transfer.fromAccountId);
  if (account === undefined || account.status !== "open") {
    return context.refuse("account-not-open");
  }
  if (account.currency !== transfer.currency) {
    return context.refuse("currency-mismatch");
  }
  const spendable = account.balance + account.overdraftLimit;
  if (spendable < transfer.amount) {
    return context.refuse("insufficient-funds");
  }
  return context.accept();
}`,
    ],
    [
      "the whole function with a doc comment, in another layout",
      `/** The source covers the amount. */
export async function isCovered(
  transfer: NewTransfer,
  context: IsCoveredContext,
): Promise<Verdict<IsCoveredCode>> {
  const { fromAccountId, currency, amount } = transfer;
  const source = await context.accounts.read(fromAccountId);
  if (!source || source.status !== "open") return context.refuse("account-not-open", "fromAccountId");
  if (source.currency !== currency) return context.refuse("currency-mismatch", "currency");
  if (source.balance + source.overdraftLimit < amount) return context.refuse("insufficient-funds", "amount");
  return context.accept();
}`,
    ],
    [
      "a switch over the status",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  switch (source?.status) {
    case "open": {
      if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
      const left = source.balance + source.overdraftLimit - transfer.amount;
      return left < 0 ? context.refuse("insufficient-funds") : context.accept();
    }
    case "blocked":
    case "closed":
    case undefined:
      return context.refuse("account-not-open");
  }`,
    ],
    [
      "an arrow function inside",
      `
  const spendable = ({ balance, overdraftLimit }: { balance: number; overdraftLimit: number }): number => balance + overdraftLimit;
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  return spendable(source) >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "a table of checks",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source === undefined) return context.refuse("account-not-open");
  const checks = [
    { holds: source.status === "open", code: "account-not-open" },
    { holds: source.currency === transfer.currency, code: "currency-mismatch" },
    { holds: source.balance + source.overdraftLimit >= transfer.amount, code: "insufficient-funds" },
  ] as const;
  const failed = checks.find(({ holds }) => !holds);
  return failed === undefined ? context.accept() : context.refuse(failed.code);`,
    ],
    [
      "a function declared inside",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  return covers(source.balance, source.overdraftLimit) ? context.accept() : context.refuse("insufficient-funds");

  function covers(balance: number, limit: number): boolean {
    return balance + limit >= transfer.amount;
  }`,
    ],
    [
      "a variable that is set on the way",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source === undefined) return context.refuse("account-not-open", "fromAccountId");
  let code: IsCoveredCode | undefined;
  if (source.balance + source.overdraftLimit < transfer.amount) code = "insufficient-funds";
  if (source.currency !== transfer.currency) code = "currency-mismatch";
  if (source.status !== "open") code = "account-not-open";
  return code === undefined ? context.accept() : context.refuse(code);`,
    ],
    [
      "the list of the caller's accounts",
      `
  const { items } = await context.accounts.list({ where: { id: { equals: transfer.fromAccountId } }, limit: 1 });
  const [source] = items;
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  return transfer.amount - source.balance <= source.overdraftLimit ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "big integers",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  const isCovering = BigInt(source.balance) + BigInt(source.overdraftLimit) >= BigInt(transfer.amount);
  return isCovering ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "an array of an account's own",
      `
  const found = [await context.accounts.read(transfer.fromAccountId)].filter((one) => one !== undefined);
  const open = found.filter(({ status }) => status === "open");
  if (open.length === 0) return context.refuse("account-not-open");
  const same = open.filter(({ currency }) => currency === transfer.currency);
  if (same.length === 0) return context.refuse("currency-mismatch");
  const most = Math.max(...same.map(({ balance, overdraftLimit }) => balance + overdraftLimit));
  return most >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
  ),
  ...of(
    receivable,
    [
      "guards",
      `
  const target = await context.unscoped.accounts.read(transfer.toAccountId);
  if (target?.id === transfer.fromAccountId.toLowerCase()) return context.refuse("same-account", "toAccountId");
  if (target?.status !== "open") return context.refuse("target-not-open", "toAccountId");
  if (target.currency !== transfer.currency) return context.refuse("target-currency-mismatch", "currency");
  return context.accept();`,
    ],
    [
      "the ids compared first",
      `
  const isSame = transfer.fromAccountId.toLowerCase() === transfer.toAccountId.toLowerCase();
  if (isSame) return context.refuse("same-account", "toAccountId");
  const { accounts } = context.unscoped;
  const target = await accounts.read(transfer.toAccountId);
  if (target === undefined || target.status !== "open") return context.refuse("target-not-open");
  return target.currency === transfer.currency ? context.accept() : context.refuse("target-currency-mismatch");`,
    ],
    [
      "several reads at once",
      `
  const [source, target] = await Promise.all([
    context.accounts.read(transfer.fromAccountId),
    context.unscoped.accounts.read(transfer.toAccountId),
  ]);
  if (source !== undefined && source.id === target?.id) return context.refuse("same-account");
  if (target?.status !== "open") return context.refuse("target-not-open");
  return target.currency === transfer.currency ? context.accept() : context.refuse("target-currency-mismatch");`,
    ],
    [
      "counting instead of reading",
      `
  const { fromAccountId, toAccountId, currency } = transfer;
  if (fromAccountId.toLowerCase() === toAccountId.toLowerCase()) return context.refuse("same-account", "toAccountId");
  const open = { id: { equals: toAccountId }, status: { equals: "open" as const } };
  const isOpen = (await context.unscoped.accounts.count({ where: open })) > 0;
  if (!isOpen) return context.refuse("target-not-open", "toAccountId");
  const fitting = await context.unscoped.accounts.count({ where: { ...open, currency: { equals: currency } } });
  return fitting === 1 ? context.accept() : context.refuse("target-currency-mismatch", "currency");`,
    ],
  ),
  ...of(
    empty,
    ["one expression", 'return account.balance === 0 ? context.accept() : context.refuse("account-not-empty");'],
    [
      "a guard",
      `
  if (account.balance !== 0) {
    return context.refuse("account-not-empty");
  }
  return context.accept();`,
    ],
    [
      "a name for what is asked",
      `
  const isEmpty = Math.abs(account.balance) === 0;
  return isEmpty ? context.accept() : context.refuse("account-not-empty");`,
    ],
    [
      "by its sign",
      `
  const sign = Math.sign(account.balance);
  if (sign === 1 || sign === -1) return context.refuse("account-not-empty");
  return context.accept();`,
    ],
    [
      "destructured",
      `
  const { balance } = account;
  return balance < 0 || balance > 0 ? context.refuse("account-not-empty") : context.accept();`,
    ],
    [
      "a comment that says why",
      `
  // What is owed counts as well as what is held.
  return account.balance === 0 ? context.accept() : context.refuse("account-not-empty");`,
    ],
  ),
  ...of(
    allowed,
    [
      "guards and a constant",
      `
  const highestVirtualLimit = 100_000;
  const account = await context.accounts.read(card.accountId);
  if (account?.status !== "open") return context.refuse("account-not-open", "accountId");
  const isTooHigh = card.kind === "virtual" && card.dailyLimit > highestVirtualLimit;
  return isTooHigh ? context.refuse("limit-too-high", "dailyLimit") : context.accept();`,
    ],
    [
      "limits by kind",
      `
  const limits = { virtual: 100_000, physical: Number.MAX_SAFE_INTEGER } as const;
  const account = await context.accounts.read(card.accountId);
  if (!account || account.status !== "open") return context.refuse("account-not-open");
  return card.dailyLimit > limits[card.kind] ? context.refuse("limit-too-high") : context.accept();`,
    ],
    [
      "limits in a Map",
      `
  const limits = new Map<NewCard["kind"], number>([["virtual", 100000]]);
  const account = await context.accounts.read(card.accountId);
  if (account?.status !== "open") return context.refuse("account-not-open");
  const limit = limits.get(card.kind) ?? Infinity;
  return card.dailyLimit <= limit ? context.accept() : context.refuse("limit-too-high");`,
    ],
    [
      "satisfies",
      `
  const highest = { physical: undefined, virtual: 100_000 } satisfies Record<NewCard["kind"], number | undefined>;
  const account = await context.accounts.read(card.accountId);
  if (account?.status !== "open") return context.refuse("account-not-open");
  const limit = highest[card.kind];
  if (limit !== undefined && card.dailyLimit > limit) return context.refuse("limit-too-high");
  return context.accept();`,
    ],
    [
      "an else branch",
      `
  const account = await context.accounts.read(card.accountId);
  if (account === undefined) {
    return context.refuse("account-not-open", "accountId");
  } else if (account.status !== "open") {
    return context.refuse("account-not-open", "accountId");
  } else if (card.kind === "virtual" && card.dailyLimit > 100000) {
    return context.refuse("limit-too-high", "dailyLimit");
  } else {
    return context.accept();
  }`,
    ],
  ),
  ...of(
    changeable,
    ["one expression", 'return current.status === "frozen" ? context.refuse("card-frozen") : context.accept();'],
    [
      "the statuses that may be changed",
      `
  const changeable: readonly string[] = ["active", "expired"];
  return changeable.includes(current.status) ? context.accept() : context.refuse("card-frozen");`,
    ],
    [
      "a Set",
      `
  const locked = new Set<Card["status"]>(["frozen"]);
  if (locked.has(current.status)) return context.refuse("card-frozen");
  return context.accept();`,
    ],
    [
      "an exhaustive switch",
      `
  switch (current.status) {
    case "frozen":
      return context.refuse("card-frozen");
    case "active":
    case "expired":
      return context.accept();
  }`,
    ],
    [
      "the row as it is in the table",
      `
  const stored = await context.cards.read(current.id);
  const status = stored?.status ?? current.status;
  return status === "frozen" ? context.refuse("card-frozen") : context.accept();`,
    ],
  ),
];
