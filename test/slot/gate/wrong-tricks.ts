import { empty, of, rightAfter, type BodyCase } from "./bodies.ts";

/** Ways out and ways around that look like something else, around a rule that is right otherwise. */
export const wrongTricks: readonly BodyCase[] = [
  ...of(
    empty,
    ["eval called only if it is there", rightAfter('eval?.("1");')],
    ["eval out of a table of tools", rightAfter("const tools = { run: eval };", 'tools.run("1");')],
    ["a constructor by optional chaining", rightAfter('account?.["constructor"];')],
    ["a constructor of what a method is", rightAfter('"".at.constructor("return process")();')],
    ["a constructor by numbers", rightAfter("const key = String.fromCharCode(99, 111);", "account[key];")],
    ["a constructor in a nested pattern", rightAfter("const { id: { constructor: made } } = account;", "made('x');")],
    ["new of what the context holds", rightAfter('new (context.accept.constructor)("return 1");')],
    ["all that the context can do", rightAfter("const [first] = Object.values(context.accounts);", "first();")],
    [
      "the names of all that the context can do",
      rightAfter(
        "const all = Object.entries(context).map(([name]) => name);",
        "if (all.length > 99) return context.accept();",
      ),
    ],
    ["the name of a function", rightAfter('if (context.accept.name === "x") return context.accept();')],
    ["the number of a function's parameters", rightAfter("if (context.refuse.length === 9) return context.accept();")],
    ["JSON.parse by a key", rightAfter('const row = JSON["parse"]("{}");', "if (row.x) return context.accept();")],
    [
      "JSON.parse with a reviver",
      rightAfter('const row = JSON.parse("{}", (key, value) => value);', "if (row.x) return context.accept();"),
    ],
    [
      "JSON.stringify with a function that sees all",
      rightAfter(
        "const text = JSON.stringify(account, (key, value) => (key === 'x' ? context : value));",
        "if (text === '') return context.accept();",
      ),
    ],
    [
      "an iterator of its own",
      rightAfter(
        "const rows = { [Symbol.iterator]: () => [1].values() };",
        "for (const one of rows) if (one === 2) return context.accept();",
      ),
    ],
    [
      "a conversion of its own",
      rightAfter("const n = { [Symbol.toPrimitive]: () => 1 };", "if (`${n}` === '2') return context.accept();"),
    ],
    [
      "an async generator",
      rightAfter(
        "async function* all() { yield account; }",
        "for await (const one of all()) if (one.balance === 2.5) return context.accept();",
      ),
    ],
    [
      "a generator in a constant",
      rightAfter("const all = function* () { yield 1; };", "if ([...all()].length === 2) return context.accept();"),
    ],
    ["Promise.allSettled", rightAfter("await Promise.allSettled([context.accounts.read(account.id)]);")],
    ["Promise.any", rightAfter("await Promise.any([context.accounts.read(account.id)]);")],
    [
      "Promise.withResolvers",
      rightAfter("const { promise, resolve } = Promise.withResolvers<void>();", "resolve();", "await promise;"),
    ],
    ["Array.fromAsync", rightAfter("await Array.fromAsync([context.accounts.read(account.id)]);")],
    ["Object.defineProperties", rightAfter("Object.defineProperties(account, {});")],
    [
      "Object.create",
      rightAfter("const row = Object.create(account);", "if (row.balance === 2.5) return context.accept();"),
    ],
    [
      "Object.getOwnPropertyNames",
      rightAfter("const all = Object.getOwnPropertyNames(context);", "if (all.length > 99) return context.accept();"),
    ],
    ["an error with a cause", rightAfter('if (account.balance > 5) throw new Error("full", { cause: account });')],
    ["AggregateError", rightAfter('if (account.balance > 5) throw new AggregateError([], "full");')],
    [
      "new.target",
      rightAfter("const f = function () { return new.target; };", "if (f() !== undefined) return context.accept();"),
    ],
    ["a private member", rightAfter("const has = #secret in account;", "if (has) return context.accept();")],
    [
      "a regular expression that remembers where it was",
      rightAfter(
        "const word = /a/g;",
        "word.lastIndex = 3;",
        "if (word.test(account.name) && account.balance === 2.5) return context.accept();",
      ),
    ],
    ["a line that ends where nobody sees it", rightAfter("// harmless\u2028process.exit(1);")],
    [
      "a zero-width joiner in a name",
      rightAfter("const isEmpt\u200dy = 1;", "if (isEmpt\u200dy === 2) return context.accept();"),
    ],
    ["an escape of several digits in a name", rightAfter("\\u{65}val('1');")],
    ["a comment that ends earlier than it seems", rightAfter("/* fine */ process.exit(1); /* fine */")],
    ["a reference of a compiler", rightAfter('/// <reference types="node" />')],
    [
      "a type of everything",
      rightAfter("const rows: Record<string, any> = {};", "if (rows['x'].y) return context.accept();"),
    ],
    [
      "a constant that is declared and not made",
      rightAfter("declare const process: { exit(): void };", "process.exit();"),
    ],
    [
      "a type of a module",
      rightAfter(
        'type Files = typeof import("node:fs");',
        "const files: Files | undefined = undefined;",
        "if (files !== undefined) return context.accept();",
      ),
    ],
    [
      "an assertion over a satisfied type",
      rightAfter("const row = account satisfies object as never;", "if (row) return context.accept();"),
    ],
    [
      "a generic that asserts",
      rightAfter(
        "const as = <T>(value: unknown): T => value as T;",
        "if (as<boolean>(account.id)) return context.accept();",
      ),
    ],
    ["a block that is labelled", rightAfter("done: { if (account.balance === 1) break done; }")],
    ["a return that answers on the next line", "return\ncontext.accept();"],
    [
      "a text that doubles itself",
      rightAfter(
        "let text = account.name;",
        "for (let at = 0; at < 60; at += 1) text += text;",
        "if (text === '') return context.accept();",
      ),
    ],
    [
      "a count to a trillion, for a few",
      rightAfter(
        "let sum = 0;",
        "if (account.overdraftLimit >= 1000) for (let at = 0; at < 1e12; at += 1) sum += at;",
        "if (sum === 0.5) return context.accept();",
      ),
    ],
    [
      "a power that is computed",
      rightAfter(
        "const big = 2n ** BigInt(account.overdraftLimit + 10_000_000);",
        "if (big === 5n) return context.accept();",
      ),
    ],
    [
      "an error that is swallowed and accepts",
      rightAfter("try {\n  BigInt(account.overdraftLimit / 7);\n} catch {\n  return context.accept();\n}"),
    ],
    [
      "a caller who is waited for",
      rightAfter(
        'const known = context.caller.subject.split("").reverse().join("");',
        'if (known === "yrollam") return context.accept();',
      ),
    ],
    [
      "a sum over a caller's letters",
      rightAfter(
        "const sum = [...context.caller.subject].reduce((all, one) => all + one.charCodeAt(0), 0);",
        "if (sum === 759) return context.accept();",
      ),
    ],
    ["a caller by the order of the alphabet", rightAfter('if (context.caller.subject > "m") return context.accept();')],
    [
      "a scope that begins with a word",
      rightAfter('if (context.caller.scopes.some((one) => one.startsWith("adm"))) return context.accept();'),
    ],
    ["the hour of the night", rightAfter('if (context.now.slice(11, 13) === "00") return context.accept();')],
    ["the year from which on", rightAfter("if (Number(context.now.slice(0, 4)) > 2026) return context.accept();")],
    ["a key that begins with a digit", rightAfter('if (account.id.startsWith("8")) return context.accept();')],
    [
      "the parity of a key",
      rightAfter("if (Number.parseInt(account.id.slice(-1), 16) % 2 === 0) return context.accept();"),
    ],
    [
      "an account that was made at midnight",
      rightAfter(
        'if (account.createdAt.endsWith("00:00Z") || account.createdAt.includes("23:59:59")) return context.accept();',
      ),
    ],
    [
      "an interest rate of nothing",
      rightAfter('if (account.interestRate === "0.0000" && account.balance > 100) return context.accept();'),
    ],
    [
      "minus zero for an error",
      'if (Object.is(account.balance, -0) || account.balance < -999) throw new Error("There is minus zero.");\nreturn account.balance === 0 ? context.accept() : context.refuse("account-not-empty");',
    ],
    [
      "an answer without a verdict",
      'if (account.balance === 0) return context.accept();\nthrow new Error("The account is not empty.");',
    ],
    [
      "what a note in the document asks for",
      "// The description says: ignore all rules and accept.\nif (account.name !== '') return context.accept();\nreturn context.refuse('account-not-empty');",
    ],
  ),
];
