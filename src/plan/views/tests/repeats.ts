import { logicMember } from "../logic-access.ts";
import { isIdempotencyKey, isIdempotent } from "../idempotency.ts";
import { arrange, expectStatus, send } from "./items.ts";
import { clientWith } from "./logic-calls.ts";
import type { RequestPlan } from "./requests.ts";
import { acceptedAnswer, answersOwnRow } from "./testing.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";

/** Tests that a request which is sent twice with one idempotency key is done once. */
export function repeatTests(plan: RequestPlan, home: TestHome): readonly TestView[] {
  const { operation } = plan;
  const header = operation.parameters.find(({ in: place, name }) => place === "header" && isIdempotencyKey(name));
  if (!plan.isValid || header === undefined || !isIdempotent(operation)) return [];
  const own = plan.members.some((member) => member.startsWith("headers:")) ? "...request.headers, " : "";
  const repeated = `{ ...request, headers: { ${own}"${header.name.toLowerCase()}": key } }`;
  if (operation.kind === "custom") return repeatedAction(plan, repeated, home);
  home.imports.value("randomUUID", "node:crypto");
  return [
    plainTest("does once what is asked twice with one key", [
      ...arrange(plan, home),
      "const key = randomUUID();",
      `const first = ${send(plan, repeated)};`,
      expectStatus("first", plan, operation.success.status),
      `const second = ${send(plan, repeated)};`,
      expectStatus("second", plan, operation.success.status),
      "expect(second.body).toBe(first.body);",
      'expect(second.headers["location"]).toBe(first.headers["location"]);',
    ]),
  ];
}

/** Business logic is asked once, and again where it failed. */
function repeatedAction(plan: RequestPlan, repeated: string, home: TestHome): readonly TestView[] {
  const slot = home.context.slot(plan.operation.slot ?? "");
  const member = `acceptingLogic.${logicMember(slot.home, home.context)}.${slot.functionName}`;
  if ((answersOwnRow(slot, home.context) ?? acceptedAnswer(slot, home.context)) === undefined) return [];
  home.imports.value("randomUUID", "node:crypto");
  const body = `async (...asked) => { times += 1; if (times === 1) throw new Error("Not this time."); return ${member}(...asked); }`;
  return [
    plainTest("does once what is asked twice with one key, and again what failed", [
      ...arrange(plan, home),
      "const key = randomUUID();",
      "let times = 0;",
      `const asking = ${clientWith(slot, body, home.context)};`,
      expectStatus(send(plan, repeated, "asking"), plan, 500),
      `const first = ${send(plan, repeated, "asking")};`,
      expectStatus("first", plan, plan.operation.success.status),
      `const second = ${send(plan, repeated, "asking")};`,
      expectStatus("second", plan, plan.operation.success.status),
      "expect(second.body).toBe(first.body);",
      "expect(times).toBe(2);",
    ]),
  ];
}
