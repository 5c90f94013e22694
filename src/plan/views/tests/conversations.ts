import type { Json } from "../../../document/openapi.ts";
import type { Entity } from "../../../model/model.ts";
import { literal, valueLiteral } from "../../../render/escape.ts";
import { conforms } from "../../conforms.ts";
import { fieldOf } from "../../context.ts";
import { withoutNull } from "../../nullable.ts";
import { isShownAsStored } from "../shown-values.ts";
import { callerNames } from "./callers.ts";
import { capacityOf, readerOf, readerParams, routeOf, rowParams } from "./items.ts";
import { listPlan } from "./lists.ts";
import { pagingOf } from "./pages.ts";
import { rowVariable, isJson, type BodyMember, type RequestPlan } from "./requests.ts";
import { givenCall } from "./rows.ts";
import { commonSample } from "./samples.ts";
import { canEnter, isClosed } from "./security.ts";
import { bodyPointer, shownRow } from "./sent.ts";
import { pointer, shownBy, type Shown } from "./shown.ts";
import { isNumeric } from "./spellings.ts";
import { refusal } from "./statuses.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";
import { uniquesOf } from "./uniques.ts";

/**
 * One conversation for each resource whose items can be read by themselves: any sequence of valid calls, against a record
 * of what they should have led to (templates/project/src/testing/conversation.ts.hbs).
 */
export function conversationTests(home: TestHome): readonly TestView[] {
  const talk = talkOf(home);
  if (talk === undefined) return [];
  const { entity, reader, shown } = talk;
  const row = rowVariable(entity);
  const address = rowParams(reader.operation, row, home.context);
  const stranger = strangerCall(talk, home);
  const plans = [...home.plans.values()].filter((plan) => plan.isValid && canEnter(plan.operation, home));
  const creates = plans.flatMap((plan) => createCode(plan, talk, home));
  const writes = plans.flatMap((plan) => writeCode(plan, talk, home));
  const removes = plans.flatMap((plan) => removeCode(plan, talk));
  const lists = plans.flatMap((plan) => listCode(plan, talk, home));
  if (creates.length + writes.length + removes.length === 0) return [];
  const given = givenCall(entity, home.imports).replace(/^await /, "");
  return [
    plainTest("shows what a record of any valid calls says, and to nobody else", [
      "await holdConversations({",
      "caller: client,",
      stranger === undefined ? "stranger: undefined," : "stranger,",
      `strangers: ${stranger ?? "undefined"},`,
      `given: () => ${given},`,
      `address: (${row}) => (${address}),`,
      `read: ${callCode(reader)},`,
      `stable: ${valueLiteral(stablePlaces(shown, entity, home))},`,
      `create: ${creates[0] ?? "undefined"},`,
      `writes: [${writes.join(", ")}],`,
      `remove: ${removes[0] ?? "undefined"},`,
      `lists: [${lists.join(", ")}],`,
      "});",
    ]),
  ];
}

interface Talk {
  readonly entity: Entity;
  readonly reader: RequestPlan;
  /** What a read shows. */
  readonly shown: Shown;
}

function talkOf(home: TestHome): Talk | undefined {
  const { entity, context } = home;
  if (entity === undefined || capacityOf(entity, home) < 100) return undefined;
  const operation = readerOf(entity, context);
  const reader = operation === undefined ? undefined : home.plans.get(operation.name);
  if (operation === undefined || reader === undefined || !reader.isValid || !canEnter(operation, home))
    return undefined;
  const isInPath = operation.parameters.some(({ in: place, role }) => place === "path" && role.kind === "key");
  const shown = shownBy(operation);
  return shown === undefined || !isInPath ? undefined : { entity, reader, shown };
}

/** A row of somebody else's, where rows have owners and strangers can be told that there is none. */
function strangerCall({ entity, reader }: Talk, home: TestHome): string | undefined {
  if (entity.owner === undefined || !isClosed(reader.operation)) return undefined;
  return `() => ${givenCall(entity, home.imports, "{}", literal(callerNames(home.context).stranger)).replace(/^await /, "")}`;
}

function callCode(plan: RequestPlan, ...more: readonly string[]): string {
  const { operation } = plan;
  const missing = refusal(operation, "hidden");
  const members = [`route: ${literal(plan.route)}`, `status: ${operation.success.status}`, `missing: [${missing}]`];
  return `{ ${[...members, ...more].join(", ")} }`;
}

