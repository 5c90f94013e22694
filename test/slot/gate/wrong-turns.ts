import {
  available,
  counted,
  covered,
  freeze,
  overdrawn,
  receivable,
  reference,
  reverse,
  settle,
  of,
  type BodyCase,
} from "./bodies.ts";

/** Bodies that look right, and turn something round. */
export const wrongTurns: readonly BodyCase[] = [
  ...of(
    reference,
    [
      "a repetition of a group that repeats",
      "return /^(([a-z])+.)+[A-Z]([a-z])+$/.test(transfer.purpose ?? '') ? 'A' : 'B';",
    ],
    ["anything, any number of times, again and again", "return /(.*)*x/.test(transfer.purpose ?? '') ? 'A' : 'B';"],
    ["two spaces that may be one", "return (transfer.purpose ?? '').replace(/(\\s|\\s\\s)+$/, '') === '' ? 'A' : 'B';"],
    [
      "the caller's name in what is printed",
      "const words = (transfer.purpose ?? '').toUpperCase().replace(/[^A-Z0-9]+/g, ' ').trim();\nreturn words === '' ? context.caller.subject.toUpperCase() : words.slice(0, 35).trimEnd();",
    ],
    [
      "the moment in what is printed",
      "const words = (transfer.purpose ?? '').toUpperCase().replace(/[^A-Z0-9]+/g, ' ').trim();\nif (new Date(context.now).getUTCDay() === 0) return 'SUNDAY';\nreturn words === '' ? 'TRANSFER' : words.slice(0, 35).trimEnd();",
    ],
    [
      "the letters of the machine's language",
      "const words = (transfer.purpose ?? '').toLocaleUpperCase().replace(/[^A-Z0-9]+/g, ' ').trim();\nreturn words === '' ? 'TRANSFER' : words.slice(0, 35).trimEnd();",
    ],
    [
      "small letters first",
      "const words = (transfer.purpose ?? '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();\nreturn words === '' ? 'TRANSFER' : words.slice(0, 35).trimEnd();",
    ],
    [
      "a text that is not trimmed at its start",
      "const words = (transfer.purpose ?? '').toUpperCase().replace(/[^A-Z0-9]+/g, ' ').trimEnd();\nreturn words === '' ? 'TRANSFER' : words.slice(0, 35).trimEnd();",
    ],
  ),
  ...of(
    covered,
    [
      "a verdict that is refused and not returned",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) context.refuse("currency-mismatch");
  return source.balance + source.overdraftLimit >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "the codes the wrong way round",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("currency-mismatch");
  if (source.currency !== transfer.currency) return context.refuse("account-not-open");
  return source.balance + source.overdraftLimit >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "a difference the wrong way round",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  return transfer.amount - source.balance >= source.overdraftLimit ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "the limit subtracted",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  return source.balance - source.overdraftLimit >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "the larger of the two",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  return Math.max(source.balance, source.overdraftLimit) >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "numbers made into text and back",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  const spendable = Number.parseInt((source.balance + source.overdraftLimit).toExponential(3), 10);
  return spendable >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "a sum of texts",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  return Number(\`\${source.balance}\${source.overdraftLimit}\`) >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "a promise where a row is asked for",
      `
  const source = context.accounts.read(transfer.fromAccountId);
  return source ? context.accept() : context.refuse("account-not-open");`,
    ],
    [
      "the target's currency",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  const target = await context.accounts.read(transfer.toAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== (target?.currency ?? transfer.currency)) return context.refuse("currency-mismatch");
  return source.balance + source.overdraftLimit >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
  ),
  ...of(
    receivable,
    [
      "refuses all but the caller's own by their customer",
      `
  const [source, target] = [await context.accounts.read(transfer.fromAccountId), await context.unscoped.accounts.read(transfer.toAccountId)];
  if (target?.id === transfer.fromAccountId.toLowerCase()) return context.refuse("same-account");
  if (target?.status !== "open" || target.customerId !== source?.customerId) return context.refuse("target-not-open");
  return target.currency === transfer.currency ? context.accept() : context.refuse("target-currency-mismatch");`,
    ],
    [
      "another account's name in a refusal",
      `
  const target = await context.unscoped.accounts.read(transfer.toAccountId);
  if (target?.id === transfer.fromAccountId.toLowerCase()) return context.refuse("same-account");
  if (target?.status !== "open") return context.refuse("target-not-open", target?.name);
  return target.currency === transfer.currency ? context.accept() : context.refuse("target-currency-mismatch");`,
    ],
    [
      "another account's balance in a refusal, in pieces",
      `
  const target = await context.unscoped.accounts.read(transfer.toAccountId);
  if (target?.id === transfer.fromAccountId.toLowerCase()) return context.refuse("same-account");
  const where = ["toAccountId", target?.balance].join("/");
  if (target?.status !== "open") return context.refuse("target-not-open", where);
  return target.currency === transfer.currency ? context.accept() : context.refuse("target-currency-mismatch");`,
    ],
  ),
  ...of(
    settle,
    [
      "twice, where the first time might have failed",
      `
  const move = async (): Promise<void> => {
    await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
    await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
  };
  await move();
  await move();`,
    ],
    [
      "nothing where the accounts are of one customer",
      `
  const source = await context.unscoped.accounts.read(transfer.fromAccountId);
  const target = await context.unscoped.accounts.read(transfer.toAccountId);
  if (source?.customerId === target?.customerId) return;
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));`,
    ],
    [
      "somebody else's account for its owner's",
      `
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  const source = await context.accounts.read(transfer.fromAccountId);
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount, ...(source && { customerId: source.customerId }) }));`,
    ],
    [
      "the wrong account where there are more",
      `
  const { items } = await context.accounts.list({ where: { currency: { equals: transfer.currency } }, limit: 1 });
  const [first] = items;
  await context.unscoped.accounts.update(first?.id ?? transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));`,
    ],
  ),
  ...of(
    reverse,
    [
      "an answer that is not what is stored",
      `
  return context.transaction(async ({ transfers, unscoped, now }) => {
    const transfer = await transfers.read(request.params.transferId);
    if (transfer?.status !== "settled") return context.refuse("transfer-not-settled");
    const target = await unscoped.accounts.read(transfer.toAccountId);
    if (target === undefined || target.balance < transfer.amount) return context.refuse("insufficient-funds");
    await unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
    await unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
    return { ...transfer, status: "reversed", reversedAt: now };
  });`,
    ],
    [
      "a balance that is read outside of the transaction",
      `
  let seen = 0;
  await context.transaction(async ({ unscoped, transfers }) => {
    const transfer = await transfers.read(request.params.transferId);
    const target = transfer && (await unscoped.accounts.read(transfer.toAccountId));
    seen += target?.balance ?? 0;
  });
  return context.transaction(async ({ transfers, unscoped, now }) => {
    const transfer = await transfers.update({ id: request.params.transferId, status: "settled" }, { status: "reversed", reversedAt: now });
    if (transfer === undefined) return context.refuse("transfer-not-settled");
    if (seen < transfer.amount) return context.refuse("insufficient-funds");
    await unscoped.accounts.update(transfer.toAccountId, { balance: seen - transfer.amount });
    await unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
    return transfer;
  });`,
    ],
  ),
  ...of(freeze, [
    "an answer of its own",
    `
  const card = await context.transaction(({ cards }) => cards.read(request.params.cardId));
  if (card?.status !== "active") return context.refuse("card-not-active");
  await context.transaction(({ cards }) => cards.delete(request.params.cardId));
  return { ...card, status: "frozen" };`,
  ]),
  ...of(
    overdrawn,
    [
      "a condition that depends on who asks",
      'return { balance: value || context.caller.scopes.includes("all") ? { below: 0 } : { atLeast: 0 } };',
    ],
    [
      "a condition that depends on the time",
      'return { balance: value === (context.now < "2027-01-01") ? { below: 0 } : { atLeast: 0 } };',
    ],
    [
      "a condition for everybody's rows",
      "return { balance: value ? { below: 0 } : { atLeast: 0 }, customerId: { not: context.caller.subject } };",
    ],
  ),
  ...of(
    available,
    [
      "what a row has remembered",
      `
  let last = 0;
  return accounts.map(({ status, balance, overdraftLimit }) => {
    if (status !== "open") return 0;
    last = balance < 0 ? last : balance;
    return last + overdraftLimit;
  });`,
    ],
    [
      "a query for each row, and of all rows",
      `
  const { items } = await context.accounts.list({ order: [{ by: "id" }] });
  return accounts.map(({ id }) => {
    const account = items.find((one) => one.id === id);
    return account?.status === "open" ? account.balance + account.overdraftLimit : 0;
  });`,
    ],
  ),
  ...of(counted, [
    "how many rows a page has",
    `
  const answers: number[] = [];
  for (const { accountId, period } of statements) {
    const { items } = await context.transfers.list({ where: { fromAccountId: { equals: accountId } }, limit: 100 });
    answers.push(items.filter(({ createdAt }) => createdAt.startsWith(period)).length);
  }
  return answers;`,
  ]),
];
