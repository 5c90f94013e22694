import type { Json, Schema } from "../../../document/openapi.ts";
import type { Field, FilterOperator, Parameter } from "../../../model/model.ts";
import { literal, memberAccess, propertyKey, valueLiteral } from "../../../render/escape.ts";
import { conforms } from "../../conforms.ts";
import { fieldOf } from "../../context.ts";
import { withoutNull } from "../../nullable.ts";
import { expectStatus, makeRequest, send } from "./items.ts";
import { rowGraph, hasCallersRow } from "./graph.ts";
import { beyondList, keyOf, keysOf, listedRow, withQuery, type ListPlan } from "./lists.ts";
import { givenCall } from "./rows.ts";
import { commonSample, dayOf, fieldSample, isKept } from "./samples.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";
import { uniquesOf } from "./uniques.ts";

/** Tests of each filter, search and order of a list, with rows that it finds and rows that it leaves out. */
export function filterTests(list: ListPlan): readonly TestView[] {
  if (list.identity === undefined) return [];
  const { operation } = list.plan;
  const parameters = operation.parameters.filter(({ in: place }) => place === "query");
  const tests = parameters.flatMap((parameter) =>
    parameter.isRequired ? requiredFilter(parameter, list) : filterTest(parameter, list),
  );
  return [...tests, ...sortTests(list)];
}

/** Every request has such a filter; what differs in it alone is left out. */
function requiredFilter(parameter: Parameter, list: ListPlan): readonly TestView[] {
  const { role } = parameter;
  const { plan, entity, home } = list;
  if (role.kind !== "filter" || list.capacity < 2) return [];
  const own = plan.within.find(({ field }) => field === role.field);
  const field = fieldOf(entity, role.field);
  const other = own === undefined ? undefined : otherValue(field, own.code, role.operator, list);
  if (own === undefined || other === undefined) return [];
  const change = beyondList(plan, field.name, ...(other === "" ? [] : [`${propertyKey(field.name)}: ${other}`]));
  return [
    plainTest(`filters by ${parameter.name} (${role.operator})`, [
      makeRequest(plan),
      ...listedRow(list, "found"),
      `${givenCall(entity, home.imports, change)};`,
      `const response = ${send(plan)};`,
      expectStatus("response", plan, plan.operation.success.status),
      `expect(${keysOf(list, "response")}).toEqual([${keyOf(list, "found")}]);`,
    ]),
  ];
}

/** A value that is not the one in the request, as code; "" where a row that is left alone has one of its own. */
function otherValue(field: Field, code: string, operator: FilterOperator, { home }: ListPlan): string | undefined {
  if (field.references !== undefined) return "";
  if (operator !== "eq" && operator !== "in" && operator !== "on") return undefined;
  const values = twoValues(field, {}, home.context.resolved(field.schema)).filter((value) => value !== undefined);
  const isOther = (value: Json): boolean => {
    if (operator !== "on") return valueLiteral(value) !== code;
    return typeof value === "string" && dayOf(value) !== dayOf(code.slice(1, -1));
  };
  const other = values.find(isOther);
  return other === undefined ? undefined : valueLiteral(other);
}

function filterTest(parameter: Parameter, list: ListPlan): readonly TestView[] {
  const { role } = parameter;
  if (role.kind === "slot") return [slotFilter(parameter, list)].filter((test) => test !== undefined);
  if (list.capacity < 2) return [];
  if (role.kind === "search") return search(parameter, role.fields, list);
  if (role.kind !== "filter") return [];
  const field = fieldOf(list.entity, role.field);
  if (field.column === undefined || list.plan.within.some((one) => one.field === field.name)) return [];
  const isOwn = field.references !== undefined || uniquesOf(list.entity, list.home.context).has(field.name);
  if (isOwn && (role.operator === "eq" || role.operator === "in")) return ownValue(parameter, field, list);
  if (field.references !== undefined) return [];
  const choice = choose(parameter, field, role.operator, list);
  if (choice === undefined) return [];
  return [found(parameter, role.operator, list, choice)];
}

