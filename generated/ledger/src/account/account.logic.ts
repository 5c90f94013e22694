import type { RowCondition, Verdict } from "../contract.ts";
import type {
  Account,
  AvailableBalanceContext,
  IsEmptyCode,
  IsEmptyContext,
  OverdrawnContext,
} from "./account.contract.ts";

/**
 * An account is overdrawn while its balance is below zero.
 *
 * @slot account.list.overdrawn  filter, of overdrawn in GET /accounts
 */
export function overdrawn(value: boolean, context: OverdrawnContext): RowCondition<Account> {
  // Open: requests that use it are answered with 501 until it is filled.
  return context.notImplemented();
}

/**
 * Only an account whose balance is zero can be deleted.
 *
 * @slot account.delete.empty  rule, before DELETE /accounts/{accountId}
 */
export async function isEmpty(account: Account, context: IsEmptyContext): Promise<Verdict<IsEmptyCode>> {
  // Open: lets every request pass until it is filled.
  return context.accept();
}

/**
 * What can be spent now, the balance and the overdraft limit together; zero unless the account is open.
 *
 * @slot account.availableBalance  field, of Account.availableBalance, on read
 */
export async function availableBalance(
  accounts: readonly Account[],
  context: AvailableBalanceContext,
): Promise<readonly number[]> {
  // Open: answers 0 until it is filled.
  return accounts.map(() => 0);
}
