import type { Entity, Operation, Parameter } from "../../../model/model.ts";
import { operationsOf, type PlanContext } from "../../context.ts";

/** Whether an operation is about one row that must be there before. */
export function isAboutRow(operation: Operation, context: PlanContext): boolean {
  if (operation.entity === undefined) return false;
  if (["read", "update", "replace", "delete"].includes(operation.kind)) return true;
  if (operation.kind !== "custom") return false;
  return operation.parameters.some(
    (parameter) => parameter.in === "path" && itemField(parameter, operation, context) !== undefined,
  );
}

/**
 * The field of the operation's own row that a path parameter names: by its role; where a custom operation says no more
 * than that it is an input, by the operation that reads the row below the same path.
 */
export function itemField(parameter: Parameter, operation: Operation, context: PlanContext): string | undefined {
  const { role } = parameter;
  if (role.kind === "key") return role.field;
  if (role.kind === "parent") return operation.kind === "list" || operation.kind === "create" ? undefined : role.field;
  if (role.kind !== "input" || operation.kind !== "custom" || operation.entity === undefined) return undefined;
  const start = operation.path.slice(0, operation.path.indexOf(`{${parameter.name}}`));
  for (const other of operationsOf(context, operation.entity)) {
    const same = other.parameters.find(
      (one) =>
        one.role.kind === "key" &&
        other.path.startsWith(`${start}{`) &&
        other.path.indexOf(`{${one.name}}`) === start.length,
    );
    if (same?.role.kind === "key") return same.role.field;
  }
  return undefined;
}

/** The member that a row is named by in tests; a compound key's first. */
export function keyField(entity: Entity): string {
  return entity.key.fields[0] ?? "id";
}
