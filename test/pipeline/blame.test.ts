import { expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostic/diagnostic.ts";
import { blamedSlots } from "../../src/pipeline/blame.ts";

const slots = [
  { id: "transfer.create.settle", file: "src/transfer/transfer.logic.ts", functionName: "settle" },
  { id: "transfer.create.settled", file: "src/transfer/transfer.logic.ts", functionName: "isSettled" },
  { id: "card.freeze", file: "src/card/card.logic.ts", functionName: "freezeCard" },
];
const found = (saw: string, file?: string): Diagnostic => ({
  code: "verify/tests",
  severity: "error",
  saw,
  fix: "",
  ...(file !== undefined && { place: { file } }),
});

test.each([
  {
    title: "the slot that a failed test is about",
    against: [
      found("card.freeze > an active card becomes frozen: expected 409", ".out.staging-1/src/card/card.logic.test.ts"),
    ],
    blamed: ["card.freeze"],
  },
  {
    title: "the slot alone, not one that begins like it",
    against: [found("transfer.create.settle > balances move: expected 1 to be 2")],
    blamed: ["transfer.create.settle"],
  },
  {
    title: "the function that a finding names",
    against: [found("isSettled is declared but its value is never read.", "out/src/transfer/transfer.logic.ts")],
    blamed: ["transfer.create.settled"],
  },
  {
    title: "all of the file where nothing is named",
    against: [found("Type 'string' is not assignable to type 'number'.", "out/src/transfer/transfer.logic.ts")],
    blamed: ["transfer.create.settle", "transfer.create.settled"],
  },
  {
    title: "each of several",
    against: [found("freezeCard throws"), found("transfer.create.settle > adds up: no")],
    blamed: ["transfer.create.settle", "card.freeze"],
  },
  {
    title: "all where nothing tells",
    against: [found("the tests did not start")],
    blamed: ["transfer.create.settle", "transfer.create.settled", "card.freeze"],
  },
])("blames $title", ({ against, blamed }) => {
  expect(blamedSlots(slots, slots, against).map(({ id }) => id)).toEqual(blamed);
});

test("a slot that was filled before this run is not to blame", () => {
  const kept = slots.slice(0, 2);
  expect(blamedSlots(slots, kept, [found("card.freeze > an active card becomes frozen: no")])).toEqual(kept);
});
