import type { Operation, SecurityScheme } from "../../../model/model.ts";
import { literal, propertyKey } from "../../../render/escape.ts";
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
    plainTest("asks for credentials", [
      ...make,
      `const response = ${send(plan, "request", "anybody")};`,
      expectStatus("response", plan, status),
      'expect(response.headers).toHaveProperty("www-authenticate");',
    ]),
    ...wrong.map(({ title, part, members }) => {
      const has = isFilled && plan.members.some((member) => member.startsWith(`${part}:`));
      const own = has ? `{ ...request.${part}, ${members} }` : `{ ${members} }`;
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
  /** As code, without braces. */
  readonly members: string;
}

function wrongCredentials(scheme: SecurityScheme): readonly Wrong[] {
  const header = (title: string, name: string, code: string): Wrong => ({
    title,
    part: "headers",
    members: `${propertyKey(name)}: ${code}`,
  });
  switch (scheme.kind) {
    case "bearer":
    case "oauth2":
      return wrongTokens.map(([title, token]) => header(title, "authorization", `\`Bearer ${token}\``));
    case "basic":
      return [header("a wrong password", "authorization", '"Basic Y2FsbGVyOndyb25n"')];
    case "api-key": {
      const title = "a key that is not known";
      if (scheme.in === "cookie") return [header(title, "cookie", literal(`${scheme.parameter}=nonsense`))];
      if (scheme.in === "header") return [header(title, scheme.parameter.toLowerCase(), '"nonsense"')];
      return [{ title, part: "query", members: `${propertyKey(scheme.parameter)}: "nonsense"` }];
    }
    case "unsupported":
      return [];
  }
}

/** Tokens as parts of template literals. The one that nobody signed says so itself: `alg` is `none` (RFC 8725, 2.1). */
const wrongTokens: readonly (readonly [title: string, token: string])[] = [
  ["a token that is none", "nonsense"],
  ["a token that nobody signed", "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJjYWxsZXIiLCJleHAiOjQxMDI0NDQ4MDB9."],
  ["a token that somebody else signed", '${await tokenOf({ sub: caller }, "a secret of somebody else, and as long")}'],
  ["a token that has expired", "${await tokenOf({ sub: caller, exp: 1 })}"],
  ["a token that names nobody", "${await tokenOf({})}"],
];

export function strangerSend(plan: RequestPlan): string {
  return `await stranger.send(${literal(plan.route)}, request)`;
}
