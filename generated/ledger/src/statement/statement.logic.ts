import type { ClosingBalanceContext, NewStatement, Statement, TransferCountContext } from "./statement.contract.ts";

/**
 * The balance of the account when the statement is drawn up.
 *
 * @slot statement.create.closingBalance  value, of Statement.closingBalance, before POST /statements
 */
export async function closingBalance(statement: NewStatement, context: ClosingBalanceContext): Promise<number> {
  // Open: stores 0 until it is filled.
  return 0;
}

/**
 * How many transfers left the account in the month, by UTC, reversed ones included.
 *
 * @slot statement.transferCount  field, of Statement.transferCount, on read
 */
export async function transferCount(
  statements: readonly Statement[],
  context: TransferCountContext,
): Promise<readonly number[]> {
  // Open: answers 0 until it is filled.
  return statements.map(() => 0);
}
