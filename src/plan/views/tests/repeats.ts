import { isIdempotencyKey, isIdempotent } from "../idempotency.ts";
import { arrange, expectStatus, send } from "./items.ts";
import type { RequestPlan } from "./requests.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";

/** Tests that a request which is sent twice with one idempotency key is done once. */
export function repeatTests(plan: RequestPlan, home: TestHome): readonly TestView[] {
  const { operation } = plan;
  const header = operation.parameters.find(({ in: place, name }) => place === "header" && isIdempotencyKey(name));
  if (!plan.isValid || header === undefined || !isIdempotent(operation)) return [];
  const own = plan.members.some((member) => member.startsWith("headers:")) ? "...request.headers, " : "";
  const repeated = `{ ...request, headers: { ${own}"${header.name.toLowerCase()}": key } }`;
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
