import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import { temporaryHost } from "../support/host.ts";

/** Accounts with two rules, of which a model fills one. */
function accounts(more: object = {}, rule: object = {}): string {
  const account = { $ref: "#/components/schemas/Account" };
  const json = (schema: object) => ({ content: { "application/json": { schema } } });
  const example = (balance: number, expected: unknown) => ({
    given: { accounts: [{ id: 1, balance }] },
    when: { key: 1 },
    expect: expected,
  });
  const empty = {
    id: "account.delete.empty",
    rule: "Only an empty account can be deleted.",
    refuse: { "not-empty": 409 },
    examples: [example(0, "accept"), example(1, { refuse: "not-empty" }), example(-1, { refuse: "not-empty" })],
    ...rule,
  };
  const polite = { id: "account.polite", on: ["create"], rule: "It is polite.", refuse: { rude: 422 } };
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Bank", version: "1" },
    paths: {
      "/accounts": {
        post: {
          operationId: "openAccount",
          requestBody: { required: true, ...json(account) },
          responses: { 201: { description: "It.", ...json(account) } },
        },
      },
      "/accounts/{id}": {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
        get: { operationId: "getAccount", responses: { 200: { description: "It.", ...json(account) } } },
        delete: {
          operationId: "closeAccount",
          "x-business-rules": empty,
          responses: { 204: { description: "Gone." }, 409: { description: "No." } },
        },
      },
    },
    components: {
      schemas: {
        Account: {
          type: "object",
          required: ["id", "balance"],
          "x-business-rules": [polite],
          properties: { id: { type: "integer", readOnly: true }, balance: { type: "integer" }, ...more },
        },
      },
    },
  });
}

// Whole runs, several in one test.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const right = '  return account.balance === 0 ? context.accept() : context.refuse("not-empty");';
const logic = "out/src/account/account.logic.ts";
const lockFile = "out/scaffold.lock.json";

interface Bank {
  readonly cli: (...argv: readonly string[]) => Promise<{ readonly code: number; readonly said: string }>;
  readonly read: (path: string) => Promise<string>;
  readonly write: (path: string, text: string) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
  readonly paths: () => Promise<readonly string[]>;
}

async function openBank(): Promise<Bank & AsyncDisposable> {
  const host = await temporaryHost({ "package.json": "{}", "bank.json": accounts() });
  return {
    cli: async (...argv) => {
      host.printed.out = "";
      host.printed.error = "";
      const code = await runCli(host, argv);
      return { code, said: host.printed.error + host.printed.out };
    },
    read: (path) => host.files.read(path),
    write: (path, text) => host.files.write(path, text),
    remove: (path) => host.files.remove(path),
    paths: () => host.files.list("."),
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  };
}

const check = ["check", "bank.json", "--out", "out"] as const;
const crud = ["crud", "bank.json", "--out", "out", "--no-verify", "--quiet"] as const;
const replayed = JSON.stringify({
  version: 1,
  slots: { "account.delete.empty": { contract: "", state: "filled", by: "model", body: [right] } },
});

let bank: Bank;
let kept: ReadonlyMap<string, string>;

/** Filled once; each test finds it so. */
beforeAll(async () => {
  const opened = await openBank();
  bank = opened;
  expect((await bank.cli(...check)).said).toContain("There is nothing in out yet.");
  expect((await bank.cli(...check)).code).toBe(1);
  await bank.write("replay.json", replayed);
  expect((await bank.cli(...crud, "--replay", "replay.json")).code).toBe(0);
  kept = new Map(await Promise.all((await bank.paths()).map(async (path) => [path, await bank.read(path)] as const)));
  return () => opened[Symbol.asyncDispose]();
}, 120_000);

beforeEach(async () => {
  for (const [path, text] of kept) await bank.write(path, text);
});

async function edit(path: string, change: (text: string) => string): Promise<void> {
  const text = await bank.read(path);
  const edited = change(text);
  expect(edited, path).not.toBe(text);
  await bank.write(path, edited);
}

