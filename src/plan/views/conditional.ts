import type { Operation, Parameter } from "../../model/model.ts";
import { memberKey } from "../../model/names.ts";
import { operationsOf, type PlanContext } from "../context.ts";

/**
 * The operation whose answer a write's `If-Match` is about: it reads what stands at the same path, or what an action is
 * done on, whose path goes on from there. Undefined where the
 * document speaks of no such header, or of nothing that could be read to compare.
 */
export function comparedRead(operation: Operation, context: PlanContext): Operation | undefined {
  const { kind, method, entity, path } = operation;
  const isAction = kind === "custom" && operation.slot !== undefined && !["get", "head"].includes(method);
  if ((!isAction && !["update", "replace", "delete"].includes(kind)) || entity === undefined) return undefined;
  if (!hasHeader(operation, "ifmatch") && !operation.failures.some(({ status }) => status === 412)) return undefined;
  return operationsOf(context, entity).find(
    (other) =>
      other.kind === "read" &&
      (other.path === path || (isAction && path.startsWith(`${other.path}/`) && other.path.includes("{"))) &&
      other.success.shape !== undefined &&
      other.parameters.every((parameter) => parameter.in === "path" || !parameter.isRequired),
  );
}

/** What a write is answered with that was meant for another version: 412 (RFC 9110, 13.1.1), unless its document has none. */
export function changedStatus({ failures }: Operation): 409 | 412 {
  return failures.some(({ status }) => [0, 4, 412].includes(status)) ? 412 : 409;
}

/** Whether an answer names the version that it shows: where it is documented, or needed for an `If-Match`. */
export function isTagged(operation: Operation, context: PlanContext): boolean {
  const { kind, entity, success } = operation;
  if (!["read", "list", "create", "update", "replace"].includes(kind) || entity === undefined) return false;
  if (success.shape === undefined || success.mediaType === undefined) return false;
  if (success.headers.some(({ source }) => source.kind === "etag")) return true;
  if (comparedRead(operation, context) !== undefined || mayBeKnown(operation)) return true;
  return operationsOf(context, entity).some((other) => comparedRead(other, context)?.name === operation.name);
}

/** Whether who has the version that is there is told no more than that. */
export function mayBeKnown(operation: Operation): boolean {
  const { kind, failures } = operation;
  if (kind !== "read" && kind !== "list") return false;
  return hasHeader(operation, "ifnonematch") || failures.some(({ status }) => status === 304);
}

export function isIfMatch(parameter: Parameter): boolean {
  return isHeader(parameter, "ifmatch");
}

function hasHeader({ parameters }: Operation, key: string): boolean {
  return parameters.some((parameter) => isHeader(parameter, key));
}

function isHeader({ in: place, name }: Parameter, key: string): boolean {
  return place === "header" && memberKey(name) === key;
}
