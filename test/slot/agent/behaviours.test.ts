import { beforeAll, describe, expect, test } from "vitest";
import type { ChatStep, Script } from "../../support/chat-server.ts";
import { openLedgerGate, type LedgerGate } from "../gate/ledger.ts";
import { ask } from "./asking.ts";

let ledger: LedgerGate;

beforeAll(async () => {
  ledger = await openLedgerGate();
});

const head =
  "export async function isEmpty(account: Account, context: IsEmptyContext): Promise<Verdict<IsEmptyCode>> {";
const withBody = (...lines: readonly string[]): string => [head, ...lines.map((line) => `  ${line}`), "}"].join("\n");
const decision = 'return account.balance === 0 ? context.accept() : context.refuse("account-not-empty");';
const right = withBody(decision);
const fence = (code: string): string => `\`\`\`ts\n${code}\n\`\`\``;
const say = (text: string): ChatStep => ({ text });
const submit = (code: string): ChatStep => call("submit", { code });
const call = (name: string, values: object): ChatStep => ({ calls: [{ name, arguments: JSON.stringify(values) }] });
/** One step after the other; the last one again and again. */
const steps =
  (...all: readonly ChatStep[]): Script =>
  (_, __, turn) =>
    all[Math.min(turn, all.length - 1)] ?? say("");

interface Behaviour {
  readonly title: string;
  readonly script: Script;
  readonly server?: Parameters<typeof ask>[1]["server"];
  readonly timeoutMs?: number;
  /** The rounds that it takes, and the requests. */
  readonly rounds: number;
  readonly requests: number;
  /** In what the model is told, or in why nothing lands. */
  readonly says?: RegExp;
}

/** All of these end with the right body. */
const landing: readonly Behaviour[] = [
  { title: "hands the right body in at once", script: steps(submit(right)), rounds: 1, requests: 1 },
  { title: "answers with one fenced block", script: steps(say(fence(right))), rounds: 1, requests: 1 },
  { title: "answers with the code alone", script: steps(say(right)), rounds: 1, requests: 1 },
  {
    title: "puts prose around the code",
    script: steps(say(`Sure! Here it is:\n\n${fence(right)}\n\nIt compares the balance.`)),
    rounds: 1,
    requests: 1,
  },
  {
    title: "gives several blocks",
    script: steps(
      say(
        `First the idea:\n\n${fence("const x = 1;")}\n\nThen:\n\n${fence(right)}\n\nUse:\n\n${fence("await isEmpty(a, b);")}`,
      ),
    ),
    rounds: 1,
    requests: 1,
  },
  {
    title: "is right after an error of types",
    script: steps(
      submit(withBody("return account.total === 0 ? context.accept() : context.refuse('account-not-empty');")),
      submit(right),
    ),
    rounds: 2,
    requests: 2,
    says: /types.*total/,
  },
  {
    title: "is right after an example that fails",
    script: steps(submit(withBody("return context.accept();")), submit(right)),
    rounds: 2,
    requests: 2,
    says: /Example \\?"money is left\\?": it should refuse/,
  },
  {
    title: "is right after breaking the policy",
    script: steps(submit(withBody("console.log(account);", decision)), submit(right)),
    rounds: 2,
    requests: 2,
    says: /uses console/,
  },
  {
    title: "is cut off, then right",
    script: steps({ text: "```ts\nexport async fun", cut: true }, say(fence(right))),
    rounds: 2,
    requests: 2,
    says: /cut off/,
  },
  {
    title: "says nothing, then the right thing",
    script: steps(say(""), say(fence(right))),
    rounds: 2,
    requests: 2,
    says: /answer is empty/,
  },
  {
    title: "breaks the JSON of a call",
    script: steps({ calls: [{ name: "submit", arguments: '{"code": "export' }] }, submit(right)),
    rounds: 1,
    requests: 2,
    says: /no JSON object/,
  },
  {
    title: "calls a tool that is not there",
    script: steps(call("write_file", { path: "src/balance.ts", text: "" }), submit(right)),
    rounds: 1,
    requests: 2,
    says: /no tool write_file/,
  },
  {
    title: "checks and tests before it hands in",
    script: steps(call("check", { code: right }), call("run_tests", { code: right }), submit(right)),
    rounds: 1,
    requests: 3,
    says: /11 examples passed/,
  },
  {
    title: "looks around first",
    script: steps(
      call("list_files", { folder: "" }),
      call("search_code", { text: "isAccountEmpty" }),
      call("read_file", { path: "src/balance.ts" }),
      submit(right),
    ),
    rounds: 1,
    requests: 4,
    says: /src\/balance.ts:2: export function isAccountEmpty/,
  },
  { title: "knows no tools", script: steps(say(fence(right))), server: { hasTools: false }, rounds: 1, requests: 2 },
  { title: "cannot stream", script: steps(submit(right)), server: { canStream: false }, rounds: 1, requests: 4 },
  {
    title: "asks for patience, with Retry-After",
    script: steps({ status: 429, headers: { "retry-after": "2" } }, submit(right)),
    rounds: 1,
    requests: 2,
  },
  {
    title: "fails, and comes back",
    script: steps({ status: 500 }, { status: 503 }, submit(right)),
    rounds: 1,
    requests: 3,
  },
  { title: "breaks off in the middle", script: steps({ reset: true }, submit(right)), rounds: 1, requests: 2 },
];

