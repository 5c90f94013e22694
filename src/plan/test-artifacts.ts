import type { PlanContext } from "./context.ts";
import { homes } from "./entity-artifacts.ts";
import { isExact } from "./exact.ts";
import type { FileClass, PlannedFile } from "./plan.ts";
import { bodyTypeOf } from "./views/bodies.ts";
import type { Uses } from "./uses.ts";
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

/** The tests of every home's operations and of its business logic, one by one. */
export function* homeTestFiles(context: PlanContext): Generator<PlannedFile, void> {
  for (const { name, entity } of homes(context)) {
    const file = (kind: string): string => `src/${name.file}/${name.file}.${kind}.ts`;
    if (entity !== undefined) {
      const fixtures = fixturesView(entity, newBodyType(entity.name.type, context), context);
      yield template(file("fixtures"), "once", "entity/fixtures", fixtures);
    }
    const tests = homeTestsView(name, entity, context);
    if (tests.describes.length > 0) yield template(file("test"), "generated", "entity/test", tests);
    const slotTests = slotTestsView(name, context);
    if (slotTests !== undefined) yield template(file("logic.test"), "generated", "entity/logic-test", slotTests);
  }
}

/** The type of the body of an entity's first create, where it is an object that can be spread. */
function newBodyType(home: string, context: PlanContext): string | undefined {
  const create = context.model.operations.find(
    (operation) => operation.entity === home && isFirstCreate(operation, context),
  );
  return create === undefined ? undefined : bodyTypeOf(context, home, create);
}

/** What all tests have in common. */
export function sharedTestFiles(context: PlanContext): readonly PlannedFile[] {
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
    ["rows", hasEntities, () => rowsView(context)],
    ["logic", hasLogic, () => acceptingLogicView(context)],
    ["files", hasFiles(context), () => ({})],
    ["tokens", securityView(context.model).hasTokens, () => ({})],
    ["slots", hasLogic, () => slotsView(context)],
  ];
  return rows.filter(([, isThere]) => isThere).map(([name, , view]) => helper(name, view()));
}

/** What some tests have in common, by what they use. */
export function usedTestFiles(context: PlanContext, uses: Uses): readonly PlannedFile[] {
  return [
    ...(uses.has("src/testing/conversation.ts") ? [helper("conversation", {})] : []),
    ...(uses.has("src/testing/credentials.ts") ? [helper("credentials", wrongCredentialsView(context))] : []),
  ];
}

function helper(name: string, view: object): PlannedFile {
  return template(`src/testing/${name}.ts`, "generated", `project/src/testing/${name}.ts`, view);
}

function template(path: string, kind: FileClass, name: string, view: object): PlannedFile {
  return { path, class: kind, content: { kind: "template", template: name, view } };
}
