import type { Entity } from "../../../model/model.ts";
import { literal, memberAccess } from "../../../render/escape.ts";
import { fieldOf } from "../../context.ts";
import { claimOf, ownerField, ownSubjectField } from "../ownership.ts";
import { usedSchemes } from "../security.ts";
import { callerNames } from "./callers.ts";
import { arrange, expectStatus, readerOf, routeOf, rowParams, send } from "./items.ts";
import { rowVariable, type RequestPlan } from "./requests.ts";
import { givenCall } from "./rows.ts";
import { rowGraph } from "./graph.ts";
import { isClosed, strangerSend } from "./security.ts";
import { shownBy } from "./shown.ts";
import { refusal } from "./statuses.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";
import { bodyPointer } from "./sent.ts";

/** Tests that rows of another owner are as if they were not there. */
export function ownershipTests(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  if (!plan.isValid || !isClosed(plan.operation)) return [];
  return [
    ...hidesRow(plan, entity, home),
    ...hidesFromList(plan, entity, home),
    ...refusesOthersKeys(plan, entity, home),
    ...keepsOwner(plan, entity, home),
    ...knowsTenants(plan, entity, home),
    ...liftsOwner(plan, entity, home),
  ];
}

/** A tenant's rows are those of everybody who has its claim, and of nobody else. */
function knowsTenants(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  const claim = claimOf(entity);
  if (claim === undefined || !isByToken(home)) return [];
  if (plan.operation.kind === "create" && ownerField(entity, home.context) !== undefined) {
    return [
      plainTest(`refuses a new ${entity.name.words} to who has no ${claim}`, [
        ...arrange(plan, home),
        expectStatus(send(plan, "request", "outsider"), plan, refusal(plan.operation, "forbidden")),
      ]),
    ];
  }
  if (!isPlainRead(plan)) return [];
  return [
    plainTest(`shows the ${entity.name.words} to others of the same ${claim}`, [
      ...arrange(plan, home),
      expectStatus(send(plan, "request", "colleague"), plan, plan.operation.success.status),
      expectStatus(send(plan, "request", "outsider"), plan, refusal(plan.operation, "hidden")),
    ]),
  ];
}

function liftsOwner(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  const { liftedBy } = entity.owner ?? {};
  if (liftedBy === undefined || !isByToken(home) || !isPlainRead(plan)) return [];
  return [
    plainTest(`shows another's ${entity.name.words} to who is granted ${liftedBy}`, [
      ...arrange(plan, home),
      expectStatus(strangerSend(plan), plan, refusal(plan.operation, "hidden")),
      expectStatus(send(plan, "request", "overseer"), plan, plan.operation.success.status),
    ]),
  ];
}

/** Keys and passwords say no more of their callers than a name. */
function isByToken({ context }: TestHome): boolean {
  return usedSchemes(context.model).every(({ kind }) => kind === "bearer" || kind === "oauth2");
}

/** The row is all that the path names. */
function isPlainRead({ operation }: RequestPlan): boolean {
  const inPath = operation.parameters.filter(({ in: place }) => place === "path");
  return operation.kind === "read" && inPath.length > 0 && inPath.every(({ role }) => role.kind === "key");
}

function hidesRow(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  const namesRow = plan.operation.parameters.some(({ role, in: place }) => role.kind === "key" && place === "path");
  if (entity.owner === undefined || plan.item === undefined || !namesRow) return [];
  const reader = readerOf(entity, home.context);
  const seen = reader === undefined ? undefined : shownBy(reader);
  const isWrite = plan.operation.kind !== "read";
  if (plan.operation.variant === "upsert") return [];
  const params = reader === undefined ? "" : rowParams(reader, rowVariable(entity), home.context);
  const read = (name: string): string =>
    `const ${name} = await client.send(${reader === undefined ? "" : routeOf(reader)}, { params: ${params} });`;
  const checks = isWrite && reader !== undefined && seen !== undefined;
  return [
    plainTest(`knows no ${entity.name.words} that is another caller's`, [
      ...arrange(plan, home),
      ...(checks ? [read("before")] : []),
      expectStatus(strangerSend(plan), plan, refusal(plan.operation, "hidden")),
      ...(checks ? [read("after"), "expect(after.json<unknown>()).toEqual(before.json<unknown>());"] : []),
    ]),
  ];
}

function hidesFromList(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  if (plan.operation.kind !== "list" || entity.owner === undefined) return [];
  const shown = shownBy(plan.operation);
  const parents = plan.operation.parameters.flatMap(({ role }) =>
    role.kind === "parent" ? [home.context.entity(role.entity)] : [],
  );
  if (parents.some((parent) => parent.owner !== undefined)) {
    return [
      plainTest("knows nothing below what is another caller's", [
        ...arrange(plan, home),
        expectStatus(strangerSend(plan), plan, refusal(plan.operation, "hidden")),
      ]),
    ];
  }
  if (shown === undefined || parents.length > 0) return [];
  return [
    plainTest(`shows no ${entity.name.pluralWords} of another caller's`, [
      `${givenCall(entity, home.imports)};`,
      ...arrange(plan, home),
      `const response = ${strangerSend(plan)};`,
      expectStatus("response", plan, plan.operation.success.status),
      `expect(itemsAt(response, ${literal(shown.at)})).toEqual([]);`,
    ]),
  ];
}

/** Another's key in a body is one that does not exist. */
function refusesOthersKeys(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  if (plan.operation.kind === "custom" || plan.body === undefined) return [];
  return plan.body.members.flatMap(({ name, code, write }) => {
    if (code === undefined || write?.target.kind !== "field") return [];
    const { references } = fieldOf(entity, write.target.field);
    if (references === undefined || references.isUnscoped === true) return [];
    const target = home.context.entity(references.entity);
    if (target.owner === undefined || !rowGraph(home.context).takesOwner(target)) return [];
    const other = `(${givenCall(target, home.imports, "", literal(callerNames(home.context).stranger))})${memberAccess(references.field)}`;
    return [
      plainTest(`refuses ${name} of what is another caller's`, [
        ...arrange(plan, home),
        `const others = changed(request, ${literal(bodyPointer(plan, name))}, ${other});`,
        expectStatus(`await client.send(${literal(plan.route)}, others)`, plan, refusal(plan.operation, "dangling")),
      ]),
    ];
  });
}

/** No change makes a row somebody else's. */
function keepsOwner(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  const { kind } = plan.operation;
  if (kind !== "update" && kind !== "replace") return [];
  const { stranger } = callerNames(home.context);
  return (plan.body?.members ?? []).flatMap(({ name, value, write }) => {
    const isOwner = write?.target.kind === "field" && write.target.field === ownSubjectField(entity);
    if (!isOwner || value === undefined) return [];
    const other = typeof value === "number" ? stranger : literal(stranger);
    return [
      plainTest(`refuses to give the ${entity.name.words} away by ${name}`, [
        ...arrange(plan, home),
        `const given = changed(request, ${literal(bodyPointer(plan, name))}, ${other});`,
        expectStatus(`await client.send(${literal(plan.route)}, given)`, plan, refusal(plan.operation, "conflict")),
      ]),
    ];
  });
}
