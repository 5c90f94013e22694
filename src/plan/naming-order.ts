import type { Operation, OperationKind } from "../model/model.ts";

/** Names of what is shared read best by these, in this order: `getCardParams`, `NewCustomer`. */
const ranks: readonly OperationKind[] = ["list", "read", "create", "update", "replace", "delete", "custom"];

/**
 * Operations in the order in which they give their names to what they share. It follows from what they are and not from
 * where the document has them: whoever moves a path must not find a type renamed that their own code is written with.
 */
export function inNamingOrder(operations: readonly Operation[]): readonly Operation[] {
  return operations.toSorted((left, right) => {
    const byKind = ranks.indexOf(left.kind) - ranks.indexOf(right.kind);
    if (byKind !== 0) return byKind;
    const [one, other] = [`${left.path} ${left.method}`, `${right.path} ${right.method}`];
    return one.length - other.length || (one < other ? -1 : 1);
  });
}
