import type { Operation } from "../../../model/model.ts";
import type { PlanContext } from "../../context.ts";
import { isFileOperation } from "../files.ts";
import { isIdempotent } from "../idempotency.ts";
import { comparedRead } from "../conditional.ts";
import { mergesValues } from "../merged-values.ts";
import { isOnlyRow } from "./keys.ts";

/** How an operation gets at the database: through a context of its own, one transaction, or one connection. */
export function runnerOf(operation: Operation, context: PlanContext): "operation" | "transaction" | "connected" {
  if (isCustom(operation)) return "operation";
  return needsTransaction(operation, context) ? "transaction" : "connected";
}

/** Handled by a slot of its own, outside of any transaction. */
export function isCustom(operation: Operation): boolean {
  return operation.kind === "custom" && !isLinking(operation) && !isFileOperation(operation);
}

/** Adds or removes a row of a join table. */
export function isLinking(operation: Operation): boolean {
  return (operation.variant === "link" || operation.variant === "unlink") && joinOf(operation) !== undefined;
}

export function joinOf(operation: Operation): string | undefined {
  for (const { role } of operation.parameters) if (role.kind === "join") return role.join;
  return undefined;
}

/** Whether several statements must hold together, or a slot runs, so that the operation is one transaction. */
function needsTransaction(operation: Operation, context: PlanContext): boolean {
  if (operation.kind === "list" || operation.kind === "read" || isLinking(operation)) return false;
  return (
    operation.slots.length > 0 ||
    writesJoins(operation) ||
    readsBefore(operation, context) ||
    comparedRead(operation, context) !== undefined ||
    isIdempotent(operation) ||
    operation.variant === "upsert" ||
    isOnlyRow(operation, context)
  );
}

/** Whether a body names rows that are joined with this one, or the path one that a new row is joined with. */
export function writesJoins(operation: Operation): boolean {
  const isBelow = operation.kind === "create" && joinOf(operation) !== undefined;
  return isBelow || (operation.body?.shape?.members.some(({ target }) => target.kind === "joined-keys") ?? false);
}

/** Whether what is written depends on what is there: no other change may come between. */
export function readsBefore(operation: Operation, context: PlanContext): boolean {
  const { kind, variant, body } = operation;
  if (kind !== "update") return false;
  return variant === "json-patch" || body?.shape?.held !== undefined || mergesValues(operation, context);
}
