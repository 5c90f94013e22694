import type { Entity, Name } from "../model/model.ts";
import { operationsOf, slotsOf, type PlanContext } from "./context.ts";
import type { FileClass, PlannedFile } from "./plan.ts";
import { isExact } from "./exact.ts";
import { usedFunctions, type Uses } from "./uses.ts";
import { contractView } from "./views/contract.ts";
import { answersTableView, answersView, hasIdempotency } from "./views/idempotency.ts";
import { errorsView } from "./views/errors.ts";
import { filesView, fileTablesView, hasFiles } from "./views/files.ts";
import { httpView } from "./views/http.ts";
import { logicView } from "./views/logic.ts";
import { operationsView } from "./views/operations.ts";
import { claimsView } from "./views/ownership.ts";
import { logicRegistryView, registryView } from "./views/registry.ts";
import { repositoryView } from "./views/repository.ts";
import { routesView } from "./views/routes.ts";
import { schemaView } from "./views/schema.ts";
import { shapeRegistry } from "./views/shape-registry.ts";
import { shapesView } from "./views/shapes.ts";
import { joinTablesView, tableView } from "./views/table.ts";

/** A home: an entity, or a group of operations that belong to none. */
interface Home {
  readonly name: Name;
  readonly entity: Entity | undefined;
}

interface HomeArtifact {
  readonly template: string;
  readonly path: (file: string) => string;
  readonly class: FileClass;
  readonly when: (home: Home, context: PlanContext) => boolean;
  readonly view: (home: Home, context: PlanContext) => object;
}

const isEntity = ({ entity }: Home): boolean => entity !== undefined;
const hasOperations = ({ name }: Home, context: PlanContext): boolean => operationsOf(context, name.type).length > 0;
const hasSchemas = ({ name }: Home, context: PlanContext): boolean =>
  operationsOf(context, name.type).some((operation) => operation.body !== undefined || operation.parameters.length > 0);

/** What each home consists of: one row per template, in the order in which a reader meets the files. */
const homeArtifacts: readonly HomeArtifact[] = [
  {
    template: "entity/table",
    path: (file) => `src/${file}/${file}.table.ts`,
    class: "generated",
    when: isEntity,
    view: ({ entity }, context) => tableView(required(entity), context),
  },
  {
    template: "entity/schema",
    path: (file) => `src/${file}/${file}.schema.ts`,
    class: "generated",
    when: hasSchemas,
    view: ({ name }, context) => schemaView(name, context),
  },
  {
    template: "entity/contract",
    path: (file) => `src/${file}/${file}.contract.ts`,
    class: "generated",
    when: (home, context) => isEntity(home) || hasOperations(home, context),
    view: ({ name, entity }, context) => contractView(name, entity, context),
  },
  {
    template: "entity/repository",
    path: (file) => `src/${file}/${file}.repository.ts`,
    class: "generated",
    when: isEntity,
    view: ({ entity }, context) => repositoryView(required(entity), context),
  },
  {
    template: "entity/shapes",
    path: (file) => `src/${file}/${file}.shapes.ts`,
    class: "generated",
    when: ({ name }, context) => shapeRegistry(context).functionsOf(name.type).length > 0,
    view: ({ entity }, context) => shapesView(required(entity), context),
  },
  {
    template: "entity/operations",
    path: (file) => `src/${file}/${file}.operations.ts`,
    class: "generated",
    when: hasOperations,
    view: ({ name, entity }, context) => operationsView(name, entity, context),
  },
  {
    template: "entity/routes",
    path: (file) => `src/${file}/${file}.routes.ts`,
    class: "generated",
    when: hasOperations,
    view: ({ name, entity }, context) => routesView(name, entity, context),
  },
  {
    template: "entity/logic",
    path: (file) => `src/${file}/${file}.logic.ts`,
    class: "logic",
    when: ({ name }, context) => slotsOf(context, name.type).length > 0,
    view: ({ name }, context) => logicView(name, context),
  },
];

