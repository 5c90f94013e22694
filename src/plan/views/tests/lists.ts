import { standsForCaller } from "../ownership.ts";
import type { Entity } from "../../../model/model.ts";
import { literal, memberAccess, propertyKey } from "../../../render/escape.ts";
import { fieldOf, isOnly } from "../../context.ts";
import { capacityOf, expectStatus, makeRequest, send } from "./items.ts";
import { keyField } from "./about-row.ts";
import type { RequestPlan } from "./requests.ts";
import { givenCall, joinName } from "./rows.ts";
import { distinguishing, uniquesOf } from "./uniques.ts";
import { pagePointer, pointer, shownBy, shownOfRow, type Shown } from "./shown.ts";
import { hasCallersRow } from "./graph.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";

/** A list, and how its tests tell rows apart. */
export interface ListPlan {
  readonly plan: RequestPlan;
  readonly entity: Entity;
  readonly home: TestHome;
  readonly shown: Shown;
  /** The member of a row, and where the list shows it; undefined where rows can only be counted. */
  readonly identity: { readonly field: string; readonly at: string; readonly isText: boolean } | undefined;
  readonly capacity: number;
}

export function listPlan(plan: RequestPlan, entity: Entity, home: TestHome): ListPlan | undefined {
  const shown = shownBy(plan.operation);
  if (
    !plan.isValid ||
    shown === undefined ||
    shown.kind === "row" ||
    (shown.entity !== "" && shown.entity !== entity.name.type)
  )
    return undefined;
  const names = [
    ...(entity.key.fields.length === 1 ? entity.key.fields : []),
    ...uniquesOf(entity, home.context).keys(),
    ...compoundPart(entity),
  ];
  const members = names.flatMap((name) =>
    shown.members.filter(({ field }) => field === name && fieldOf(entity, name).column !== undefined),
  );
  const [member] = members;
  const below = plan.within.some(
    ({ field }) => entity.unique.some((set) => isOnly(set, field)) || isOnly(entity.key.fields, field),
  );
  return {
    plan,
    entity,
    home,
    shown,
    identity:
      member === undefined
        ? undefined
        : { field: member.field, at: pointer(member.path), isText: member.isText === true },
    capacity: below ? 1 : capacityOf(entity, home),
  };
}

function compoundPart(entity: Entity): readonly string[] {
  const field = entity.key.fields.length > 1 ? distinguishing(entity, entity.key.fields) : undefined;
  return field === undefined ? [] : [field.name];
}

/** The members that rows need to be in the list, and more. */
export function inList({ plan }: ListPlan, ...more: readonly string[]): string {
  return beyondList(plan, "", ...more);
}

/** The same less one member, so that the row is in the list by all but that one. */
export function beyondList(plan: RequestPlan, name: string, ...more: readonly string[]): string {
  const within = plan.within.filter(({ field }) => field !== name);
  const members = [...within.map(({ field, code }) => `${propertyKey(field)}: ${code}`), ...more];
  return members.length === 0 ? "" : `{ ${members.join(", ")} }`;
}

/** `const found = await givenCard({ … });` and what joins it with the rows above in the path. */
export function listedRow(list: ListPlan, variable: string, ...more: readonly string[]): readonly string[] {
  const { entity, home } = list;
  const given = givenCall(entity, home.imports, inList(list, ...more));
  const joins = joinLines(list, variable);
  return joins.length === 0 && variable === ""
    ? [`${given};`]
    : [`const ${variable || "hidden"} = ${given};`, ...joinLines(list, variable || "hidden")];
}

function joinLines({ plan, entity, home }: ListPlan, variable: string): readonly string[] {
  return plan.operation.parameters.flatMap((parameter) => {
    if (parameter.role.kind !== "join" || parameter.in !== "path") return [];
    const join = home.context.join(parameter.role.join);
    const name = home.imports.value(joinName(join.name), "../testing/rows.ts");
    const [own, other] = [
      `${variable}${memberAccess(keyField(entity))}`,
      `request.params${memberAccess(parameter.name)}`,
    ];
    const isLeft = join.left.entity === entity.name.type && join.right.entity === parameter.role.entity;
    return [`await ${name}(${isLeft ? `${own}, ${other}` : `${other}, ${own}`});`];
  });
}

export function keysOf({ shown, identity }: ListPlan, response: string): string {
  return `valuesAt(${response}, ${literal(shown.at)}, ${literal(identity?.at ?? "")})`;
}

/** `found.id` */
export function keyOf({ identity }: ListPlan, row: string): string {
  const code = `${row}${memberAccess(identity?.field ?? "id")}`;
  return identity?.isText === true ? `String(${code})` : code;
}

