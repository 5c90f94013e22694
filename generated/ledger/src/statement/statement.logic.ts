import type { ClosingBalanceContext, NewStatement, Statement, TransferCountContext } from "./statement.contract.ts";

/**
 * The balance of the account when the statement is drawn up.
 *
 * @slot statement.create.closingBalance  value, of Statement.closingBalance, before POST /statements
 */
export async function closingBalance(statement: NewStatement, context: ClosingBalanceContext): Promise<number> {
  const account = await context.accounts.read(statement.accountId);
  if (account === undefined) throw new Error("A statement is drawn up for an account that is there.");
  return account.balance;
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
  return context.transfers.countEach(
    statements.map(({ accountId, period }) => ({
      fromAccountId: { equals: accountId },
      createdAt: { atLeast: startOf(period), below: endOf(period) },
    })),
  );
}

function startOf(period: string): string {
  return `${period}-01T00:00:00Z`;
}

/** The first moment of the month after. */
function endOf(period: string): string {
  const month = new Date(startOf(period));
  month.setUTCMonth(month.getUTCMonth() + 1);
  return month.toISOString();
}
