import type { Entity, Name, Operation } from "../../../model/model.ts";
import { literal } from "../../../render/escape.ts";
import { operationsOf, type PlanContext } from "../../context.ts";
import { docComment } from "../doc.ts";
import { Imports } from "../imports.ts";
import { conversationTests } from "./conversations.ts";
import { customTests } from "./custom.ts";
import { deleteTests } from "./deletes.ts";
import { filterTests } from "./filters.ts";
import { headTests } from "./heads.ts";
import { listJoinTests, readJoinTests } from "./joined.ts";
import { listPlan, listTests } from "./lists.ts";
import { logicCallTests } from "./logic-calls.ts";
import { methodTests } from "./methods.ts";
import { ownershipTests } from "./ownership.ts";
import { parameterTests } from "./parameters.ts";
import { bodyTests } from "./refusals.ts";
import { pageTests } from "./pages.ts";
import { patchListTests } from "./patch-lists.ts";
import { pathKeyTests } from "./path-keys.ts";
import { readTests } from "./reads.ts";
import { relationTests } from "./relations.ts";
import { repeatTests } from "./repeats.ts";
import { requestPlan, rowVariable, type RequestPlan } from "./requests.ts";
import { canEnter, securityTests } from "./security.ts";
import { shareCases, type SharedCases } from "./shared-cases.ts";
import { sortTests } from "./sorts.ts";
import { importHelpers, type TestHome, type TestView } from "./test-view.ts";
import { versionTests } from "./versions.ts";
import { writeTests } from "./writes.ts";

/** templates/entity/test.hbs: the tests of one entity's operations, or of a group's. */
export interface HomeTestsView {
  readonly imports: readonly string[];
  readonly requests: readonly RequestView[];
  readonly sharedCases: readonly SharedCases[];
  readonly describes: readonly DescribeView[];
}

interface RequestView {
  readonly doc: string;
  readonly name: string;
  readonly parameters: string;
  readonly setup: readonly string[];
  readonly members: readonly string[];
}

interface DescribeView {
  readonly stem: string;
  readonly title: string;
  readonly tests: readonly TestView[];
}

export function homeTestsView(name: Name, entity: Entity | undefined, context: PlanContext): HomeTestsView {
  const imports = new Imports();
  const operations = operationsOf(context, name.type).filter(({ method }) => method !== "trace");
  const scratch = new Imports();
  const plans = new Map(operations.map((operation) => [operation.name, requestPlan(operation, context, scratch)]));
  const home: TestHome = { name, entity, context, imports: scratch, plans };
  const described = operations.map((operation): DescribeView => ({
    stem: operation.name,
    title: literal(`${operation.method.toUpperCase()} ${operation.path}`),
    tests: operationTests(operation, plans.get(operation.name), home),
  }));
  const { all: describes, shared: sharedCases } = shareCases(
    [
      ...described,
      {
        stem: "conversation",
        title: literal(`conversations about ${name.pluralWords}`),
        tests: conversationTests(home),
      },
      { stem: "method", title: literal(`other methods of ${name.pluralWords}`), tests: methodTests(home) },
    ].filter(({ tests }) => tests.length > 0),
  );
  const code = describes.flatMap(({ tests }) => tests.flatMap(({ lines, cases }) => [...cases, ...lines])).join("\n");
  const used = [...plans.values()].filter((plan) => code.includes(`${plan.name}(`));
  const requests = used.map(requestView);
  noteImports(
    [code, ...requests.flatMap(({ setup, members }) => [...setup, ...members])].join("\n"),
    used,
    home,
    imports,
  );
  return { imports: imports.lines(), requests, sharedCases, describes };
}

function operationTests(operation: Operation, plan: RequestPlan | undefined, home: TestHome): readonly TestView[] {
  if (plan === undefined) return [];
  if (!canEnter(operation, home)) return securityTests(plan, home);
  const { entity } = home;
  const own =
    entity === undefined || operation.kind === "custom" ? customTests(plan, home) : crudTests(plan, entity, home);
  const isLink = operation.variant === "link" || operation.variant === "unlink";
  return [
    ...own,
    ...(isLink ? [] : parameterTests(plan, home)),
    ...bodyTests(plan, home),
    ...logicCallTests(plan, home),
    ...(entity === undefined ? [] : relationTests(plan, entity, home)),
    ...versionTests(plan, home),
    ...repeatTests(plan, home),
    ...securityTests(plan, home),
    ...(entity === undefined ? [] : ownershipTests(plan, entity, home)),
  ];
}

function crudTests(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  switch (plan.operation.kind) {
    case "create":
    case "replace":
    case "update":
      return [
        ...writeTests(plan, entity, home),
        ...patchListTests(plan, entity, home),
        ...pathKeyTests(plan, entity, home),
      ];
    case "read":
      return [...readTests(plan, entity, home), ...readJoinTests(plan, entity, home), ...headTests(plan, home)];
    case "delete":
      return deleteTests(plan, entity, home);
    default: {
      const list = listPlan(plan, entity, home);
      return list === undefined
        ? []
        : [
            ...listTests(list),
            ...listJoinTests(list),
            ...pageTests(list),
            ...filterTests(list),
            ...sortTests(list),
            ...headTests(plan, home),
          ];
    }
  }
}

function requestView(plan: RequestPlan): RequestView {
  const { item } = plan;
  return {
    doc: docComment(`A valid ${plan.route}.`),
    name: plan.name,
    parameters: item === undefined ? "" : `${rowVariable(item)}: ${item.name.type}`,
    setup: plan.setup,
    members: plan.members,
  };
}

/** What the file's code mentions, and nothing else. */
function noteImports(code: string, used: readonly RequestPlan[], { entity, name }: TestHome, imports: Imports): void {
  for (const word of ["beforeEach", "describe", "expect", "test"]) imports.value(word, "vitest");
  imports.value("resetRows", "../testing/database.ts");
  importHelpers(code, imports);
  const rows = new Set(
    [...code.matchAll(/\b(given[A-Z]\w*|callers[A-Z]\w*|join(?:ed)?[A-Z]\w*)\(/g)].map(([, one]) => one ?? ""),
  );
  for (const row of rows) imports.value(row, "../testing/rows.ts");
  if (/\bunique\./.test(code)) imports.value("unique", "../testing/rows.ts");
  const fixture = /\.\.\.(validNew\w+)\(\)/.exec(code)?.[1];
  if (fixture !== undefined) imports.value(fixture, `./${name.file}.fixtures.ts`);
  if (entity !== undefined && used.some(({ item }) => item !== undefined))
    imports.type(entity.name.type, `./${entity.name.file}.contract.ts`);
}
