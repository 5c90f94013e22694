import type { Json } from "../../../document/openapi.ts";
import type { Field } from "../../../model/model.ts";
import { literal, propertyKey, valueLiteral } from "../../../render/escape.ts";
import { fieldOf } from "../../context.ts";
import { isGood, twoValues } from "./filter-values.ts";
import { expectStatus, makeRequest, send } from "./items.ts";
import { keyOf, keysOf, listedRow, withQuery, type ListPlan } from "./lists.ts";
import { withoutNull } from "../../nullable.ts";
import { plainTest, type TestView } from "./test-view.ts";

/** Tests of the orders that a list can be asked for, and of the one that it has by itself. */
export function sortTests(list: ListPlan): readonly TestView[] {
  if (list.capacity < 2 || list.identity === undefined) return [];
  return [...ownOrder(list), ...chosenOrders(list)];
}

function ownOrder(list: ListPlan): readonly TestView[] {
  const { operation } = list.plan;
  const sort = operation.list?.sort;
  const parameter = operation.parameters.find(({ name }) => name === sort?.parameter);
  if (parameter?.isRequired === true) return [];
  const chosen = sort?.choices.find(({ value }) => value === parameter?.schema.default);
  const term = chosen ?? operation.list?.order[0];
  const field = term === undefined ? undefined : fieldOf(list.entity, term.field);
  const values = field === undefined ? undefined : orderedValues(field, list);
  if (term === undefined || field === undefined || values === undefined) return [];
  const isDirected = sort?.direction !== undefined;
  if (isDirected || list.entity.key.fields.includes(field.name)) return [];
  const title = `${field.name} where nothing is said`;
  return [sorted({ query: "", direction: term.direction, title }, field, values, list)];
}

function orderedValues(field: Field, list: ListPlan): readonly [Json, Json] | undefined {
  const isGiven = list.plan.within.some((one) => one.field === field.name);
  return field.references !== undefined || field.column === undefined || isGiven ? undefined : ordered(field, list);
}

function chosenOrders(list: ListPlan): readonly TestView[] {
  const sort = list.plan.operation.list?.sort;
  if (sort === undefined) return [];
  const parameter = list.plan.operation.parameters.find(({ name }) => name === sort.parameter);
  if (parameter === undefined || parameter.isRequired) return [];
  const direction = list.plan.operation.parameters.find(
    ({ name, role }) => name === sort.direction && role.kind === "direction",
  );
  const directions = (withoutNull(list.home.context.request(direction?.schema ?? {})).enum ?? []).filter(
    (value) => typeof value === "string",
  );
  return sort.choices.slice(0, 8).flatMap((choice) => {
    const field = fieldOf(list.entity, choice.field);
    const values = orderedValues(field, list);
    if (values === undefined) return [];
    const own = {
      query: `${propertyKey(sort.parameter)}: ${literal(choice.value)}`,
      direction: choice.direction,
      title: choice.value,
    };
    const others = directions.map((value) => ({
      query: `${own.query}, ${propertyKey(sort.direction ?? "")}: ${literal(value)}`,
      direction: /^(desc|-1|down)/i.test(value) ? ("desc" as const) : ("asc" as const),
      title: `${choice.value} ${value}`,
    }));
    return (direction === undefined ? [own] : others).map((one) => sorted(one, field, values, list));
  });
}

function sorted(
  { query, direction, title }: { readonly query: string; readonly direction: "asc" | "desc"; readonly title: string },
  field: Field,
  [low, high]: readonly [Json, Json],
  list: ListPlan,
): TestView {
  const [first, second] = direction === "asc" ? [high, low] : [low, high];
  const { plan } = list;
  return plainTest(`orders by ${title}`, [
    makeRequest(plan),
    ...listedRow(list, "second", `${propertyKey(field.name)}: ${valueLiteral(first)}`),
    ...listedRow(list, "first", `${propertyKey(field.name)}: ${valueLiteral(second)}`),
    `const response = ${query === "" ? send(plan) : send(plan, withQuery(plan, query))};`,
    expectStatus("response", plan, plan.operation.success.status),
    `expect(${keysOf(list, "response")}).toEqual([${keyOf(list, "first")}, ${keyOf(list, "second")}]);`,
  ]);
}

/** Two values whose order no collation doubts. */
function ordered(field: Field, { home, entity }: ListPlan): readonly [Json, Json] | undefined {
  const schema = home.context.resolved(field.schema);
  if (field.type.kind === "json" || field.type.kind === "boolean" || field.type.kind === "bytes") return undefined;
  const isKey = entity.key.fields.includes(field.name) && entity.key.generated !== "client";
  if (isKey && field.type.kind === "uuid")
    return ["00000000-0000-4000-8000-000000000001", "f0000000-0000-4000-8000-000000000001"];
  if (field.type.kind === "text" || field.type.kind === "enum") {
    const words = [
      ["aaaa", "bbbb"],
      ["AAAA", "BBBB"],
      ["aaaa@example.com", "bbbb@example.com"],
    ].find((pair) => pair.every((word) => isGood(field, word, schema)));
    if (words?.[0] !== undefined && words[1] !== undefined) return [words[0], words[1]];
    const values =
      field.type.kind === "enum" ? field.type.values.filter((value) => /^[a-z]+$/.test(value)).toSorted() : [];
    return values[0] === undefined || values[1] === undefined ? undefined : [values[0], values[1]];
  }
  const [low, high] = twoValues(field, {}, schema);
  return low === undefined || high === undefined ? undefined : [low, high];
}
