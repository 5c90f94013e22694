import type { PlanContext } from "./context.ts";
import { homes } from "./entity-artifacts.ts";
import { isExact } from "./exact.ts";
import type { FileClass, PlannedFile } from "./plan.ts";
import { bodyTypeOf } from "./views/bodies.ts";
import { usesOf, type Uses } from "./uses.ts";
import { hasFiles } from "./views/files.ts";
import { logicHomes } from "./views/registry.ts";
import { securityView } from "./views/security.ts";
import { callersView } from "./views/tests/callers.ts";
import { homeTestsView } from "./views/tests/home-tests.ts";
import { isFirstCreate } from "./views/tests/request-parts.ts";
import { fixturesView, rowsView } from "./views/tests/rows.ts";
import { wrongCredentialsView } from "./views/tests/security.ts";
import { slotTestsView } from "./views/tests/slot-tests.ts";
import { acceptingLogicView, clientView, matchView, slotsView, testDatabaseView } from "./views/tests/testing.ts";

/** The tests of the service: of every home's operations, of its business logic, and what they share. */
export function testFiles(context: PlanContext): readonly PlannedFile[] {
  const own = homeFiles(context);
  return [...own, ...sharedFiles(context, usesOf(own))];
}

function homeFiles(context: PlanContext): readonly PlannedFile[] {
  return homes(context).flatMap(({ name, entity }): readonly PlannedFile[] => {
    const file = (kind: string): string => `src/${name.file}/${name.file}.${kind}.ts`;
    const tests = homeTestsView(name, entity, context);
    const slotTests = slotTestsView(name, context);
    return [
      ...(entity === undefined
        ? []
        : [
            template(
              file("fixtures"),
              "once",
              "entity/fixtures",
              fixturesView(entity, newBodyType(entity.name.type, context), context),
            ),
          ]),
      ...(tests.describes.length === 0 ? [] : [template(file("test"), "generated", "entity/test", tests)]),
      ...(slotTests === undefined ? [] : [template(file("logic.test"), "generated", "entity/logic-test", slotTests)]),
    ];
  });
}

/** The type of the body of an entity's first create, where it is an object that can be spread. */
function newBodyType(home: string, context: PlanContext): string | undefined {
  const create = context.model.operations.find(
    (operation) => operation.entity === home && isFirstCreate(operation, context),
  );
  return create === undefined ? undefined : bodyTypeOf(context, home, create);
}

function sharedFiles(context: PlanContext, uses: Uses): readonly PlannedFile[] {
  const hasLogic = logicHomes(context).length > 0;
  const hasEntities = context.model.entities.length > 0;
  const rows: readonly (readonly [name: string, isThere: boolean, view: () => object])[] = [
    ["callers", true, () => callersView(context)],
    ["database", true, () => testDatabaseView(context)],
    ["document", true, () => ({})],
    ["client", true, () => clientView(context)],
    ["match", true, () => matchView(context)],
    ["values", true, () => ({ isExact: isExact(context) })],
    ["bodies", true, () => ({})],
    ["pages", true, () => ({})],
    ["conversation", uses.has("src/testing/conversation.ts"), () => ({})],
    ["rows", hasEntities, () => rowsView(context)],
    ["logic", hasLogic, () => acceptingLogicView(context)],
    ["files", hasFiles(context), () => ({})],
    ["credentials", uses.has("src/testing/credentials.ts"), () => wrongCredentialsView(context)],
    ["tokens", securityView(context.model).hasTokens, () => ({})],
    ["slots", hasLogic, () => slotsView(context)],
  ];
  return rows
    .filter(([, isThere]) => isThere)
    .map(([name, , view]) => template(`src/testing/${name}.ts`, "generated", `project/src/testing/${name}.ts`, view()));
}

function template(path: string, kind: FileClass, name: string, view: object): PlannedFile {
  return { path, class: kind, content: { kind: "template", template: name, view } };
}
