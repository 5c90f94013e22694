import { standsForCaller } from "../ownership.ts";
import type { Schema } from "../../../document/openapi.ts";
import type { Entity, Operation } from "../../../model/model.ts";
import { literal, memberAccess, propertyKey } from "../../../render/escape.ts";
import { expectStatus, readerOf, routeOf, send } from "./items.ts";
import type { RequestPlan } from "./requests.ts";
import { shownBy } from "./shown.ts";
import { refusal } from "./statuses.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";

/** Where a create is told the key by its path: it is taken once, and may have any characters that its schema allows. */
export function pathKeyTests(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  const { operation } = plan;
  const keys = operation.parameters.filter((one) => one.in === "path" && one.role.kind === "key");
  const [key] = keys;
  if (key?.role.kind !== "key" || keys.length !== 1 || operation.kind !== "create" || operation.method !== "post")
    return [];
  if (standsForCaller(entity) || !plan.isValid) return [];
  const name = entity.name.words;
  const taken = plainTest(`refuses a second ${name} of the same ${key.name}`, [
    `const request = await ${plan.name}();`,
    expectStatus(send(plan), plan, operation.success.status),
    expectStatus(send(plan), plan, refusal(operation, "conflict")),
  ]);
  if (!isOpenText(home.context.request(key.schema)) || !operation.path.split("/").includes(`{${key.name}}`))
    return [taken];
  return [
    taken,
    plainTest(`takes a ${key.name} of any characters`, [
      `const request = await ${plan.name}();`,
      `const params = { ...request.params, ${propertyKey(key.name)}: ${literal("a b/c?d#e&f=g%20+é")} };`,
      expectStatus(send(plan, "{ ...request, params }"), plan, operation.success.status),
      ...readAgain(operation, entity, key.role.field, key.name, home),
    ]),
  ];
}

/** Reads the row at the same key, where the reader's path has the same arguments. */
function readAgain(
  operation: Operation,
  entity: Entity,
  field: string,
  key: string,
  { context }: TestHome,
): readonly string[] {
  const reader = readerOf(entity, context);
  const shown = reader && shownBy(reader);
  const names = ({ parameters }: Operation) =>
    parameters
      .flatMap((one) => (one.in === "path" ? [one.name] : []))
      .toSorted()
      .join("/");
  if (reader === undefined || shown === undefined || names(reader) !== names(operation)) return [];
  const member = shown.members.find((one) => one.field === field && one.path.length === 1)?.path[0];
  return [
    `const read = await client.send(${routeOf(reader)}, { params });`,
    `expect(read).toMatchResponse(${routeOf(reader)}, ${reader.success.status});`,
    ...(member === undefined
      ? []
      : [
          `expect(valueAt(read, ${literal(shown.at)})).toHold({ ${propertyKey(member)}: params${memberAccess(key)} });`,
        ]),
  ];
}

function isOpenText({ type, pattern, format, enum: values, const: only, maxLength, minLength }: Schema): boolean {
  return (
    type === "string" &&
    pattern === undefined &&
    format === undefined &&
    values === undefined &&
    only === undefined &&
    (maxLength ?? 40) >= 20 &&
    (minLength ?? 0) <= 10
  );
}
