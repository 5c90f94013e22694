import type { Json, Schema } from "../../../document/openapi.ts";
import type { Field, FilterOperator, Parameter } from "../../../model/model.ts";
import { literal, memberAccess, propertyKey, valueLiteral } from "../../../render/escape.ts";
import { isRecord } from "../../../json.ts";
import { conforms } from "../../conforms.ts";
import { fieldOf } from "../../context.ts";
import { withoutNull } from "../../nullable.ts";
import { keyField } from "./about-row.ts";
import { expectStatus, makeRequest, send } from "./items.ts";
import { clientWith } from "./logic-calls.ts";
import { rowGraph, hasCallersRow } from "./graph.ts";
import { sayableMember } from "./form-values.ts";
import { choose, isGood, markers, otherCase, twoValues, type Choice } from "./filter-values.ts";
import { beyondList, expectRows, inList, keyOf, keysOf, listedRow, withQuery, type ListPlan } from "./lists.ts";
import { givenCall, joinName } from "./rows.ts";
import { commonSample, dayOf } from "./samples.ts";
import { pagePointer } from "./shown.ts";
import { plainTest, type TestView } from "./test-view.ts";
import { uniquesOf } from "./uniques.ts";

/** Tests of each filter, search and order of a list, with rows that it finds and rows that it leaves out. */
export function filterTests(list: ListPlan): readonly TestView[] {
  if (list.identity === undefined) return [];
  const { operation } = list.plan;
  const parameters = operation.parameters.filter(({ in: place }) => place === "query");
  const tests = parameters.flatMap((parameter) =>
    parameter.isRequired ? requiredFilter(parameter, list) : filterTest(parameter, list),
  );
  return [...tests, ...together(parameters, list)];
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
  if (role.kind === "slot") return slotFilter(parameter, list);
  if (list.capacity < 2) return [];
  if (role.kind === "search") return search(parameter, role.fields, list);
  if (role.kind === "joined") return joinedFilter(parameter, role, list);
  if (role.kind !== "filter" || isGiven(parameter, list)) return [];
  const field = fieldOf(list.entity, role.field);
  if (hasOwnValues(field, list) && (role.operator === "eq" || role.operator === "in"))
    return ownValue(parameter, field, list);
  const choice = plainChoice(parameter, list);
  return choice === undefined ? [] : [found(parameter, role.operator, list, choice)];
}

/** Values to filter by, where rows of tests can be given any. */
function plainChoice(parameter: Parameter, list: ListPlan): Choice | undefined {
  const { role } = parameter;
  if (role.kind !== "filter" || parameter.isRequired || isGiven(parameter, list)) return undefined;
  const field = fieldOf(list.entity, role.field);
  const isOwn = hasOwnValues(field, list) && (role.operator === "eq" || role.operator === "in");
  return isOwn || field.references !== undefined ? undefined : choose(parameter, field, role.operator, list);
}

/** Whether the path or a required parameter says the same member. */
function isGiven({ role }: Parameter, { entity, plan }: ListPlan): boolean {
  if (role.kind !== "filter") return false;
  return fieldOf(entity, role.field).column === undefined || plan.within.some(({ field }) => field === role.field);
}

/** Whether the rows of tests have each another value by themselves. */
function hasOwnValues(field: Field, { entity, home }: ListPlan): boolean {
  return field.references !== undefined || uniquesOf(entity, home.context).has(field.name);
}

function found(parameter: Parameter, operator: string, list: ListPlan, choice: Choice): TestView {
  const { finds, alsoFinds, hides } = choice;
  const isTwo = alsoFinds !== undefined;
  return plainTest(`filters by ${parameter.name} (${operator})`, [
    makeRequest(list.plan),
    ...listedRow(list, "found", memberOf(parameter, finds)),
    ...(isTwo ? listedRow(list, "other", memberOf(parameter, alsoFinds)) : []),
    ...listedRow(list, "", memberOf(parameter, hides)),
    ...expectFound(list, askedFor(parameter, choice), isTwo ? ["found", "other"] : ["found"]),
  ]);
}

/** Two filters at once: rows that one of them hides are hidden. */
function together(parameters: readonly Parameter[], list: ListPlan): readonly TestView[] {
  const chosen = parameters.flatMap((parameter) => {
    const choice = plainChoice(parameter, list);
    const isKey = list.entity.key.fields.includes(fieldName(parameter));
    return choice === undefined || isKey ? [] : [{ parameter, choice }];
  });
  const [one, other] = chosen.filter(
    ({ parameter }, at) => chosen.findIndex((known) => fieldName(known.parameter) === fieldName(parameter)) === at,
  );
  if (one === undefined || other === undefined || list.capacity < 3) return [];
  const members = (first: Json, second: Json): readonly string[] => [
    memberOf(one.parameter, first),
    memberOf(other.parameter, second),
  ];
  return [
    plainTest(`filters by ${one.parameter.name} and ${other.parameter.name} together`, [
      makeRequest(list.plan),
      ...listedRow(list, "found", ...members(one.choice.finds, other.choice.finds)),
      ...listedRow(list, "", ...members(one.choice.finds, other.choice.hides)),
      `${givenCall(list.entity, list.home.imports, inList(list, ...members(one.choice.hides, other.choice.finds)))};`,
      ...expectFound(list, [askedFor(one.parameter, one.choice), askedFor(other.parameter, other.choice)].join(", "), [
        "found",
      ]),
    ]),
  ];
}

function fieldName({ role }: Parameter): string {
  return role.kind === "filter" ? role.field : "";
}