/** Expects exactly these rows, in whatever order. */
export function expectRows(list: ListPlan, response: string, rows: readonly string[]): string {
  if (list.identity === undefined)
    return `expect(itemsAt(${response}, ${literal(list.shown.at)})).toHaveLength(${rows.length});`;
  return `expect(sorted(${keysOf(list, response)})).toEqual(sorted([${rows.map((row) => keyOf(list, row)).join(", ")}]));`;
}

export function listTests(list: ListPlan): readonly TestView[] {
  return [...showsRows(list), ...showsRow(list), ...keepsParentsApart(list)];
}

function showsRows(list: ListPlan): readonly TestView[] {
  const { plan, entity } = list;
  const names = ["first", "second", "third"].slice(
    0,
    Math.min(3, list.capacity, list.plan.operation.list?.pagination.defaultLimit ?? 3),
  );
  const total = pagePointer(plan.operation.success.shape, "total");
  return [
    plainTest(`shows all ${entity.name.pluralWords} that are there, and nothing else`, [
      makeRequest(plan),
      `const none = ${send(plan)};`,
      expectStatus("none", plan, plan.operation.success.status),
      `expect(itemsAt(none, ${literal(list.shown.at)})).toEqual([]);`,
      ...names.flatMap((name) => listedRow(list, name)),
      `const response = ${send(plan)};`,
      expectStatus("response", plan, plan.operation.success.status),
      ...(list.identity === undefined ? [] : []),
      expectRows(list, "response", names),
      ...(total === undefined ? [] : [`expect(valueAt(response, ${literal(total)})).toBe(${names.length});`]),
    ]),
  ].map((test) =>
    list.identity === undefined
      ? { ...test, lines: test.lines.map((line) => line.replace(/^const (first|second|third) = (?=await)/, "")) }
      : test,
  );
}

function showsRow(list: ListPlan): readonly TestView[] {
  const { plan, entity, home, shown } = list;
  if (shown.kind !== "rows" || shown.members.length === 0) return [];
  return [
    plainTest(`shows a stored ${entity.name.words} as it is`, [
      makeRequest(plan),
      ...listedRow(list, "found"),
      `const response = ${send(plan)};`,
      expectStatus("response", plan, plan.operation.success.status),
      `expect(itemsAt(response, ${literal(shown.at)})).toHold([${shownOfRow(shown, entity, "found", home.context)}]);`,
    ]),
  ];
}

function keepsParentsApart(list: ListPlan): readonly TestView[] {
  const { plan, entity, home } = list;
  const isBelow = plan.operation.parameters.some(
    ({ role, in: place }) => (role.kind === "parent" || role.kind === "join") && place === "path",
  );
  // A caller has one row that stands for them, so there is no other parent of that kind.
  const isFree = plan.within.every(({ field }) => {
    const { references } = fieldOf(entity, field);
    return references !== undefined && !standsForCaller(home.context.entity(references.entity));
  });
  const other = otherParent(list);
  if (!isBelow || !isFree || list.capacity < 1 || other === undefined) return [];
  return [
    plainTest(`shows no ${entity.name.pluralWords} of another parent`, [
      makeRequest(plan),
      `const other = ${other};`,
      ...listedRow(list, list.identity === undefined ? "" : "found"),
      `const response = ${send(plan, "other")};`,
      expectStatus("response", plan, plan.operation.success.status),
      ...(list.identity === undefined
        ? [`expect(itemsAt(response, ${literal(list.shown.at)})).toEqual([]);`]
        : [`expect(${keysOf(list, "response")}).not.toContain(${keyOf(list, "found")});`]),
    ]),
  ];
}

/**
 * The code of the same request below another parent. Requests are made below the caller's own row, where one stands for
 * the caller, and another one must be asked for by name; undefined where there is none.
 */
function otherParent({ plan, home }: ListPlan): string | undefined {
  const { context, imports } = home;
  const parents = plan.operation.parameters.flatMap(({ role, name, in: place }) =>
    place === "path" && (role.kind === "parent" || role.kind === "join") ? [{ role, name }] : [],
  );
  if (parents.some(({ role }) => !hasCallersRow(context.entity(role.entity), context))) return `await ${plan.name}()`;
  const [parent, ...more] = parents;
  if (parent === undefined || more.length > 0) return undefined;
  const above = context.entity(parent.role.entity);
  if (capacityOf(above, home) < 2) return undefined;
  const field = parent.role.kind === "parent" ? parent.role.parentField : keyField(above);
  const key = `(${givenCall(above, imports)})${memberAccess(field)}`;
  return `{ ...request, params: { ...request.params, ${propertyKey(parent.name)}: ${key} } }`;
}

/** The request with more in its query. */
export function withQuery(plan: RequestPlan, members: string): string {
  const has = plan.members.some((member) => member.startsWith("query:"));
  return `{ ...request, query: { ${has ? "...request.query, " : ""}${members} } }`;
}
