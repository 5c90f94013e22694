import { available, empty, overdrawn, of, type BodyCase } from "./bodies.ts";

/** Filters, fields and rules that are right for most rows. */
export const wrongFields: readonly BodyCase[] = [
  ...of(
    overdrawn,
    ["a limit of one", "return { balance: value ? { atMost: -2 } : { above: -2 } };"],
    [
      "open accounts alone",
      'return value ? { balance: { below: 0 }, status: { equals: "open" } } : { balance: { atLeast: 0 } };',
    ],
    [
      "the overdraft limit for zero",
      "return value ? { balance: { below: 0 }, overdraftLimit: { atMost: 0 } } : { balance: { atLeast: 0 } };",
    ],
    ["one currency", 'return { balance: value ? { below: 0 } : { atLeast: 0 }, currency: { equals: "EUR" } };'],
    ["a largest balance", "return { balance: value ? { below: 0 } : { atLeast: 0, below: 1000 } };"],
    ["a smallest balance", "return { balance: value ? { below: 0, above: -500 } : { atLeast: 0 } };"],
    ["what not is, for what is at least", "return { balance: value ? { below: 0 } : { not: -1 } };"],
    [
      "a list of those that are",
      "return value ? { balance: { equals: -1 } } : { anyOf: [{ balance: { equals: 0 } }, { balance: { equals: 250 } }] };",
    ],
  ),
  ...of(
    empty,
    [
      "the lowest bits",
      'return (account.balance & 255) === 0 ? context.accept() : context.refuse("account-not-empty");',
    ],
    ["32 bits", 'return (account.balance | 0) === 0 ? context.accept() : context.refuse("account-not-empty");'],
    [
      "a debt within the limit",
      'return account.balance === 0 || (account.balance < -1 && -account.balance <= account.overdraftLimit) ? context.accept() : context.refuse("account-not-empty");',
    ],
    [
      "closed accounts whatever they hold",
      'return account.balance === 0 || account.status === "closed" ? context.accept() : context.refuse("account-not-empty");',
    ],
    [
      "open accounts alone",
      'return account.balance === 0 && account.status === "open" ? context.accept() : context.refuse("account-not-empty");',
    ],
    [
      "ten at most",
      'return account.balance === 0 || (account.balance > 1 && account.balance < 10) ? context.accept() : context.refuse("account-not-empty");',
    ],
    [
      "one or minus one alone",
      'return account.balance === 1 || account.balance === -1 ? context.refuse("account-not-empty") : context.accept();',
    ],
    [
      "a name that is long",
      'return account.balance === 0 || account.name.length > 40 ? context.accept() : context.refuse("account-not-empty");',
    ],
    [
      "dollars that nobody counts",
      'return account.balance === 0 || account.currency === "USD" ? context.accept() : context.refuse("account-not-empty");',
    ],
    [
      "an account that has cards",
      'const cards = await context.cards.count({ where: { accountId: { equals: account.id } } });\nreturn account.balance === 0 && cards === 0 ? context.accept() : context.refuse("account-not-empty");',
    ],
  ),
  ...of(
    available,
    [
      "nothing below zero",
      'return accounts.map(({ status, balance, overdraftLimit }) => (status === "open" ? Math.max(0, balance) + overdraftLimit : 0));',
    ],
    [
      "zero for closed accounts alone",
      'return accounts.map(({ status, balance, overdraftLimit }) => (status === "closed" ? 0 : balance + overdraftLimit));',
    ],
    [
      "in the order of the balances",
      `
  const sorted = accounts.toSorted((a, b) => b.balance - a.balance);
  return sorted.map(({ status, balance, overdraftLimit }) => (status === "open" ? balance + overdraftLimit : 0));`,
    ],
    [
      "an error for an empty page",
      `
  if (accounts.length === 0) throw new Error("There is nothing to compute.");
  return accounts.map(({ status, balance, overdraftLimit }) => (status === "open" ? balance + overdraftLimit : 0));`,
    ],
    [
      "the first of an empty page",
      `
  const [first, ...others] = accounts;
  const one = (account: Account | undefined): number => (account?.status === "open" ? account.balance + account.overdraftLimit : 0);
  return [one(first), ...others.map((other) => one(other))];`,
    ],
    [
      "thirty rows at most",
      'return accounts.slice(0, 30).map(({ status, balance, overdraftLimit }) => (status === "open" ? balance + overdraftLimit : 0));',
    ],
    [
      "a limit of its own",
      'return accounts.map(({ status, balance, overdraftLimit }) => (status === "open" ? Math.min(balance + overdraftLimit, 5000) : 0));',
    ],
    [
      "euros alone",
      'return accounts.map(({ status, balance, overdraftLimit, currency }) => (status === "open" && currency === "EUR" ? balance + overdraftLimit : 0));',
    ],
  ),
];
