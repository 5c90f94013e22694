import type { Json, Method } from "../../../document/openapi.ts";
import type { Model, Operation } from "../../../model/model.ts";
import { literal, uriText } from "../../../render/escape.ts";
import { operationsOf, type PlanContext } from "../../context.ts";
import { remembered } from "../../remember.ts";
import { caseTest, type TestHome, type TestView } from "./test-view.ts";

const candidates: readonly Method[] = ["put", "patch", "delete", "post", "get"];

/** Tests that a path answers methods it does not have with those that it has. */
export function methodTests(home: TestHome): readonly TestView[] {
  const { context } = home;
  const paths = [...new Set(operationsOf(context, home.name.type).map(({ path }) => path))].filter(
    (path) => firstHome(path, context) === home.name.type,
  );
  const cases = paths.flatMap((path) => {
    const methods = methodsAt(path, context);
    const called = address(path, context);
    // A value of a closed list may be a path of its own too.
    const others = new Set(
      asDeep(called, context)
        .filter((one) => leadsTo(one.path, called))
        .map((one) => one.method),
    );
    const missing = candidates.find((method) => !methods.has(method) && !others.has(method));
    if (missing === undefined) return [];
    const url = context.model.api.basePath + uriText(called);
    const named = asDeep(called, context)
      .filter((one) => isNamedBy(one, called))
      .map(({ method }) => method);
    const allowed = new Set<string>([...methods, ...named, "options"]);
    if (allowed.has("get")) allowed.add("head");
    const allow = [...allowed].map((method) => method.toUpperCase()).toSorted();
    return [
      `{ method: ${literal(missing.toUpperCase())}, url: ${literal(url)}, allow: ${literal(allow.join(", "))} } as const`,
    ];
  });
  const hasOptions = paths.some((path) => methodsAt(path, context).has("options"));
  return caseTest("$method $url is answered with the methods that there are", cases, "{ method, url, allow }", [
    "const response = await client.inject({ method, url });",
    "expect(response.statusCode).toBe(405);",
    'expect(response.headers["allow"]).toBe(allow);',
    ...(hasOptions
      ? []
      : [
          'const options = await client.inject({ method: "OPTIONS", url });',
          "expect(options.statusCode).toBe(204);",
          'expect(options.headers["allow"]).toBe(allow);',
        ]),
  ]);
}

/** Stands for a parameter of no closed list. */
const anyWord = "1";

function filled(path: string): string {
  return path.replaceAll(/\{[^}]+\}/g, anyWord);
}

/** Of a closed list of values, only one of them is sure to lead anywhere. */
function address(path: string, context: PlanContext): string {
  const [first] = operationsAt(path, context);
  return path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    const parameter = first?.parameters.find((one) => one.in === "path" && one.name === name);
    const [value = anyWord] = parameter?.schema.enum ?? [];
    return wordOf(value);
  });
}

function wordOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Operations whose path has as many parts. */
function asDeep(called: string, { model }: PlanContext): readonly Operation[] {
  return operationsByDepth(model).get(depthOf(called)) ?? [];
}

const operationsByDepth = remembered((model: Model) => Map.groupBy(model.operations, ({ path }) => depthOf(path)));

function depthOf(path: string): number {
  return path.split("/").length;
}

function leadsTo(path: string, called: string): boolean {
  const words = called.split("/");
  return path.split("/").every((part, at) => part.includes("{") || part === words[at]);
}

/** Whether a path leads to this one by closed lists alone: `/kinds/{kind}` to `/kinds/mail`, where `mail` is a kind. */
function isNamedBy({ path, parameters }: Operation, called: string): boolean {
  const words = called.split("/");
  return path.split("/").every((part, at) => {
    const name = /^\{([^}]+)\}$/.exec(part)?.[1];
    const values = parameters.find((one) => one.in === "path" && one.name === name)?.schema.enum;
    if (name === undefined) return part === words[at];
    return values === undefined ? words[at] === anyWord : values.some((value) => wordOf(value) === words[at]);
  });
}

function firstHome(path: string, context: PlanContext): string | undefined {
  const [first] = operationsAt(path, context);
  return first?.entity ?? first?.group;
}

/** Of all paths that are this one but for the names of their parameters. */
function methodsAt(path: string, context: PlanContext): ReadonlySet<Method> {
  return new Set(operationsAt(path, context).map(({ method }) => method));
}

function operationsAt(path: string, { model }: PlanContext): readonly Operation[] {
  return operationsByForm(model).get(filled(path)) ?? [];
}

const operationsByForm = remembered((model: Model) => Map.groupBy(model.operations, ({ path }) => filled(path)));
