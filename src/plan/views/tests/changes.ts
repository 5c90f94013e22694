import type { Entity } from "../../../model/model.ts";
import { literal, memberAccess, valueLiteral } from "../../../render/escape.ts";
import { fieldOf } from "../../context.ts";
import { isShownAsStored } from "../shown-values.ts";
import { allowsNull } from "../../nullable.ts";
import { expectStatus, givenRow, readerOf, send } from "./items.ts";
import { isJson, rowVariable, type RequestPlan } from "./requests.ts";
import { bodyPointer, readBack, sentMembers, shownRow, spareMembers, type Expected } from "./sent.ts";
import { expectation, shownBy, shownCode, shownNothing, type Shown } from "./shown.ts";
import { caseTest, plainTest, type TestHome, type TestView } from "./test-view.ts";

/** Tests that a change says nothing of what it leaves out, and clears by null what may be null. */
export function changeTests(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  return [...keepsRest(plan, entity, home), ...keepsRestOfHeld(plan, entity, home), ...clears(plan, entity, home)];
}

/** Where the body is one member's value, a part of it leaves the rest of that value as it was. */
function keepsRestOfHeld(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  const held = plan.operation.body?.shape?.held;
  const [spare] = spareMembers(plan);
  const reader = readerOf(entity, home.context);
  const seen = shownRow(plan, entity) ?? (reader === undefined ? undefined : shownBy(reader));
  if (plan.operation.kind !== "update" || held === undefined || spare === undefined || seen === undefined) return [];
  const row = rowVariable(entity);
  const sent = `request.body${(plan.body?.wrap ?? []).map(memberAccess).join("")}`;
  const expected = (whole: Shown): readonly Expected[] =>
    whole.members
      .filter(({ field }) => field === held)
      .map(({ path }) => ({ path, code: `{ ...${row}${memberAccess(held)}, ...${sent} }` }));
  return [
    plainTest("keeps what it was not given of a value", [
      givenRow(entity, home),
      `const request = without(await ${plan.name}(${row}), [${literal(bodyPointer(plan, spare.name))}]);`,
      `const response = ${send(plan)};`,
      expectStatus("response", plan, plan.operation.success.status),
      ...readBack(plan, entity, home, expected),
    ]),
  ];
}

function keepsRest(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  const shown = shownRow(plan, entity);
  const reader = readerOf(entity, home.context);
  const seen = shown ?? (reader === undefined ? undefined : shownBy(reader));
  const spare = spareMembers(plan).filter(({ write }) => write?.target.kind === "field");
  const [first, ...others] = spare;
  if (seen === undefined || first === undefined || plan.body === undefined) return [];
  const sent = new Set(
    plan.body.members.flatMap(({ name, code, write }) =>
      code !== undefined &&
      !others.some((other) => other.name === name) &&
      write !== undefined &&
      "field" in write.target
        ? [write.target.field]
        : [],
    ),
  );
  const isKept = (field: string): boolean => !sent.has(field) && isSteady(entity, field);
  const keep = (whole: Shown): Shown => ({
    ...whole,
    members: whole.members.filter(
      ({ field }) => isKept(field) && isShownAsStored(fieldOf(entity, field), home.context),
    ),
  });
  const kept = keep(seen);
  if (kept.members.length === 0) return [];
  const row = rowVariable(entity);
  const expected = (whole: Shown): readonly Expected[] => [
    ...keptMembers(keep(whole), entity, row),
    ...sentMembers(
      plan,
      entity,
      { ...whole, members: whole.members.filter(({ field }) => sent.has(field)) },
      home,
      false,
    ),
  ];
  return [
    plainTest("keeps what it was not given", [
      givenRow(entity, home),
      `const request = without(await ${plan.name}(${row}), ${valueLiteral(others.map(({ name }) => bodyPointer(plan, name)))});`,
      `const response = ${send(plan)};`,
      expectStatus("response", plan, plan.operation.success.status),
      ...(shown === undefined
        ? []
        : [`expect(valueAt(response, ${literal(shown.at)})).toHold(${expectation(expected(shown))});`]),
      ...readBack(plan, entity, home, expected),
    ]),
  ];
}

/** Changes only when a request says so. */
export function isSteady(entity: Entity, name: string): boolean {
  const field = entity.fields.find((one) => one.name === name);
  const isTouched =
    field === undefined || ["updated-at", "version", "computed", "value", "actor", "relation"].includes(field.role);
  return (
    !isTouched &&
    field.column !== undefined &&
    field.origin !== "write" &&
    field.slot === undefined &&
    field.constant === undefined
  );
}

export function keptMembers(shown: Shown, entity: Entity, row: string): readonly Expected[] {
  return shown.members
    .filter(({ field, isText }) => isText !== true || fieldOf(entity, field).isStoredNotNull)
    .map((member) => ({ path: member.path, code: shownCode(member, entity, row) }));
}

/** Null in a change clears what may be null. */
function clears(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  const shown = shownRow(plan, entity);
  if (shown === undefined || !isJson(plan)) return [];
  const cases = spareMembers(plan).flatMap(({ name, schema, write }) => {
    const field = write?.target.kind === "field" ? fieldOf(entity, write.target.field) : undefined;
    const seen = shown.members.find((one) => one.field === field?.name);
    const isCleared = allowsNull(schema) && field?.column !== undefined && !field.isStoredNotNull;
    if (!isCleared || field.origin === "write" || seen === undefined) return [];
    const expected = expectation([{ path: seen.path, code: shownNothing(seen) }]);
    return [`{ name: ${literal(name)}, at: ${literal(bodyPointer(plan, name))}, shown: ${expected} }`];
  });
  return caseTest("clears $name by null", cases, "{ at, shown }", [
    givenRow(entity, home),
    `const request = changed(await ${plan.name}(${rowVariable(entity)}), at, null);`,
    `const response = ${send(plan)};`,
    expectStatus("response", plan, plan.operation.success.status),
    `expect(valueAt(response, ${literal(shown.at)})).toHold(shown);`,
  ]);
}
