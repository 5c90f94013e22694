import {
  available,
  closing,
  covered,
  empty,
  of,
  overdrawn,
  reference,
  reverse,
  rightAfter,
  settle,
  type BodyCase,
} from "./bodies.ts";

/** Bodies in a form that is not allowed: what suppresses checks, loops for ever, changes what it was given, or is no one function. */
export const wrongForms: readonly BodyCase[] = [
  ...of(
    empty,
    ["nothing at all", ""],
    ["what does not parse", "return context.accept("],
    ["prose", "Here is the function you asked for."],
    ["a function that ends early", "return context.accept();\n}\nexport function more() { return 1;"],
    ["a function that ends early, and a statement", "return context.accept();\n}\nvoid 0;\n{"],
    ["another function", "export async function isFull() {\n  return 1;\n}"],
    [
      "another signature",
      "export async function isEmpty(account: Account): Promise<Verdict<IsEmptyCode>> {\n  return { accepted: true };\n}",
    ],
    [
      "a default for a parameter",
      "export async function isEmpty(account: Account, context: IsEmptyContext = evil()): Promise<Verdict<IsEmptyCode>> {\n  return context.accept();\n}",
    ],
    [
      "no async",
      "export function isEmpty(account: Account, context: IsEmptyContext): Promise<Verdict<IsEmptyCode>> {\n  return Promise.resolve(context.accept());\n}",
    ],
    [
      "a generator",
      "export async function* isEmpty(account: Account, context: IsEmptyContext) {\n  yield context.accept();\n}",
    ],
    [
      "a helper beside it",
      "const limit = 0;\nexport async function isEmpty(account: Account, context: IsEmptyContext): Promise<Verdict<IsEmptyCode>> {\n  return account.balance === limit ? context.accept() : context.refuse('account-not-empty');\n}",
    ],
    [
      "an import beside it",
      "import { readFileSync } from 'node:fs';\nexport async function isEmpty(account: Account, context: IsEmptyContext): Promise<Verdict<IsEmptyCode>> {\n  return context.accept();\n}",
    ],
    [
      "two functions",
      "export async function isEmpty(account: Account, context: IsEmptyContext): Promise<Verdict<IsEmptyCode>> {\n  return context.accept();\n}\nexport async function other() {\n  return 1;\n}",
    ],
    ["@ts-ignore", rightAfter("// @ts-ignore", "const n: number = 'x';", "if (n === 2) throw new Error('no');")],
    [
      "@ts-expect-error",
      rightAfter("/* @ts-expect-error */ const n: number = 'x';", "if (n === 2) throw new Error('no');"),
    ],
    ["@ts-nocheck", rightAfter("// @ts-nocheck")],
    ["a linter that looks away", rightAfter("// eslint-disable-next-line", "await context.accounts.read(account.id);")],
    ["oxlint that looks away", rightAfter("// oxlint-disable", "await context.accounts.read(account.id);")],
    ["coverage that looks away", rightAfter("/* v8 ignore next */")],
    ["mutants that look away", rightAfter("// Stryker disable all")],
    ["a map of sources", rightAfter("//# sourceMappingURL=http://127.0.0.1/x")],
    ["our own mark of an open slot", rightAfter("// Open: lets every request pass until it is filled.")],
    ["the doc comment of another slot", rightAfter("/** @slot card.freeze  operation */")],
    ["any", rightAfter("const row: any = account;", "if (row.missing) throw new Error('no');")],
    ["as any", rightAfter("if ((account as any).missing) throw new Error('no');")],
    ["as never", "return true as never;"],
    ["as unknown as", "return { accepted: true } as unknown as Verdict<IsEmptyCode>;"],
    [
      "an assertion in angles",
      rightAfter("const n = <number>account.balance;", "if (n === 2.5) throw new Error('no');"),
    ],
    [
      "a value that must be there",
      rightAfter(
        "const row = (await context.accounts.read(account.id))!;",
        "if (row.balance === 2.5) throw new Error('no');",
      ),
    ],
    ["a variable that must have a value", rightAfter("let n!: number;", "if (n === 2) throw new Error('no');")],
    [
      "a predicate that lies",
      rightAfter(
        "const isNumber = (x: unknown): x is number => x === x;",
        "const id: unknown = account.id;",
        "if (isNumber(id)) throw new Error('no');",
      ),
    ],
    [
      "an assertion function",
      rightAfter(
        "function check(x: unknown): asserts x is number { if (x === 1) throw new Error('no'); }",
        "check(account.id);",
      ),
    ],
    [
      "overloads",
      rightAfter(
        "function f(x: string): number;\nfunction f(x: unknown): unknown { return x; }",
        "if (f('x') === 2) throw new Error('no');",
      ),
    ],
    ["a class", rightAfter("class Rule { n = 1; }", "if (new Rule().n === 2) throw new Error('no');")],
    ["an enum", rightAfter("enum State { Open }", "if (State.Open === 0) await context.accounts.read(account.id);")],
    ["a namespace", rightAfter("namespace Inner { export const n = 1; }")],
    ["declare global", rightAfter("declare global { interface Array<T> { evil: T } }")],
    ["a module that is augmented", rightAfter("declare module '../contract.ts' { interface Caller { admin: true } }")],
    ["a decorator", rightAfter("@evil class Rule {}", "")],
    ["a getter", rightAfter("const row = { get n() { return 1; } };", "if (row.n === 2) throw new Error('no');")],
    ["a setter", rightAfter("const row = { set n(value: number) { throw new Error(String(value)); } };", "row.n = 1;")],
    ["var", rightAfter("var n = 1;", "if (n === 2) throw new Error('no');")],
    ["with", rightAfter("with (account) { balance; }")],
    ["a label", rightAfter("outer: for (const one of [1]) { if (one === 1) break outer; }")],
    ["delete", rightAfter("delete account.status;")],
    ["void", rightAfter("void context.accounts.read(account.id);")],
    ["a comma", rightAfter("const n = (1, 2);", "if (n === 1) throw new Error('no');")],
    ["==", "return account.balance == 0 ? context.accept() : context.refuse('account-not-empty');"],
    ["for in", rightAfter("for (const key in account) { if (key === 'x') throw new Error('no'); }")],
    ["debugger", rightAfter("debugger;")],
    ["a statement that does nothing", rightAfter("account.balance;")],
    ["'use strict' undone by text", rightAfter("'use asm';")],
    [
      "a try around what it waits for",
      rightAfter("try { await context.accounts.read(account.id); } catch { return context.accept(); }"),
    ],
    ["a promise that is caught", rightAfter("await context.accounts.read(account.id).catch(() => undefined);")],
    [
      "a promise that is caught by then",
      rightAfter("await context.accounts.read(account.id).then((row) => row, () => undefined);"),
    ],
    ["a promise that nobody awaits", rightAfter("context.accounts.read(account.id);")],
    ["promises that nobody awaits", rightAfter("[account.id].map((id) => context.accounts.read(id));")],
    ["a promise of its own", rightAfter("await new Promise<void>((done) => done());")],
    ["Promise.race", rightAfter("await Promise.race([context.accounts.read(account.id)]);")],
    [
      "an async function where nobody waits",
      rightAfter("[account.id].forEach(async (id) => { await context.accounts.read(id); });"),
    ],
    [
      "an async filter",
      rightAfter(
        "const found = [account.id].filter(async (id) => (await context.accounts.read(id)) === undefined);",
        "if (found.length > 5) throw new Error('no');",
      ),
    ],
    ["throwing no error", rightAfter("if (account.balance > 5) throw 'full';")],
    ["throwing an object", rightAfter("if (account.balance > 5) throw { code: 'full' };")],
    [
      "an error that is not thrown",
      rightAfter("const e = new Error('x');", "if (e.message === 'y') throw new Error('no');"),
    ],
    ["while (true)", rightAfter("while (true) { if (account.balance === 1) break; }")],
    ["for (;;)", rightAfter("for (;;) { break; }")],
    ["while (1)", rightAfter("while (1) {}")],
    ["a do loop without an end", rightAfter("do {} while (!false);")],
    [
      "a loop whose condition nothing changes",
      rightAfter(
        "let n = 0;",
        "const most = account.balance;",
        "while (n <= most) { await context.accounts.read(account.id); }",
      ),
    ],
    [
      "a loop that counts and asks for something else",
      rightAfter("let n = 0;", "for (let at = 0; n < 5; at++) { if (at > 5e9) throw new Error('no'); }"),
    ],
    ["itself", "return isEmpty(account, context);"],
    ["changing a row that it was given", rightAfter("account.balance = 0;")],
    ["counting up a row that it was given", rightAfter("account.balance++;")],
    ["changing a row by its key", rightAfter("account['balance'] = 0;")],
    [
      "changing a row that it has read",
      rightAfter("const row = await context.accounts.read(account.id);", "if (row !== undefined) row.balance = 0;"),
    ],
    [
      "changing rows in a loop",
      rightAfter(
        "const { items } = await context.cards.list({});",
        "for (const card of items) card.status = 'frozen';",
      ),
    ],
    ["changing the context", rightAfter("context.now = '2020-01-01T00:00:00Z';")],
    ["assigning to a parameter", rightAfter("account = { ...account, balance: 0 };")],
    ["changing by destructuring", rightAfter("({ balance: account.balance } = { balance: 0 });")],
    ["changing by a loop's target", rightAfter("for (account.balance of [0]) {}")],
    [
      "for await",
      rightAfter(
        "for await (const one of [context.accounts.read(account.id)]) { if (one === undefined) throw new Error('no'); }",
      ),
    ],
    [
      "a verdict of its own",
      "return account.balance === 0 ? { accepted: true } : { accepted: false, code: 'account-not-empty', field: undefined };",
    ],
    ["a comparison that is always the same", rightAfter("if (account === undefined) throw new Error('no');")],
    ["a chain that asks for nothing", rightAfter("if (account?.balance === 0.5) throw new Error('no');")],
    ["a variable that nothing uses", rightAfter("const unused = 1;")],
    [
      "what comes after the return",
      "return account.balance === 0 ? context.accept() : context.refuse('account-not-empty');\nawait context.accounts.read(account.id);",
    ],
    [
      "a key that is computed",
      rightAfter("const key = account.name;", "const counts: Record<string, number> = {};", "counts[key] = 1;"),
    ],
    [
      "an element of unknown type",
      rightAfter("const all = Object.values(account);", "if (all[0].missing) throw new Error('no');"),
    ],
    [
      "using",
      rightAfter("using row = { [Symbol.dispose]: () => undefined };", "if (row === undefined) throw new Error('no');"),
    ],
    [
      "a conditional type",
      rightAfter(
        "type A<T> = T extends string ? 1 : 2;",
        "const n: A<string> = 1;",
        "if (n !== 1) throw new Error('no');",
      ),
    ],
    [
      "a mapped type",
      rightAfter(
        "type A = { [K in keyof Account]: 1 };",
        "const n: Partial<A> = {};",
        "if (n.id === undefined) await context.accounts.read(account.id);",
      ),
    ],
    [
      "a type that it imports",
      rightAfter(
        "const row: import('./account.contract.ts').Account = account;",
        "if (row.balance === 0.5) throw new Error('no');",
      ),
    ],
    [
      "the marks of a merge",
      "<<<<<<< ours\nreturn context.accept();\n=======\nreturn context.refuse('account-not-empty');\n>>>>>>> theirs",
    ],
    ["a fence around it", "```ts\nreturn context.accept();\n```"],
  ),
  ...of(
    reference,
    ["a repetition in a repetition", "return /^(\\w+\\s?)*$/.test(transfer.purpose ?? '') ? 'A' : 'B';"],
    ["alternatives that begin alike", "return /^(a|a)*$/.test(transfer.purpose ?? '') ? 'A' : 'B';"],
    ["a repetition of alternatives that overlap", "return /^(?:\\w|\\d)+$/.test(transfer.purpose ?? '') ? 'A' : 'B';"],
    ["a huge text", "return 'x'.repeat(1e9).slice(0, 35);"],
    ["a huge array", "return Array.from({ length: 1e9 }, () => 'x').join('').slice(0, 35);"],
    ["a typed array", "return String(new Uint8Array(1e9).length);"],
    ["an array of a length", "return new Array(5).join('x');"],
    ["a promise as text", "return `${context.accounts.read(transfer.fromAccountId)}`;"],
    ["the wrong type", "return 35;"],
    ["nothing where something is promised", "if (transfer.purpose === undefined) return;\nreturn 'TRANSFER';"],
  ),
  ...of(covered, ["a code that is not declared", "return context.refuse('no-money');"]),
  ...of(covered, [
    "a member that is not there",
    "const source = await context.accounts.read(transfer.source);\nreturn source === undefined ? context.refuse('account-not-open') : context.accept();",
  ]),
  ...of(covered, [
    "a value that may be missing",
    "const source = await context.accounts.read(transfer.fromAccountId);\nreturn source.balance >= transfer.amount ? context.accept() : context.refuse('insufficient-funds');",
  ]),
  ...of(available, [
    "sorting what it was given",
    "accounts.sort((a, b) => a.balance - b.balance);\nreturn accounts.map(() => 0);",
  ]),
  ...of(available, ["one answer for all", "return 0;"]),
  ...of(overdrawn, ["an async filter", "return Promise.resolve({ balance: { below: 0 } });"]),
  ...of(closing, [
    "text for a number",
    "const account = await context.accounts.read(statement.accountId);\nreturn String(account?.balance ?? 0);",
  ]),
  ...of(settle, ["an update that nobody awaits", "context.accounts.update(transfer.fromAccountId, { balance: 0 });"]),
  ...of(settle, [
    "an update of what does not exist",
    "await context.accounts.update(transfer.fromAccountId, { total: 0 });",
  ]),
  ...of(settle, ["a status that is none", "await context.transfers.update(transfer.id, { status: 'done' });"]),
  ...of(reverse, [
    "a transaction that nobody awaits",
    "context.transaction(async ({ transfers }) => transfers.read(request.params.transferId));\nreturn context.refuse('transfer-not-settled');",
  ]),
];