describe("what is in step", () => {
  test("is 0, with what is open, and nothing is left behind", async () => {
    const { code, said } = await bank.cli(...check);
    expect(said).toMatch(/^out is in step with bank\.json: \d+ files, 1 slot open\n$/);
    expect(code).toBe(0);
    expect([...(await bank.paths())].sort()).toEqual([...kept.keys()].sort());
  });

  test("is 3 where a slot must be filled and is open", async () => {
    const { code, said } = await bank.cli(...check, "--require-filled");
    expect(said).toContain("account.polite is open; it lets every request pass.");
    expect(said).not.toContain("account.delete.empty");
    expect(code).toBe(3);
  });

  test("is told as data", async () => {
    const { code, said } = await bank.cli(...check, "--json", "--require-filled");
    expect(code).toBe(3);
    expect(JSON.parse(said)).toMatchObject([{ outcome: "open-slots", diagnostics: [{ code: "slot/open" }] }]);
  });
});

describe("drift is 1", () => {
  test.each([
    {
      title: "the document has changed",
      path: "bank.json",
      change: () => accounts({ name: { type: "string" } }),
      saw: /files are not as/,
    },
    {
      title: "a logic file was edited, and the lock does not know",
      path: logic,
      change: (text: string) => text.replace("=== 0", "<= 0"),
      saw: /another body of account\.delete\.empty than the lock, which says that it is a model's/,
    },
    {
      title: "an open body was written, and the lock does not know",
      path: logic,
      change: (text: string) =>
        text.replace(/ {2}\/\/ Open.*\n {2}return context\.accept\(\);/, '  return context.refuse("rude");'),
      saw: /The logic file has a body of account\.polite, and the lock has none/,
    },
  ])("where $title", async ({ path, change, saw }) => {
    await edit(path, change);
    const { code, said } = await bank.cli(...check);
    expect(said).toMatch(saw);
    expect(code).toBe(1);
  });
});

test("a file that is gone is drift", async () => {
  await bank.remove("out/src/app.ts");
  const { code, said } = await bank.cli(...check);
  expect(said).toContain("One file is not as the document, the config and the lock make it: src/app.ts.");
  expect(code).toBe(1);
});

/** Bodies that somebody smuggles in with a pull request. */
const smuggled = [
  {
    title: "imports",
    body: ['  return (await import("node:fs")).existsSync("/") ? context.accept() : context.refuse("not-empty");'],
    saw: /import/,
  },
  {
    title: "goes up a chain of constructors",
    body: ['  account.constructor.constructor("return process")();', right],
    saw: /constructor/,
  },
  {
    title: "decides wrongly",
    body: ['  return account.balance <= 0 ? context.accept() : context.refuse("not-empty");'],
    saw: /should refuse/,
  },
];
const locks = smuggled.flatMap((one) => (["model", "person"] as const).map((by) => ({ ...one, by })));

