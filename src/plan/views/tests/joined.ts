import type { Entity, Join } from "../../../model/model.ts";
import { literal, memberAccess } from "../../../render/escape.ts";
import { relationOf } from "../../context.ts";
import { allowsNull } from "../../nullable.ts";
import { keyField } from "./about-row.ts";
import { capacityOf, expectStatus, givenRow, makeRequest, send } from "./items.ts";
import { keysOf, listedRow, type ListPlan } from "./lists.ts";
import { rowVariable, type RequestPlan } from "./requests.ts";
import { givenCall, joinedName, joinName } from "./rows.ts";
import { bodyAccess, shownRow } from "./sent.ts";
import { pointer, type ShownKeys } from "./shown.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";

/** A join table as seen from an entity. */
interface Seen {
  readonly join: Join;
  readonly side: "left" | "right";
  readonly other: Entity;
}

/** Undefined where the relation has no join table, or joins rows of one entity, whose sides look the same. */
function seenFrom(entity: Entity, relation: string, { context }: TestHome): Seen | undefined {
  const { join: name, to } = relationOf(entity, relation);
  if (name === undefined || to === entity.name.type) return undefined;
  const join = context.join(name);
  return { join, side: join.left.entity === entity.name.type ? "left" : "right", other: context.entity(to) };
}

function joining({ join, side }: Seen, own: string, other: string): string {
  return `await ${joinName(join.name)}(${side === "left" ? `${own}, ${other}` : `${other}, ${own}`});`;
}

function keyOfOther({ other }: Seen, row: string): string {
  return `${row}${memberAccess(keyField(other))}`;
}

/** The rows that a body lists to be joined with its own. */
function sentJoins(plan: RequestPlan, entity: Entity, home: TestHome) {
  return (plan.body?.members ?? []).flatMap(({ name, schema, code, write }) => {
    const target = write?.target;
    if (code === undefined || target?.kind !== "joined-keys" || target.path.length > 0) return [];
    const seen = seenFrom(entity, target.relation, home);
    return seen === undefined ? [] : [{ name, schema, relation: target.relation, seen }];
  });
}

/** Lines that join the row that is to be replaced with what its new body does not list. */
export function joinsBefore(plan: RequestPlan, entity: Entity, home: TestHome): readonly string[] {
  if (plan.item === undefined) return [];
  const own = `${rowVariable(plan.item)}${memberAccess(keyField(entity))}`;
  return sentJoins(plan, entity, home).map(({ seen }) =>
    joining(seen, own, `(${givenCall(seen.other, home.imports)})${memberAccess(keyField(seen.other))}`),
  );
}

/** Lines that expect the row to be joined with what the request lists, and with nothing else. */
export function expectJoined(plan: RequestPlan, entity: Entity, home: TestHome): readonly string[] {
  const shown = shownRow(plan, entity);
  const key = shown?.members.find(({ field }) => field === keyField(entity));
  if (shown === undefined || (key === undefined && plan.item === undefined)) return [];
  const own =
    plan.item !== undefined
      ? `${rowVariable(plan.item)}${memberAccess(keyField(entity))}`
      : `valueAt(response, ${literal(shown.at + pointer(key?.path ?? []))})`;
  return sentJoins(plan, entity, home).flatMap(({ name, schema, relation, seen }) => {
    const access = bodyAccess(plan.body?.wrap ?? [], name);
    // A team's fixtures may say that a new row is joined with none.
    const resolved = home.context.resolved(schema);
    const mayBeNull = plan.operation.kind === "create" && allowsNull(resolved);
    const isListOnly = resolved.anyOf === undefined && resolved.oneOf === undefined;
    const list = isListOnly ? access : `[${access}].flat()`;
    const sent = mayBeNull ? `${list} ?? []` : list;
    const answered = shown.keys.find((one) => one.relation === relation);
    const stored = `${joinedName(seen.join.name)}(${literal(seen.side)}, ${own})`;
    return [
      `expect(sorted(await ${stored})).toEqual(sorted(${sent}));`,
      ...(answered === undefined
        ? []
        : [`expect(valueAt(response, ${literal(shown.at + pointer(answered.path))})).toEqual(${sent});`]),
    ];
  });
}

interface ShownJoin {
  readonly keys: ShownKeys;
  readonly seen: Seen;
}

function shownJoins(keys: readonly ShownKeys[], entity: Entity, home: TestHome): readonly ShownJoin[] {
  return keys.flatMap((one) => {
    const seen = seenFrom(entity, one.relation, home);
    return seen === undefined || capacityOf(seen.other, home) < 2 ? [] : [{ keys: one, seen }];
  });
}

/** Tests that a row is shown with the keys of what it is joined with. */
export function readJoinTests(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  const shown = shownRow(plan, entity);
  if (!plan.isValid || shown === undefined || plan.item === undefined) return [];
  const own = `${rowVariable(entity)}${memberAccess(keyField(entity))}`;
  return shownJoins(shown.keys, entity, home).map(({ keys, seen }) =>
    plainTest(`shows the ${seen.other.name.pluralWords} of the ${entity.name.words}`, [
      givenRow(entity, home),
      `const joined = ${givenCall(seen.other, home.imports)};`,
      `${givenCall(seen.other, home.imports)};`,
      joining(seen, own, keyOfOther(seen, "joined")),
      makeRequest(plan),
      `const response = ${send(plan)};`,
      expectStatus("response", plan, plan.operation.success.status),
      `expect(valueAt(response, ${literal(shown.at + pointer(keys.path))})).toEqual([${keyOfOther(seen, "joined")}]);`,
    ]),
  );
}

/** Tests that each row of a list is shown with its own. */
export function listJoinTests(list: ListPlan): readonly TestView[] {
  const { plan, entity, home, shown } = list;
  if (list.capacity < 2 || list.identity?.field !== keyField(entity) || list.identity.isText) return [];
  const own = memberAccess(keyField(entity));
  return shownJoins(shown.keys, entity, home).map(({ keys, seen }) =>
    plainTest(`shows the ${seen.other.name.pluralWords} of each ${entity.name.words}`, [
      makeRequest(plan),
      ...["first", "second"].flatMap((row) => [
        ...listedRow(list, row),
        `const ${row}Joined = ${givenCall(seen.other, home.imports)};`,
        joining(seen, `${row}${own}`, keyOfOther(seen, `${row}Joined`)),
      ]),
      `const response = ${send(plan)};`,
      expectStatus("response", plan, plan.operation.success.status),
      `const keys = ${keysOf(list, "response")};`,
      `const joined = valuesAt(response, ${literal(shown.at)}, ${literal(pointer(keys.path))});`,
      ...["first", "second"].map(
        (row) => `expect(joined[keys.indexOf(${row}${own})]).toEqual([${keyOfOther(seen, `${row}Joined`)}]);`,
      ),
    ]),
  );
}
