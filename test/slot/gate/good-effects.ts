import { closing, counted, freeze, of, reference, reverse, settle, unfreeze, type BodyCase } from "./bodies.ts";

/** Right bodies of values, effects, operations and counted fields. */
export const goodEffects: readonly BodyCase[] = [
  ...of(
    reference,
    [
      "a chain",
      `
  const words = (transfer.purpose ?? "").toUpperCase().replace(/[^A-Z0-9]+/g, " ").trim();
  return words === "" ? "TRANSFER" : words.slice(0, 35).trimEnd();`,
    ],
    [
      "split and join",
      `
  const longest = 35;
  const words = (transfer.purpose ?? "").toUpperCase().split(/[^A-Z0-9]+/).filter((word) => word !== "");
  const text = words.join(" ").substring(0, longest).trim();
  return text.length > 0 ? text : "TRANSFER";`,
    ],
    [
      "match",
      `
  const words = transfer.purpose?.toUpperCase().match(/[A-Z0-9]+/g) ?? [];
  const text = words.join(" ").slice(0, 35).trimEnd();
  return text || "TRANSFER";`,
    ],
    [
      "character by character",
      `
  let text = "";
  let isGap = false;
  for (const character of (transfer.purpose ?? "").toUpperCase()) {
    const isKept = (character >= "A" && character <= "Z") || (character >= "0" && character <= "9");
    if (isKept) {
      text += isGap && text !== "" ? \` \${character}\` : character;
      isGap = false;
    } else {
      isGap = true;
    }
  }
  text = text.slice(0, 35).trimEnd();
  return text === "" ? "TRANSFER" : text;`,
    ],
    [
      "matchAll",
      `
  const purpose = (transfer.purpose ?? "").toUpperCase();
  const words: string[] = [];
  for (const [word] of purpose.matchAll(/[A-Z0-9]+/g)) words.push(word);
  return words.join(" ").slice(0, 35).trimEnd() || "TRANSFER";`,
    ],
    [
      "early returns",
      `
  if (transfer.purpose === undefined || transfer.purpose === null) return "TRANSFER";
  const text = transfer.purpose
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, " ")
    .trim()
    .slice(0, 35)
    .trimEnd();
  if (text === "") return "TRANSFER";
  return text;`,
    ],
  ),
  ...of(
    settle,
    [
      "two updates",
      `
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));`,
    ],
    [
      "in the order of the keys",
      `
  const changes = [
    { id: transfer.fromAccountId, by: -transfer.amount },
    { id: transfer.toAccountId, by: transfer.amount },
  ].toSorted((left, right) => (left.id < right.id ? -1 : 1));
  for (const { id, by } of changes) {
    await context.unscoped.accounts.update(id, ({ balance }) => ({ balance: balance + by }));
  }`,
    ],
    [
      "sorted in place",
      `
  const changes: { id: string; by: number }[] = [];
  changes.push({ id: transfer.fromAccountId, by: -transfer.amount });
  changes.push({ id: transfer.toAccountId, by: transfer.amount });
  changes.sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const change of changes) {
    await context.unscoped.accounts.update(change.id, (row) => ({ balance: row.balance + change.by }));
  }`,
    ],
    [
      "read, then write",
      `
  const { accounts } = context.unscoped;
  const source = await accounts.read(transfer.fromAccountId);
  const target = await accounts.read(transfer.toAccountId);
  if (source === undefined || target === undefined) throw new Error("Both accounts are there.");
  await accounts.update(source.id, { balance: source.balance - transfer.amount });
  await accounts.update(target.id, { balance: target.balance + transfer.amount });`,
    ],
    [
      "a helper inside",
      `
  const add = async (id: string, amount: number): Promise<void> => {
    await context.unscoped.accounts.update(id, (account) => ({ balance: account.balance + amount }));
  };
  await add(transfer.fromAccountId, -transfer.amount);
  await add(transfer.toAccountId, transfer.amount);`,
    ],
    [
      "the caller's own by the scoped repository",
      `
  await context.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));`,
    ],
    [
      "something after the commit",
      `
  const { accounts } = context.unscoped;
  await accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  await accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
  context.afterCommit(async () => undefined);`,
    ],
  ),
  ...of(
    reverse,
    [
      "all in one transaction",
      `
  const settled = { id: request.params.transferId, status: "settled" };
  return context.transaction(async ({ transfers, unscoped, now }) => {
    const transfer = await transfers.update(settled, { status: "reversed", reversedAt: now });
    if (transfer === undefined) return context.refuse("transfer-not-settled");
    const target = await unscoped.accounts.read(transfer.toAccountId);
    if (target === undefined || target.balance < transfer.amount) return context.refuse("insufficient-funds");
    await unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
    await unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
    return transfer;
  });`,
    ],
    [
      "read first, then changed",
      `
  return context.transaction(async (inner) => {
    const transfer = await inner.transfers.read(request.params.transferId);
    if (transfer?.status !== "settled") return context.refuse("transfer-not-settled");
    const target = await inner.unscoped.accounts.read(transfer.toAccountId);
    if (!target || target.balance < transfer.amount) return context.refuse("insufficient-funds");
    await inner.unscoped.accounts.update(target.id, { balance: target.balance - transfer.amount });
    await inner.unscoped.accounts.update(transfer.fromAccountId, (source) => ({
      balance: source.balance + transfer.amount,
    }));
    const reversed = await inner.transfers.update(transfer.id, { status: "reversed", reversedAt: inner.now });
    return reversed ?? context.refuse("transfer-not-settled");
  });`,
    ],
    [
      "the answer kept in a variable",
      `
  const { transferId } = request.params;
  const answer = await context.transaction(async ({ transfers, unscoped, now }) => {
    const reversed = await transfers.update({ id: transferId, status: "settled" }, { status: "reversed", reversedAt: now });
    if (!reversed) return context.refuse("transfer-not-settled");
    const { amount, fromAccountId, toAccountId } = reversed;
    const target = await unscoped.accounts.read(toAccountId);
    const isCovered = target !== undefined && target.balance >= amount;
    if (!isCovered) return context.refuse("insufficient-funds");
    const moves = new Map([
      [toAccountId, -amount],
      [fromAccountId, amount],
    ]);
    for (const [id, by] of moves) await unscoped.accounts.update(id, ({ balance }) => ({ balance: balance + by }));
    return reversed;
  });
  return answer;`,
    ],
  ),
  ...of(
    freeze,
    [
      "an update with a condition",
      `
  const active = { id: request.params.cardId, status: "active" };
  const frozen = await context.transaction(({ cards }) => cards.update(active, { status: "frozen" }));
  return frozen ?? context.refuse("card-not-active");`,
    ],
    [
      "read, then update",
      `
  return context.transaction(async ({ cards }) => {
    const card = await cards.read(request.params.cardId);
    if (card?.status !== "active") return context.refuse("card-not-active");
    const frozen = await cards.update(card.id, { status: "frozen" });
    return frozen ?? context.refuse("card-not-active");
  });`,
    ],
    [
      "an update by a function",
      `
  const { cardId } = request.params;
  return context.transaction(async ({ cards }) => {
    let isActive = false;
    const card = await cards.update(cardId, ({ status }) => {
      isActive = status === "active";
      return isActive ? { status: "frozen" } : {};
    });
    return card === undefined || !isActive ? context.refuse("card-not-active") : card;
  });`,
    ],
  ),
  ...of(
    unfreeze,
    [
      "an update with a condition",
      `
  const frozen = { id: request.params.cardId, status: "frozen" };
  const active = await context.transaction(({ cards }) => cards.update(frozen, { status: "active" }));
  return active ?? context.refuse("card-not-frozen");`,
    ],
    [
      "the list of one",
      `
  return context.transaction(async ({ cards }) => {
    const { items } = await cards.list({ where: { id: { equals: request.params.cardId }, status: { equals: "frozen" } } });
    const [card] = items;
    if (card === undefined) return context.refuse("card-not-frozen");
    return (await cards.update(card.id, { status: "active" })) ?? context.refuse("card-not-frozen");
  });`,
    ],
  ),
  ...of(
    closing,
    [
      "an error where there is no account",
      `
  const account = await context.accounts.read(statement.accountId);
  if (account === undefined) throw new Error("A statement is drawn up for an account that is there.");
  return account.balance;`,
    ],
    [
      "a neutral value where there is none",
      `
  const account = await context.accounts.read(statement.accountId);
  return account?.balance ?? 0;`,
    ],
    ["then", "return context.accounts.read(statement.accountId).then((account) => account?.balance ?? 0);"],
    [
      "the list of one",
      `
  const page = await context.accounts.list({ where: { id: { equals: statement.accountId } }, limit: 1 });
  const balances = page.items.map(({ balance }) => balance);
  return balances[0] ?? 0;`,
    ],
  ),
  ...of(
    counted,
    [
      "dates in UTC",
      `
  const startOf = (period: string): string => \`\${period}-01T00:00:00Z\`;
  const endOf = (period: string): string => {
    const month = new Date(startOf(period));
    month.setUTCMonth(month.getUTCMonth() + 1);
    return month.toISOString();
  };
  return context.transfers.countEach(
    statements.map(({ accountId, period }) => ({
      fromAccountId: { equals: accountId },
      createdAt: { atLeast: startOf(period), below: endOf(period) },
    })),
  );`,
    ],
    [
      "the next month by its number",
      `
  const conditions = statements.map(({ accountId, period }) => {
    const [year = 0, month = 1] = period.split("-").map(Number);
    const from = new Date(Date.UTC(year, month - 1, 1)).toISOString();
    const to = new Date(Date.UTC(year, month, 1)).toISOString();
    return { fromAccountId: { equals: accountId }, createdAt: { atLeast: from, below: to } };
  });
  return context.transfers.countEach(conditions);`,
    ],
    [
      "text for the next month",
      `
  const next = (period: string): string => {
    const year = Number.parseInt(period.slice(0, 4), 10);
    const month = Number.parseInt(period.slice(5, 7), 10);
    return month === 12 ? \`\${year + 1}-01\` : \`\${year}-\${String(month + 1).padStart(2, "0")}\`;
  };
  return context.transfers.countEach(
    statements.map((statement) => ({
      allOf: [
        { fromAccountId: { equals: statement.accountId } },
        { createdAt: { atLeast: \`\${statement.period}-01T00:00:00Z\` } },
        { createdAt: { below: \`\${next(statement.period)}-01T00:00:00Z\` } },
      ],
    })),
  );`,
    ],
    [
      "one count after the other",
      `
  const counts: number[] = [];
  for (const { accountId, period } of statements) {
    const start = Date.parse(\`\${period}-01T00:00:00Z\`);
    const end = new Date(start);
    end.setUTCMonth(end.getUTCMonth() + 1);
    const where = {
      fromAccountId: { equals: accountId },
      createdAt: { atLeast: new Date(start).toISOString(), below: end.toISOString() },
    };
    counts.push(await context.transfers.count({ where }));
  }
  return counts;`,
    ],
    [
      "several counts at once",
      `
  const inMonth = (period: string) => {
    const end = new Date(\`\${period}-01T00:00:00Z\`);
    end.setUTCMonth(end.getUTCMonth() + 1, 1);
    return { atLeast: \`\${period}-01T00:00:00Z\`, below: end.toISOString() };
  };
  return Promise.all(
    statements.map(({ accountId, period }) =>
      context.transfers.count({ where: { fromAccountId: { equals: accountId }, createdAt: inMonth(period) } }),
    ),
  );`,
    ],
    [
      "page by page",
      `
  const answers: number[] = [];
  for (const { accountId, period } of statements) {
    let count = 0;
    let after: readonly unknown[] | undefined;
    do {
      const page = await context.transfers.list({ where: { fromAccountId: { equals: accountId } }, limit: 50, after });
      count += page.items.filter(({ createdAt }) => createdAt.startsWith(period)).length;
      after = page.next ?? undefined;
    } while (after !== undefined);
    answers.push(count);
  }
  return answers;`,
    ],
  ),
];
