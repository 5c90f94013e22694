import type { CardReader } from "../card/card.contract.ts";
import type {
  FilterContext,
  RowCondition,
  RowReader,
  RowWriter,
  RuleContext,
  SlotContext,
  Verdict,
} from "../contract.ts";
import type { CustomerReader } from "../customer/customer.contract.ts";
import type { StatementReader } from "../statement/statement.contract.ts";
import type { TransferReader } from "../transfer/transfer.contract.ts";

/** Money that a customer keeps, in one currency. */
export interface Account {
  id: string;
  /** Who holds the account. */
  customerId: string;
  name: string;
  /** An ISO 4217 code. */
  currency: "EUR" | "GBP" | "USD";
  status: "open" | "blocked" | "closed";
  /** In minor units; below zero when overdrawn. */
  balance: number;
  /** In minor units, how far below zero the balance may go. */
  overdraftLimit: number;
  /** Per cent a year. */
  interestRate: string;
  createdAt: string;
}

/** What can be set of a stored account; null clears. */
export interface AccountValues {
  id?: string | undefined;
  customerId?: string | undefined;
  name?: string | undefined;
  currency?: "EUR" | "GBP" | "USD" | undefined;
  status?: "open" | "blocked" | "closed" | undefined;
  balance?: number | undefined;
  overdraftLimit?: number | undefined;
  interestRate?: string | undefined;
  createdAt?: string | undefined;
}

/** What lists of accounts can be filtered by. */
export interface AccountFilter {
  status?: "open" | "blocked" | "closed" | undefined;
  currency?: "EUR" | "GBP" | "USD" | undefined;
}

/** The body of POST /accounts. */
export interface NewAccount {
  name: string;
  /** An ISO 4217 code. */
  currency: "EUR" | "GBP" | "USD";
  /** In minor units, how far below zero the balance may go. */
  overdraftLimit?: number;
  /** Per cent a year. */
  interestRate?: string;
}

/** The body of PATCH /accounts/{accountId}. */
export interface AccountUpdate {
  name?: string;
  /** In minor units, how far below zero the balance may go. */
  overdraftLimit?: number;
  /** Per cent a year. */
  interestRate?: string;
}

/** Reads accounts. */
export type AccountReader = RowReader<Account, AccountFilter>;

/** Reads and changes accounts. */
export type AccountWriter = RowWriter<Account, AccountValues, AccountFilter>;

/** What can be read from here. */
export interface AccountReaders {
  readonly accounts: AccountReader;
  readonly customers: CustomerReader;
  readonly cards: CardReader;
  readonly statements: StatementReader;
  readonly transfers: TransferReader;
}

export type OverdrawnContext = FilterContext;

export type IsEmptyCode = "account-not-empty";

export type IsEmptyContext = RuleContext<IsEmptyCode> & AccountReaders;

export type AvailableBalanceContext = SlotContext & AccountReaders;

/** The business logic of accounts, in account.logic.ts. */
export interface AccountLogic {
  overdrawn(value: boolean, context: OverdrawnContext): RowCondition<Account>;
  isEmpty(account: Account, context: IsEmptyContext): Promise<Verdict<IsEmptyCode>>;
  availableBalance(accounts: readonly Account[], context: AvailableBalanceContext): Promise<readonly number[]>;
}