/** The files of all homes, one by one. */
export function* homeFiles(context: PlanContext): Generator<PlannedFile, void> {
  for (const home of homes(context)) {
    for (const artifact of homeArtifacts.filter(({ when }) => when(home, context))) {
      yield {
        path: artifact.path(home.name.file),
        class: artifact.class,
        content: { kind: "template", template: artifact.template, view: artifact.view(home, context) },
      };
    }
  }
}

export function homes(context: PlanContext): readonly Home[] {
  const entities = context.model.entities.map((entity) => ({ name: entity.name, entity }));
  return [...entities, ...context.model.groups.map(({ name }) => ({ name, entity: undefined }))];
}

/** What homes have in common, and what joins them: tables of joins, repositories in reach, all business logic. */
export function sharedFiles(context: PlanContext, uses: Uses): readonly PlannedFile[] {
  const { entities, joins } = context.model;
  const exact = { isExact: isExact(context) };
  const { tellsInstance } = errorsView(context.model);
  const hasLinks = uses.has("src/http/links.ts") || tellsInstance;
  const linksView = () => ({ ...usedFunctions(uses, "src/http/links.ts"), tellsInstance });
  const hasLists = context.model.operations.some(({ kind }) => kind === "list");
  const rows: readonly (readonly [template: string, isThere: boolean, view: () => object])[] = [
    ["src/contract.ts", true, () => ({ ...exact, ...claimsView(context) })],
    ["src/context.ts", true, () => registryView(context)],
    ["src/logic.ts", context.model.slots.length > 0, () => logicRegistryView(context)],
    ["src/repository.ts", entities.length > 0, () => ({ ...exact, ...claimsView(context) })],
    ["src/statements.ts", entities.length > 0, () => ({ ...exact, ...usedFunctions(uses, "src/statements.ts") })],
    ["src/paging.ts", hasLists, () => pagingView(uses, exact.isExact)],
    ["src/convert.ts", uses.has("src/convert.ts"), () => convertView(uses)],
    ["src/related.ts", uses.has("src/related.ts"), () => ({})],
    ["src/join.ts", joins.length > 0 || uses.has("src/related.ts"), () => exact],
    ["src/joins.table.ts", joins.length > 0, () => joinTablesView(context)],
    ["src/http/addresses.ts", uses.has("src/http/addresses.ts"), () => exact],
    ["src/files.table.ts", hasFiles(context), () => fileTablesView(context)],
    ["src/files.ts", hasFiles(context), () => filesView(context)],
    ["src/http/files.ts", hasFiles(context), () => httpView(context)],
    ["src/answers.table.ts", hasIdempotency(context), () => answersTableView(context)],
    ["src/answers.ts", hasIdempotency(context), () => ({ ...exact, ...answersView(context) })],
    ["src/http/versions.ts", uses.has("src/http/versions.ts"), () => usedFunctions(uses, "src/http/versions.ts")],
    ["src/http/links.ts", hasLinks, linksView],
    ["src/http/links.test.ts", hasLinks, linksView],
  ];
  return rows
    .filter(([, isThere]) => isThere)
    .map(([path, , view]): PlannedFile => ({
      path,
      class: "generated",
      content: { kind: "template", template: `project/${path}`, view: view() },
    }));
}

/** A text that stands for a number or a boolean can spell none, which is a failure. */
function convertView(uses: Uses): Readonly<Record<string, boolean>> {
  const used = usedFunctions(uses, "src/convert.ts");
  return { ...used, canFail: used["asNumber"] === true || used["asInteger"] === true || used["asBoolean"] === true };
}

/** A cursor and an order can be none of ours, which is a failure; links to pages reckon with the total. */
function pagingView(uses: Uses, isExact: boolean): Readonly<Record<string, boolean>> {
  const used = usedFunctions(uses, "src/paging.ts");
  const isCounted = used["counted"] === true;
  const hasLinks = uses.get("src/http/links.ts")?.has("pageLink") === true;
  return {
    ...used,
    isExact,
    exactCursors: isExact && used["pageByCursor"] === true,
    hasTotal: isCounted || hasLinks,
    estimated: hasLinks && !isCounted,
    canFail: ["pageByCursor", "pageAfterKey", "chosenOrder"].some((name) => used[name] === true),
  };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("A file of an entity was planned for a home without one.");
  return value;
}