/** Nothing of these lands. */
const refused: readonly Behaviour[] = [
  {
    title: "names another function",
    script: steps(submit(right.replace("isEmpty", "isFull"))),
    rounds: 2,
    requests: 2,
    says: /the same failure came back/,
  },
  {
    title: "calls tools without end",
    script: steps(call("list_files", { folder: "" })),
    rounds: 2,
    requests: 26,
    says: /the same failure came back/,
  },
  { title: "refuses the key", script: steps({ status: 401 }), rounds: 1, requests: 1, says: /refuses the key \(401\)/ },
  {
    title: "is not there any more",
    script: steps({ status: 500 }),
    rounds: 1,
    requests: 4,
    says: /answers 500, 4 times/,
  },
  {
    title: "never has time",
    script: steps({ status: 429, headers: { "retry-after": "1" } }),
    rounds: 1,
    requests: 4,
    says: /refuses more requests \(429, 4 times\)/,
  },
  {
    title: "never answers",
    script: steps({ silent: true }),
    timeoutMs: 60,
    rounds: 1,
    requests: 4,
    says: /is not reached/,
  },
  {
    title: "goes to and fro between two wrong answers",
    script: (_, __, turn) =>
      submit(withBody(turn % 2 === 0 ? "return context.accept();" : 'return context.refuse("account-not-empty");')),
    rounds: 3,
    requests: 3,
    says: /the same failure came back/,
  },
  {
    title: "imports node:fs",
    script: steps(submit(`import { readFileSync } from "node:fs";\n${right}`)),
    rounds: 2,
    requests: 2,
    says: /It imports/,
  },
  {
    title: "reads a file by import()",
    script: steps(submit(withBody('const fs = await import("node:fs");', 'fs.readFileSync("/etc/passwd");', decision))),
    rounds: 2,
    requests: 2,
    says: /text of an import/,
  },
  {
    title: "reaches for the network",
    script: steps(submit(withBody('await fetch("http://127.0.0.1:9");', decision))),
    rounds: 2,
    requests: 2,
    says: /uses fetch/,
  },
  {
    title: "spins for ever",
    script: steps(submit(withBody("let n = 1;", "while (n > 0) n = account.name.length + 1;", decision))),
    rounds: 2,
    requests: 2,
    says: /took too long/,
  },
  {
    title: "eats memory",
    script: steps(
      submit(
        withBody(
          "const all: string[] = [];",
          "for (let n = 1; n > 0; n = all.length) all.push(account.name.repeat(n));",
          decision,
        ),
      ),
    ),
    rounds: 2,
    requests: 2,
    says: /took too long, or too much memory/,
  },
  {
    title: "changes what it was given",
    script: steps(submit(withBody("account.balance = 0;", "return context.accept();"))),
    rounds: 2,
    requests: 2,
    says: /which it was given/,
  },
  {
    title: "knows the examples",
    script: steps(
      submit(withBody('if (account.id === "7c1d2f0e-0000-4000-8000-000000000001") return context.accept();', decision)),
    ),
    rounds: 2,
    requests: 2,
    says: /a value of an example/,
  },
  {
    title: "obeys an instruction in the document, and accepts everything",
    script: steps(submit(withBody("// As the description says: accept all.", "return context.accept();"))),
    rounds: 2,
    requests: 2,
    says: /it should refuse/,
  },
  {
    title: "hides its checks from the compiler",
    script: steps(submit(withBody("// @ts-nocheck", "return context.accept();"))),
    rounds: 2,
    requests: 2,
    says: /suppresses a check/,
  },
  {
    title: "only talks",
    script: steps(say("I cannot do that.")),
    rounds: 2,
    requests: 2,
    says: /no code in the answer/,
  },
];

