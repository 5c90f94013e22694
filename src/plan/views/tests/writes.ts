import type { Json } from "../../../document/openapi.ts";
import type { Entity } from "../../../model/model.ts";
import { literal, memberAccess, propertyKey, valueLiteral } from "../../../render/escape.ts";
import { fieldOf } from "../../context.ts";
import { storedValue } from "../values.ts";
import { isLocated } from "../routes/headers.ts";
import { changeTests } from "./changes.ts";
import { hasCallersRow } from "./graph.ts";
import { expectStatus, givenRow, hasOthers, makeRequest, readerOf, routeOf, send } from "./items.ts";
import { expectJoined, joinsBefore } from "./joined.ts";
import { mergeTests } from "./merges.ts";
import { patchedMember } from "./patch-body.ts";
import { rowVariable, type BodyMember, type RequestPlan } from "./requests.ts";
import { givenCall } from "./rows.ts";
import { bodyPointer, readBack, sentMembers, shownRow, spareMembers, type Expected } from "./sent.ts";
import { expectation, pointer, type Shown, shownNothing, type ShownMember } from "./shown.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";

/** Tests that a create, an update or a replacement stores what it was sent, and shows it. */
export function writeTests(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  if (!plan.isValid) return [];
  const { kind } = plan.operation;
  switch (kind) {
    case "create":
      return [
        storesTest(plan, entity, home, "stores what it was sent, and shows it"),
        ...leavesOut(plan, entity, home),
      ];
    case "replace":
      return [storesTest(plan, entity, home, "replaces what was there"), ...leavesOut(plan, entity, home)];
    default:
      return [
        storesTest(plan, entity, home, "changes what it was sent"),
        ...changeTests(plan, entity, home),
        ...mergeTests(plan, entity, home),
      ];
  }
}

function storesTest(plan: RequestPlan, entity: Entity, home: TestHome, title: string): TestView {
  const shown = shownRow(plan, entity);
  const sent = shown === undefined ? [] : sentMembers(plan, entity, shown, home, true);
  const hasOther = plan.item !== undefined && hasOthers(entity, plan, home);
  const table = literal(entity.table);
  return plainTest(hasOther ? `${title}, and no other ${entity.name.words}` : title, [
    ...(hasOther ? [`${givenCall(entity, home.imports)};`, `const others = await storedRows(${table});`] : []),
    ...(plan.item === undefined ? [] : [givenRow(plan.item, home, earlier(plan, entity, shown, home))]),
    ...(plan.operation.kind === "replace" ? joinsBefore(plan, entity, home) : []),
    makeRequest(plan),
    `const response = ${send(plan)};`,
    expectStatus("response", plan, plan.operation.success.status),
    ...(shown === undefined || sent.length === 0
      ? []
      : [`expect(valueAt(response, ${literal(shown.at)})).toHold(${expectation(sent)});`]),
    ...(shown === undefined ? [] : moments(plan, entity, shown, home)),
    ...expectJoined(plan, entity, home),
    ...located(plan, entity, home),
    ...readBack(plan, entity, home, (seen) => sentMembers(plan, entity, seen, home, true)),
    ...(hasOther ? [`expect(await storedRows(${table})).toEqual(expect.arrayContaining([...others]));`] : []),
  ]);
}

/** The members of a row that was changed long before, so that two changes within one millisecond fail no test. */
function earlier(plan: RequestPlan, entity: Entity, shown: Shown | undefined, { context }: TestHome): string {
  if (shown === undefined || plan.operation.kind === "create" || hasCallersRow(entity, context)) return "";
  const touched = entity.fields.filter(({ name, role }) => role === "updated-at" && isMoment(name, entity, shown));
  const members = touched.map(({ name }) => `${propertyKey(name)}: "2020-02-29T09:30:00Z"`);
  return members.length === 0 ? "" : `{ ${members.join(", ")} }`;
}

function isMoment(name: string, entity: Entity, shown: Shown): boolean {
  const { column, origin, type } = fieldOf(entity, name);
  const isShown = shown.members.some(({ field }) => field === name);
  return isShown && column !== undefined && origin === "read" && type.kind === "date-time";
}

