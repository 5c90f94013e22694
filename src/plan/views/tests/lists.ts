import type { Entity, Operation } from "../../../model/model.ts";
import { literal, memberAccess, propertyKey } from "../../../render/escape.ts";
import { conforms } from "../../conforms.ts";
import { fieldOf, isOnly } from "../../context.ts";
import { withoutNull } from "../../nullable.ts";
import { capacityOf, expectStatus, makeRequest, send } from "./items.ts";
import { keyField } from "./about-row.ts";
import type { RequestPlan } from "./requests.ts";
import { givenCall, joinName } from "./rows.ts";
import { distinguishing, uniquesOf } from "./uniques.ts";
import { nextLinkPointer, pagePointer, pointer, shownBy, shownOfRow, type Shown } from "./shown.ts";
import { standsForCaller } from "./graph.ts";
import { refusal } from "./statuses.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";

/** A list, and how its tests tell rows apart. */
export interface ListPlan {
  readonly plan: RequestPlan;
  readonly entity: Entity;
  readonly home: TestHome;
  readonly shown: Shown;
  /** The member of a row, and where the list shows it; undefined where rows can only be counted. */
  readonly identity: { readonly field: string; readonly at: string } | undefined;
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
    identity: member === undefined ? undefined : { field: member.field, at: pointer(member.path) },
    capacity: below ? 1 : capacityOf(entity, home),
  };
}

function compoundPart(entity: Entity): readonly string[] {
  const field = entity.key.fields.length > 1 ? distinguishing(entity, entity.key.fields) : undefined;
  return field === undefined ? [] : [field.name];
}

/** The members that rows need to be in the list, and more. */
function inList({ plan }: ListPlan, ...more: readonly string[]): string {
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
  return `${row}${memberAccess(identity?.field ?? "id")}`;
}

/** Expects exactly these rows, in whatever order. */
function expectRows(list: ListPlan, response: string, rows: readonly string[]): string {
  if (list.identity === undefined)
    return `expect(itemsAt(${response}, ${literal(list.shown.at)})).toHaveLength(${rows.length});`;
  return `expect(sorted(${keysOf(list, response)})).toEqual(sorted([${rows.map((row) => keyOf(list, row)).join(", ")}]));`;
}

export function listTests(list: ListPlan): readonly TestView[] {
  return [
    ...showsRows(list),
    ...showsRow(list),
    ...keepsParentsApart(list),
    ...walks(list),
    ...firstPage(list),
    ...beyondEnd(list),
    ...wrongCursor(list),
  ];
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
  if (!isBelow || !isFree || list.capacity < 1) return [];
  return [
    plainTest(`shows no ${entity.name.pluralWords} of another parent`, [
      makeRequest(plan),
      `const other = await ${plan.name}();`,
      ...listedRow(list, list.identity === undefined ? "" : "found"),
      `const response = ${send(plan, "other")};`,
      expectStatus("response", plan, plan.operation.success.status),
      ...(list.identity === undefined
        ? [`expect(itemsAt(response, ${literal(list.shown.at)})).toEqual([]);`]
        : [`expect(${keysOf(list, "response")}).not.toContain(${keyOf(list, "found")});`]),
    ]),
  ];
}

/** The rows of a walk are all of one instant, so that only their keys order them. */
function sameInstant({ plan, entity }: ListPlan): readonly string[] {
  const names = new Set((plan.operation.list?.order ?? []).map(({ field }) => field));
  return [...names].flatMap((name) => {
    const field = fieldOf(entity, name);
    const isTime =
      (field.role === "created-at" || field.role === "updated-at") &&
      field.type.kind === "date-time" &&
      field.column !== undefined;
    return isTime ? [`${propertyKey(name)}: "2026-03-01T09:30:00Z"`] : [];
  });
}

