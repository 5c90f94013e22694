import type { Operation, Slot } from "../../../model/model.ts";
import { commentText, literal } from "../../../render/escape.ts";
import type { PlanContext } from "../../context.ts";
import { Imports } from "../imports.ts";
import { logicMember } from "../logic-access.ts";
import { refusalCodes, slotInputs } from "../signatures.ts";
import { expectStatus, givenRow, makeRequest, send } from "./items.ts";
import type { RequestPlan } from "./requests.ts";
import { caseTest, plainTest, type TestHome, type TestView } from "./test-view.ts";

/** Tests that an operation asks its business logic, and does what it says. */
export function logicCallTests(plan: RequestPlan, home: TestHome): readonly TestView[] {
  if (!plan.isValid) return [];
  const { operation } = plan;
  const own = operation.slot === undefined ? [] : [operation.slot];
  const slots = [...operation.slots, ...own].map((id) => home.context.slot(id));
  return slots.flatMap((slot) => {
    if (slot.kind === "effect") return effectTests(plan, slot, home);
    return slot.kind === "rule" || slot.kind === "operation" ? refusalTests(plan, slot, home) : [];
  });
}

/** The code of a client of a service in which one function of the logic is another one. */
export function clientWith(slot: Slot, body: string, context: PlanContext): string {
  const member = logicMember(slot.home, context);
  return `await clientWith({ ${member}: { ...acceptingLogic.${member}, ${slot.functionName}: ${body} } })`;
}

/** `async (_1, _2, context) => …` */
function withContext(slot: Slot, body: string, context: PlanContext): string {
  const inputs = slotInputs(slot, context, new Imports(), "logic").map((_, at) => `_${at + 1}`);
  return `async (${[...inputs, "context"].join(", ")}) => ${body}`;
}

function refusalTests(plan: RequestPlan, slot: Slot, home: TestHome): readonly TestView[] {
  const cases = refusalCodes(slot)
    .map((code) => ({ code, status: slot.refuse[code] ?? 409 }))
    .filter(({ status }) => isDocumented(plan.operation, status))
    .map(({ code, status }) => `{ code: ${literal(code)}, status: ${status} } as const`);
  const refuse = withContext(slot, "context.refuse(code)", home.context);
  return caseTest(`answers $status where ${slot.functionName} refuses with $code`, cases, "{ code, status }", [
    ...(plan.item === undefined ? [] : [givenRow(plan.item, home)]),
    makeRequest(plan),
    ...unchanged(plan, home, [
      `const refusing = ${clientWith(slot, refuse, home.context)};`,
      expectStatus(send(plan, "request", "refusing"), plan, "status"),
    ]),
  ]);
}

/** A status that tests know the body of: the document's own, or one of the protocol. */
function isDocumented({ failures }: Operation, status: number): boolean {
  return status === 409 || failures.some((failure) => [status, 0, Math.floor(status / 100)].includes(failure.status));
}

function effectTests(plan: RequestPlan, slot: Slot, home: TestHome): readonly TestView[] {
  const { context } = home;
  const note = "async () => void (asked += 1)";
  const fail = 'async () => { throw new Error("An effect fails."); }';
  const name = commentText(slot.functionName);
  const given = plan.item === undefined ? [] : [givenRow(plan.item, home)];
  return [
    plainTest(`asks ${name} for what follows, once`, [
      ...given,
      makeRequest(plan),
      "let asked = 0;",
      `const asking = ${clientWith(slot, note, context)};`,
      expectStatus(send(plan, "request", "asking"), plan, plan.operation.success.status),
      "expect(asked).toBe(1);",
    ]),
    plainTest(`stores nothing where ${name} fails`, [
      ...given,
      makeRequest(plan),
      ...unchanged(plan, home, [
        `const failing = ${clientWith(slot, fail, context)};`,
        expectStatus(send(plan, "request", "failing"), plan, 500),
      ]),
    ]),
  ];
}

/** Lines after which the rows of the operation's entity are what they were before. */
export function unchanged(plan: RequestPlan, home: TestHome, lines: readonly string[]): readonly string[] {
  const { entity } = home;
  if (entity === undefined) return lines;
  const table = literal(entity.table);
  return [
    `const before = await storedRows(${table});`,
    ...lines,
    `expect(await storedRows(${table})).toEqual(before);`,
  ];
}