/** Members that nothing but a write of a client's changes. */
function stablePlaces(shown: Shown, entity: Entity, home: TestHome): readonly string[] {
  return shown.members.flatMap(({ path, field: name, otherwise }) => {
    const field = fieldOf(entity, name);
    const isStable = entity.key.fields.includes(name) || (field.origin === "both" && field.slot === undefined);
    const isKept = field.column !== undefined && isShownAsStored(field, home.context);
    const isPlain = isKept && otherwise === undefined && field.role !== "version";
    return isStable && isPlain && !isComputed(name, home) ? [shown.at + pointer(path)] : [];
  });
}

/** Business logic may write it beside what a client sends. */
function isComputed(name: string, { context, entity }: TestHome): boolean {
  return context.model.slots.some((slot) => slot.entity === entity?.name.type && slot.field === name);
}

function createCode(plan: RequestPlan, { entity, reader }: Talk, home: TestHome): readonly string[] {
  const { operation } = plan;
  const shown = shownRow(plan, entity);
  if (operation.kind !== "create" || shown === undefined || plan.body === undefined || !isJson(plan)) return [];
  const address = readerParams(reader.operation, shown, entity, "response", home.context);
  const request = severalTimes(plan, entity);
  if (address === undefined || request === undefined) return [];
  const members = membersCode(plan, entity, home, false);
  return [
    `{ route: ${literal(plan.route)}, status: ${operation.success.status}, request: ${request}, address: (response) => (${address}), members: [${members.join(", ")}] }`,
  ];
}

/** The request of a create that can be made again: without a key that would be the same one each time. */
function severalTimes(plan: RequestPlan, entity: Entity): string | undefined {
  const fixed = plan.body?.members.filter(
    ({ code, write }) =>
      code !== undefined &&
      write !== undefined &&
      "field" in write.target &&
      entity.key.fields.includes(write.target.field) &&
      !code.includes("unique."),
  );
  if (fixed === undefined || fixed.length === 0) return plan.name;
  if (fixed.some(({ isRequired }) => isRequired) || !entity.key.isOptionalForClient) return undefined;
  return `async () => without(await ${plan.name}(), ${valueLiteral(fixed.map(({ name }) => bodyPointer(plan, name)))})`;
}

/** Changes at the item's own address that say nothing of the row but by their path. */
function writeCode(plan: RequestPlan, { entity, reader }: Talk, home: TestHome): readonly string[] {
  const { operation, body } = plan;
  if (operation.kind !== "update" && operation.kind !== "replace") return [];
  if (operation.path !== reader.operation.path || body === undefined || !isJson(plan)) return [];
  if (operation.variant === "json-patch" || operation.variant === "upsert" || saysMore(plan, entity)) return [];
  const members = membersCode(plan, entity, home, operation.kind === "update");
  if (members.length === 0) return [];
  return [callCode(plan, `request: ${plan.name}`, `members: [${members.join(", ")}]`)];
}

/** Whether the request tells of the row beside its path: a version that it expects, a key in its body. */
function saysMore({ members, setup }: RequestPlan, entity: Entity): boolean {
  const row = new RegExp(`(?<![\\w$.])${rowVariable(entity)}\\b`);
  return [...setup, ...members.filter((member) => !member.startsWith("params:"))].some((code) => row.test(code));
}

function removeCode(plan: RequestPlan, { entity, reader }: Talk): readonly string[] {
  const { operation } = plan;
  if (operation.kind !== "delete" || operation.path !== reader.operation.path || saysMore(plan, entity)) return [];
  return [callCode(plan, `request: ${plan.name}`)];
}

