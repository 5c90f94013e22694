import type { Model, Operation, SecurityScheme } from "../../../model/model.ts";
import { commentText, literal, propertyKey } from "../../../render/escape.ts";
import type { PlanContext } from "../../context.ts";
import { securityView, usedSchemes } from "../security.ts";
import { arrange, expectStatus, send } from "./items.ts";
import type { RequestPlan } from "./requests.ts";
import { refusal } from "./statuses.ts";
import { caseTest, type TestHome, type TestView } from "./test-view.ts";

/** Whether nobody gets in without credentials. */
export function isClosed(operation: Operation): boolean {
  return operation.security.length > 0 && operation.security.every((alternative) => alternative.length > 0);
}

/** Whether the service can check some credentials for the operation. */
export function canEnter(operation: Operation, home: Pick<TestHome, "context">): boolean {
  const schemes = checkedSchemes(home.context.model);
  const isKnown = (name: string): boolean => schemes.some((scheme) => scheme.name === name);
  return (
    operation.security.length === 0 ||
    operation.security.some((alternative) => alternative.every(({ scheme }) => isKnown(scheme)))
  );
}

/** Tests that nobody gets in without credentials, and that wrong ones are of no use. */
export function securityTests(plan: RequestPlan, home: TestHome): readonly TestView[] {
  const { operation } = plan;
  if (!isClosed(operation)) return [];
  const names = new Set(operation.security.flat().map(({ scheme }) => scheme));
  const schemes = checkedSchemes(home.context.model).filter(({ name }) => names.has(name));
  const make = canEnter(operation, home) && plan.isValid ? arrange(plan, home) : ["const request = {};"];
  const lines = [
    ...make,
    `const response = ${send(plan, "presenting(wrong, request)", "anybody")};`,
    expectStatus("response", plan, refusal(operation, "unauthenticated")),
    'expect(response.headers).toHaveProperty("www-authenticate");',
  ];
  const cases = `...wrongCredentials(${schemes.map(({ name }) => literal(name)).join(", ")})`;
  return caseTest("refuses $title", [cases], "wrong", lines);
}

/** templates/project/src/testing/credentials.ts.hbs: the schemes that are checked, each with a list of credentials as code. */
export interface WrongCredentialsView {
  readonly hasTokens: boolean;
  readonly schemes: readonly { readonly key: string; readonly code: string }[];
}

export function wrongCredentialsView({ model }: PlanContext): WrongCredentialsView {
  const schemes = checkedSchemes(model);
  return {
    hasTokens: securityView(model).hasTokens,
    schemes: schemes.map((scheme) => ({ key: propertyKey(scheme.name), code: wrongCode(scheme) })),
  };
}

type CheckedScheme = Exclude<SecurityScheme, { readonly kind: "unsupported" }>;

function checkedSchemes(model: Model): readonly CheckedScheme[] {
  return usedSchemes(model).filter((scheme) => scheme.kind !== "unsupported");
}

function wrongCode(scheme: CheckedScheme): string {
  switch (scheme.kind) {
    case "bearer":
    case "oauth2":
      return "tokens";
    case "basic":
      return '[{ title: "a wrong password", headers: { authorization: "Basic Y2FsbGVyOndyb25n" } }]';
    case "api-key": {
      const title = literal(commentText(`a key that is not known in ${scheme.in} ${scheme.parameter}`));
      if (scheme.in === "query")
        return `[{ title: ${title}, query: { ${propertyKey(scheme.parameter)}: "nonsense" } }]`;
      const [name, value] =
        scheme.in === "cookie"
          ? ["cookie", `${scheme.parameter}=nonsense`]
          : [scheme.parameter.toLowerCase(), "nonsense"];
      return `[{ title: ${title}, headers: { ${propertyKey(name)}: ${literal(value)} } }]`;
    }
  }
}

export function strangerSend(plan: RequestPlan): string {
  return `await stranger.send(${literal(plan.route)}, request)`;
}