describe("a lock that was tampered with is 1", () => {
  const tampered = (body: readonly string[], by: string) => async () => {
    const lock = JSON.parse(await bank.read(lockFile)) as {
      slots: Record<string, { by: string; state: string; body: readonly string[] }>;
    };
    const slot = lock.slots["account.delete.empty"];
    if (slot === undefined) throw new Error("The lock has no such slot.");
    Object.assign(slot, { by, state: by === "model" ? "filled" : "adopted", body });
    await bank.write(lockFile, `${JSON.stringify(lock, null, 2)}\n`);
  };

  test.each(locks.filter(({ by }) => by === "model"))(
    "the lock alone: a $by's body that $title",
    async ({ body, by }) => {
      await tampered(body, by)();
      const { code, said } = await bank.cli(...check);
      expect(said).toContain("The logic file has another body of account.delete.empty than the lock");
      expect(code).toBe(1);
    },
  );

  test.each(locks.filter(({ by, title }) => by === "model" || title.startsWith("decides")))(
    "lock and logic file both: a $by's body that $title",
    async ({ body, by, saw }) => {
      await tampered(body, by)();
      await edit(logic, (text) => text.replace(right, () => body.join("\n")));
      const { code, said } = await bank.cli(...check);
      expect(said).toMatch(/slot\/refused/);
      expect(said).toMatch(saw);
      expect(code).toBe(1);
    },
  );

  test.each(locks.filter(({ by, title }) => by === "person" && !title.startsWith("decides")))(
    "lock and logic file both: a person's body that $title is shown",
    async ({ body, by, saw }) => {
      await tampered(body, by)();
      await edit(logic, (text) => text.replace(right, () => body.join("\n")));
      const { said } = await bank.cli(...check);
      expect(said).toMatch(/slot\/reaches-out/);
      expect(said).toMatch(saw);
    },
  );

  test.each(locks.filter(({ by }) => by === "person"))(
    "and with the logic file gone, a $by's body that $title does not come back",
    async ({ body, by }) => {
      await tampered(body, by)();
      await edit(logic, (text) =>
        text.replace(right, "  // Open: lets every request pass until it is filled.\n  return context.accept();"),
      );
      const { code, said } = await bank.cli(...check);
      expect(said).toMatch(/The body of account\.delete\.empty in the lock is not used/);
      expect(code).toBe(1);
    },
  );
});

describe("a body whose contract has changed", () => {
  test("stays in use while it passes, and is told of until somebody accepts it", async () => {
    await bank.write("bank.json", accounts({}, { rule: "Only an account with nothing in it can be deleted." }));
    expect((await bank.cli(...crud)).code).toBe(0);
    expect(await bank.read(logic)).toContain(right);
    const told = await bank.cli(...check);
    expect(told.said).toContain("The contract of account.delete.empty has changed since its body was accepted.");
    expect(told.code).toBe(0);
    expect((await bank.cli(...check, "--frozen")).code).toBe(3);

    expect((await bank.cli("slots", "bank.json", "--out", "out", "--accept", "account.delete.empty")).code).toBe(0);
    expect(await bank.cli(...check, "--frozen")).toMatchObject({ code: 0 });
    expect(JSON.parse(await bank.read(lockFile))).toMatchObject({
      slots: { "account.delete.empty": { state: "filled" } },
    });
  });

  test.each([
    {
      title: "an example is another",
      rule: { examples: [{ given: { accounts: [{ id: 1, balance: -5 }] }, when: { key: 1 }, expect: "accept" }] },
    },
    { title: "its code is another", rule: { refuse: { full: 409 }, examples: [] } },
  ])("is parked where it passes no more, because $title; its slot is open again", async ({ rule }) => {
    await bank.write("bank.json", accounts({}, rule));
    const { code, said } = await bank.cli(...crud);
    expect(said).toContain("The contract of account.delete.empty has changed, and its body passes no more");
    expect(code).toBe(0);
    expect(await bank.read(logic)).not.toContain(right);
    expect(JSON.parse(await bank.read(lockFile))).toMatchObject({
      slots: {
        "account.delete.empty": { state: "open" },
        "account.delete.empty#2": { state: "parked", by: "model", body: [right] },
      },
    });
    const { said: wanted, code: open } = await bank.cli(...check, "--require-filled");
    expect(wanted).toContain("account.delete.empty is open");
    expect(open).toBe(3);

    expect((await bank.cli("slots", "bank.json", "--out", "out", "--forget", "account.delete.empty#2")).code).toBe(0);
    expect(await bank.read(lockFile)).not.toContain(right);
  });
});

test("what is in use is not forgotten", async () => {
  const { code, said } = await bank.cli("slots", "bank.json", "--out", "out", "--forget", "account.delete.empty");
  expect(said).toContain("account.delete.empty is filled, and not parked; nothing was changed.");
  expect(code).toBe(2);
  expect(await bank.read(lockFile)).toBe(kept.get(lockFile));
});