function membersCode(plan: RequestPlan, entity: Entity, home: TestHome, isPartial: boolean): readonly string[] {
  const read = readerOf(entity, home.context);
  const shown = read === undefined ? undefined : shownBy(read);
  const { body } = plan;
  if (shown === undefined || body === undefined) return [];
  const stable = new Set(stablePlaces(shown, entity, home));
  return body.members.flatMap((member) => {
    const place = shownPlace(member, shown);
    if (place === undefined || !stable.has(place) || member.code === undefined) return [];
    // What is sent as a text for a number is shown as the number.
    if (isSpelling(member, entity)) return [];
    // A key is left out, or another one each time.
    if (member.write?.target.kind === "field" && entity.key.fields.includes(member.write.target.field)) return [];
    const values = valuesOf(member, plan, entity, home);
    const inner = member.write?.target.kind === "related-key" ? pointer(member.write.target.path) : "";
    const sent = bodyPointer(plan, member.name).replace(/^\/body/, "") + inner;
    const spare = isPartial && !member.isRequired && inner === "" && !hasConditions(plan);
    return [`{ sent: ${literal(sent)}, shown: ${literal(place)}, values: ${valueLiteral(values)}, isSpare: ${spare} }`];
  });
}

function isSpelling({ value, write }: BodyMember, entity: Entity): boolean {
  const field = write?.target.kind === "field" ? fieldOf(entity, write.target.field) : undefined;
  return typeof value === "string" && (isNumeric(field) || field?.type.kind === "boolean");
}

function hasConditions({ body }: RequestPlan): boolean {
  const { minProperties, oneOf, anyOf, dependentRequired } = { ...body?.schema };
  return [minProperties, oneOf, anyOf, dependentRequired].some((keyword) => keyword !== undefined);
}

function shownPlace({ write }: BodyMember, shown: Shown): string | undefined {
  if (write?.target.kind !== "field" && write?.target.kind !== "related-key") return undefined;
  const { field } = write.target;
  const member = shown.members.find((one) => one.field === field && one.isText !== true);
  return member === undefined ? undefined : shown.at + pointer(member.path);
}

/** Up to three values that the body takes and the answer can show; none where rows are told apart or tied by them. */
function valuesOf(member: BodyMember, plan: RequestPlan, entity: Entity, home: TestHome): readonly Json[] {
  if (member.value === undefined || member.write?.target.kind !== "field" || plan.body === undefined) return [];
  const field = fieldOf(entity, member.write.target.field);
  const isTied = field.references !== undefined || entity.key.fields.includes(field.name);
  if (isTied || field.role !== "data" || uniquesOf(entity, home.context).has(field.name)) return [];
  if (["bytes", "json"].includes(field.type.kind)) return [];
  const schemas = [withoutNull(member.schema), withoutNull(home.context.resolved(field.schema))];
  const whole = Object.fromEntries(
    plan.body.members.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  );
  const { schema } = plan.body;
  const samples = [member.value, ...[1, 2, 3].map((turn) => commonSample(schemas, field, turn))];
  const good = samples.filter(
    (value): value is Json =>
      value !== undefined && value !== null && conforms(schema, { ...whole, [member.name]: value }),
  );
  return good.filter((value, at) => good.findIndex((one) => JSON.stringify(one) === JSON.stringify(value)) === at);
}

/** Lists of everything that the caller has. */
function listCode(plan: RequestPlan, { entity, shown }: Talk, home: TestHome): readonly string[] {
  const { operation } = plan;
  if (operation.kind !== "list" || plan.within.length > 0) return [];
  if (operation.parameters.some(({ in: place, role }) => place === "path" || role.kind === "join")) return [];
  const narrows = operation.parameters.some(
    ({ role, isRequired, schema }) =>
      ["filter", "search", "slot"].includes(role.kind) && (isRequired || schema.default !== undefined),
  );
  if (narrows) return [];
  const list = listPlan(plan, entity, home);
  const [key] = entity.key.fields;
  if (list?.identity === undefined || list.identity.field !== key || entity.key.fields.length !== 1) return [];
  const own = shown.members.find(({ field }) => field === key);
  if (own === undefined) return [];
  const paging = pagingOf(operation, home, entity, list.shown)?.code;
  const isEndless = operation.list?.pagination.style === "none" || paging !== undefined;
  if (!isEndless && (operation.list?.pagination.defaultLimit ?? 100) < 20) return [];
  return [
    `{ route: ${routeOf(operation)}, status: ${operation.success.status}, request: ${plan.name}, items: ${literal(list.shown.at)}, key: ${literal(list.identity.at)}, readKey: ${literal(shown.at + pointer(own.path))}, paging: ${paging ?? "undefined"} }`,
  ];
}