interface Choice {
  readonly query: Json;
  readonly finds: Json;
  readonly hides: Json;
}

function found(parameter: Parameter, operator: string, list: ListPlan, { query, finds, hides }: Choice): TestView {
  const { plan } = list;
  const field = parameter.role.kind === "filter" ? parameter.role.field : "";
  return plainTest(`filters by ${parameter.name} (${operator})`, [
    makeRequest(plan),
    ...listedRow(list, "found", `${propertyKey(field)}: ${valueLiteral(finds)}`),
    ...listedRow(list, "", `${propertyKey(field)}: ${valueLiteral(hides)}`),
    `const response = ${send(plan, withQuery(plan, `${propertyKey(parameter.name)}: ${valueLiteral(query)}`))};`,
    expectStatus("response", plan, plan.operation.success.status),
    `expect(${keysOf(list, "response")}).toEqual([${keyOf(list, "found")}]);`,
  ]);
}

/** Rows whose values differ by themselves: references and unique members. */
function ownValue(parameter: Parameter, field: Field, list: ListPlan): readonly TestView[] {
  const { plan, home } = list;
  if (field.references !== undefined && hasCallersRow(home.context.entity(field.references.entity), home.context))
    return [];
  if (field.references !== undefined && !field.isStoredNotNull && !fills(list, field)) return [];
  const isList = withoutNull(home.context.request(parameter.schema)).type === "array";
  const value = `found${memberAccess(field.name)}`;
  return [
    plainTest(`filters by ${parameter.name} (eq)`, [
      makeRequest(plan),
      ...listedRow(list, "found"),
      ...listedRow(list, ""),
      `const response = ${send(plan, withQuery(plan, `${propertyKey(parameter.name)}: ${isList ? `[${value}]` : value}`))};`,
      expectStatus("response", plan, plan.operation.success.status),
      `expect(${keysOf(list, "response")}).toEqual([${keyOf(list, "found")}]);`,
    ]),
  ];
}

function fills({ entity, home }: ListPlan, field: Field): boolean {
  return rowGraph(home.context)
    .filled(entity)
    .some(({ name }) => name === field.name);
}

/** What is asked, what is then found and what is not, by the operator. */
function choose(parameter: Parameter, field: Field, operator: FilterOperator, { home }: ListPlan): Choice | undefined {
  const declared = withoutNull(home.context.request(parameter.schema));
  const isList = declared.type === "array";
  const schema = isList ? withoutNull(declared.items ?? {}) : declared;
  const asked = (value: Json): Json => (isList ? [value] : value);
  if (operator === "is-null") {
    const value = fieldSample(field, home.context);
    return field.isNullable && !field.isStoredNotNull && value !== undefined && schema.type === "boolean"
      ? { query: true, finds: null, hides: value }
      : undefined;
  }
  if (operator === "contains" || operator === "starts-with") {
    const marker = markers.find(
      (text) => isGood(field, text, home.context.resolved(field.schema)) && conforms(schema, text.slice(0, -1)),
    );
    const other = fieldSample(field, home.context);
    return marker === undefined || other === undefined || field.type.kind !== "text"
      ? undefined
      : { query: asked(marker.slice(0, -1)), finds: marker, hides: other };
  }
  if (operator === "on") return twoDays(field, schema, home);
  const [low, high] = twoValues(field, schema, home.context.resolved(field.schema));
  if (low === undefined || high === undefined) return undefined;
  const isOrdered =
    field.type.kind !== "text" &&
    field.type.kind !== "enum" &&
    field.type.kind !== "json" &&
    field.type.kind !== "bytes";
  switch (operator) {
    case "eq":
    case "in":
      return field.type.kind === "json" ? undefined : { query: asked(low), finds: low, hides: high };
    case "ne":
      return field.type.kind === "json" ? undefined : { query: asked(high), finds: low, hides: high };
    case "gte":
      return isOrdered ? { query: high, finds: high, hides: low } : undefined;
    case "gt":
      return isOrdered ? { query: low, finds: high, hides: low } : undefined;
    case "lte":
      return isOrdered ? { query: low, finds: low, hides: high } : undefined;
    case "lt":
      return isOrdered ? { query: high, finds: low, hides: high } : undefined;
  }
}

