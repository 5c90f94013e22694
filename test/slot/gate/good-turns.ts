import {
  available,
  closing,
  counted,
  freeze,
  reference,
  reverse,
  settle,
  unfreeze,
  of,
  type BodyCase,
} from "./bodies.ts";

/** More right values, effects, operations and fields, each in a way of its own. */
export const goodTurns: readonly BodyCase[] = [
  ...of(
    reference,
    [
      "an expression with a name, and steps",
      `
  const notPrinted = /[^A-Z0-9]+/g;
  const most = 35;
  const upper = (transfer.purpose ?? "").toUpperCase();
  const spaced = upper.replace(notPrinted, " ");
  const trimmed = spaced.trim();
  const cut = trimmed.substring(0, most);
  const printed = cut.trimEnd();
  return printed.length > 0 ? printed : "TRANSFER";`,
    ],
    [
      "a fallback first",
      `
  const fallback = "TRANSFER";
  const { purpose } = transfer;
  if (!purpose) return fallback;
  const printed = purpose.toUpperCase().replace(/[^A-Z0-9]+/g, " ").replace(/^ | $/g, "").slice(0, 35).replace(/ $/, "");
  return printed || fallback;`,
    ],
    [
      "letters looked up in a text",
      `
  const printable = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  const letters = [...(transfer.purpose ?? "").toUpperCase()].map((letter) => (printable.includes(letter) ? letter : " "));
  const words = letters.join("").split(/ +/).filter((word) => word.length > 0);
  return words.join(" ").slice(0, 35).trimEnd() || "TRANSFER";`,
    ],
    [
      "a Set of letters",
      `
  const printable = new Set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
  let printed = "";
  for (const letter of (transfer.purpose ?? "").toUpperCase()) {
    if (printable.has(letter)) printed += letter;
    else if (printed !== "" && !printed.endsWith(" ")) printed += " ";
  }
  printed = printed.slice(0, 35).trim();
  return printed === "" ? "TRANSFER" : printed;`,
    ],
    [
      "words one after the other, as long as there is room",
      `
  const words = (transfer.purpose ?? "").toUpperCase().match(/[A-Z0-9]+/g);
  if (words === null) return "TRANSFER";
  let printed = "";
  for (const word of words) {
    if (printed.length >= 35) break;
    printed = printed === "" ? word : \`\${printed} \${word}\`;
  }
  return printed.slice(0, 35).trimEnd();`,
    ],
  ),
  ...of(
    settle,
    [
      "members of each change",
      `
  const { unscoped } = context;
  const { fromAccountId, toAccountId, amount } = transfer;
  const changes: readonly { readonly id: string; readonly amount: number }[] = [
    { id: fromAccountId, amount: -amount },
    { id: toAccountId, amount },
  ];
  await Promise.all(
    changes.map(async (change) => {
      await unscoped.accounts.update(change.id, ({ balance }) => ({ balance: balance + change.amount }));
    }),
  );`,
    ],
    [
      "an error where an account is gone",
      `
  const source = await context.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  if (source === undefined) throw new Error("The source is there: the transfer refers to it.");
  const target = await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
  if (target === undefined) throw new Error("The target is there: the transfer refers to it.");`,
    ],
    [
      "entries of a record",
      `
  const changes = { [0]: { id: transfer.fromAccountId, by: -transfer.amount }, [1]: { id: transfer.toAccountId, by: transfer.amount } };
  for (const { id, by } of Object.values(changes)) {
    await context.unscoped.accounts.update(id, (account) => {
      const { balance } = account;
      return { balance: balance + by };
    });
  }`,
    ],
    [
      "big integers on the way",
      `
  const add = (balance: number, amount: number): number => Number(BigInt(balance) + BigInt(amount));
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: add(balance, -transfer.amount) }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: add(balance, transfer.amount) }));`,
    ],
  ),
  ...of(
    reverse,
    [
      "a read that says why, and an update that makes sure",
      `
  return context.transaction(async ({ transfers, unscoped: { accounts }, now }) => {
    const before = await transfers.read(request.params.transferId);
    if (before === undefined || before.status === "reversed") return context.refuse("transfer-not-settled");
    const { id, amount, fromAccountId, toAccountId } = before;
    const target = await accounts.read(toAccountId);
    if ((target?.balance ?? 0) < amount) return context.refuse("insufficient-funds");
    const after = await transfers.update({ id, status: "settled" }, { status: "reversed", reversedAt: now });
    if (after === undefined) return context.refuse("transfer-not-settled");
    await accounts.update(toAccountId, ({ balance }) => ({ balance: balance - amount }));
    await accounts.update(fromAccountId, ({ balance }) => ({ balance: balance + amount }));
    return after;
  });`,
    ],
    [
      "a balance that must not fall below zero",
      `
  const { transferId } = request.params;
  return context.transaction(async (inner) => {
    const transfer = await inner.transfers.update(
      { id: transferId, status: "settled" },
      { status: "reversed", reversedAt: context.now },
    );
    if (!transfer) return context.refuse("transfer-not-settled");
    const target = await inner.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({
      balance: balance - transfer.amount,
    }));
    // A refusal rolls back what has been written until here.
    if (!target || target.balance < 0) return context.refuse("insufficient-funds");
    await inner.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
    return transfer;
  });`,
    ],
    [
      "functions inside of the transaction",
      `
  return context.transaction(async ({ transfers, unscoped, now }) => {
    const move = (id: string, by: number) => unscoped.accounts.update(id, ({ balance }) => ({ balance: balance + by }));
    const transfer = await transfers.read(request.params.transferId);
    if (transfer?.status !== "settled") return context.refuse("transfer-not-settled");
    const covering = await unscoped.accounts.count({
      where: { id: { equals: transfer.toAccountId }, balance: { atLeast: transfer.amount } },
    });
    if (covering === 0) return context.refuse("insufficient-funds");
    await move(transfer.toAccountId, -transfer.amount);
    await move(transfer.fromAccountId, transfer.amount);
    return (await transfers.update(transfer.id, { status: "reversed", reversedAt: now })) ?? context.refuse("transfer-not-settled");
  });`,
    ],
  ),
  ...of(
    available,
    [
      "a function by status",
      `
  const spendable: Readonly<Record<Account["status"], (account: Account) => number>> = {
    open: ({ balance, overdraftLimit }) => balance + overdraftLimit,
    blocked: () => 0,
    closed: () => 0,
  };
  return accounts.map((account) => spendable[account.status](account));`,
    ],
    [
      "a switch in a loop",
      `
  const answers: number[] = [];
  for (const { status, balance, overdraftLimit } of accounts) {
    switch (status) {
      case "open":
        answers.push(balance + overdraftLimit);
        break;
      case "blocked":
      case "closed":
        answers.push(0);
        break;
    }
  }
  return answers;`,
    ],
    [
      "entries",
      `
  const answers: number[] = Array.from({ length: accounts.length }, () => 0);
  for (const [at, account] of accounts.entries()) {
    if (account.status !== "open") continue;
    answers[at] = account.balance + account.overdraftLimit;
  }
  return answers;`,
    ],
    [
      "a factor of zero or one",
      `
  return accounts.map((account) => Number(account.status === "open") * (account.balance + account.overdraftLimit) || 0);`,
    ],
  ),
  ...of(
    freeze,
    [
      "an early return inside of the transaction",
      `
  return context.transaction(async ({ cards }) => {
    const { cardId: id } = request.params;
    const frozen = await cards.update({ id, status: "active" }, { status: "frozen" });
    if (frozen !== undefined) return frozen;
    return context.refuse("card-not-active", "cardId");
  });`,
    ],
    [
      "refuse taken out of the context",
      `
  const { transaction, refuse } = context;
  const result = await transaction(async (inner) => inner.cards.update({ id: request.params.cardId, status: "active" }, () => ({ status: "frozen" })));
  return result === undefined ? refuse("card-not-active") : result;`,
    ],
  ),
  ...of(unfreeze, [
    "a switch over the status",
    `
  return context.transaction(async ({ cards }) => {
    const card = await cards.read(request.params.cardId);
    switch (card?.status) {
      case "frozen": {
        const active = await cards.update(card.id, { status: "active" });
        return active ?? context.refuse("card-not-frozen");
      }
      case "active":
      case "expired":
      case undefined:
        return context.refuse("card-not-frozen");
    }
  });`,
  ]),
  ...of(
    closing,
    [
      "a type of its own",
      `
  type Found = Awaited<ReturnType<typeof context.accounts.read>>;
  const balanceOf = (account: Found): number => account?.balance ?? 0;
  return balanceOf(await context.accounts.read(statement.accountId));`,
    ],
    [
      "a promise in a constant",
      `
  const reading = context.accounts.read(statement.accountId);
  const account = await reading;
  if (account !== undefined) return account.balance;
  throw new RangeError("A statement is drawn up for an account of the caller's.");`,
    ],
  ),
  ...of(
    counted,
    [
      "the last day by the calendar",
      `
  return context.transfers.countEach(
    statements.map(({ accountId, period }) => {
      const [year = "", month = ""] = period.split("-");
      const next = Date.UTC(Number(year), Number(month), 1);
      return {
        fromAccountId: { equals: accountId },
        createdAt: { atLeast: \`\${year}-\${month}-01T00:00:00.000Z\`, below: new Date(next).toISOString() },
      };
    }),
  );`,
    ],
    [
      "once for each account and month",
      `
  const keyOf = ({ accountId, period }: { accountId: string; period: string }): string => \`\${accountId} \${period}\`;
  const conditions = new Map(
    statements.map((statement) => {
      const start = new Date(\`\${statement.period}-01T00:00:00Z\`);
      const end = new Date(start);
      end.setUTCMonth(start.getUTCMonth() + 1);
      const within = { atLeast: start.toISOString(), below: end.toISOString() };
      return [keyOf(statement), { fromAccountId: { equals: statement.accountId }, createdAt: within }] as const;
    }),
  );
  const counts = await context.transfers.countEach([...conditions.values()]);
  const byKey = new Map([...conditions.keys()].map((key, at) => [key, counts[at] ?? 0]));
  return statements.map((statement) => byKey.get(keyOf(statement)) ?? 0);`,
    ],
    [
      "a count for each, with a helper that is declared last",
      `
  return Promise.all(
    statements.map(({ accountId, period }) =>
      context.transfers.count({
        where: {
          fromAccountId: { equals: accountId },
          createdAt: { atLeast: \`\${period}-01T00:00:00Z\`, below: nextMonth(period) },
        },
      }),
    ),
  );

  function nextMonth(period: string): string {
    const date = new Date(\`\${period}-01T00:00:00Z\`);
    date.setUTCMonth(date.getUTCMonth() + 1);
    return date.toISOString();
  }`,
    ],
  ),
];
