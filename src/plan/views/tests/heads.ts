import { operationsOf } from "../../context.ts";
import { arrange, expectStatus, send } from "./items.ts";
import type { RequestPlan } from "./requests.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";

/** HEAD answers as GET does, without the body (RFC 9110 §9.3.2), unless the document says something of its own. */
export function headTests(plan: RequestPlan, home: TestHome): readonly TestView[] {
  const { operation } = plan;
  if (!plan.isValid || operation.method !== "get" || operation.success.status >= 300) return [];
  const others = operationsOf(home.context, home.name.type).filter(({ path }) => path === operation.path);
  if (others.some(({ method }) => method === "head")) return [];
  return [
    plainTest("answers HEAD as GET, without a body", [
      ...arrange(plan, home),
      `const response = ${send(plan)};`,
      expectStatus("response", plan, operation.success.status),
      `const head = ${send(plan, '{ ...request, method: "HEAD" }')};`,
      "expect(head.statusCode).toBe(response.statusCode);",
      'expect(head.headers["content-type"]).toBe(response.headers["content-type"]);',
      'expect(head.body).toBe("");',
    ]),
  ];
}
