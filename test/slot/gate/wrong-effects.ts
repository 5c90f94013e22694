import { reference, settle, of, type BodyCase } from "./bodies.ts";

/** Values, effects and operations that do something else too, or not in every case. */
export const wrongEffects: readonly BodyCase[] = [
  ...of(
    reference,
    [
      "letters with accents kept",
      `
  const words = (transfer.purpose ?? "").toUpperCase().replace(/[^\\p{L}0-9]+/gu, " ").trim();
  return words === "" ? "TRANSFER" : words.slice(0, 35).trimEnd();`,
    ],
    [
      "digits of other scripts kept",
      `
  const words = (transfer.purpose ?? "").toUpperCase().replace(/[^A-Z\\p{Nd}]+/gu, " ").trim();
  return words === "" ? "TRANSFER" : words.slice(0, 35).trimEnd();`,
    ],
    [
      "the underscore kept",
      `
  const words = (transfer.purpose ?? "").toUpperCase().replace(/\\W+/g, " ").trim();
  return words === "" ? "TRANSFER" : words.slice(0, 35).trimEnd();`,
    ],
    [
      "accents taken off",
      `
  const words = (transfer.purpose ?? "").normalize("NFD").replace(/[\\u0300-\\u036f]/g, "").toUpperCase().replace(/[^A-Z0-9]+/g, " ").trim();
  return words === "" ? "TRANSFER" : words.slice(0, 35).trimEnd();`,
    ],
    [
      "white space and punctuation replaced apart",
      `
  const words = (transfer.purpose ?? "").toUpperCase().replace(/[^A-Z0-9 ]+/g, " ").replace(/ {2}/g, " ").trim();
  return words === "" ? "TRANSFER" : words.slice(0, 35).trimEnd();`,
    ],
    [
      "36 characters",
      `
  const words = (transfer.purpose ?? "").toUpperCase().replace(/[^A-Z0-9]+/g, " ").trim();
  return words === "" ? "TRANSFER" : words.slice(0, 36).trimEnd();`,
    ],
    [
      "34 characters",
      `
  const words = (transfer.purpose ?? "").toUpperCase().replace(/[^A-Z0-9]+/g, " ").trim();
  return words === "" ? "TRANSFER" : words.slice(0, 34).trimEnd();`,
    ],
    [
      "cut before it is replaced",
      `
  const words = (transfer.purpose ?? "").slice(0, 38).toUpperCase().replace(/[^A-Z0-9]+/g, " ").trim();
  return words === "" ? "TRANSFER" : words.slice(0, 35).trimEnd();`,
    ],
    [
      "the first words only",
      `
  const words = (transfer.purpose ?? "").toUpperCase().split(/[^A-Z0-9]+/).filter(Boolean).slice(0, 9);
  return words.length === 0 ? "TRANSFER" : words.join(" ").slice(0, 35).trimEnd();`,
    ],
    [
      "an empty text kept",
      `
  if (transfer.purpose === "") return "";
  const words = (transfer.purpose ?? "").toUpperCase().replace(/[^A-Z0-9]+/g, " ").trim();
  return words === "" ? "TRANSFER" : words.slice(0, 35).trimEnd();`,
    ],
    [
      "longer than may be stored, where it is one word",
      `
  const words = (transfer.purpose ?? "").toUpperCase().replace(/[^A-Z0-9]+/g, " ").trim();
  if (words === "") return "TRANSFER";
  return words.includes(" ") ? words.slice(0, 35).trimEnd() : words;`,
    ],
    [
      "the currency in front of amounts in dollars",
      `
  const words = (transfer.purpose ?? "").toUpperCase().replace(/[^A-Z0-9]+/g, " ").trim();
  const text = transfer.currency === "USD" ? \`USD \${words}\` : words;
  return text === "" ? "TRANSFER" : text.slice(0, 35).trimEnd();`,
    ],
    [
      "another text where the amount is large",
      `
  const words = (transfer.purpose ?? "").toUpperCase().replace(/[^A-Z0-9]+/g, " ").trim();
  if (transfer.amount > 999) return "LARGE";
  return words === "" ? "TRANSFER" : words.slice(0, 35).trimEnd();`,
    ],
    [
      "a digit dropped",
      `
  const words = (transfer.purpose ?? "").toUpperCase().replace(/[^A-Z0-8]+/g, " ").trim();
  return words === "" ? "TRANSFER" : words.slice(0, 35).trimEnd();`,
    ],
    [
      "a letter dropped",
      `
  const words = (transfer.purpose ?? "").toUpperCase().replace(/[^A-Y0-9]+/g, " ").trim();
  return words === "" ? "TRANSFER" : words.slice(0, 35).trimEnd();`,
    ],
  ),
  ...of(
    settle,
    [
      "by the order of the keys",
      `
  const [first = "", second = ""] = [transfer.fromAccountId, transfer.toAccountId].sort();
  await context.unscoped.accounts.update(first, ({ balance }) => ({ balance: balance - transfer.amount }));
  await context.unscoped.accounts.update(second, ({ balance }) => ({ balance: balance + transfer.amount }));`,
    ],
    [
      "a fee for larger amounts",
      `
  const fee = transfer.amount > 300 ? 1 : 0;
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount - fee }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));`,
    ],
    [
      "the limit of the source along with it",
      `
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount, name: "Moved" }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));`,
    ],
    [
      "the target opened along with it",
      `
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount, status: "open" }));`,
    ],
    [
      "the source closed along with it",
      `
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount, status: "blocked" }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));`,
    ],
    [
      "the transfer marked along with it",
      `
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
  await context.transfers.update(transfer.id, { status: "reversed" });`,
    ],
    [
      "a card made along with it",
      `
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
  await context.cards.create({ accountId: transfer.fromAccountId, kind: "virtual", holderName: "Eve", dailyLimit: 500000, pin: "0000" });`,
    ],
    [
      "the caller's other accounts emptied",
      `
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
  const { items } = await context.accounts.list({ where: { balance: { above: 1000 } }, limit: 10 });
  for (const { id } of items) if (id !== transfer.fromAccountId && id !== transfer.toAccountId) await context.accounts.update(id, { balance: 0 });`,
    ],
    [
      "cards deleted along with it",
      `
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
  const { items } = await context.cards.list({ limit: 5 });
  for (const { id } of items) await context.cards.delete(id);`,
    ],
    [
      "the amount cut to whole units",
      `
  const amount = transfer.amount - (transfer.amount % 100);
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - amount }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + amount }));`,
    ],
    [
      "the target kept above zero",
      `
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: Math.max(0, balance + transfer.amount) }));`,
    ],
    [
      "the purpose read for an order",
      `
  const sign = transfer.purpose === "refund" ? -1 : 1;
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - sign * transfer.amount }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + sign * transfer.amount }));`,
    ],
    [
      "after the commit, when nobody can take it back",
      `
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  context.afterCommit(async () => {
    await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
  });`,
    ],
  ),
];
