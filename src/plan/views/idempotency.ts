import type { Operation } from "../../model/model.ts";
import { memberKey } from "../../model/names.ts";
import { literal } from "../../render/escape.ts";
import type { PlanContext } from "../context.ts";

/** Whether an operation is done once for all requests with one `Idempotency-Key`: where the document has that header. */
export function isIdempotent({ kind, method, slot, variant, parameters }: Operation): boolean {
  const isAction =
    kind === "custom" && slot !== undefined && variant === undefined && !["get", "head"].includes(method);
  if (!isAction && !["create", "update", "replace", "delete"].includes(kind)) return false;
  return parameters.some(({ in: place, name }) => place === "header" && isIdempotencyKey(name));
}

export function isIdempotencyKey(name: string): boolean {
  return memberKey(name.replace(/^x-/i, "")) === "idempotencykey";
}

export function hasIdempotency({ model }: PlanContext): boolean {
  return model.operations.some(isIdempotent);
}

/** The table of answers to such requests; a document's own table of that name keeps it. */
export function answersTable({ model, options }: PlanContext): string {
  const prefix = options.tablePrefix ?? "";
  const taken = new Set([...model.entities, ...model.joins].map(({ table }) => table));
  const name = `${prefix}idempotency_keys`;
  return taken.has(name) ? `${prefix}kept_idempotency_keys` : name;
}

/** templates/project/src/answers.table.ts.hbs: literals. */
export function answersTableView(context: PlanContext): { readonly table: string } {
  return { table: literal(answersTable(context)) };
}

/** templates/project/src/answers.ts.hbs: the header's name, as Node has it. */
export function answersView({ model }: PlanContext): { readonly header: string; readonly hasActions: boolean } {
  const names = model.operations
    .filter(isIdempotent)
    .flatMap(({ parameters }) => parameters.filter((one) => one.in === "header" && isIdempotencyKey(one.name)));
  return {
    header: literal((names[0]?.name ?? "idempotency-key").toLowerCase()),
    hasActions: model.operations.some((operation) => operation.kind === "custom" && isIdempotent(operation)),
  };
}