/** `status: "open"`, in a row. */
function memberOf(parameter: Parameter, value: Json): string {
  return `${propertyKey(fieldName(parameter))}: ${valueLiteral(value)}`;
}

/** The same, in a query. */
function askedFor(parameter: Parameter, { query }: Choice): string {
  return `${propertyKey(parameter.name)}: ${valueLiteral(query)}`;
}

/** Asks with more in the query, and expects these rows and no others; their number too, where the answer says it. */
function expectFound(list: ListPlan, query: string, rows: readonly string[]): readonly string[] {
  const { plan } = list;
  const total = pagePointer(plan.operation.success.shape, "total");
  return [
    `const response = ${send(plan, withQuery(plan, query))};`,
    expectStatus("response", plan, plan.operation.success.status),
    rows.length === 1
      ? `expect(${keysOf(list, "response")}).toEqual([${rows.map((row) => keyOf(list, row)).join(", ")}]);`
      : expectRows(list, "response", rows),
    ...(total === undefined ? [] : [`expect(valueAt(response, ${literal(total)})).toBe(${rows.length});`]),
  ];
}

/** Rows whose values differ by themselves: references and unique members. */
function ownValue(parameter: Parameter, field: Field, list: ListPlan): readonly TestView[] {
  const { plan, home } = list;
  if (field.references !== undefined && hasCallersRow(home.context.entity(field.references.entity), home.context))
    return [];
  if (field.references !== undefined && !field.isStoredNotNull && !fills(list, field)) return [];
  const isList = withoutNull(home.context.request(parameter.schema)).type === "array";
  const isSeveral = isList && list.capacity > 2;
  const rows = isSeveral ? ["found", "other"] : ["found"];
  const values = rows.map((row) => `${row}${memberAccess(field.name)}`).join(", ");
  return [
    plainTest(`filters by ${parameter.name} (${isSeveral ? "in" : "eq"})`, [
      makeRequest(plan),
      ...rows.flatMap((row) => listedRow(list, row)),
      ...listedRow(list, ""),
      ...expectFound(list, `${propertyKey(parameter.name)}: ${isList ? `[${values}]` : values}`, rows),
    ]),
  ];
}

function fills({ entity, home }: ListPlan, field: Field): boolean {
  return rowGraph(home.context)
    .filled(entity)
    .some(({ name }) => name === field.name);
}

/** Rows that are joined with the one that is named, and those that are not. */
function joinedFilter(
  parameter: Parameter,
  { join: name, entity }: Extract<Parameter["role"], { kind: "joined" }>,
  list: ListPlan,
): readonly TestView[] {
  const { plan, home } = list;
  const other = home.context.entity(entity);
  const { left } = home.context.join(name);
  const keys = [`found${memberAccess(keyField(list.entity))}`, `named${memberAccess(keyField(other))}`];
  const joined = left.entity === other.name.type ? keys.toReversed() : keys;
  return [
    plainTest(`filters by ${parameter.name} (joined)`, [
      makeRequest(plan),
      `const named = ${givenCall(other, home.imports)};`,
      ...listedRow(list, "found"),
      ...listedRow(list, ""),
      `await ${home.imports.value(joinName(name), "../testing/rows.ts")}(${joined.join(", ")});`,
      ...expectFound(list, `${propertyKey(parameter.name)}: named${memberAccess(keyField(other))}`, ["found"]),
    ]),
  ];
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
        ...expectFound(list, `${propertyKey(parameter.name)}: ${literal(otherCase(marker.slice(1, -1), schema))}`, [
          "found",
        ]),
      ]),
    ];
  });
}

/** A query says nothing of an object without members: one that has any stands for it. */
function visible(value: Json | undefined, schema: Schema): Json | undefined {
  const any = { any: "text" };
  if (!isRecord(value) || Object.keys(value).length > 0) return value;
  return conforms(schema, any) ? any : undefined;
}

/** Logic is asked for a condition, which the list then holds to. */
function slotFilter(parameter: Parameter, list: ListPlan): readonly TestView[] {
  const { plan, entity, home } = list;
  const { role } = parameter;
  const schema = withoutNull(home.context.request(parameter.schema));
  // False and zero tell more than true and one.
  const value =
    [false, 0].find((one) => conforms(schema, one)) ??
    visible(commonSample([sayableMember(schema)], undefined), schema);
  if (role.kind !== "slot" || value === undefined || list.capacity < 2) return [];
  // Of a compound key, the last part tells rows below one parent apart.
  const key = entity.key.fields.at(-1) ?? keyField(entity);
  const condition = `{ ${propertyKey(key)}: { equals: found${memberAccess(key)} } }`;
  const body = `(value) => { asked.push(value); return ${condition}; }`;
  const query = `${propertyKey(parameter.name)}: ${valueLiteral(value)}`;
  return [
    plainTest(`asks its business logic about ${parameter.name}, and shows what that finds`, [
      makeRequest(plan),
      ...listedRow(list, "found"),
      ...listedRow(list, ""),
      "const asked: unknown[] = [];",
      `const asking = ${clientWith(home.context.slot(role.slot), body, home.context)};`,
      `const response = ${send(plan, withQuery(plan, query), "asking")};`,
      expectStatus("response", plan, plan.operation.success.status),
      `expect(asked).toEqual([${valueLiteral(value)}]);`,
      `expect(${keysOf(list, "response")}).toEqual([${keyOf(list, "found")}]);`,
    ]),
  ];
}
