import { describe, expect, test } from "vitest";
import { Imports } from "../../src/plan/views/imports.ts";
import { slotSignature } from "../../src/plan/views/signatures.ts";
import { groupContext, ruledNotes } from "./ruled-notes.ts";

describe("a slot is given", () => {
  test.each([
    { title: "the body that a create brings", rule: { on: "create" }, inputs: "note: NewNote" },
    { title: "the row that a delete takes away", rule: { on: "delete" }, inputs: "note: Note" },
    {
      title: "the change and the row where a row is there",
      rule: { on: "replace" },
      inputs: "note: NewNote, current: Note",
    },
    {
      title: "the row only where there is one, on create and replace",
      rule: { on: ["create", "replace"] },
      inputs: "note: NewNote, current: Note | undefined",
    },
    {
      title: "a body that may be left out as such",
      rule: { on: "update" },
      inputs: "note: NewNote | undefined, current: Note",
    },
    { title: "the row that was written, for an effect", rule: { kind: "effect", on: "create" }, inputs: "note: Note" },
    {
      title: "the rows of a page, for a field",
      rule: { kind: "field", field: "length" },
      inputs: "notes: readonly Note[]",
    },
    {
      title: "a parameter's value, for a filter",
      rule: { kind: "filter", on: "list", parameter: "near" },
      inputs: "value: number",
    },
  ])("$title", ({ rule, inputs }) => {
    const { context, slot } = ruledNotes({ id: "note.it", ...rule });
    expect(slotSignature(slot, context, new Imports(), "contract")).toContain(`(${inputs}, context: `);
  });

  test("the request, for an operation", () => {
    const { context, slot } = groupContext();
    expect(slotSignature(slot, context, new Imports(), "contract")).toMatch(
      /^\(request: PingRequest, context: PingContext\)/,
    );
  });
});

describe("a slot answers", () => {
  test.each([
    { title: "with a verdict, for a rule", rule: { refuse: { odd: 422 } }, answer: "Promise<Verdict<IsItCode>>" },
    { title: "with nothing, for an effect", rule: { kind: "effect" }, answer: "Promise<void>" },
    {
      title: "with a condition, for a filter",
      rule: { kind: "filter", on: "list", parameter: "near" },
      answer: "RowCondition<Note>",
    },
    {
      title: "with a value for each row, for a field",
      rule: { kind: "field", field: "length" },
      answer: "Promise<readonly (number | undefined)[]>",
    },
    {
      title: "with what the column takes, for a value",
      rule: { kind: "value", field: "slug" },
      answer: "Promise<string | null>",
    },
  ])("$title", ({ rule, answer }) => {
    const { context, slot } = ruledNotes({ id: "note.it", ...rule });
    expect(slotSignature(slot, context, new Imports(), "contract").endsWith(`): ${answer}`)).toBe(true);
  });

  test("with the document's answer or a refusal, for an operation", () => {
    const { context, slot } = groupContext();
    expect(slotSignature(slot, context, new Imports(), "contract")).toContain(
      ": Promise<{ readonly ok?: boolean } | Refusal<PingCode>>",
    );
  });
});

test("a contract declares its types, and a logic file imports them", () => {
  const { context, slot } = ruledNotes({ id: "note.it", on: "create", refuse: { odd: 422 } });
  const [inContract, inLogic] = [new Imports(), new Imports()];
  const signature = slotSignature(slot, context, inContract, "contract");
  expect(slotSignature(slot, context, inLogic, "logic")).toBe(signature);
  expect(inContract.lines()).toEqual(['import type { Verdict } from "../contract.ts";']);
  expect(inLogic.lines()).toEqual([
    'import type { Verdict } from "../contract.ts";',
    'import type { IsItCode, IsItContext, NewNote } from "./note.contract.ts";',
  ]);
});

test("a type of a slot does not hide one of the package", () => {
  const { context, slot } = ruledNotes({ id: "note.filter", kind: "effect" });
  expect(slotSignature(slot, context, new Imports(), "contract")).toContain("context: FilterSlotContext");
});
