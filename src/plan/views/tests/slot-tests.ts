import { warning } from "../../../diagnostic/catalog.ts";
import type { Diagnostic } from "../../../diagnostic/diagnostic.ts";
import { placeOf } from "../../../document/resolve.ts";
import type { Json } from "../../../document/openapi.ts";
import type { Name, Slot, SlotExample } from "../../../model/model.ts";
import { commentText, literal } from "../../../render/escape.ts";
import { slotsOf, type PlanContext } from "../../context.ts";
import { Imports } from "../imports.ts";
import { exampleCode, membersOf } from "./slot-example.ts";
import { importHelpers } from "./test-view.ts";

/** templates/entity/logic-test.hbs: the document's examples, tried on the real bodies. */
export interface SlotTestsView {
  readonly imports: readonly string[];
  readonly slots: readonly {
    readonly title: string;
    readonly id: string;
    readonly name: string;
    readonly tests: readonly { readonly title: string; readonly lines: readonly string[] }[];
  }[];
  readonly logicFile: string;
}

export function slotTestsView(name: Name, context: PlanContext): SlotTestsView | undefined {
  const imports = new Imports();
  const slots = slotsOf(context, name.type).flatMap((slot) => {
    const tests = slot.examples.flatMap((example, at) => exampleTest(slot, example, at, context));
    return tests.length === 0
      ? []
      : [{ title: literal(slot.id), id: literal(slot.id), name: literal(slot.functionName), tests, slot }];
  });
  if (slots.length === 0) return undefined;
  for (const { slot } of slots) imports.value(slot.functionName, `./${name.file}.logic.ts`);
  const code = slots.flatMap(({ tests }) => tests.flatMap(({ lines }) => lines)).join("\n");
  for (const word of ["beforeEach", "describe", "expect"]) imports.value(word, "vitest");
  imports.value("resetRows", "../testing/database.ts");
  imports.value("isOpen", "../testing/slots.ts");
  imports.value("slotTest", "../testing/slots.ts");
  importHelpers(code, imports);
  for (const [, row] of code.matchAll(/\b(given[A-Z]\w*|callers[A-Z]\w*)\(/g))
    imports.value(row ?? "", "../testing/rows.ts");
  if (/\bunique\./.test(code)) imports.value("unique", "../testing/rows.ts");
  return {
    imports: imports.lines(),
    slots: slots.map(({ slot: _, ...view }) => view),
    logicFile: literal(`./${name.file}.logic.ts`),
  };
}

/** Examples of the document that no test can be made of. */
export function untestedExamples(context: PlanContext): readonly Diagnostic[] {
  return context.model.slots.flatMap((slot) =>
    slot.examples.flatMap((example) => {
      const code = exampleCode(slot, example, context);
      if (code.problem === undefined) return [];
      const place = placeOf(context.document, example.pointer);
      return [warning("annotation/invalid", { place, saw: `${code.problem} No test is made of the example.` })];
    }),
  );
}

function exampleTest(
  slot: Slot,
  example: SlotExample,
  at: number,
  context: PlanContext,
): readonly { title: string; lines: readonly string[] }[] {
  const { lines } = exampleCode(slot, example, context);
  if (lines === undefined) return [];
  const title = example.title ?? `example ${at + 1}: ${expectation(slot, example.expect, context)}`;
  return [{ title: literal(commentText(title)), lines }];
}

/** What is expected, in a few words. */
function expectation(slot: Slot, expected: Json, context: PlanContext): string {
  if (expected === "accept") return "accepts";
  const { refuse, value, rows } = membersOf(expected);
  if (refuse !== undefined) return `refuses with ${inWords(refuse)}`;
  if (value !== undefined) return `answers ${inWords(value)}`;
  const counts = context.model.entities.flatMap(({ name }) => {
    const some = membersOf(rows)[name.plural];
    if (!Array.isArray(some)) return [];
    return [`${some.length} ${some.length === 1 ? name.words : name.pluralWords}`];
  });
  const verbs = { filter: "finds", field: "answers for" };
  const verb = slot.kind === "filter" || slot.kind === "field" ? verbs[slot.kind] : "leaves the right values in";
  return `${verb} ${counts.join(" and ")}`;
}

function inWords(value: Json): string {
  if (typeof value === "string") return value;
  const members = Object.entries(membersOf(value));
  return members.length === 0
    ? JSON.stringify(value)
    : members.map(([name, member]) => `${name} ${inWords(member)}`).join(", ");
}
