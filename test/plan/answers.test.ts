import { expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import { contractView } from "../../src/plan/views/contract.ts";
import { Imports } from "../../src/plan/views/imports.ts";
import { slotSignature } from "../../src/plan/views/signatures.ts";
import { json } from "../model/pets.ts";
import { contextOfThings, text, thing } from "./models.ts";

const report: Json = thing({
  "title!": text,
  "pages!": { type: "array", items: thing({ "number!": { type: "integer" }, "words!": { type: "integer" } }) },
  author: text,
});

function reportsOf(answers: Readonly<Record<string, Json>>) {
  const paths = Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      `/reports/${name}`,
      { post: { operationId: name, tags: ["reports"], responses: { "200": json(answer) } } },
    ]),
  );
  const context = contextOfThings({ schemas: {}, paths });
  const [group] = context.model.groups;
  if (group === undefined) throw new Error("The operations belong to no group.");
  const answerOf = (name: string): string => {
    const imports = new Imports();
    const slot = context.model.slots.find((one) => one.operations.includes(name));
    if (slot === undefined) throw new Error(`${name} is no slot.`);
    return slotSignature(slot, context, imports, "logic").replace(/^.*\): /, "");
  };
  return { contract: contractView(group.name, undefined, context), answerOf };
}

test("a long answer has a name, that of its first operation where several answer alike", () => {
  const { contract, answerOf } = reportsOf({ draft: report, print: report });
  expect(answerOf("draft")).toBe("Promise<DraftAnswer | Refusal<DraftCode>>");
  expect(answerOf("print")).toBe("Promise<DraftAnswer | Refusal<PrintCode>>");
  expect(contract.interfaces.find(({ name }) => name === "DraftAnswer")).toEqual({
    doc: "/** The answer of POST /reports/draft, POST /reports/print. */",
    name: "DraftAnswer",
    members: [
      { doc: "", text: "title: string;" },
      { doc: "", text: "pages: readonly ({ readonly number: number; readonly words: number })[];" },
      { doc: "", text: "author?: string;" },
    ],
  });
});

test("a long answer that is no plain object is an alias", () => {
  const { contract, answerOf } = reportsOf({ draft: { type: "array", items: report } });
  expect(answerOf("draft")).toBe("Promise<DraftAnswer | Refusal<DraftCode>>");
  const texts = contract.aliases.map(({ text }) => text);
  expect(texts).toContainEqual(
    expect.stringMatching(/^export type DraftAnswer = readonly \(?\{ readonly title: string; /),
  );
});

test("a short answer stands in the signature", () => {
  const { contract, answerOf } = reportsOf({ count: thing({ "count!": { type: "integer" } }) });
  expect(answerOf("count")).toBe("Promise<{ readonly count: number } | Refusal<CountCode>>");
  expect(contract.interfaces.map(({ name }) => name)).not.toContain("CountAnswer");
});