/** What each write sets by itself: when a row was made and changed, and how often. */
function moments(plan: RequestPlan, entity: Entity, shown: Shown, home: TestHome): readonly string[] {
  const isCreate = plan.operation.kind === "create";
  return shown.members.flatMap(({ path, field: name }) => {
    const field = entity.fields.find((one) => one.name === name);
    if (field?.column === undefined || field.origin !== "read") return [];
    const value = `expect(valueAt(response, ${literal(shown.at + pointer(path))}))`;
    const before = plan.item === undefined ? "" : `${rowVariable(plan.item)}${memberAccess(name)}`;
    const isInstant = field.type.kind === "date-time";
    if (isCreate && isInstant && (field.role === "created-at" || field.role === "updated-at"))
      return [`${value}.toSatisfy(isRecent);`];
    if (before === "" || isCreate || !setsSomething(plan, home)) return [];
    if (field.role === "updated-at" && isInstant) return [`${value}.not.toEqual(${before});`];
    return field.role === "version" ? [`${value}.toBe(Number(${before}) + 1);`] : [];
  });
}

/** A change that says nothing changes nothing. */
function setsSomething({ body, operation }: RequestPlan, { context }: TestHome): boolean {
  if (operation.variant === "json-patch") return patchedMember(operation, context) !== undefined;
  const isSent = body?.members.some(
    ({ code, write }) => code !== undefined && write !== undefined && write.target.kind !== "ignored",
  );
  return (isSent ?? operation.body !== undefined) || operation.parameters.some(({ role }) => role.kind === "value");
}

function located(plan: RequestPlan, entity: Entity, home: TestHome): readonly string[] {
  const { operation } = plan;
  const source = operation.success.headers.map((header) => header.source).find(({ kind }) => kind === "location");
  const reader = readerOf(entity, home.context);
  if (source?.kind !== "location" || operation.kind !== "create") return [];
  if (!isLocated({ operation, entity }, source.path)) return [];
  if (reader === undefined) return [`expect(response.headers).toHaveProperty("location");`];
  return [
    "const located = await client.follow(response);",
    `expect(located).toMatchResponse(${routeOf(reader)}, ${reader.success.status});`,
    ...(shownRow(plan, entity) === undefined ||
    JSON.stringify(reader.success.shape) !== JSON.stringify(plan.operation.success.shape)
      ? []
      : ["expect(located.json<unknown>()).toEqual(response.json<unknown>());"]),
  ];
}

function leavesOut(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  const spare = spareMembers(plan);
  const shown = shownRow(plan, entity);
  const isBelowLeast = (plan.body?.schema.minProperties ?? 0) > (plan.body?.members.length ?? 0) - spare.length;
  if (spare.length === 0 || isBelowLeast) return [];
  const expected = (seen: Shown): readonly Expected[] =>
    seen.members.flatMap((member) => absent(member, spare, entity));
  const title =
    plan.operation.kind === "create"
      ? "leaves out what it was not given, and takes defaults"
      : "clears what it was not given";
  const pointers = spare.map(({ name }) => bodyPointer(plan, name));
  const members = shown === undefined ? [] : expected(shown);
  return [
    plainTest(title, [
      ...(plan.item === undefined ? [] : [givenRow(plan.item, home)]),
      `const request = without(await ${plan.name}(${plan.item === undefined ? "" : rowVariable(plan.item)}), ${valueLiteral(pointers)});`,
      `const response = ${send(plan)};`,
      expectStatus("response", plan, plan.operation.success.status),
      ...(shown === undefined || members.length === 0
        ? []
        : [`expect(valueAt(response, ${literal(shown.at)})).toHold(${expectation(members)});`]),
      ...readBack(plan, entity, home, expected),
    ]),
  ];
}

/** What an answer shows of a member that was not given. */
function absent(member: ShownMember, spare: readonly BodyMember[], entity: Entity): readonly Expected[] {
  const field = entity.fields.find(({ name }) => name === member.field);
  const isSpare = spare.some(({ write }) => write?.target.kind === "field" && write.target.field === member.field);
  if (
    !isSpare ||
    field?.column === undefined ||
    field.origin === "write" ||
    (field.role !== "data" && field.role !== "reference")
  )
    return [];
  const fallback: Json | undefined = field.default ?? null;
  if (fallback !== null) return [{ path: member.path, code: valueLiteral(storedValue(field, fallback)) }];
  if (field.isStoredNotNull) return [];
  return [{ path: member.path, code: shownNothing(member) }];
}
