import type { Operation } from "../../../model/model.ts";
import { memberAccess } from "../../../render/escape.ts";
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
  if (word === "input") return inputCode(draft.operation);
  if (word === "request") return requestParts(draft);
  return `request.${word}`;
}

/** The body, less its envelope. */
function inputCode({ body }: Operation): string {
  const isOptional = body?.isRequired !== true;
  const inner = (body?.shape?.wrap ?? []).map((part) => (isOptional ? optionalAccess(part) : memberAccess(part)));
  const code = `request.body${inner.join("")}`;
  return isOptional ? `${code} ?? undefined` : code;
}

export function optionalAccess(name: string): string {
  const access = memberAccess(name);
  return access.startsWith(".") ? `?${access}` : `?.${access}`;
}

function requestParts({ operation, context }: RouteDraft): string {
  const words = requestType(operation, context).map((part) => /^(?:readonly )?(\w+)/.exec(part)?.[1] ?? "");
  const optionalBody = "request.body ? { body: request.body } : {}";
  const isOptional = (word: string): boolean => word === "body" && operation.body?.isRequired !== true;
  if (words.length === 1 && words.every(isOptional)) return optionalBody;
  const parts = words.map((word) => (isOptional(word) ? `...(${optionalBody})` : `${word}: request.${word}`));
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}
