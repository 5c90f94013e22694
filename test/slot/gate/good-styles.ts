import { allowed, changeable, covered, empty, overdrawn, receivable, of, type BodyCase } from "./bodies.ts";

/** More right rules, each in a way of its own: of people who like it short, and of those who spell it out. */
export const goodStyles: readonly BodyCase[] = [
  ...of(
    covered,
    [
      "a function for each question",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  const isOpen = (): boolean => source?.status === "open";
  const isSameCurrency = (): boolean => source?.currency === transfer.currency;
  const isCovering = (): boolean => source !== undefined && source.balance + source.overdraftLimit >= transfer.amount;
  if (!isOpen()) return context.refuse("account-not-open", "fromAccountId");
  if (!isSameCurrency()) return context.refuse("currency-mismatch", "currency");
  if (!isCovering()) return context.refuse("insufficient-funds", "amount");
  return context.accept();`,
    ],
    [
      "one long chain of ternaries",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  return source?.status !== "open"
    ? context.refuse("account-not-open")
    : source.currency !== transfer.currency
      ? context.refuse("currency-mismatch")
      : source.balance + source.overdraftLimit < transfer.amount
        ? context.refuse("insufficient-funds")
        : context.accept();`,
    ],
    [
      "a reason that may be missing",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  const reason = ((): IsCoveredCode | undefined => {
    if (!source || source.status !== "open") return "account-not-open";
    if (source.currency !== transfer.currency) return "currency-mismatch";
    if (source.balance + source.overdraftLimit < transfer.amount) return "insufficient-funds";
    return undefined;
  })();
  return reason ? context.refuse(reason) : context.accept();`,
    ],
    [
      "fields by code in a record",
      `
  const fields = {
    "account-not-open": "fromAccountId",
    "currency-mismatch": "currency",
    "insufficient-funds": "amount",
  } as const satisfies Record<IsCoveredCode, keyof NewTransfer>;
  const no = (code: IsCoveredCode) => context.refuse(code, fields[code]);
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return no("account-not-open");
  if (source.currency !== transfer.currency) return no("currency-mismatch");
  return source.balance + source.overdraftLimit >= transfer.amount ? context.accept() : no("insufficient-funds");`,
    ],
    [
      "what is left after it",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source === undefined) return context.refuse("account-not-open", "fromAccountId");
  const { status, currency, balance, overdraftLimit } = source;
  if (status !== "open") return context.refuse("account-not-open", "fromAccountId");
  if (currency !== transfer.currency) return context.refuse("currency-mismatch", "currency");
  const balanceAfter = balance - transfer.amount;
  const lowest = -overdraftLimit;
  return balanceAfter >= lowest ? context.accept() : context.refuse("insufficient-funds", "amount");`,
    ],
    [
      "then instead of await",
      `
  return context.accounts.read(transfer.fromAccountId).then((source) => {
    if (source?.status !== "open") return context.refuse("account-not-open");
    if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
    return source.balance + source.overdraftLimit >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");
  });`,
    ],
    [
      "a list of failures, the first of which counts",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  const failures: IsCoveredCode[] = [];
  if (source?.status !== "open") failures.push("account-not-open");
  if (source && source.currency !== transfer.currency) failures.push("currency-mismatch");
  if (source && source.balance + source.overdraftLimit < transfer.amount) failures.push("insufficient-funds");
  const [first] = failures;
  return first === undefined ? context.accept() : context.refuse(first);`,
    ],
    [
      "switch (true)",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source === undefined) return context.refuse("account-not-open");
  switch (true) {
    case source.status !== "open":
      return context.refuse("account-not-open");
    case source.currency !== transfer.currency:
      return context.refuse("currency-mismatch");
    case source.balance + source.overdraftLimit < transfer.amount:
      return context.refuse("insufficient-funds");
    default:
      return context.accept();
  }`,
    ],
    [
      "a doc comment and types spelled out",
      `
  /**
   * What can be spent.
   * @param balance in minor units
   * @param limit in minor units
   */
  function spendable(balance: number, limit: number): number {
    return balance + limit;
  }
  const source: Awaited<ReturnType<typeof context.accounts.read>> = await context.accounts.read(transfer.fromAccountId);
  if (source === undefined || source.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  const amount: number = transfer.amount;
  return spendable(source.balance, source.overdraftLimit) >= amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "a comparison of two big integers",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  const [balance, limit, amount] = [source.balance, source.overdraftLimit, transfer.amount].map(BigInt);
  const left = (balance ?? 0n) + (limit ?? 0n) - (amount ?? 0n);
  return left < 0n ? context.refuse("insufficient-funds") : context.accept();`,
    ],
    [
      "the key as a member",
      `
  const source = await context.accounts.read({ id: transfer.fromAccountId, currency: transfer.currency });
  const any = source ?? (await context.accounts.read(transfer.fromAccountId));
  if (any?.status !== "open") return context.refuse("account-not-open");
  if (source === undefined) return context.refuse("currency-mismatch");
  return source.balance + source.overdraftLimit >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
  ),
  ...of(
    receivable,
    [
      "the key of the row that was read",
      `
  const target = await context.unscoped.accounts.read(transfer.toAccountId);
  const source = await context.unscoped.accounts.read(transfer.fromAccountId);
  if (target !== undefined && target.id === source?.id) return context.refuse("same-account", "toAccountId");
  if (target?.status !== "open") return context.refuse("target-not-open", "toAccountId");
  if (target.currency !== transfer.currency) return context.refuse("target-currency-mismatch", "currency");
  return context.accept();`,
    ],
    [
      "keys in a Set",
      `
  const keys = new Set([transfer.fromAccountId, transfer.toAccountId].map((key) => key.toUpperCase()));
  if (keys.size < 2) return context.refuse("same-account");
  const target = await context.unscoped.accounts.read(transfer.toAccountId);
  const isReceiving = target?.status === "open";
  if (!isReceiving) return context.refuse("target-not-open");
  return target.currency === transfer.currency ? context.accept() : context.refuse("target-currency-mismatch");`,
    ],
    [
      "a condition for all of it",
      `
  const same = transfer.fromAccountId.toLowerCase() === transfer.toAccountId.toLowerCase();
  if (same) return context.refuse("same-account");
  const { items } = await context.unscoped.accounts.list({
    where: { allOf: [{ id: { equals: transfer.toAccountId } }, { status: { equals: "open" } }] },
    limit: 1,
  });
  const target = items.at(0);
  if (!target) return context.refuse("target-not-open");
  return target.currency !== transfer.currency ? context.refuse("target-currency-mismatch") : context.accept();`,
    ],
  ),
  ...of(
    overdrawn,
    [
      "a table of two",
      `
  const conditions = { yes: { balance: { below: 0 } }, no: { balance: { atLeast: 0 } } } as const;
  return value ? conditions.yes : conditions.no;`,
    ],
    [
      "a name for the limit",
      `
  const nothing = 0;
  if (!value) {
    return { balance: { atLeast: nothing } };
  }
  return { balance: { below: nothing } };`,
    ],
    ["any of one", "return { anyOf: [{ balance: value ? { below: 0 } : { atLeast: 0 } }] };"],
    [
      "a function",
      "const balance = (): { below: number } | { atLeast: number } => (value ? { below: 0 } : { atLeast: 0 });\nreturn { balance: balance() };",
    ],
  ),
  ...of(
    empty,
    [
      "a destructuring with another name",
      'const { balance: left } = account;\nif (left === 0) return context.accept();\nreturn context.refuse("account-not-empty");',
    ],
    [
      "a member that is to blame",
      'return account.balance === 0 ? context.accept() : context.refuse("account-not-empty", "balance");',
    ],
    [
      "a switch over a number",
      'switch (account.balance) {\n  case 0:\n    return context.accept();\n  default:\n    return context.refuse("account-not-empty");\n}',
    ],
    [
      "a switch over a sign",
      'switch (Math.sign(account.balance)) {\n  case 1:\n  case -1:\n    return context.refuse("account-not-empty");\n  default:\n    return context.accept();\n}',
    ],
    [
      "neither more nor less",
      'const isMore = account.balance > 0;\nconst isLess = account.balance < 0;\nreturn isMore || isLess ? context.refuse("account-not-empty") : context.accept();',
    ],
    ["as text", 'return String(account.balance) === "0" ? context.accept() : context.refuse("account-not-empty");'],
    [
      "as it stands in the table",
      'const stored = await context.accounts.read(account.id);\nconst balance = stored?.balance ?? account.balance;\nreturn balance === 0 ? context.accept() : context.refuse("account-not-empty");',
    ],
    [
      "a condition that the table answers",
      'const left = await context.accounts.count({ where: { id: { equals: account.id }, balance: { not: 0 } } });\nreturn left > 0 ? context.refuse("account-not-empty") : context.accept();',
    ],
  ),
  ...of(
    allowed,
    [
      "the account first, the limit then",
      `
  const { accountId, kind, dailyLimit } = card;
  const account = await context.accounts.read(accountId);
  const isOpen = account?.status === "open";
  if (!isOpen) return context.refuse("account-not-open", "accountId");
  if (kind === "virtual" && dailyLimit > 100000) return context.refuse("limit-too-high", "dailyLimit");
  return context.accept();`,
    ],
    [
      "1000 in whole units",
      `
  const minorUnits = 100;
  const highest = 1000 * minorUnits;
  const account = await context.accounts.read(card.accountId);
  if (account?.status !== "open") return context.refuse("account-not-open");
  switch (card.kind) {
    case "virtual":
      return card.dailyLimit <= highest ? context.accept() : context.refuse("limit-too-high");
    case "physical":
      return context.accept();
  }`,
    ],
    [
      "a power of ten",
      `
  const account = await context.accounts.read(card.accountId);
  if (!account || account.status !== "open") return context.refuse("account-not-open");
  const limit = card.kind === "virtual" ? 10 ** 5 : Number.POSITIVE_INFINITY;
  return card.dailyLimit > limit ? context.refuse("limit-too-high") : context.accept();`,
    ],
  ),
  ...of(
    changeable,
    [
      "a negation",
      'const isFrozen = current.status === "frozen";\nif (!isFrozen) return context.accept();\nreturn context.refuse("card-frozen", "status");',
    ],
    [
      "what is changed, for the client",
      `
  if (current.status !== "frozen") return context.accept();
  const field = card.dailyLimit !== undefined ? "dailyLimit" : card.holderName !== undefined ? "holderName" : undefined;
  return context.refuse("card-frozen", field);`,
    ],
    [
      "a record of all statuses",
      `
  const mayChange = { active: true, frozen: false, expired: true } satisfies Record<Card["status"], boolean>;
  return mayChange[current.status] ? context.accept() : context.refuse("card-frozen");`,
    ],
  ),
];