/** How rows of one instant are ordered, as code; undefined where we cannot tell. */
function expectedOrder(list: ListPlan): string | undefined {
  const { plan, entity, identity, home } = list;
  const order = plan.operation.list?.order ?? [];
  const last = order.at(-1);
  const key = keyField(entity);
  if (identity === undefined || identity.field !== key || entity.key.fields.length !== 1 || last?.field !== key)
    return undefined;
  const uniques = uniquesOf(entity, home.context);
  const isTold = order.slice(0, -1).every(({ field }) => {
    const own = fieldOf(entity, field);
    return (
      !uniques.has(field) &&
      own.references === undefined &&
      own.column !== undefined &&
      (own.role === "data" || own.role === "created-at" || own.role === "updated-at")
    );
  });
  const type = fieldOf(entity, key).type.kind;
  if (!isTold || (type !== "uuid" && type !== "integer")) return undefined;
  const [left, right] = last.direction === "asc" ? ["left", "right"] : ["right", "left"];
  const compare =
    type === "integer" ? `Number(${left}) - Number(${right})` : `String(${left}) < String(${right}) ? -1 : 1`;
  return `.toSorted((left, right) => ${compare})`;
}

function pagingOf(
  operation: Operation,
  home: TestHome,
  entity: Entity,
  shown: Shown,
): { readonly size: number; readonly code: string } | undefined {
  const pagination = operation.list?.pagination;
  if (pagination === undefined || (pagination.page ?? pagination.offset ?? pagination.cursor) === undefined)
    return undefined;
  const limit = operation.parameters.find(({ name, role }) => name === pagination.limit && role.kind === "limit");
  const size =
    limit === undefined
      ? pagination.defaultLimit
      : [2, 1, 3, 5, 10].find(
          (one) => conforms(withoutNull(home.context.request(limit.schema)), one) && one <= pagination.maximumLimit,
        );
  if (size === undefined || size > 20) return undefined;
  const { shape } = operation.success;
  const key = shown.members.find(({ field }) => field === keyField(entity));
  const cursor = pagePointer(shape, "next-cursor");
  const link = nextLinkPointer(shape);
  const first = pagination.page === undefined ? [] : [`firstPage: ${pagination.firstPage}`];
  const members = [
    `items: ${literal(shown.at)}`,
    `size: ${size}`,
    ...(limit === undefined ? [] : [`limit: ${literal(limit.name)}`]),
    ...(pagination.cursor === undefined
      ? pagination.page === undefined
        ? [`offset: ${literal(pagination.offset ?? "")}`]
        : [`page: ${literal(pagination.page)}`, ...first]
      : [
          `cursor: ${literal(pagination.cursor)}`,
          ...(cursor === undefined ? [] : [`nextCursor: ${literal(cursor)}`]),
          ...(link === undefined || cursor !== undefined ? [] : [`nextLink: ${literal(link)}`]),
          ...(key === undefined ? [] : [`key: ${literal(pointer(key.path))}`]),
        ]),
  ];
  return { size, code: `{ ${members.join(", ")} }` };
}

function walks(list: ListPlan): readonly TestView[] {
  const { plan, entity, home, shown, identity } = list;
  const paging = pagingOf(plan.operation, home, entity, shown);
  if (paging === undefined || identity === undefined) return [];
  const count = paging.size * 2 + 1;
  if (count > list.capacity) return [];
  const order = expectedOrder(list);
  home.imports.value("stirRows", "../testing/database.ts");
  const keyColumn = fieldOf(entity, keyField(entity)).column ?? keyField(entity);
  const total = pagePointer(plan.operation.success.shape, "total");
  return [
    plainTest(`walks through all ${entity.name.pluralWords} of one instant, page by page, in one order`, [
      makeRequest(plan),
      "const rows = [];",
      `for (let made = 0; made < ${count}; made += 1) {`,
      ...listedRow(list, "row", ...sameInstant(list)),
      "rows.push(row);",
      "}",
      `await stirRows(${literal(entity.table)}, ${literal(keyColumn)});`,
      `const pages = await walk(client, ${literal(plan.route)}, request, ${paging.code});`,
      `for (const page of pages) ${expectStatus("page", plan, plan.operation.success.status)}`,
      `expect(pages.map((page) => itemsAt(page, ${literal(shown.at)}).length)).toEqual([${paging.size}, ${paging.size}, 1]);`,
      `const walked = pages.flatMap((page) => ${keysOf(list, "page")});`,
      order === undefined
        ? `expect(sorted(walked)).toEqual(sorted(rows.map((row) => ${keyOf(list, "row")})));`
        : `expect(walked).toEqual(rows.map((row) => ${keyOf(list, "row")})${order});`,
      ...(total === undefined
        ? []
        : [`expect(pages.map((page) => valueAt(page, ${literal(total)}))).toEqual([${count}, ${count}, ${count}]);`]),
    ]),
  ];
}

