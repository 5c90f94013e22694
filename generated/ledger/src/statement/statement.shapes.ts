import type { Context } from "../context.ts";
import { unlessMissing } from "../failure.ts";
import type { Statement } from "./statement.contract.ts";

/** Statements as GET /statements shows them. */
export async function showStatements(rows: readonly Statement[], context: Context) {
  const transferCount = await context.logic.statements.transferCount(rows, context);
  return rows.map((row, index) => ({
    ...row,
    transferCount: transferCount[index],
  }));
}

/** The same of one. */
export async function showStatement(row: Statement, context: Context) {
  const [shown] = await showStatements([row], context);
  return unlessMissing(shown);
}
