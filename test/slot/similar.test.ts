import { expect, test } from "vitest";
import { openSimilar } from "../../src/slot/context/similar.ts";
import { openWorkspace } from "../../src/slot/context/workspace.ts";
import { memoryHost } from "../support/host.ts";

const files: Readonly<Record<string, string>> = {
  "src/rows.ts":
    "export interface Account {\n  balance: number;\n}\nexport function firstOf(all: readonly Account[]) {\n  return all[0];\n}\n",
  "src/limits.ts":
    "/** Whether money is left to spend. */\nexport function isCovered(balance: number, amount: number): boolean {\n  return balance >= amount;\n}\n",
  "src/money.ts":
    "export class Money {\n  /** Rounds an amount to whole cents. */\n  rounded(amount: number): number {\n    return Math.round(amount);\n  }\n}\n",
  "src/dates.ts": "export const startOfMonth = (period: string): string => `${period}-01`;\n",
  "src/taken.ts":
    'import { firstOf } from "./rows.ts";\nimport type { Account } from "./rows.ts";\nexport const taken = (all: readonly Account[]) => firstOf(all);\n',
  "src/limits.test.ts": "function isCoveredHere(balance: number, amount: number) {\n  return balance >= amount;\n}\n",
  "generated/bank/src/account/account.logic.ts":
    "export function isCoveredOurs(balance: number, amount: number) {\n  return balance >= amount;\n}\n",
};

const similar = await openSimilar(openWorkspace(memoryHost(files), "/work"), "generated/bank");
const names = (text: string) => similar(text, 3).map(({ name }) => name);

test.each([
  { title: "a function, by the words of its text", text: "The balance covers the amount.", first: "isCovered" },
  { title: "a method", text: "Amounts are rounded to cents.", first: "rounded" },
  { title: "a function in a constant", text: "The start of the month of a period.", first: "startOfMonth" },
])("finds $title", ({ text, first }) => {
  expect(names(text)[0]).toBe(first);
});

test("knows what a function gives by the symbols of its types, though its text does not say so", () => {
  expect(names("export async function isEmpty(account: Account): Promise<Verdict>")).toContain("taken");
});

test("finds neither tests nor what is generated", () => {
  expect(names("The balance covers the amount.")).not.toContain("isCoveredHere");
  expect(names("The balance covers the amount.")).not.toContain("isCoveredOurs");
});

test("finds nothing where nothing is alike", () => {
  expect(names("Zebras graze quietly.")).toEqual([]);
});
