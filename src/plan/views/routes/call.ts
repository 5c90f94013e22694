import type { Operation } from "../../../model/model.ts";
import { memberAccess } from "../../../render/escape.ts";
import type { PlanContext } from "../../context.ts";
import { envelopeOf } from "../bodies.ts";
import { parametersOf } from "../operations.ts";
import { requestType } from "../requests.ts";
import { besides, type RouteDraft } from "./draft.ts";

/** The call of the operation's function, with the parts of the request that it asks for. */
export function callCode(draft: RouteDraft): string {
  const { name, entity, operation, context, imports } = draft;
  const callee = imports.value(operation.name, besides(draft, "operations"));
  const words = parametersOf(name, entity, operation, context).map((word) => argumentCode(word, draft));
  return `${callee}(${[...words, "context"].join(", ")})`;
}

function argumentCode(word: string, draft: RouteDraft): string {
  if (word === "input") return inputCode(draft.operation, draft.context);
  if (word === "request") return requestParts(draft);
  return `request.${word}`;
}

/** The body, less its envelope. */
function inputCode(operation: Operation, context: PlanContext): string {
  const { body } = operation;
  let code = "request.body";
  let mayBeMissing = body?.isRequired !== true;
  for (const { name, isOptional } of body === undefined ? [] : envelopeOf(body, context)) {
    code += mayBeMissing ? optionalAccess(name) : memberAccess(name);
    mayBeMissing ||= isOptional;
  }
  return mayBeMissing ? `${code} ?? undefined` : code;
}

export function optionalAccess(name: string): string {
  const access = memberAccess(name);
  return access.startsWith(".") ? `?${access}` : `?.${access}`;
}

function partCode(word: string): string {
  return word === "cookies" ? "request.headers.cookie" : `request.${word}`;
}

function requestParts({ operation, context }: RouteDraft): string {
  const words = requestType(operation, context).map((part) => /^(?:readonly )?(\w+)/.exec(part)?.[1] ?? "");
  const optionalBody = "request.body ? { body: request.body } : {}";
  const isOptional = (word: string): boolean => word === "body" && operation.body?.isRequired !== true;
  if (words.length === 1 && words.every(isOptional)) return optionalBody;
  const parts = words.map((word) => (isOptional(word) ? `...(${optionalBody})` : `${word}: ${partCode(word)}`));
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}
