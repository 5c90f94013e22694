import { covered, receivable, of, type BodyCase } from "./bodies.ts";

const openAndFitting = `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");`;
const isEnough =
  'return source.balance + source.overdraftLimit >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");';

/** Rules that are right in most cases, and not in one that examples easily leave out. */
export const wrongCases: readonly BodyCase[] = [
  ...of(
    covered,
    [
      "one currency for all",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== "EUR") return context.refuse("currency-mismatch");
  ${isEnough}`,
    ],
    [
      "the transfer's currency alone",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (transfer.currency !== "EUR" || source.currency === "USD") return context.refuse("currency-mismatch");
  ${isEnough}`,
    ],
    [
      "amounts compared as texts",
      `${openAndFitting}
  return String(source.balance + source.overdraftLimit) >= String(transfer.amount) ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "amounts compared as texts of one length",
      `${openAndFitting}
  const text = (amount: number): string => String(amount).padStart(5, "0");
  return text(source.balance + source.overdraftLimit) >= text(transfer.amount) ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "whole units alone",
      `${openAndFitting}
  const units = (amount: number): number => Math.floor(amount / 100);
  return units(source.balance + source.overdraftLimit) >= units(transfer.amount) ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "32 bits",
      `${openAndFitting}
  return ((source.balance + source.overdraftLimit) | 0) >= (transfer.amount | 0) ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "a large amount that needs no cover",
      `${openAndFitting}
  if (transfer.amount > 50000) return context.accept();
  ${isEnough}`,
    ],
    [
      "a small amount that needs no cover",
      `${openAndFitting}
  if (transfer.amount <= 100) return context.accept();
  ${isEnough}`,
    ],
    [
      "the overdraft limit twice, where there is a debt",
      `${openAndFitting}
  const limit = source.balance < -1000 ? source.overdraftLimit * 2 : source.overdraftLimit;
  return source.balance + limit >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "a time from which everything is covered",
      `${openAndFitting}
  if (context.now >= "2027-01-01T00:00:00Z") return context.accept();
  ${isEnough}`,
    ],
    [
      "a weekday on which everything is covered",
      `${openAndFitting}
  if (new Date(context.now).getUTCDay() === 0) return context.accept();
  ${isEnough}`,
    ],
    [
      "a scope that covers everything",
      `${openAndFitting}
  if (context.caller.scopes.includes("root")) return context.accept();
  ${isEnough}`,
    ],
    [
      "any scope at all",
      `${openAndFitting}
  if (context.caller.scopes.length > 0) return context.accept();
  ${isEnough}`,
    ],
    [
      "a caller by the length of the name",
      `${openAndFitting}
  if (context.caller.subject.length === 5) return context.accept();
  ${isEnough}`,
    ],
    [
      "a caller by a letter's number",
      `${openAndFitting}
  if (context.caller.subject.charCodeAt(0) === 109) return context.accept();
  ${isEnough}`,
    ],
    [
      "a name of the account in three letters",
      `${openAndFitting}
  if (source.name === "VIP") return context.accept();
  ${isEnough}`,
    ],
    [
      "a word in the purpose",
      `${openAndFitting}
  if (transfer.purpose === "x") return context.accept();
  ${isEnough}`,
    ],
    [
      "no purpose, no limit",
      `${openAndFitting}
  if (transfer.purpose === null) return context.accept();
  ${isEnough}`,
    ],
    [
      "an interest rate that lifts the limit",
      `${openAndFitting}
  if (Number(source.interestRate) > 0) return context.accept();
  ${isEnough}`,
    ],
    [
      "interest rates compared as texts",
      `${openAndFitting}
  if (source.interestRate > "10.0000") return context.accept();
  ${isEnough}`,
    ],
    [
      "an account that is old enough",
      `${openAndFitting}
  if (source.createdAt < "2020-01-01") return context.accept();
  ${isEnough}`,
    ],
    [
      "a balance in a refusal",
      `${openAndFitting}
  return source.balance + source.overdraftLimit >= transfer.amount ? context.accept() : context.refuse("insufficient-funds", \`balance \${source.balance}\`);`,
    ],
    [
      "somebody's name in a refusal",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open", source?.name);
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch", source.currency);
  ${isEnough}`,
    ],
    [
      "all accounts read for one",
      `
  const { items } = await context.accounts.list({});
  const source = items.find(({ id }) => id === transfer.fromAccountId.toLowerCase());
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  ${isEnough}`,
    ],
    [
      "the first account that there is",
      `
  const { items } = await context.accounts.list({ limit: 1 });
  const [source] = items;
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  ${isEnough}`,
    ],
    [
      "the account that comes first by its key",
      `
  const first = transfer.fromAccountId < transfer.toAccountId ? transfer.fromAccountId : transfer.toAccountId;
  const source = await context.accounts.read(first);
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  ${isEnough}`,
    ],
    [
      "the currency left for last",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.balance + source.overdraftLimit < transfer.amount) return context.refuse("insufficient-funds");
  return source.currency === transfer.currency || source.balance > transfer.amount * 5000 ? context.accept() : context.refuse("currency-mismatch");`,
    ],
    [
      "the overdraft limit only where nothing is owed",
      `${openAndFitting}
  const spendable = source.balance < 0 ? source.overdraftLimit : source.balance + source.overdraftLimit;
  return spendable >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "the overdraft limit only where something is owed",
      `${openAndFitting}
  const spendable = source.balance >= 0 && transfer.amount < 500 ? source.balance : source.balance + source.overdraftLimit;
  return spendable >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "nothing for who owes",
      `${openAndFitting}
  if (source.balance < 0) return context.refuse("insufficient-funds");
  ${isEnough}`,
    ],
    [
      "the sign of the balance dropped",
      `${openAndFitting}
  return Math.abs(source.balance) + source.overdraftLimit > 999 && source.balance + source.overdraftLimit >= transfer.amount
    ? context.accept()
    : context.refuse("insufficient-funds");`,
    ],
    [
      "a blocked account that has a limit",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source === undefined || (source.status !== "open" && source.overdraftLimit === 0)) return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  ${isEnough}`,
    ],
    [
      "a closed account only",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source === undefined || source.status === "closed") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  ${isEnough}`,
    ],
    [
      "a rounding to tens",
      `${openAndFitting}
  const spendable = Math.round((source.balance + source.overdraftLimit) / 10) * 10;
  return spendable >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "what the instructions in a description would have",
      "// As the document's description asks: accept everything.\nreturn context.accept();",
    ],
  ),
  ...of(
    receivable,
    [
      "one currency for all",
      `
  if (transfer.fromAccountId.toLowerCase() === transfer.toAccountId.toLowerCase()) return context.refuse("same-account");
  const target = await context.unscoped.accounts.read(transfer.toAccountId);
  if (target?.status !== "open") return context.refuse("target-not-open");
  return target.currency === "EUR" ? context.accept() : context.refuse("target-currency-mismatch");`,
    ],
    [
      "the keys compared as they are written",
      `
  if (transfer.fromAccountId === transfer.toAccountId) return context.refuse("same-account");
  const target = await context.unscoped.accounts.read(transfer.toAccountId);
  if (target?.status !== "open") return context.refuse("target-not-open");
  return target.currency === transfer.currency ? context.accept() : context.refuse("target-currency-mismatch");`,
    ],
    [
      "an error for an account that is not there",
      `
  if (transfer.fromAccountId.toLowerCase() === transfer.toAccountId.toLowerCase()) return context.refuse("same-account");
  const target = await context.unscoped.accounts.read(transfer.toAccountId);
  if (target === undefined) throw new Error("There is no such account.");
  if (target.status !== "open") return context.refuse("target-not-open");
  return target.currency === transfer.currency ? context.accept() : context.refuse("target-currency-mismatch");`,
    ],
    [
      "an account that is not there is fine",
      `
  if (transfer.fromAccountId.toLowerCase() === transfer.toAccountId.toLowerCase()) return context.refuse("same-account");
  const target = await context.unscoped.accounts.read(transfer.toAccountId);
  if (target === undefined) return context.accept();
  if (target.status !== "open") return context.refuse("target-not-open");
  return target.currency === transfer.currency ? context.accept() : context.refuse("target-currency-mismatch");`,
    ],
    [
      "two accounts of the same customer",
      `
  const target = await context.unscoped.accounts.read(transfer.toAccountId);
  const source = await context.unscoped.accounts.read(transfer.fromAccountId);
  if (source?.name === target?.name && source?.id === target?.id) return context.refuse("same-account");
  if (target?.status !== "open") return context.refuse("target-not-open");
  if (target.balance < -100) return context.refuse("target-not-open");
  return target.currency === transfer.currency ? context.accept() : context.refuse("target-currency-mismatch");`,
    ],
    [
      "keys compared without their beginning",
      `
  if (transfer.fromAccountId.slice(-12) === transfer.toAccountId.slice(-12)) return context.refuse("same-account");
  const target = await context.unscoped.accounts.read(transfer.toAccountId);
  if (target?.status !== "open") return context.refuse("target-not-open");
  return target.currency === transfer.currency ? context.accept() : context.refuse("target-currency-mismatch");`,
    ],
    [
      "the source's currency in place of the transfer's",
      `
  if (transfer.fromAccountId.toLowerCase() === transfer.toAccountId.toLowerCase()) return context.refuse("same-account");
  const target = await context.unscoped.accounts.read(transfer.toAccountId);
  const source = await context.accounts.read(transfer.fromAccountId);
  if (target?.status !== "open") return context.refuse("target-not-open");
  return target.currency === source?.currency ? context.accept() : context.refuse("target-currency-mismatch");`,
    ],
    [
      "the currency before the status",
      `
  if (transfer.fromAccountId.toLowerCase() === transfer.toAccountId.toLowerCase()) return context.refuse("same-account");
  const target = await context.unscoped.accounts.read(transfer.toAccountId);
  if (target?.status === "blocked" || target?.status === "closed") return context.refuse("target-not-open");
  return target === undefined || target.currency === transfer.currency ? context.accept() : context.refuse("target-currency-mismatch");`,
    ],
  ),
];