/** A moment, and one of another day; asked for as the parameter has it, by the day alone or by a moment of it. */
function twoDays(field: Field, schema: Schema, { context }: TestHome): Choice | undefined {
  const [low, high] = twoValues(field, {}, context.resolved(field.schema));
  if (typeof low !== "string" || typeof high !== "string" || dayOf(low) === dayOf(high)) return undefined;
  const query = [low, dayOf(low)].find((value) => conforms(schema, value));
  return query === undefined ? undefined : { query, finds: low, hides: high };
}

/** Words that no sample holds. */
const markers = ["Zanzibar", "zanzibar", "ZANZIBAR", "zzz", "ZZZ"];

function isGood(field: Field, value: Json, schema: Schema): boolean {
  return isKept(field.type, value) && conforms(withoutNull(schema), value);
}

/** Two values that the field and the parameter both accept, the lower one first. */
function twoValues(field: Field, parameter: Schema, schema: Schema): readonly [Json?, Json?] {
  const values = new Map<string, Json>();
  for (let turn = 0; turn < 12 && values.size < 2; turn += 1) {
    const value = commonSample([withoutNull(schema), parameter], field, turn);
    if (value !== undefined) values.set(JSON.stringify(value), value);
  }
  const [first, second] = [...values.values()];
  if (first === undefined || second === undefined) return [];
  return isHigher(first, second, field) ? [second, first] : [first, second];
}

function isHigher(one: Json, other: Json, { type }: Field): boolean {
  const areTexts = typeof one === "string" && typeof other === "string" && type.kind !== "decimal-text";
  return areTexts ? one > other : Number(one) > Number(other);
}

function search(parameter: Parameter, names: readonly string[], list: ListPlan): readonly TestView[] {
  const { plan, home, entity } = list;
  const schema = withoutNull(home.context.request(parameter.schema));
  return names.slice(0, 3).flatMap((name) => {
    const field = fieldOf(entity, name);
    const marker = markers.find(
      (text) =>
        field.type.kind === "text" &&
        isGood(field, text, home.context.resolved(field.schema)) &&
        conforms(schema, text.slice(1, -1)),
    );
    if (marker === undefined || field.column === undefined) return [];
    return [
      plainTest(`finds by ${parameter.name} in ${name}`, [
        makeRequest(plan),
        ...listedRow(list, "found", `${propertyKey(name)}: ${literal(marker)}`),
        ...listedRow(list, ""),
        `const response = ${send(plan, withQuery(plan, `${propertyKey(parameter.name)}: ${literal(marker.slice(1, -1))}`))};`,
        expectStatus("response", plan, plan.operation.success.status),
        `expect(${keysOf(list, "response")}).toEqual([${keyOf(list, "found")}]);`,
      ]),
    ];
  });
}

/** Logic that lets everything through. */
function slotFilter(parameter: Parameter, list: ListPlan): TestView | undefined {
  const { plan, home } = list;
  const value = commonSample([withoutNull(home.context.request(parameter.schema))], undefined);
  if (value === undefined || list.capacity < 1) return undefined;
  return plainTest(`asks its business logic about ${parameter.name}`, [
    makeRequest(plan),
    ...listedRow(list, "found"),
    `const response = ${send(plan, withQuery(plan, `${propertyKey(parameter.name)}: ${valueLiteral(value)}`))};`,
    expectStatus("response", plan, plan.operation.success.status),
    `expect(${keysOf(list, "response")}).toEqual([${keyOf(list, "found")}]);`,
  ]);
}

function sortTests(list: ListPlan): readonly TestView[] {
  const sort = list.plan.operation.list?.sort;
  if (sort === undefined || list.capacity < 2) return [];
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
    const values = field.references !== undefined || field.column === undefined ? undefined : ordered(field, list);
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
    `const response = ${send(plan, withQuery(plan, query))};`,
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
