import type { Operation } from "../../../model/model.ts";
import { operationErrors, tellsParts } from "../errors.ts";
import type { RequestPlan } from "./requests.ts";
import type { TestHome } from "./test-view.ts";

/** What a request can be wrong about, and which statuses say so: the best one first. */
const choices = {
  body: [422, 400],
  unreadable: [400, 422],
  parameter: [400, 422],
  path: [400, 422, 404],
  conflict: [409],
  dangling: [409, 404, 422, 400],
  missing: [404],
  hidden: [404],
  forbidden: [403],
  unauthenticated: [401],
} as const;

export type Wrong = keyof typeof choices;

/**
 * The statuses of a refusal, as arguments: "422". The best one that the operation documents; else any of them where it
 * leaves that open (`default`, `4XX`), else the protocol's own.
 */
export function refusal(operation: Operation, wrong: Wrong): string {
  const all: readonly number[] = choices[wrong];
  const documented = all.filter((status) => operation.failures.some((failure) => failure.status === status));
  const [own = 400] = all;
  if (wrong === "dangling") return [...new Set([...documented, own])].join(", ");
  if (documented[0] !== undefined) return String(documented[0]);
  const isOpen = operation.failures.some(({ status }) => status === 0 || status === 4);
  return isOpen ? all.join(", ") : String(wrong === "body" ? 400 : own);
}

/** Whether an error says which part of the request is to blame: its shape is the API's own, and has words for it. */
export function namesParts({ operation }: RequestPlan, { context }: TestHome): boolean {
  return tellsParts(context.model) && operationErrors(operation, context.model).length === 0;
}