function firstPage(list: ListPlan): readonly TestView[] {
  const pagination = list.plan.operation.list?.pagination;
  const size = pagination?.defaultLimit ?? 0;
  if (
    pagination === undefined ||
    (pagination.limit ?? pagination.page ?? pagination.cursor ?? pagination.offset) === undefined
  )
    return [];
  if (size < 1 || size > 20 || size + 1 > list.capacity) return [];
  if (list.plan.operation.parameters.some(({ name, isRequired }) => name === pagination.limit && isRequired)) return [];
  return [
    plainTest(`shows ${size} ${list.entity.name.pluralWords} where no limit is given`, [
      makeRequest(list.plan),
      `for (let made = 0; made <= ${size}; made += 1) {`,
      ...listedRow(list, ""),
      "}",
      `const response = ${send(list.plan)};`,
      expectStatus("response", list.plan, list.plan.operation.success.status),
      `expect(itemsAt(response, ${literal(list.shown.at)})).toHaveLength(${size});`,
    ]),
  ];
}

function beyondEnd(list: ListPlan): readonly TestView[] {
  const { plan, home } = list;
  const pagination = plan.operation.list?.pagination;
  const name = pagination?.page ?? pagination?.offset;
  const parameter = plan.operation.parameters.find(
    (one) => one.name === name && (one.role.kind === "page" || one.role.kind === "offset"),
  );
  if (
    parameter === undefined ||
    pagination?.cursor !== undefined ||
    !conforms(withoutNull(home.context.request(parameter.schema)), 1_000)
  )
    return [];
  return [
    plainTest("shows an empty page beyond the last one", [
      makeRequest(plan),
      ...listedRow(list, ""),
      `const response = ${send(plan, withQuery(plan, `${propertyKey(parameter.name)}: 1000`))};`,
      expectStatus("response", plan, plan.operation.success.status),
      `expect(itemsAt(response, ${literal(list.shown.at)})).toEqual([]);`,
    ]),
  ];
}

function wrongCursor({ plan }: ListPlan): readonly TestView[] {
  const cursor = plan.operation.list?.pagination.cursor;
  const { shape } = plan.operation.success;
  const isOurs = pagePointer(shape, "next-cursor") !== undefined;
  const parameter = plan.operation.parameters.find(({ name, role }) => name === cursor && role.kind === "cursor");
  if (cursor === undefined || !isOurs || parameter === undefined) return [];
  return [
    plainTest("refuses a cursor that is none of its own", [
      makeRequest(plan),
      expectStatus(
        send(plan, withQuery(plan, `${propertyKey(cursor)}: "nonsense"`)),
        plan,
        refusal(plan.operation, "parameter"),
      ),
    ]),
  ];
}

/** The request with more in its query. */
export function withQuery(plan: RequestPlan, members: string): string {
  const has = plan.members.some((member) => member.startsWith("query:"));
  return `{ ...request, query: { ${has ? "...request.query, " : ""}${members} } }`;
}
