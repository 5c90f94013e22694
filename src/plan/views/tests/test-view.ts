import type { Entity, Name, Operation } from "../../../model/model.ts";
import { commentText, literal } from "../../../render/escape.ts";
import type { PlanContext } from "../../context.ts";
import type { Imports } from "../imports.ts";
import type { RequestPlan } from "./requests.ts";

/** One test, or with cases one for each of them. */
export interface TestView {
  /** As a literal. */
  readonly title: string;
  readonly hasCases: boolean;
  /** Object literals. */
  readonly cases: readonly string[];
  /** The members of a case that the test reads: `{ at, value }`. */
  readonly parameters: string;
  readonly lines: readonly string[];
}

/** What the tests of one file share. */
export interface TestHome {
  readonly name: Name;
  readonly entity: Entity | undefined;
  readonly context: PlanContext;
  readonly imports: Imports;
  readonly plans: ReadonlyMap<string, RequestPlan>;
}

export function plainTest(title: string, lines: readonly string[]): TestView {
  return { title: literal(commentText(title)), hasCases: false, cases: [], parameters: "", lines };
}

export function caseTest(title: string, cases: readonly string[], parameters: string, lines: readonly string[]): readonly TestView[] {
  if (cases.length === 0) return [];
  return [{ title: literal(title), hasCases: true, cases, parameters, lines }];
}

/** Imports of the helpers that a test's code mentions. */
const helpers: Readonly<Record<string, string>> = {
  client: "../testing/client.ts",
  stranger: "../testing/client.ts",
  anybody: "../testing/client.ts",
  realClient: "../testing/client.ts",
  valueAt: "../testing/values.ts",
  valuesAt: "../testing/values.ts",
  itemsAt: "../testing/values.ts",
  changed: "../testing/values.ts",
  without: "../testing/values.ts",
  sorted: "../testing/values.ts",
  stirRows: "../testing/database.ts",
  walk: "../testing/pages.ts",
  unreadableBodies: "../testing/bodies.ts",
  isOpen: "../testing/slots.ts",
  slotTest: "../testing/slots.ts",
  inTransaction: "../testing/slots.ts",
  inOperation: "../testing/slots.ts",
  randomUUID: "node:crypto",
};

/** Notes every helper that code uses as a name of its own. */
export function importHelpers(code: string, imports: Imports): void {
  for (const [name, from] of Object.entries(helpers)) {
    if (new RegExp(`(?<![\\w$."'])${name}(?=[(.,;)\\s\\]])`).test(code)) imports.value(name, from);
  }
}

/** The place of a member in the document, for titles: "NewTransfer.amount". */
export function placeName(operation: Operation): string {
  const name = operation.body?.schema.$ref?.split("/").at(-1);
  return name === undefined ? "body" : commentText(decodeURIComponent(name.replaceAll("%", "%25")));
}
