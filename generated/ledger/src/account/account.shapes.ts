import type { Context } from "../context.ts";
import { unlessMissing } from "../failure.ts";
import type { Account } from "./account.contract.ts";

/** Accounts as GET /accounts shows them. */
export async function showAccounts(rows: readonly Account[], context: Context) {
  const availableBalance = await context.logic.accounts.availableBalance(rows, context);
  return rows.map((row, index) => ({
    ...row,
    availableBalance: availableBalance[index],
  }));
}

/** The same of one. */
export async function showAccount(row: Account, context: Context) {
  const [shown] = await showAccounts([row], context);
  return unlessMissing(shown);
}
