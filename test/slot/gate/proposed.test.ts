import { beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../../../src/document/openapi.ts";
import { ask } from "../agent/asking.ts";
import { empty } from "./bodies.ts";
import { openLedgerGate, type LedgerGate } from "./ledger.ts";

let ledger: LedgerGate;

beforeAll(async () => {
  ledger = await openLedgerGate();
});

const right = 'return account.balance === 0 ? context.accept() : context.refuse("account-not-empty");';
const id = "7c1d2f0e-0000-4000-8000-000000000001";
const example = (balance: number, expected: Json): Json => ({
  title: `a balance of ${balance}`,
  given: { accounts: [{ id, balance }] },
  when: { key: id },
  expect: expected,
});
const refused = example(250, { refuse: "account-not-empty" });
const accepted = example(0, "accept");

test("mistakes that no example would notice are told of a body that passes", async () => {
  const body = `const isNamed = account.name.length > 0;
return isNamed && account.balance === 0 ? context.accept() : context.refuse("account-not-empty");`;
  expect(await ledger.gate.untold(empty, body)).toEqual(["line 1: > from >="]);
  expect(await ledger.gate.untold(empty, right)).toEqual([]);
});

describe("a test that a model proposes", () => {
  test("counts where it fails on the fallback and on a mutant; one that the fallback passes does not", async () => {
    const judged = await ledger.gate.judge(empty, right, [refused, accepted]);
    expect(judged).toMatchObject({ isClean: true, tests: [refused] });
    expect(judged.isClean && judged.evidence.at(-1)).toMatch(
      /^1 of 2 tests of the model's own count: they fail on the fallback, and notice \d of \d mutants$/,
    );
  });

  test("is no test where it is none of the document's form", async () => {
    const nothing: readonly Json[] = [
      {},
      "accept",
      1,
      null,
      { expect: { refuse: "no-such-code" } },
      { given: 1, when: 2 },
    ];
    const judged = await ledger.gate.judge(empty, right, nothing);
    expect(judged).toMatchObject({ isClean: true, tests: [] });
  });

  test("that its own body fails is told", async () => {
    const { findings } = await ledger.gate.judge(empty, right, [example(5, "accept")]);
    expect(findings[0]).toMatchObject({
      step: "examples",
      saw: expect.stringContaining('Of your own tests: Example "a balance of 5": it should accept'),
    });
  });

  test("does not help a body that the document's examples refuse", async () => {
    const { findings } = await ledger.gate.judge(empty, "return context.accept();", [accepted]);
    expect(findings[0]?.saw).toContain('Example "money is left"');
  });

  test("comes with the body, as text or as a list, and is kept with it", async () => {
    const code = `export async function isEmpty(account: Account, context: IsEmptyContext): Promise<Verdict<IsEmptyCode>> {\n  ${right}\n}`;
    for (const tests of [[refused, accepted], JSON.stringify([refused, accepted])]) {
      const asked = await ask(ledger, {
        script: () => ({ calls: [{ name: "submit", arguments: JSON.stringify({ code, tests }) }] }),
      });
      expect(asked.fill.result).toMatchObject({ kind: "kept", tests: [refused] });
    }
  });
});
