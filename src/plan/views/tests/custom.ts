import type { Join, Operation } from "../../../model/model.ts";
import { literal, memberAccess, propertyKey } from "../../../render/escape.ts";
import { fieldOf } from "../../context.ts";
import { isFileOperation } from "../files.ts";
import { isLinking } from "../operations/runner.ts";
import { answersAddress } from "../answers.ts";
import { homeFile } from "../signatures.ts";
import { fileTests } from "./files.ts";
import { arrange, capacityOf, expectStatus, send } from "./items.ts";
import { keyField } from "./about-row.ts";
import type { RequestPlan } from "./requests.ts";
import { givenCall, joinedName, joinName, referredCall } from "./rows.ts";
import { refusal } from "./statuses.ts";
import { acceptedAnswer, answersOwnRow, redirectAddress } from "./testing.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";
import { unknownKey } from "./parameters.ts";

/** Tests of operations that business logic handles, and of those that join and part rows. */
export function customTests(plan: RequestPlan, home: TestHome): readonly TestView[] {
  if (isLinking(plan.operation)) return linkTests(plan, home);
  if (isFileOperation(plan.operation)) return fileTests(plan, home);
  if (!plan.isValid) return [];
  const id = plan.operation.slot;
  if (id === undefined) {
    return [
      plainTest("answers 501: the document leaves it out of the service", [
        ...arrange(plan, home),
        expectStatus(send(plan), plan, 501),
      ]),
    ];
  }
  const slot = home.context.slot(id);
  const isAnswered =
    answersOwnRow(slot, home.context) !== undefined || acceptedAnswer(slot, home.context) !== undefined;
  const file = `new URL("./${homeFile(slot, home.context)}.logic.ts", import.meta.url)`;
  return [
    ...(isAnswered && showsPlainly(plan.operation)
      ? [
          plainTest("answers with what its business logic says", [
            ...arrange(plan, home),
            ...(answersAddress(plan.operation)
              ? [
                  `const response = ${send(plan)};`,
                  expectStatus("response", plan, plan.operation.success.status),
                  `expect(response.headers["location"]).toBe(${literal(redirectAddress)});`,
                ]
              : [expectStatus(send(plan), plan, plan.operation.success.status)]),
          ]),
        ]
      : []),
    plainTest("answers 501 while its business logic is open", [
      ...arrange(plan, home),
      `const response = ${send(plan, "request", "realClient")};`,
      `const open = isOpen(${file}, ${literal(slot.functionName)});`,
      `expect(response).toMatchResponse(${literal(plan.route)}, open ? 501 : response.statusCode);`,
    ]),
  ];
}

/** Answers that are made of nothing but what the logic says. */
function showsPlainly({ success }: Operation): boolean {
  const { shape } = success;
  if (success.mediaType !== undefined && !/json|\*\/\*/.test(success.mediaType)) return false;
  return shape === undefined || shape.kind !== "object" || shape.members.length === 0;
}

function linkTests(plan: RequestPlan, home: TestHome): readonly TestView[] {
  const { operation } = plan;
  const joined = operation.parameters.flatMap(({ role }) =>
    role.kind === "join" ? [home.context.join(role.join)] : [],
  )[0];
  if (joined === undefined) return [];
  const sides = sidesOf(operation, joined, home);
  if (sides === undefined) return [];
  const request = `const request = { params: { ${sides.members.join(", ")} } };`;
  const [left, right] = [`left${memberAccess(sides.leftKey)}`, `right${memberAccess(sides.rightKey)}`];
  const others = sides.another === "" ? [] : [`other${memberAccess(sides.rightKey)}`];
  const given = (key: string): string => `await ${joinName(joined.name)}(${left}, ${key});`;
  const expectKeys = (...keys: readonly string[]): string =>
    `expect(await ${joinedName(joined.name)}("left", ${left})).toEqual([${keys.join(", ")}]);`;
  const status = operation.success.status;
  if (operation.variant === "link") {
    return [
      plainTest("joins the two, once and again", [
        ...sides.setup,
        request,
        expectStatus(send(plan), plan, status),
        expectStatus(send(plan), plan, status),
        expectKeys(right),
      ]),
      ...sides.unknown.map(({ name, key }) => unknownSide(plan, sides.setup, request, name, key)),
    ];
  }
  return [
    plainTest("parts the two, once, and no others", [
      ...sides.setup,
      ...others.map(() => `const other = ${sides.another};`),
      ...[right, ...others].map(given),
      request,
      expectStatus(send(plan), plan, status),
      expectStatus(send(plan), plan, refusal(operation, "missing")),
      expectKeys(...others),
    ]),
    ...sides.unknown.map(({ name, key }) => unknownSide(plan, sides.setup, request, name, key)),
  ];
}

function unknownSide(
  plan: RequestPlan,
  setup: readonly string[],
  request: string,
  name: string,
  key: string,
): TestView {
  return plainTest(`answers ${refusal(plan.operation, "missing")} where there is no such ${name}`, [
    ...setup,
    request,
    expectStatus(
      send(plan, `{ params: { ...request.params, ${propertyKey(name)}: ${key} } }`),
      plan,
      refusal(plan.operation, "missing"),
    ),
  ]);
}

interface Sides {
  readonly setup: readonly string[];
  /** The code of one more row of the right side; "" where there is room for one only. */
  readonly another: string;
  readonly members: readonly string[];
  readonly leftKey: string;
  readonly rightKey: string;
  readonly unknown: readonly { readonly name: string; readonly key: string }[];
}

/** Which path parameter names which side. */
function sidesOf(operation: Operation, join: Join, home: TestHome): Sides | undefined {
  const { context } = home;
  const paths = operation.parameters.filter((one) => one.in === "path");
  const typed = paths.map((parameter) => {
    const { role } = parameter;
    const type =
      role.kind === "join" || role.kind === "parent" ? role.entity : role.kind === "key" ? operation.entity : undefined;
    return { parameter, type };
  });
  const left = typed.find(({ type }) => type === join.left.entity);
  const right = typed.findLast((one) => one.type === join.right.entity && one !== left);
  if (left === undefined || right === undefined || typed.length !== 2) return undefined;
  const [leftEntity, rightEntity] = [context.entity(join.left.entity), context.entity(join.right.entity)];
  const [leftKey, rightKey] = [keyField(leftEntity), keyField(rightEntity)];
  fieldOf(leftEntity, leftKey);
  return {
    setup: [
      `const left = ${referredCall(leftEntity, context, home.imports)};`,
      `const right = ${referredCall(rightEntity, context, home.imports)};`,
    ],
    another: capacityOf(rightEntity, home) > 1 ? givenCall(rightEntity, home.imports) : "",
    members: [
      `${propertyKey(left.parameter.name)}: left${memberAccess(leftKey)}`,
      `${propertyKey(right.parameter.name)}: right${memberAccess(rightKey)}`,
    ],
    leftKey,
    rightKey,
    unknown: [left, right].flatMap(({ parameter }) => {
      const key = unknownKey(context.request(parameter.schema));
      return key === undefined ? [] : [{ name: parameter.name, key }];
    }),
  };
}