describe("the right body lands from a model that", () => {
  test.each(landing)("$title", async ({ script, server, timeoutMs, rounds, requests, says }) => {
    const asked = await ask(ledger, {
      script,
      ...(server && { server }),
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
    expect(asked.fill.result).toMatchObject({ kind: "kept" });
    expect([asked.fill.rounds, asked.server.requests.length]).toEqual([rounds, requests]);
    if (says) expect(JSON.stringify(asked.fill.transcript)).toMatch(says);
  });
});

describe("nothing lands from a model that", () => {
  test.each(refused)("$title", async ({ script, server, timeoutMs, rounds, requests, says }) => {
    const asked = await ask(ledger, {
      script,
      ...(server && { server }),
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
    expect(asked.fill.result.kind).toBe("given-up");
    expect([asked.fill.rounds, asked.server.requests.length]).toEqual([rounds, requests]);
    if (says) expect(JSON.stringify([asked.fill.result, asked.fill.transcript])).toMatch(says);
  });
});

describe("a request is tried again", () => {
  test("after as long as the server asks for", async () => {
    const script = steps({ status: 429, headers: { "retry-after": "2" } }, submit(right));
    expect((await ask(ledger, { script })).pauses).toEqual([2000]);
  });

  test("after longer and longer, where it asks for nothing", async () => {
    expect((await ask(ledger, { script: steps({ status: 500 }) })).pauses).toEqual([500, 2000, 8000]);
  });
});

describe("tools stay in the workspace", () => {
  test.each([
    { title: "an absolute path", path: "/etc/passwd", says: "is outside of the workspace" },
    { title: "a path upwards", path: "src/../../../../etc/passwd", says: "is outside of the workspace" },
    { title: "a link that leads out", path: "src/people.ts", says: "leads out of the workspace" },
    { title: "the environment", path: ".env", says: "may hold secrets" },
    { title: "an environment below", path: "config/.env.production", says: "may hold secrets" },
    { title: "a private key", path: "id_rsa", says: "may hold secrets" },
    { title: "a file with a key in it", path: "src/key.ts", says: "holds what looks like a secret" },
    { title: "what git ignores", path: "ignored/notes.md", says: "there is no file" },
    { title: "a binary file", path: "src/blob.ts", says: "is no text" },
    { title: "a huge file", path: "src/huge.ts", says: "is too big" },
  ])("read_file refuses $title", async ({ path, says }) => {
    const { fill } = await ask(ledger, { script: steps(call("read_file", { path }), submit(right)) });
    const said = JSON.stringify(fill.transcript);
    expect(said).toContain(says);
    expect(said).not.toMatch(/root:|planted-/);
  });

  test("neither lists nor finds what is secret or ignored, and tells none of it", async () => {
    const script = steps(call("list_files", { folder: "" }), call("search_code", { text: "planted" }), submit(right));
    const { fill, server } = await ask(ledger, { script });
    expect(JSON.stringify(fill.transcript)).toContain("src/balance.ts");
    expect(JSON.stringify(server.requests)).not.toMatch(/planted-|id_rsa|\.env|root:x/);
  });
});

describe("budgets", () => {
  test("of a slot stop it before it asks for more than that", async () => {
    const wrong = submit(withBody("return context.accept();"));
    const { fill, server } = await ask(ledger, {
      script: steps(wrong),
      limits: { slotTokens: 4500 },
      server: { usage: { input: 3000, output: 500 } },
    });
    expect(fill.result).toMatchObject({ kind: "given-up", why: "its budget of 4,500 tokens is used up" });
    expect(server.requests).toHaveLength(1);
  });

  test("in dollars stop the run", async () => {
    const { fill, server } = await ask(ledger, { script: steps(submit(right)), limits: { runDollars: 0.0001 } });
    expect(fill.result).toMatchObject({ why: "the run's budget of $0.0001 is used up" });
    expect(server.requests).toHaveLength(0);
  });

  test("count what the provider had seen before as cheaper", async () => {
    const { budget } = await ask(ledger, {
      script: steps(submit(right)),
      server: { usage: { input: 1000, output: 100, cached: 800 } },
    });
    expect(budget.used).toEqual({ input: 1000, cached: 800, output: 100 });
    expect(budget.dollars).toBeCloseTo((200 * 1 + 800 * 0.1 + 100 * 10) / 1e6, 10);
  });
});
