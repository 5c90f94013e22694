import type { Entity, Operation } from "../../../model/model.ts";
import { literal, propertyKey } from "../../../render/escape.ts";
import { conforms } from "../../conforms.ts";
import { fieldOf } from "../../context.ts";
import { keyCursor } from "../key-cursor.ts";
import { keyField } from "./about-row.ts";
import { expectStatus, makeRequest, send } from "./items.ts";
import { keyOf, keysOf, listedRow, withQuery, type ListPlan } from "./lists.ts";
import { expectPageValues } from "./page-values.ts";
import { withoutNull } from "../../nullable.ts";
import { nextLinkPointer, pagePointer, pointer, type Shown } from "./shown.ts";
import { refusal } from "./statuses.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";
import { uniquesOf } from "./uniques.ts";

/** Tests that pages together hold each row once, in one order, and that each tells its place in the list. */
export function pageTests(list: ListPlan): readonly TestView[] {
  return [...walks(list), ...firstPage(list), ...beyondEnd(list), ...wrongCursor(list)];
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

/** How a list is walked, as code; undefined where it has no pages. */
export function pagingOf(
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
  const keyColumn = fieldOf(entity, keyField(entity)).column ?? keyField(entity);
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
      ...expectPageValues(plan.operation, paging.size),
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

function wrongCursor({ plan, entity }: ListPlan): readonly TestView[] {
  const cursor = plan.operation.list?.pagination.cursor;
  const { shape } = plan.operation.success;
  const isOurs = pagePointer(shape, "next-cursor") !== undefined || keyCursor(plan.operation, entity) !== undefined;
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
