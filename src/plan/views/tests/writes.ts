import type { Json } from "../../../document/openapi.ts";
import type { Entity, Field } from "../../../model/model.ts";
import { literal, memberAccess, valueLiteral } from "../../../render/escape.ts";
import { fieldOf, hiddenIn } from "../../context.ts";
import { withoutHidden } from "../../hidden.ts";
import { rowGraph } from "./graph.ts";
import { givenCall } from "./rows.ts";
import {
  arrange,
  expectStatus,
  givenRow,
  makeRequest,
  readerOf,
  readerParams,
  routeOf,
  rowParams,
  send,
} from "./items.ts";
import { rowVariable, type BodyMember, type RequestPlan } from "./requests.ts";
import { expectation, pointer, shownBy, shownOfRow, type Shown, type ShownMember } from "./shown.ts";
import { allowsNull, storedValue } from "../values.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";

interface Expected {
  readonly path: readonly string[];
  readonly code: string;
}

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
        ...keepsRest(plan, entity, home),
        ...clears(plan, entity, home),
      ];
  }
}

function storesTest(plan: RequestPlan, entity: Entity, home: TestHome, title: string): TestView {
  const shown = shownRow(plan, entity);
  const sent = shown === undefined ? [] : sentMembers(plan, entity, shown, home, true);
  return plainTest(title, [
    ...arrange(plan, home),
    `const response = ${send(plan)};`,
    expectStatus("response", plan, plan.operation.success.status),
    ...(shown === undefined || sent.length === 0
      ? []
      : [`expect(valueAt(response, ${literal(shown.at)})).toHold(${expectation(sent)});`]),
    ...located(plan, entity, home),
    ...readBack(plan, entity, home, (seen) => sentMembers(plan, entity, seen, home, true)),
  ]);
}

export function shownRow(plan: RequestPlan, entity: Entity): Shown | undefined {
  const shown = shownBy(plan.operation);
  return shown?.kind === "row" && (shown.entity === entity.name.type || shown.entity === "") ? shown : undefined;
}

/** What the answer must show of what was sent. With `first`, defaults of read-only members too. */
function sentMembers(
  plan: RequestPlan,
  entity: Entity,
  shown: Shown,
  home: TestHome,
  withDefaults: boolean,
): readonly Expected[] {
  return shown.members.flatMap((member): readonly Expected[] => {
    const code = sentCode(plan, entity, member.field, home);
    if (code !== undefined) return [{ path: member.path, code }];
    const field = entity.fields.find(({ name }) => name === member.field);
    if (!withDefaults || plan.operation.kind !== "create" || field === undefined || !isDefaulted(field)) return [];
    return [{ path: member.path, code: valueLiteral(field.default) }];
  });
}

/** Set by the database alone, where a client may not say it. */
function isDefaulted(field: Field): boolean {
  return (
    field.origin === "read" &&
    field.role === "data" &&
    field.slot === undefined &&
    field.default !== undefined &&
    field.column !== undefined
  );
}

/** The code of what the request says of a field. */
function sentCode(plan: RequestPlan, entity: Entity, name: string, home: TestHome): string | undefined {
  const { body } = plan;
  const field = entity.fields.find((one) => one.name === name);
  if (field?.column === undefined || field.origin === "write") return undefined;
  const member = body?.members.find(
    (one) => one.code !== undefined && one.write?.target.kind === "field" && one.write.target.field === name,
  );
  if (member !== undefined && body !== undefined && isComparable(field, member)) {
    const hidden = hiddenIn(field, home.context);
    if (hidden.length === 0) return bodyAccess(body.wrap, member.name);
    return member.value === undefined ? undefined : valueLiteral(withoutHidden(member.value, hidden));
  }
  const parameter = plan.operation.parameters.find(
    ({ role, in: place }) => place === "path" && role.kind === "parent" && role.field === name,
  );
  return parameter !== undefined && plan.operation.kind === "create"
    ? `request.params${memberAccess(parameter.name)}`
    : undefined;
}

/** A body may spell a value otherwise than the column keeps it. */
function isComparable(field: Field, member: BodyMember): boolean {
  const type = typeof member.value;
  switch (field.type.kind) {
    case "integer":
    case "number":
    case "decimal":
    case "integer-enum":
      return type === "number";
    case "boolean":
      return type === "boolean";
    case "json":
      return true;
    default:
      return type === "string";
  }
}

export function bodyAccess(wrap: readonly string[], name: string): string {
  return `request.body${[...wrap, name].map(memberAccess).join("")}`;
}

/** The pointer of a member in a request. */
export function bodyPointer(plan: RequestPlan, ...path: readonly string[]): string {
  return pointer(["body", ...(plan.body?.wrap ?? []), ...path]);
}

