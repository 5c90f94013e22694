import { beforeAll, describe, expect, test } from "vitest";
import { escapes } from "./escapes.ts";
import { goodEffects } from "./good-effects.ts";
import { goodFields } from "./good-fields.ts";
import { goodRules } from "./good-rules.ts";
import { goodStyles } from "./good-styles.ts";
import { goodTurns } from "./good-turns.ts";
import { goodWays } from "./good-ways.ts";
import { openLedgerGate, type LedgerGate } from "./ledger.ts";
import { wrongAnswers } from "./wrong-answers.ts";
import { wrongCards } from "./wrong-cards.ts";
import { wrongCases } from "./wrong-cases.ts";
import { wrongEffects } from "./wrong-effects.ts";
import { wrongFields } from "./wrong-fields.ts";
import { wrongForms } from "./wrong-forms.ts";
import { wrongOperations } from "./wrong-operations.ts";
import { wrongTricks } from "./wrong-tricks.ts";
import { wrongTurns } from "./wrong-turns.ts";
import { wrongWays } from "./wrong-ways.ts";

const good = [...goodRules, ...goodFields, ...goodEffects, ...goodWays, ...goodStyles, ...goodTurns];
const wrongMostly = [...wrongCases, ...wrongEffects, ...wrongOperations, ...wrongFields, ...wrongCards];

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

// Side by side, because each waits for a process of its own.
describe.concurrent("finds by the examples a body that", () => {
  test.each(wrongAnswers)("$title ($slot)", async ({ slot, body }) => {
    const { findings } = await ledger.gate.judge(slot, body);
    expect(findings.map(({ step }) => step)).toContain("examples");
    expect(findings.map(({ saw }) => saw).join()).not.toMatch(/never answered|could not be run/);
  });
});

describe.concurrent("refuses, though the examples hold or nearly do,", () => {
  test.each([...wrongWays, ...wrongMostly, ...wrongTricks, ...wrongTurns])("$title ($slot)", async ({ slot, body }) => {
    const { findings } = await ledger.gate.judge(slot, body);
    expect(findings).not.toEqual([]);
    expect(findings.map(({ saw }) => saw).join()).not.toMatch(/could not be run/);
  });
});

describe.concurrent("accepts", () => {
  test.each(good)("$title ($slot)", async ({ slot, body }) => {
    const { findings } = await ledger.gate.judge(slot, body);
    expect(findings).toEqual([]);
  });
});

test("is tried on at least 560 wrong bodies and 170 good ones, each once", () => {
  const all = [...escapes, ...wrongForms, ...wrongAnswers, ...wrongWays, ...wrongMostly, ...wrongTricks, ...wrongTurns];
  const wrong = all.map(({ slot, body }) => `${slot} ${body}`);
  const right = good.map(({ slot, body }) => `${slot} ${body}`);
  expect(new Set(wrong).size).toBeGreaterThanOrEqual(560);
  expect(new Set(right).size).toBeGreaterThanOrEqual(170);
  expect(new Set([...wrong, ...right]).size).toBe(wrong.length + right.length);
});
