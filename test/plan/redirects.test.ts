import { expect, test } from "vitest";
import { logicView } from "../../src/plan/views/logic.ts";
import { routesView } from "../../src/plan/views/routes.ts";
import { homeTestsView } from "../../src/plan/views/tests/home-tests.ts";
import { acceptingLogicView } from "../../src/plan/views/tests/testing.ts";
import { contextOf, operationAt } from "./models.ts";

const responses = { "302": { description: "Elsewhere." }, default: { description: "Something went wrong." } };
const context = contextOf({ "/follow": { get: { operationId: "follow", responses } } });
const [home] = context.model.groups;
if (home === undefined) throw new Error("There is no home.");

test("a redirect is what the document lists where it lists no success", () => {
  expect(operationAt(context, "get", "/follow").success).toEqual({
    status: 302,
    headers: [{ name: "Location", source: { kind: "answer" } }],
  });
});

test("a redirect leads to the address that business logic answers", () => {
  expect(routesView(home.name, undefined, context).routes[0]?.statements).toEqual([
    "const answer = await request.operation((context) => follow({}, context));",
    'return reply.code(302).header("location", answer).send();',
  ]);
  const [slot] = logicView(home.name, context).slots;
  expect(slot?.signature).toContain("Promise<string | Refusal<");
  expect(slot?.role).toBe("operation, GET /follow, which redirects to the address that is answered");
});

test("tests follow the address that accepting logic answers", () => {
  expect(JSON.stringify(acceptingLogicView(context))).toContain("https://example.com/elsewhere");
  const { describes } = homeTestsView(home.name, undefined, context);
  const lines = describes.flatMap(({ tests }) => tests.flatMap((one) => one.lines));
  expect(lines).toContain('expect(response.headers["location"]).toBe("https://example.com/elsewhere");');
});

test("tests ask the business logic with what was sent, and let it fail", () => {
  const { describes } = homeTestsView(home.name, undefined, context);
  const asks = describes
    .flatMap(({ tests }) => tests)
    .find(({ title }) => title.includes("asks follow with what was sent"));
  expect(asks?.lines.slice(-7)).toEqual([
    "expect(asked).toHaveLength(1);",
    "expect(asked[0]).toEqual(request);",
    'const failed = await asking.send("GET /follow", request);',
    'expect(failed).toMatchResponse("GET /follow", 500);',
    'expect(failed.body).not.toContain("An inner detail.");',
    String.raw`expect(failed.body).not.toMatch(/\n {4}at /);`,
    "expect(asked).toHaveLength(2);",
  ]);
});
