import { literal } from "../../../render/escape.ts";
import { changedStatus, comparedRead, isTagged, mayBeKnown } from "../conditional.ts";
import { arrange, expectStatus, send } from "./items.ts";
import type { RequestPlan } from "./requests.ts";
import { acceptedAnswer, answersOwnRow } from "./testing.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";

/** Tests that versions are named, and compared where a request speaks of one (RFC 9110, 13). */
export function versionTests(plan: RequestPlan, home: TestHome): readonly TestView[] {
  if (!plan.isValid || (plan.operation.kind === "custom" && !isAnswered(plan, home))) return [];
  return [...tagTests(plan, home), ...expectationTests(plan, home)];
}

/** Whether accepting logic answers it. */
function isAnswered({ operation }: RequestPlan, { context }: TestHome): boolean {
  if (operation.slot === undefined) return false;
  const slot = context.slot(operation.slot);
  return (answersOwnRow(slot, context) ?? acceptedAnswer(slot, context)) !== undefined;
}

function tagTests(plan: RequestPlan, home: TestHome): readonly TestView[] {
  const { operation } = plan;
  if (operation.kind !== "read" || !isTagged(operation, home.context)) return [];
  const known = headersWith(plan, '"if-none-match": String(response.headers["etag"])');
  return [
    plainTest("names the version that it shows", [
      ...arrange(plan, home),
      `const response = ${send(plan)};`,
      'expect(response.headers["etag"]).toMatch(/^"[^"]+"$/);',
      ...(mayBeKnown(operation)
        ? [
            `const again = ${send(plan, known)};`,
            expectStatus("again", plan, 304),
            'expect(again.body).toBe("");',
            `const other = ${send(plan, headersWith(plan, `"if-none-match": ${literal('"another"')}`))};`,
            expectStatus("other", plan, operation.success.status),
          ]
        : []),
    ]),
  ];
}

function expectationTests(plan: RequestPlan, home: TestHome): readonly TestView[] {
  const read = comparedRead(plan.operation, home.context);
  const reading = read === undefined ? undefined : home.plans.get(read.name);
  if (reading?.isValid !== true || plan.item === undefined) return [];
  const expected = headersWith(plan, '"if-match": String(seen.headers["etag"])');
  const seen = `const seen = await client.send(${literal(reading.route)}, { params: request.params });`;
  return [
    plainTest("is done on the version that is expected", [
      ...arrange(plan, home),
      seen,
      expectStatus(send(plan, expected), plan, plan.operation.success.status),
    ]),
    plainTest("is not done on another version than the expected one", [
      ...arrange(plan, home),
      seen,
      expectStatus(
        send(plan, headersWith(plan, `"if-match": ${literal('"another"')}`)),
        plan,
        changedStatus(plan.operation),
      ),
      `const after = await client.send(${literal(reading.route)}, { params: request.params });`,
      'expect(after.headers["etag"]).toBe(seen.headers["etag"]);',
    ]),
  ];
}

/** The request with these headers besides. */
function headersWith(plan: RequestPlan, header: string): string {
  const own = plan.members.some((member) => member.startsWith("headers:")) ? "...request.headers, " : "";
  return `{ ...request, headers: { ${own}${header} } }`;
}
