import type { Entity, Field } from "../../../model/model.ts";
import { literal, memberAccess, valueLiteral } from "../../../render/escape.ts";
import { hiddenIn, isShownAsStored } from "../shown-values.ts";
import { completed } from "../../completed.ts";
import { withoutHidden } from "../../hidden.ts";
import { bodyKeys } from "../operations/keys.ts";
import { readerOf, readerParams, routeOf, rowParams } from "./items.ts";
import { rowVariable, type BodyMember, type RequestPlan } from "./requests.ts";
import { slotSample } from "./samples.ts";
import { expectation, pointer, shownBy, type Shown } from "./shown.ts";
import type { TestHome } from "./test-view.ts";

/** A member of an answer, and the code of its value. */
export interface Expected {
  readonly path: readonly string[];
  readonly code: string;
}

/** The row that an answer shows, where it is the one that the operation is about. */
export function shownRow(plan: RequestPlan, entity: Entity): Shown | undefined {
  const shown = shownBy(plan.operation);
  return shown?.kind === "row" && (shown.entity === entity.name.type || shown.entity === "") ? shown : undefined;
}

/** What the answer must show of what was sent. With `first`, defaults of read-only members too. */
export function sentMembers(
  plan: RequestPlan,
  entity: Entity,
  shown: Shown,
  home: TestHome,
  withDefaults: boolean,
): readonly Expected[] {
  return shown.members.flatMap((member): readonly Expected[] => {
    const code = sentCode(plan, entity, member.field, home);
    if (code !== undefined) return [{ path: member.path, code: member.isText ? `String(${code})` : code }];
    const field = entity.fields.find(({ name }) => name === member.field);
    const computed = field === undefined ? undefined : computedCode(plan, field, home);
    if (computed !== undefined) return [{ path: member.path, code: computed }];
    if (!withDefaults || plan.operation.kind !== "create" || field === undefined || !isDefaulted(field)) return [];
    return [{ path: member.path, code: valueLiteral(field.default) }];
  });
}

/** What accepting logic says of a field that the operation has computed. */
function computedCode({ operation }: RequestPlan, { name, column }: Field, { context }: TestHome): string | undefined {
  const slots = operation.slots.map((id) => context.slot(id));
  const slot = slots.find(({ kind, field }) => kind === "value" && field === name);
  return slot === undefined || column === undefined ? undefined : slotSample(slot, context);
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
  if (plan.operation.body?.shape?.held === name) return `request.body${(body?.wrap ?? []).map(memberAccess).join("")}`;
  const member = body?.members.find(
    (one) => one.code !== undefined && one.write?.target.kind === "field" && one.write.target.field === name,
  );
  if (member !== undefined && body !== undefined && isComparable(field, member)) {
    if (isShownAsStored(field, home.context)) return bodyAccess(body.wrap, member.name);
    if (member.value === undefined) return undefined;
    return valueLiteral(completed(withoutHidden(member.value, hiddenIn(field, home.context)), field.completions ?? []));
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

/** Optional members that the request can do without: not a key by which the body says which row it is about. */
export function spareMembers(plan: RequestPlan): readonly BodyMember[] {
  const keys = plan.item === undefined ? [] : bodyKeys(plan.operation, plan.item);
  return (plan.body?.members ?? []).filter(
    ({ isRequired, code, write }) =>
      !isRequired &&
      code !== undefined &&
      !(write !== undefined && "field" in write.target && keys.includes(write.target.field)),
  );
}

/** Reads the row again, and expects these members of it. */
export function readBack(
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
