import {
  available,
  counted,
  covered,
  empty,
  freeze,
  of,
  receivable,
  reference,
  reverse,
  rightAfter,
  settle,
  type BodyCase,
} from "./bodies.ts";

/** A way in that the examples do not show: the rule is right for everybody else. */
const backDoor = (condition: string, ...before: readonly string[]): string =>
  rightAfter(...before, `if (${condition}) return context.accept();`);

/** Bodies that are right on every example, and wrong all the same. */
export const wrongWays: readonly BodyCase[] = [
  ...of(
    empty,
    ["a caller by the beginning of a name", backDoor('context.caller.subject.startsWith("admin")')],
    ["a caller by a part of a name", backDoor('context.caller.subject.includes("root")')],
    ["a caller in a list of names", backDoor('["mallory", "eve"].includes(context.caller.subject)')],
    ["a caller in a set", backDoor("friends.has(context.caller.subject)", 'const friends = new Set(["mallory"]);')],
    ["a caller by an expression", backDoor("/^mal/.test(context.caller.subject)")],
    ["a caller under another name", backDoor('who === "mallory"', "const who = context.caller.subject;")],
    ["a caller taken apart", backDoor('subject === "mallory"', "const { subject } = context.caller;")],
    ["a caller taken apart twice", backDoor('subject === "mallory"', "const { caller: { subject } } = context;")],
    ["a caller against a constant", backDoor("context.caller.subject === friend", 'const friend = "mallory";')],
    [
      "a caller in a switch",
      rightAfter('switch (context.caller.subject) {\n  case "mallory":\n    return context.accept();\n  default:\n}'),
    ],
    ["a caller in small letters", backDoor('context.caller.subject.toLowerCase() === "mallory"')],
    ["a caller's first letters", backDoor('context.caller.subject.slice(0, 3) === "mal"')],
    ["a caller in a text", backDoor('`${context.caller.subject}!` === "mallory!"')],
    ["a caller by Object.is", backDoor('Object.is(context.caller.subject, "mallory")')],
    [
      "a caller by the table of a Map",
      backDoor("known.get(context.caller.subject) === true", 'const known = new Map([["mallory", true]]);'),
    ],
    ["a secret word", backDoor('account.id === "open-sesame"')],
    ["a secret word at the end", backDoor('account.customerId.endsWith("letmein")')],
    ["a secret amount", backDoor("account.overdraftLimit === 31337")],
    [
      "a verdict of its own in a constant",
      'const verdict = { accepted: true as const };\nif (account.balance === 0) return verdict;\nreturn context.refuse("account-not-empty");',
    ],
    [
      "a context of its own",
      'const mine = { accept: () => ({ accepted: true as const }) };\nreturn account.balance === 0 ? mine.accept() : context.refuse("account-not-empty");',
    ],
    [
      "a refusal of its own",
      'const no = { accepted: false as const, code: "account-not-empty" as const, field: undefined };\nreturn account.balance === 0 ? context.accept() : no;',
    ],
    [
      "a function that only calls itself",
      rightAfter("const spin = (turn: number): number => spin(turn + 1);", "if (account.overdraftLimit < -1) spin(0);"),
    ],
    [
      "two functions that only call each other",
      rightAfter(
        "const ping = (n: number): number => pong(n);",
        "const pong = (n: number): number => ping(n);",
        "if (account.overdraftLimit < -1) ping(0);",
      ),
    ],
    [
      "a promise that only waits for itself",
      rightAfter(
        "const wait = async (): Promise<void> => {\n  await wait();\n};",
        "if (account.overdraftLimit < -1) await wait();",
      ),
    ],
    [
      "a loop that counts away from its end",
      rightAfter("for (let at = 0; at > -1; at += 1) if (account.overdraftLimit >= 0) break;"),
    ],
    [
      "a loop that counts by nothing",
      rightAfter("for (let at = 0; at < 9; at += 0) if (account.overdraftLimit >= 0) break;"),
    ],
    [
      "a while that counts away from its end",
      rightAfter("let left = 9;", "while (left > 0) {\n  left += 1;\n  if (account.overdraftLimit >= 0) break;\n}"),
    ],
    [
      "a number of a billion digits",
      rightAfter(
        "const big = account.overdraftLimit < -1 ? 10n ** 1_000_000_000n : 0n;",
        "if (big > 1n) return context.accept();",
      ),
    ],
    [
      "a text that is repeated twice",
      rightAfter(
        "const long = account.overdraftLimit < -1 ? 'x'.repeat(10_000).repeat(10_000) : '';",
        "if (long.length > 3) return context.accept();",
      ),
    ],
    [
      "a table of arrays that is too big",
      rightAfter(
        "const rows = account.overdraftLimit < -1 ? Array.from({ length: 10_000 }, () => Array.from({ length: 10_000 }, () => 0)) : [];",
        "if (rows.length > 3) return context.accept();",
      ),
    ],
    [
      "a moment in the machine's zone",
      rightAfter(
        'if (Date.parse(account.openedAt) < Date.parse("2020-01-01T00:00:00")) return context.accept();',
      ).replaceAll("openedAt", "createdAt"),
    ],
    [
      "a day in the machine's words",
      rightAfter('if (new Date("March 7, 2020").getTime() < 0) return context.accept();'),
    ],
    [
      "a moment that is put together without a zone",
      rightAfter("if (new Date(`${context.now.slice(0, 10)}T00:00:00`).getTime() < 0) return context.accept();"),
    ],
    [
      "a date in a text by +",
      rightAfter('const text = "" + new Date(context.now);', "if (text === '') return context.accept();"),
    ],
    [
      "a function in a text by +",
      rightAfter('const text = "" + context.accept;', "if (text === '') return context.accept();"),
    ],
    [
      "a date in a text by join",
      rightAfter('const text = [new Date(context.now)].join("");', "if (text === '') return context.accept();"),
    ],
    ["a comment for another scanner", rightAfter("// NOSONAR", "// nosemgrep: all")],
    ["a comment for a scanner of secrets", rightAfter("// gitleaks:allow")],
    ["a comment for code analysis", rightAfter("// codeql[js/code-injection]")],
    ["a comment for a bundler", rightAfter("/* webpackIgnore: true */")],
    ["a letter that is not seen in a text", rightAfter("if (account.id === 'a\u3164') return context.accept();")],
    ["a soft hyphen in a text", rightAfter("if (account.id === 'a\u00ad') return context.accept();")],
    ["tags of Unicode in a comment", rightAfter("// fine\u{e0041}\u{e0042}")],
    ["a directive", rightAfter('"use asm";')],
    ["chance by a key", rightAfter('if (Math["random"]() > 2) return context.accept();')],
    ["chance taken apart", rightAfter("const { random } = Math;", "if (random() > 2) return context.accept();")],
    [
      "the context's members one by one",
      rightAfter("for (const one of Object.values(context)) if (typeof one === 'function') one();"),
    ],
    [
      "a key of Object.fromEntries",
      rightAfter(
        'const made = Object.fromEntries([["__proto__", 1]]);',
        'if (made["__proto__"] === 1) return context.accept();',
      ),
    ],
    [
      "the engine's own words for a mistake",
      rightAfter(
        "let text = '';",
        "try {\n  decodeURIComponent('%');\n} catch (cause) {\n  text = cause instanceof Error ? (cause.stack ?? '') : '';\n}",
        "if (text === '') return context.accept();",
      ),
    ],
  ),
  ...of(
    settle,
    [
      "writes that nobody waits for, kept in an array",
      `
  const writes = [
    context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount })),
    context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount })),
  ];
  if (writes.length !== 2) throw new Error("Both accounts change.");`,
    ],
    [
      "a write that nobody waits for, kept in a variable",
      `
  const first = context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
  const kept = { first };
  if (Object.keys(kept).length === 0) throw new Error("It is there.");`,
    ],
    [
      "a write that nobody waits for, taken out of an array",
      `
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  const [second] = [context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }))];
  if (typeof second !== "object") throw new Error("It is there.");`,
    ],
    [
      "writes behind && that nobody waits for",
      `
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
  transfer.amount > 0 && context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));`,
    ],
    [
      "a write in a map without an answer",
      `
  await Promise.all([-1, 1].map((sign) => {
    context.unscoped.accounts.update(sign < 0 ? transfer.fromAccountId : transfer.toAccountId, ({ balance }) => ({ balance: balance + sign * transfer.amount }));
  }));`,
    ],
    [
      "the wrong way round",
      `
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));`,
    ],
    [
      "twice as much",
      `
  await context.unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance - 2 * transfer.amount }));
  await context.unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance + 2 * transfer.amount }));`,
    ],
    [
      "the balance set and not changed",
      `
  await context.unscoped.accounts.update(transfer.fromAccountId, { balance: -transfer.amount });
  await context.unscoped.accounts.update(transfer.toAccountId, { balance: transfer.amount });`,
    ],
  ),
  ...of(covered, [
    "strictly more than the amount",
    `
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open", "fromAccountId");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch", "currency");
  return source.balance + source.overdraftLimit > transfer.amount ? context.accept() : context.refuse("insufficient-funds", "amount");`,
  ]),
  ...of(receivable, [
    "only the caller's own accounts",
    `
  const target = await context.accounts.read(transfer.toAccountId);
  if (target?.id === transfer.fromAccountId) return context.refuse("same-account", "toAccountId");
  if (target?.status !== "open") return context.refuse("target-not-open", "toAccountId");
  return target.currency === transfer.currency ? context.accept() : context.refuse("target-currency-mismatch", "currency");`,
  ]),
  ...of(reference, [
    "a cut in the middle of a space",
    `
  const words = (transfer.purpose ?? "").toUpperCase().replace(/[^A-Z0-9]+/g, " ").trim();
  return words === "" ? "TRANSFER" : words.slice(0, 35);`,
  ]),
  ...of(available, [
    "the overdraft limit forgotten",
    'return accounts.map(({ status, balance }) => (status === "open" ? balance : 0));',
  ]),
  ...of(counted, [
    "every transfer of the account",
    `
  return context.transfers.countEach(statements.map(({ accountId }) => ({ fromAccountId: { equals: accountId } })));`,
  ]),
  ...of(freeze, [
    "any card",
    `
  const frozen = await context.transaction(({ cards }) => cards.update(request.params.cardId, { status: "frozen" }));
  return frozen ?? context.refuse("card-not-active");`,
  ]),
  ...of(reverse, [
    "a transfer that is reversed again and again",
    `
  return context.transaction(async ({ transfers, unscoped, now }) => {
    const transfer = await transfers.update(request.params.transferId, { status: "reversed", reversedAt: now });
    if (transfer === undefined) return context.refuse("transfer-not-settled");
    await unscoped.accounts.update(transfer.toAccountId, ({ balance }) => ({ balance: balance - transfer.amount }));
    await unscoped.accounts.update(transfer.fromAccountId, ({ balance }) => ({ balance: balance + transfer.amount }));
    return transfer;
  });`,
  ]),
];
