import { standsForCaller } from "../ownership.ts";
import type { Entity, Operation, Parameter } from "../../../model/model.ts";
import { literal, memberAccess, propertyKey } from "../../../render/escape.ts";
import { operationsOf, type PlanContext } from "../../context.ts";
import { withoutNull } from "../../nullable.ts";
import { hasCallersRow, rowGraph } from "./graph.ts";
import { givenCall, referredCall } from "./rows.ts";
import { itemField } from "./about-row.ts";
import { rowVariable, type RequestPlan } from "./requests.ts";
import { namesParts } from "./statuses.ts";
import { keyPointers, shownBy, type Shown } from "./shown.ts";
import type { TestHome } from "./test-view.ts";

/** `const account = await givenAccount();`, the caller's own where the rows of an entity that anybody sees stand for callers. */
export function givenRow(entity: Entity, home: TestHome, change = ""): string {
  const isOwn = change === "" && !standsForCaller(entity) && hasCallersRow(entity, home.context);
  const code = isOwn ? referredCall(entity, home.context, home.imports) : givenCall(entity, home.imports, change);
  return `const ${rowVariable(entity)} = ${code};`;
}

/** `const request = await readAccountRequest(account);` */
export function makeRequest(plan: RequestPlan, variable = "request"): string {
  return `const ${variable} = await ${plan.name}(${plan.item === undefined ? "" : rowVariable(plan.item)});`;
}

/** The row where the operation is about one, and the request. */
export function arrange(plan: RequestPlan, home: TestHome): readonly string[] {
  return [...(plan.item === undefined ? [] : [givenRow(plan.item, home)]), makeRequest(plan)];
}

export function send(plan: RequestPlan, request = "request", client = "client"): string {
  return `await ${client}.send(${literal(plan.route)}, ${request})`;
}

export function expectStatus(response: string, plan: RequestPlan, statuses: string | number): string {
  return `expect(${response}).toMatchResponse(${literal(plan.route)}, ${statuses});`;
}

/**
 * The request is refused; where errors have words for it, they name the part that is to blame, given as code: what the
 * database refuses in the end would pass for it else.
 */
export function expectRefusal(
  plan: RequestPlan,
  home: TestHome,
  statuses: string,
  part: string | undefined,
  request = "request",
): readonly string[] {
  if (part === undefined || !namesParts(plan, home)) return [expectStatus(send(plan, request), plan, statuses)];
  return [
    `const response = ${send(plan, request)};`,
    expectStatus("response", plan, statuses),
    `expect(response.body).toContain(${part});`,
  ];
}

/** The operation by which a row that was written can be read again: its path names the row and nothing else is needed. */
export function readerOf(entity: Entity, context: PlanContext): Operation | undefined {
  const reads = operationsOf(context, entity.name.type).filter(
    ({ kind, success }) => kind === "read" && success.status < 300,
  );
  return reads.find((operation) => {
    const shown = shownBy(operation);
    const keys = new Set(operation.parameters.flatMap(({ role }) => (role.kind === "key" ? [role.field] : [])));
    const isPlain = operation.parameters.every((one) =>
      one.in === "path"
        ? isAlwaysThere(itemField(one, operation, context), entity) && isOpen(one, operation, entity, context)
        : !one.isRequired && one.role.kind !== "key",
    );
    return (
      shown?.kind === "row" &&
      shown.entity === entity.name.type &&
      entity.key.fields.every((name) => keys.has(name)) &&
      isPlain
    );
  });
}

/** A closed list in the path takes few of the keys that rows may have. */
function isOpen(parameter: Parameter, operation: Operation, entity: Entity, context: PlanContext): boolean {
  const name = itemField(parameter, operation, context);
  const isClosed = withoutNull(context.request(parameter.schema)).enum !== undefined;
  return !isClosed || entity.fields.find((one) => one.name === name)?.type.kind === "enum";
}

/** What may be null leads to no row: one that is kept below a parent or without one is not read below it for certain. */
function isAlwaysThere(name: string | undefined, { key, fields }: Entity): boolean {
  const field = fields.find((one) => one.name === name);
  return field !== undefined && (key.fields.includes(field.name) || field.isStoredNotNull);
}

/** `{ accountId: valueAt(response, "/id") }`: the path parameters of the reader, from an answer that shows the row; undefined where it shows too little. */
export function readerParams(
  reader: Operation,
  shown: Shown,
  entity: Entity,
  response: string,
  context: PlanContext,
): string | undefined {
  const pointers = new Map(
    shown.members.map(({ field, path }) => [
      field,
      path.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
    ]),
  );
  const members = reader.parameters
    .filter((one) => one.in === "path")
    .map((parameter) => {
      const field = itemField(parameter, reader, context);
      const pointer = field === undefined ? undefined : pointers.get(field);
      return pointer === undefined
        ? undefined
        : `${propertyKey(parameter.name)}: valueAt(${response}, ${literal(shown.at + pointer)})`;
    });
  if (members.some((member) => member === undefined) || keyPointers(shown, entity) === undefined) return undefined;
  return `{ ${members.join(", ")} }`;
}

/** The same from a row in the table. */
export function rowParams(reader: Operation, row: string, context: PlanContext): string {
  const members = reader.parameters
    .filter((one) => one.in === "path")
    .map(
      (parameter) =>
        `${propertyKey(parameter.name)}: ${row}${memberAccess(itemField(parameter, reader, context) ?? "id")}`,
    );
  return `{ ${members.join(", ")} }`;
}

export function routeOf(operation: Operation): string {
  return literal(`${operation.method.toUpperCase()} ${operation.path}`);
}

/** How many rows of one caller a test can make. */
export function capacityOf(entity: Entity, home: TestHome): number {
  return rowGraph(home.context).capacity(entity);
}

/** Whether the operation names one row of several. */
export function hasOthers(entity: Entity, plan: RequestPlan, home: TestHome): boolean {
  return plan.operation.parameters.some(({ role }) => role.kind === "key") && capacityOf(entity, home) > 1;
}