function located(plan: RequestPlan, entity: Entity, home: TestHome): readonly string[] {
  const header = plan.operation.success.headers.find(({ source }) => source.kind === "location");
  const reader = readerOf(entity, home.context);
  if (header === undefined || plan.operation.kind !== "create") return [];
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

function readBack(
  plan: RequestPlan,
  entity: Entity,
  home: TestHome,
  expected: (shown: Shown) => readonly Expected[],
): readonly string[] {
  const reader = readerOf(entity, home.context);
  const seen = reader === undefined ? undefined : shownBy(reader);
  if (reader === undefined || seen === undefined || reader.name === plan.operation.name) return [];
  const answered = shownRow(plan, entity);
  const params =
    plan.item !== undefined
      ? rowParams(reader, rowVariable(plan.item), home.context)
      : answered === undefined
        ? undefined
        : readerParams(reader, answered, entity, "response", home.context);
  const members = expected(seen);
  if (params === undefined || members.length === 0) return [];
  return [
    `const read = await client.send(${routeOf(reader)}, { params: ${params} });`,
    `expect(read).toMatchResponse(${routeOf(reader)}, ${reader.success.status});`,
    `expect(valueAt(read, ${literal(seen.at)})).toHold(${expectation(members)});`,
  ];
}

/** Optional members that the request can do without: not a key by which the body says which row it is about. */
function spareMembers(plan: RequestPlan): readonly BodyMember[] {
  return (plan.body?.members ?? []).filter(
    ({ isRequired, code, write }) =>
      !isRequired && code !== undefined && !(plan.operation.variant === "key-in-body" && write?.target.kind === "key"),
  );
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
  return [{ path: member.path, code: member.isNullable ? "null" : "undefined" }];
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
      ({ field }) => isKept(field) && hiddenIn(fieldOf(entity, field), home.context).length === 0,
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
function isSteady(entity: Entity, name: string): boolean {
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

function keptMembers(shown: Shown, entity: Entity, row: string): readonly Expected[] {
  return shown.members.map(({ path, field, isNullable }) => {
    const own = fieldOf(entity, field);
    const code = `${row}${memberAccess(field)}`;
    return { path, code: isNullable && !own.isStoredNotNull && !own.isNullable ? `${code} ?? null` : code };
  });
}

/** Null in a change clears what may be null. */
function clears(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  const shown = shownRow(plan, entity);
  const member = spareMembers(plan).find(({ schema, write }) => {
    const target = write?.target;
    const field = target?.kind === "field" ? entity.fields.find(({ name }) => name === target.field) : undefined;
    return (
      allowsNull(schema) &&
      field?.column !== undefined &&
      !field.isStoredNotNull &&
      field.origin !== "write" &&
      field.references === undefined
    );
  });
  if (shown === undefined || member?.write?.target.kind !== "field") return [];
  const { field } = member.write.target;
  const seen = shown.members.find((one) => one.field === field);
  if (seen === undefined) return [];
  const expected = expectation([{ path: seen.path, code: seen.isNullable ? "null" : "undefined" }]);
  return [
    plainTest(`clears ${member.name} by null`, [
      givenRow(entity, home),
      `const request = changed(await ${plan.name}(${rowVariable(entity)}), ${literal(bodyPointer(plan, member.name))}, null);`,
      `const response = ${send(plan)};`,
      expectStatus("response", plan, plan.operation.success.status),
      `expect(valueAt(response, ${literal(shown.at)})).toHold(${expected});`,
    ]),
  ];
}

/** A row that is there is read as it is. */
export function readTests(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  if (!plan.isValid) return [];
  const shown = shownRow(plan, entity);
  const row = rowVariable(entity);
  return [
    plainTest(`shows ${entity.name.words === "" ? "the row" : `a stored ${entity.name.words}`} as it is`, [
      ...arrange(plan, home),
      `const response = ${send(plan)};`,
      expectStatus("response", plan, plan.operation.success.status),
      ...(shown === undefined || shown.members.length === 0
        ? []
        : [`expect(valueAt(response, ${literal(shown.at)})).toHold(${shownOfRow(shown, entity, row, home.context)});`]),
    ]),
  ];
}

export function deleteTests(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  if (!plan.isValid) return [];
  const reader = readerOf(entity, home.context);
  const row = rowVariable(entity);
  const params = reader === undefined ? "" : rowParams(reader, row, home.context);
  return [
    plainTest(`deletes the ${entity.name.words}, once, and no other`, [
      ...(reader === undefined ? [] : otherRow(plan, entity, home)),
      givenRow(entity, home),
      makeRequest(plan),
      expectStatus(send(plan), plan, plan.operation.success.status),
      ...(reader === undefined
        ? []
        : [
            `expect(await client.send(${routeOf(reader)}, { params: ${params} })).toMatchResponse(${routeOf(reader)}, 404);`,
          ]),
      expectStatus(send(plan), plan, 404),
      ...(reader === undefined || !canHaveTwo(entity, plan, home)
        ? []
        : [
            `expect(await client.send(${routeOf(reader)}, { params: ${rowParams(reader, "other", home.context)} })).toMatchResponse(${routeOf(reader)}, ${reader.success.status});`,
          ]),
    ]),
  ];
}

function otherRow(plan: RequestPlan, entity: Entity, home: TestHome): readonly string[] {
  return canHaveTwo(entity, plan, home) ? [`const other = ${givenCall(entity, home.imports)};`] : [];
}

function canHaveTwo(entity: Entity, plan: RequestPlan, home: TestHome): boolean {
  return plan.operation.parameters.some(({ role }) => role.kind === "key") && capacityOf(entity, home) > 1;
}

export function capacityOf(entity: Entity, home: TestHome): number {
  return rowGraph(home.context).capacity(entity);
}
