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
  return { balance: value ? { below: 0 } : { atLeast: 0 } };
}

/**
 * Only an account whose balance is zero can be deleted.
 *
 * @slot account.delete.empty  rule, before DELETE /accounts/{accountId}
 */
export async function isEmpty(account: Account, context: IsEmptyContext): Promise<Verdict<IsEmptyCode>> {
  return account.balance === 0 ? context.accept() : context.refuse("account-not-empty");
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
  return accounts.map(({ status, balance, overdraftLimit }) => (status === "open" ? balance + overdraftLimit : 0));
}
