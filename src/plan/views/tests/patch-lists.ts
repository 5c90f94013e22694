import type { Json } from "../../../document/openapi.ts";
import type { Entity, Field } from "../../../model/model.ts";
import { valueLiteral } from "../../../render/escape.ts";
import { keptMembers, isSteady } from "./changes.ts";
import { expectStatus, givenRow, makeRequest, readerOf, send } from "./items.ts";
import { isDocumented, patchedMember } from "./patch-body.ts";
import { rowVariable, type RequestPlan } from "./requests.ts";
import { readBack, shownRow, type Expected } from "./sent.ts";
import { pointer, shownBy, type Shown } from "./shown.ts";
import { refusal, type Wrong } from "./statuses.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";

/** Tests that an update by JSON Patch is done whole or not at all, and to no more than may be changed. */
export function patchListTests(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  const found = patchedMember(plan.operation, home.context);
  if (found === undefined) return [];
  const path = pointer([found.field.name]);
  const change = { op: "replace", path, value: found.value };
  const [key = ""] = entity.key.fields;
  const refused: readonly (readonly [title: string, patch: Json, wrong: Wrong])[] = [
    ["a patch whose test does not hold", [change, { op: "test", path, value: "nothing like it" }], "conflict"],
    ["a patch of what is not there", [change, { op: "replace", path: "/no/such/member", value: 1 }], "body"],
    ["a patch of the key", [change, { op: "replace", path: pointer([key]), value: null }], "body"],
  ];
  return [
    ...keepsRest(plan, entity, home, found.field),
    ...refused
      .filter(([, patch]) => isDocumented(plan.operation, patch, home.context))
      .map(([title, patch, wrong]) =>
        plainTest(`refuses ${title}, and changes nothing`, [
          givenRow(entity, home),
          `const request = { ...(await ${plan.name}(${rowVariable(entity)})), body: ${valueLiteral(patch)} };`,
          expectStatus(send(plan), plan, refusal(plan.operation, wrong)),
          ...readBack(plan, entity, home, (seen) => kept(seen, entity)),
        ]),
      ),
  ];
}

function keepsRest(plan: RequestPlan, entity: Entity, home: TestHome, changed: Field): readonly TestView[] {
  const reader = readerOf(entity, home.context);
  const seen = shownRow(plan, entity) ?? (reader === undefined ? undefined : shownBy(reader));
  if (seen === undefined) return [];
  const expected = (shown: Shown): readonly Expected[] => [
    ...kept({ ...shown, members: shown.members.filter(({ field }) => field !== changed.name) }, entity),
    ...shown.members
      .filter(({ field }) => field === changed.name)
      .map(({ path }) => ({ path, code: "request.body[0]?.value" })),
  ];
  return [
    plainTest("changes what a patch names, and keeps the rest", [
      givenRow(entity, home),
      makeRequest(plan),
      expectStatus(send(plan), plan, plan.operation.success.status),
      ...readBack(plan, entity, home, expected),
    ]),
  ];
}

function kept(shown: Shown, entity: Entity): readonly Expected[] {
  const members = shown.members.filter(({ field }) => isSteady(entity, field));
  return keptMembers({ ...shown, members }, entity, rowVariable(entity));
}
