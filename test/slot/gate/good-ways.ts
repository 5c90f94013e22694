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

const windows = (text: string): string => text.replaceAll("\n", "\r\n");

/** Right bodies in ways of writing that the other lists do not have. */
export const goodWays: readonly BodyCase[] = [
  ...of(
    empty,
    [
      "lines that end as on Windows",
      windows(
        '\n  const isEmpty = account.balance === 0;\n  return isEmpty ? context.accept() : context.refuse("account-not-empty");\n',
      ),
    ],
    [
      "tabs, and no semicolons",
      "\tconst left = account.balance\n\tif (left !== 0) {\n\t\treturn context.refuse('account-not-empty')\n\t}\n\treturn context.accept()",
    ],
    [
      "a negation of a negation",
      'if (!(account.balance !== 0)) return context.accept();\nreturn context.refuse("account-not-empty");',
    ],
    [
      "a code that is chosen",
      'const code = "account-not-empty" as const;\nconst verdict = account.balance === 0 ? context.accept() : context.refuse(code);\nreturn verdict;',
    ],
    [
      "letters of other languages in comments and texts",
      '// Größe, naïve, 数, ✓: nothing may be left.\nif (account.balance === 0) return context.accept();\nreturn context.refuse("account-not-empty");',
    ],
    [
      "a helper that decides",
      'const isNothing = (amount: number): boolean => amount === 0;\nreturn isNothing(account.balance) ? context.accept() : context.refuse("account-not-empty");',
    ],
    [
      "a promise that is answered",
      'const verdict = account.balance === 0 ? context.accept() : context.refuse("account-not-empty");\nreturn Promise.resolve(verdict);',
    ],
    ["Math.abs", 'return Math.abs(account.balance) > 0 ? context.refuse("account-not-empty") : context.accept();'],
    [
      "Object.is, with an eye to minus zero",
      'return account.balance === 0 || Object.is(account.balance, -0) ? context.accept() : context.refuse("account-not-empty");',
    ],
    [
      "a nested function with a default",
      'const isAtMost = (amount: number, most = 0): boolean => amount <= most && amount >= -most;\nreturn isAtMost(account.balance) ? context.accept() : context.refuse("account-not-empty");',
    ],
    [
      "bits",
      'return (account.balance | 0) === 0 && account.balance === 0 ? context.accept() : context.refuse("account-not-empty");',
    ],
    ["BigInt", 'return BigInt(account.balance) === 0n ? context.accept() : context.refuse("account-not-empty");'],
    [
      "who it belongs to is asked too",
      'const customer = await context.customers.read(account.customerId);\nif (customer !== undefined && customer.subject !== context.caller.subject) return context.refuse("account-not-empty");\nreturn account.balance === 0 ? context.accept() : context.refuse("account-not-empty");',
    ],
    [
      "a scope is asked for, and changes nothing",
      'const isClerk = context.caller.scopes.includes("accounts:close");\nconst isEmpty = account.balance === 0;\nreturn isEmpty || (isClerk && account.balance === 0) ? context.accept() : context.refuse("account-not-empty");',
    ],
  ),
  ...of(
    covered,
    [
      "a table of checks",
      `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source === undefined) return context.refuse("account-not-open", "fromAccountId");
  const checks = [
    { isFine: source.status === "open", code: "account-not-open", field: "fromAccountId" },
    { isFine: source.currency === transfer.currency, code: "currency-mismatch", field: "currency" },
    { isFine: source.balance + source.overdraftLimit >= transfer.amount, code: "insufficient-funds", field: "amount" },
  ] as const;
  const failed = checks.find(({ isFine }) => !isFine);
  return failed === undefined ? context.accept() : context.refuse(failed.code, failed.field);`,
    ],
    [
      "a list instead of a read",
      `
  const { items } = await context.accounts.list({ where: { id: { equals: transfer.fromAccountId } }, limit: 1 });
  const [source] = items;
  if (!source || source.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  const { balance, overdraftLimit } = source;
  return transfer.amount <= balance + overdraftLimit ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "a labelled union of its own",
      `
  type Found = { readonly kind: "none" } | { readonly kind: "some"; readonly spendable: number };
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch");
  const spendable = source.balance + source.overdraftLimit;
  const found: Found = spendable > 0 ? { kind: "some", spendable } : { kind: "none" };
  return found.kind === "some" && found.spendable >= transfer.amount ? context.accept() : context.refuse("insufficient-funds");`,
    ],
    [
      "two reads side by side",
      `
  const [source, target] = await Promise.all([
    context.accounts.read(transfer.fromAccountId),
    context.accounts.read(transfer.toAccountId),
  ]);
  const isOwn = target !== undefined;
  if (source?.status !== "open") return context.refuse("account-not-open", isOwn ? "fromAccountId" : undefined);
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch", "currency");
  return source.balance - transfer.amount >= -source.overdraftLimit ? context.accept() : context.refuse("insufficient-funds", "amount");`,
    ],
    [
      "a promise in a variable that is awaited later",
      `
  const reading = context.accounts.read(transfer.fromAccountId);
  const { amount, currency } = transfer;
  const source = await reading;
  if (!source) return context.refuse("account-not-open");
  if (source.status !== "open") return context.refuse("account-not-open");
  if (source.currency !== currency) return context.refuse("currency-mismatch");
  return source.balance + source.overdraftLimit < amount ? context.refuse("insufficient-funds") : context.accept();`,
    ],
  ),
  ...of(receivable, [
    "a function of its own that waits",
    `
  const accountOf = async (id: string) => (await context.unscoped.accounts.list({ where: { id: { equals: id } } })).items.at(0);
  if (transfer.toAccountId.toLowerCase() === transfer.fromAccountId.toLowerCase()) return context.refuse("same-account");
  const target = await accountOf(transfer.toAccountId);
  if (!target || target.status !== "open") return context.refuse("target-not-open");
  return target.currency === transfer.currency ? context.accept() : context.refuse("target-currency-mismatch");`,
  ]),
  ...of(
    reference,
    [
      "matchAll and a groups name",
      `
  const found = [...(transfer.purpose ?? "").toUpperCase().matchAll(/(?<word>[A-Z0-9]+)/g)];
  const text = found.map(({ groups }) => groups?.["word"] ?? "").join(" ").slice(0, 35).trimEnd();
  return text === "" ? "TRANSFER" : text;`,
    ],
    [
      "a replacement by a function",
      `
  const plain = (transfer.purpose ?? "").toUpperCase().replaceAll(/[^A-Z0-9]/g, () => " ");
  const text = plain.split(" ").filter(Boolean).join(" ").slice(0, 35).trim();
  return text.length === 0 ? "TRANSFER" : text;`,
    ],
    [
      "do while",
      `
  let text = (transfer.purpose ?? "").toUpperCase().replace(/[^A-Z0-9]/g, " ").trim();
  let before: string;
  do {
    before = text;
    text = text.replace("  ", " ");
  } while (text !== before);
  text = text.slice(0, 35).trimEnd();
  text ||= "TRANSFER";
  return text;`,
    ],
    [
      "code points, and a reduction",
      `
  const isKept = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
  const spaced = Array.from((transfer.purpose ?? "").toUpperCase(), (letter) => (isKept(letter.codePointAt(0) ?? 0) ? letter : " "));
  const text = spaced.reduce((sum, letter) => (letter === " " && (sum === "" || sum.endsWith(" ")) ? sum : sum + letter), "");
  return text.slice(0, 35).trimEnd() || "TRANSFER";`,
    ],
    [
      "a function that calls itself, until there is nothing left",
      `
  const squeezed = (text: string): string => (text.includes("  ") ? squeezed(text.replaceAll("  ", " ")) : text);
  const text = squeezed((transfer.purpose ?? "").toUpperCase().replace(/[^A-Z0-9]/g, " ")).trim().slice(0, 35).trimEnd();
  return text === "" ? "TRANSFER" : text;`,
    ],
  ),
  ...of(
    settle,
    [
      "rest parameters and tuples",
      `
  const move = async (...changes: readonly (readonly [id: string, by: number])[]): Promise<void> => {
    for (const [id, by] of changes) await context.unscoped.accounts.update(id, ({ balance }) => ({ balance: balance + by }));
  };
  const { amount, fromAccountId, toAccountId } = transfer;
  await move([fromAccountId, -amount], [toAccountId, amount]);`,
    ],
    [
      "promises that are kept, and all awaited",
      `
  const changed = ([[transfer.fromAccountId, -1], [transfer.toAccountId, 1]] as const).map(([id, sign]) =>
    context.unscoped.accounts.update(id, ({ balance }) => ({ balance: balance + sign * transfer.amount })),
  );
  await Promise.all(changed);`,
    ],
    [
      "a promise that is handed to a function of its own",
      `
  const first = context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  const changed = async (change: Promise<object | undefined>): Promise<void> => {
    if ((await change) === undefined) throw new Error("The account is there.");
  };
  await changed(first);
  await changed(context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount })));`,
    ],
    [
      "sums by account in a Map",
      `
  const sums = new Map<string, number>();
  sums.set(transfer.fromAccountId, (sums.get(transfer.fromAccountId) ?? 0) - transfer.amount);
  sums.set(transfer.toAccountId, (sums.get(transfer.toAccountId) ?? 0) + transfer.amount);
  for (const [id, sum] of [...sums].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    const account = await context.unscoped.accounts.read(id);
    if (!account) throw new RangeError(\`There is no account \${id}.\`);
    await context.unscoped.accounts.update(id, { balance: account.balance + sum });
  }`,
    ],
  ),
  ...of(
    counted,
    [
      "ends of months by UTC",
      `
  const conditions = statements.map(({ accountId, period }) => {
    const start = new Date(\`\${period}-01T00:00:00Z\`);
    const end = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1));
    return { fromAccountId: { equals: accountId }, createdAt: { atLeast: start.toISOString(), below: end.toISOString() } };
  });
  return context.transfers.countEach(conditions);`,
    ],
    [
      "months counted by hand",
      `
  const after = (period: string): string => {
    const [year = 0, month = 0] = period.split("-").map(Number);
    const [nextYear, nextMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
    return \`\${String(nextYear).padStart(4, "0")}-\${String(nextMonth).padStart(2, "0")}\`;
  };
  return await context.transfers.countEach(
    statements.map(({ accountId, period }) => ({
      allOf: [
        { fromAccountId: { equals: accountId } },
        { createdAt: { atLeast: \`\${period}-01T00:00:00Z\` } },
        { createdAt: { below: \`\${after(period)}-01T00:00:00Z\` } },
      ],
    })),
  );`,
    ],
  ),
  ...of(
    available,
    [
      "a generic helper",
      `
  const each = <Row, Answer>(rows: readonly Row[], answer: (row: Row) => Answer): Answer[] => rows.map(answer);
  return each(accounts, ({ status, balance, overdraftLimit }) => (status === "open" ? balance + overdraftLimit : 0));`,
    ],
    [
      "a Map by key",
      `
  const open = new Map(accounts.filter(({ status }) => status === "open").map((account) => [account.id, account]));
  return accounts.map(({ id }) => {
    const account = open.get(id);
    return account === undefined ? 0 : account.balance + account.overdraftLimit;
  });`,
    ],
    [
      "flatMap and a sum",
      'return accounts.flatMap((account) => [account.status === "open" ? [account.balance, account.overdraftLimit].reduce((a, b) => a + b, 0) : 0]);',
    ],
  ),
  ...of(overdrawn, [
    "a constant and a spread",
    "const zero = 0;\nreturn { balance: { ...(value ? { below: zero } : { atLeast: zero }) } };",
  ]),
  ...of(closing, [
    "where there is nothing, it says so",
    `
  const account = await context.accounts.read(statement.accountId);
  if (!account) {
    throw new Error(\`There is no account \${statement.accountId}.\`);
  }
  const { balance } = account;
  return balance;`,
  ]),
  ...of(freeze, [
    "a read inside of the transaction",
    `
  return await context.transaction(async (inner) => {
    const card = await inner.cards.read(request.params.cardId);
    if (card?.status !== "active") return context.refuse("card-not-active");
    const frozen = await inner.cards.update(card.id, { status: "frozen" });
    return frozen ?? context.refuse("card-not-active");
  });`,
  ]),
  ...of(unfreeze, [
    "a name for each part",
    `
  const { cardId } = request.params;
  const thaw = { status: "active" } as const;
  const card = await context.transaction(async ({ cards }) => cards.update({ id: cardId, status: "frozen" }, thaw));
  if (card !== undefined) return card;
  return context.refuse("card-not-frozen");`,
  ]),
  ...of(reverse, [
    "both accounts read before",
    `
  const { transferId } = request.params;
  return context.transaction(async (inner) => {
    const transfer = await inner.transfers.read(transferId);
    if (transfer === undefined || transfer.status !== "settled") return context.refuse("transfer-not-settled");
    const { accounts } = inner.unscoped;
    const [source, target] = [await accounts.read(transfer.fromAccountId), await accounts.read(transfer.toAccountId)];
    if (!source || !target || target.balance < transfer.amount) return context.refuse("insufficient-funds");
    await accounts.update(target.id, { balance: target.balance - transfer.amount });
    await accounts.update(source.id, { balance: source.balance + transfer.amount });
    const reversed = await inner.transfers.update(transferId, { status: "reversed", reversedAt: inner.now });
    return reversed ?? context.refuse("transfer-not-settled");
  });`,
  ]),
  ...of(allowed, [
    "limits by kind in a record",
    `
  const limits: Readonly<Record<string, number>> = { virtual: 100_000 };
  const account = await context.accounts.read(card.accountId);
  if (account?.status !== "open") return context.refuse("account-not-open", "accountId");
  const entry = Object.entries(limits).find(([kind]) => kind === card.kind);
  const isTooHigh = entry !== undefined && card.dailyLimit > entry[1];
  return isTooHigh ? context.refuse("limit-too-high", "dailyLimit") : context.accept();`,
  ]),
  ...of(changeable, [
    "both sides are looked at",
    `
  const isFrozen = current.status === "frozen";
  const changes = Object.keys(card).length;
  if (isFrozen && changes >= 0) return context.refuse("card-frozen");
  return context.accept();`,
  ]),
];
