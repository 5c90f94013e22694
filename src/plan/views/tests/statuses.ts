import type { Operation } from "../../../model/model.ts";

/** What a request can be wrong about, and which statuses say so: those that the document may choose, the protocol's own first. */
const choices = {
  body: [400, 422],
  parameter: [400, 422],
  path: [400, 404, 422],
  conflict: [409],
  dangling: [409, 404, 422, 400],
  missing: [404],
  hidden: [404],
  unauthenticated: [401],
} as const;

export type Wrong = keyof typeof choices;

/**
 * The statuses of a refusal, as arguments: "422". Those that the operation documents; else all where it leaves them open
 * (`default`, `4XX`), else the protocol's own.
 */
export function refusal(operation: Operation, wrong: Wrong): string {
  const all: readonly number[] = choices[wrong];
  const documented = all.filter((status) => operation.failures.some((failure) => failure.status === status));
  const [own = 400] = all;
  if (wrong === "dangling") return [...new Set([...documented, own])].join(", ");
  if (wrong === "path") return [...new Set([...documented.filter((status) => status !== 404), own, 404])].join(", ");
  if (documented.length > 0) return documented.join(", ");
  const isOpen = operation.failures.some(({ status }) => status === 0 || status === 4);
  return isOpen ? all.join(", ") : String(own);
}
