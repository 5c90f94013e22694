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
    if (slot.kind === "operation") return [...handlerTests(plan, slot, home), ...refusalTests(plan, slot, home)];
    return slot.kind === "rule" ? refusalTests(plan, slot, home) : [];
  });
}

/**
 * What handles an operation is asked once for each request, with what was sent, and a caller hears nothing of what goes
 * wrong there. One service shows both, because a large API takes long to build.
 */
function handlerTests(plan: RequestPlan, slot: Slot, home: TestHome): readonly TestView[] {
  const fail = 'if (asked.length > 1) throw new Error("An inner detail.");';
  const body = `async (one, context) => { asked.push(one); ${fail} return context.notImplemented(); }`;
  return [
    plainTest(`asks ${commentText(slot.functionName)} with what was sent, and tells nothing of what goes wrong there`, [
      ...(plan.item === undefined ? [] : [givenRow(plan.item, home)]),
      makeRequest(plan),
      "const asked: object[] = [];",
      `const asking = ${clientWith(slot, body, home.context)};`,
      expectStatus(send(plan, "request", "asking"), plan, 501),
      "expect(asked).toHaveLength(1);",
      ...expectSent(plan),
      `const failed = ${send(plan, "request", "asking")};`,
      expectStatus("failed", plan, 500),
      'expect(failed.body).not.toContain("An inner detail.");',
      String.raw`expect(failed.body).not.toMatch(/\n {4}at /);`,
      "expect(asked).toHaveLength(2);",
    ]),
  ];
}

/**
 * The line that expects the request as it was sent: arguments of one type each are read as they are written. What may be
 * left out may have a default, headers are more than what was sent, and keys of rows may be spelled otherwise.
 */
function expectSent({ operation, members, setup, item }: RequestPlan): readonly string[] {
  const isRead = operation.parameters.every(
    ({ in: place, isRequired, schema }) =>
      (place !== "path" && !isRequired) || /^(string|integer|number|boolean)$/.test([schema.type ?? []].flat().join()),
  );
  const isPlain = members.every((member) => /^(params|query):/.test(member));
  if (!isRead || !isPlain || operation.body !== undefined || item !== undefined || setup.length > 0) return [];
  const isWhole = operation.parameters.every(
    ({ in: place, isRequired }) => place === "path" || (place === "query" && isRequired),
  );
  if (isWhole) return ["expect(asked[0]).toEqual(request);"];
  return members.length === 0 ? [] : ["expect(asked[0]).toMatchObject(request);"];
}

/** The code of a client of a service in which one function of the logic is another one. */
export function clientWith(slot: Slot, body: string, context: PlanContext): string {
  const member = logicMember(slot.home, context);
  return `clientWith({ ${member}: { ...acceptingLogic.${member}, ${slot.functionName}: ${body} } })`;
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
