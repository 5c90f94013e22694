import type { Operation, Parameter } from "../../model/model.ts";
import { typeKey } from "../../render/escape.ts";
import type { PlanContext } from "../context.ts";
import { bodyTypeOf } from "./bodies.ts";
import { typeText } from "./types.ts";

/** The whole header says nothing of single cookies that could be checked. */
export function isCookieHeader(parameter: Parameter): boolean {
  return parameter.in === "header" && parameter.name.toLowerCase() === "cookie";
}

/** The members of the request that an operation slot is handed: `params`, `query`, `headers`, `cookies`, `body`. */
export function requestType(operation: Operation, context: PlanContext): readonly string[] {
  const part = (word: string, place: string): readonly string[] => {
    const members = operation.parameters
      .filter((parameter) => parameter.in === place && !isCookieHeader(parameter))
      .map((parameter) => {
        const key = place === "header" ? parameter.name.toLowerCase() : parameter.name;
        return `readonly ${typeKey(key)}${parameter.isRequired || place === "path" ? "" : "?"}: ${typeText(context.request(parameter.schema))}`;
      });
    return members.length === 0 ? [] : [`readonly ${word}: { ${members.join("; ")} }`];
  };
  const home = operation.entity ?? operation.group ?? "";
  const body = bodyTypeOf(context, home, operation);
  return [
    ...part("params", "path"),
    ...part("query", "query"),
    ...part("headers", "header"),
    ...part("cookies", "cookie"),
    ...(body === undefined ? [] : [`readonly body${operation.body?.isRequired === true ? "" : "?"}: ${body}`]),
  ];
}
