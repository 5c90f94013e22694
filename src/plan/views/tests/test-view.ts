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
  /** The name of the list that these cases are in, where several tests are run with them; else "". */
  readonly sharedCases: string;
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
  return { title: literal(commentText(title)), hasCases: false, cases: [], sharedCases: "", parameters: "", lines };
}

export function caseTest(
  title: string,
  cases: readonly string[],
  parameters: string,
  lines: readonly string[],
): readonly TestView[] {
  if (cases.length === 0) return [];
  return [{ title: literal(title), hasCases: true, cases, sharedCases: "", parameters, lines }];
}

/** How code uses each helper, and where it comes from. */
const helpers: readonly (readonly [name: string, use: RegExp, from: string])[] = [
  ...["client", "stranger", "anybody", "colleague", "outsider", "overseer", "realClient"].map(
    (name) =>
      [name, new RegExp(`(?<![\\w$.])${name}(\\.(send|inject|follow)\\(|, |,$)`, "m"), "../testing/client.ts"] as const,
  ),
  ...["valueAt", "valuesAt", "itemsAt", "changed", "without", "sorted"].map(
    (name) => [name, called(name), "../testing/values.ts"] as const,
  ),
  ...["stirRows", "storedRows"].map((name) => [name, called(name), "../testing/database.ts"] as const),
  ["wrongCredentials", /\.\.\.wrongCredentials\(/, "../testing/credentials.ts"],
  ["presenting", called("presenting"), "../testing/credentials.ts"],
  ["clientWith", called("clientWith"), "../testing/client.ts"],
  ["acceptingLogic", /\bacceptingLogic\b/, "../testing/logic.ts"],
  ["isRecent", /\bisRecent\b/, "../testing/values.ts"],
  ["holdConversations", called("holdConversations"), "../testing/conversation.ts"],
  ["walk", called("walk"), "../testing/pages.ts"],
  ["unreadableBodies", /\.\.\.unreadableBodies/, "../testing/bodies.ts"],
  ...["isOpen", "slotTest", "existing", "inTransaction", "inOperation"].map(
    (name) => [name, called(name), "../testing/slots.ts"] as const,
  ),
  ["fileRequest", /\bfileRequest\(/, "../testing/files.ts"],
  ["randomUUID", called("randomUUID"), "node:crypto"],
];

export const helperNames: readonly string[] = helpers.map(([name]) => name);

function called(name: string): RegExp {
  return new RegExp(`(?<![\\w$.])${name}\\(`);
}

/** Notes every helper that code uses. Texts of the document in it are not mistaken for code: they are quoted. */
export function importHelpers(code: string, imports: Imports): void {
  const bare = code.replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '""');
  for (const [name, use, from] of helpers) if (use.test(bare)) imports.value(name, from);
}

/** The place of a member in the document, for titles: "NewTransfer.amount". */
export function placeName(operation: Operation): string {
  const name = operation.body?.schema.$ref?.split("/").at(-1);
  return name === undefined ? "body" : commentText(decodeURIComponent(name.replaceAll("%", "%25")));
}
