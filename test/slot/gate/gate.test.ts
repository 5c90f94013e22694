import { beforeAll, describe, expect, test } from "vitest";
import { escapes } from "./escapes.ts";
import { goodEffects } from "./good-effects.ts";
import { goodFields } from "./good-fields.ts";
import { goodRules } from "./good-rules.ts";
import { goodWays } from "./good-ways.ts";
import { openLedgerGate, type LedgerGate } from "./ledger.ts";
import { wrongAnswers } from "./wrong-answers.ts";
import { wrongForms } from "./wrong-forms.ts";
import { wrongWays } from "./wrong-ways.ts";

let ledger: LedgerGate;

beforeAll(async () => {
  ledger = await openLedgerGate();
});

describe("refuses a body that reaches for", () => {
  test.each(escapes)("$title ($slot)", ({ slot, body }) => {
    const { findings } = ledger.gate.check(slot, body);
    expect(findings).not.toEqual([]);
    expect(findings.every(({ cure, step }) => cure !== "" || step === "types")).toBe(true);
  });
});

describe("refuses the form of", () => {
  test.each(wrongForms)("$title ($slot)", ({ slot, body }) => {
    expect(ledger.gate.check(slot, body).findings).not.toEqual([]);
  });
});

describe("finds by the examples a body that", () => {
  test.each(wrongAnswers)("$title ($slot)", async ({ slot, body }) => {
    const { findings } = await ledger.gate.judge(slot, body);
    expect(findings.map(({ step }) => step)).toContain("examples");
    expect(findings.map(({ saw }) => saw).join()).not.toMatch(/never answered|could not be run/);
  });
});

describe("refuses, though the examples hold or nearly do,", () => {
  test.each(wrongWays)("$title ($slot)", async ({ slot, body }) => {
    expect((await ledger.gate.judge(slot, body)).findings).not.toEqual([]);
  });
});

describe("accepts", () => {
  test.each([...goodRules, ...goodFields, ...goodEffects, ...goodWays])("$title ($slot)", async ({ slot, body }) => {
    const { findings } = await ledger.gate.judge(slot, body);
    expect(findings).toEqual([]);
  });
});

test("is tried on at least 320 wrong bodies and 110 good ones, each once", () => {
  const wrong = [...escapes, ...wrongForms, ...wrongAnswers, ...wrongWays].map(({ slot, body }) => `${slot} ${body}`);
  const good = [...goodRules, ...goodFields, ...goodEffects, ...goodWays].map(({ slot, body }) => `${slot} ${body}`);
  expect(new Set(wrong).size).toBeGreaterThanOrEqual(320);
  expect(new Set(good).size).toBeGreaterThanOrEqual(110);
  expect(new Set([...wrong, ...good]).size).toBe(wrong.length + good.length);
});
