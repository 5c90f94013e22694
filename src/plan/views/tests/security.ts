import type { Operation, SecurityScheme } from "../../../model/model.ts";
import { literal, valueLiteral } from "../../../render/escape.ts";
import { usedSchemes } from "../security.ts";
import { arrange, expectStatus, send } from "./items.ts";
import type { RequestPlan } from "./requests.ts";
import { refusal } from "./statuses.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";

/** Whether nobody gets in without credentials. */
export function isClosed(operation: Operation): boolean {
  return operation.security.length > 0 && operation.security.every((alternative) => alternative.length > 0);
}

/** Whether the service can check some credentials for the operation. */
export function canEnter(operation: Operation, home: Pick<TestHome, "context">): boolean {
  const schemes = usedSchemes(home.context.model);
  const isKnown = (name: string): boolean =>
    schemes.some((scheme) => scheme.name === name && scheme.kind !== "unsupported");
  return (
    operation.security.length === 0 ||
    operation.security.some((alternative) => alternative.every(({ scheme }) => isKnown(scheme)))
  );
}

/** Tests that the operation asks for credentials, and that wrong ones are of no use. */
export function securityTests(plan: RequestPlan, home: TestHome): readonly TestView[] {
  const { operation } = plan;
  if (!isClosed(operation)) return [];
  const names = new Set(operation.security.flat().map(({ scheme }) => scheme));
  const schemes = usedSchemes(home.context.model).filter(({ name }) => names.has(name));
  const wrong = schemes.flatMap(wrongCredentials);
  const status = refusal(operation, "unauthenticated");
  const make = canEnter(operation, home) && plan.isValid ? arrange(plan, home) : ["const request = {};"];
  const isFilled = make.length > 1 || make[0] !== "const request = {};";
  return [
    plainTest("asks for credentials", [...make, expectStatus(send(plan, "request", "anybody"), plan, status)]),
    ...wrong.map(({ title, part, members }) => {
      const has = isFilled && plan.members.some((member) => member.startsWith(`${part}:`));
      const own = has ? `{ ...request.${part}, ${valueLiteral(members).slice(1, -1)} }` : valueLiteral(members);
      return plainTest(`refuses ${title}`, [
        ...make,
        expectStatus(send(plan, `{ ...request, ${part}: ${own} }`, "anybody"), plan, status),
      ]);
    }),
  ];
}

interface Wrong {
  readonly title: string;
  readonly part: "headers" | "query";
  readonly members: Readonly<Record<string, string>>;
}

function wrongCredentials(scheme: SecurityScheme): readonly Wrong[] {
  switch (scheme.kind) {
    case "bearer":
    case "oauth2":
      return [
        { title: "a token that is none", part: "headers", members: { authorization: "Bearer nonsense" } },
        {
          title: "a token that nobody signed",
          part: "headers",
          members: {
            authorization: "Bearer eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJjYWxsZXIiLCJleHAiOjQxMDI0NDQ4MDB9.",
          },
        },
      ];
    case "basic":
      return [{ title: "a wrong password", part: "headers", members: { authorization: "Basic Y2FsbGVyOndyb25n" } }];
    case "api-key":
      if (scheme.in === "query")
        return [{ title: "a key that is not known", part: "query", members: { [scheme.parameter]: "nonsense" } }];
      if (scheme.in === "cookie")
        return [
          { title: "a key that is not known", part: "headers", members: { cookie: `${scheme.parameter}=nonsense` } },
        ];
      return [
        {
          title: "a key that is not known",
          part: "headers",
          members: { [scheme.parameter.toLowerCase()]: "nonsense" },
        },
      ];
    case "unsupported":
      return [];
  }
}

export function strangerSend(plan: RequestPlan): string {
  return `await stranger.send(${literal(plan.route)}, request)`;
}
