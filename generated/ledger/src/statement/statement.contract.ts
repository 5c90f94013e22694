import type { AccountReader } from "../account/account.contract.ts";
import type { CardReader } from "../card/card.contract.ts";
import type { RowReader, RowWriter, SlotContext } from "../contract.ts";
import type { CustomerReader } from "../customer/customer.contract.ts";
import type { TransferReader } from "../transfer/transfer.contract.ts";

/** What an account looked like at the end of a month. */
export interface Statement {
  id: string;
  accountId: string;
  /** A month, as year and month. */
  period: string;
  /** In minor units. */
  closingBalance: number;
  createdAt: string;
}

/** What can be set of a stored statement; null clears. */
export interface StatementValues {
  id?: string | undefined;
  accountId?: string | undefined;
  period?: string | undefined;
  closingBalance?: number | undefined;
  createdAt?: string | undefined;
}

/** What lists of statements can be filtered by. */
export interface StatementFilter {
  period?: string | undefined;
}

/** The body of POST /statements. */
export interface NewStatement {
  accountId: string;
  /** A month, as year and month. */
  period: string;
}

/** Reads statements. */
export type StatementReader = RowReader<Statement, StatementFilter>;

/** Reads and changes statements. */
export type StatementWriter = RowWriter<Statement, StatementValues, StatementFilter>;

/** What can be read from here. */
export interface StatementReaders {
  readonly statements: StatementReader;
  readonly customers: CustomerReader;
  readonly accounts: AccountReader;
  readonly cards: CardReader;
  readonly transfers: TransferReader;
}

export type ClosingBalanceContext = SlotContext & StatementReaders;

export type TransferCountContext = SlotContext & StatementReaders;

/** The business logic of statements, in statement.logic.ts. */
export interface StatementLogic {
  closingBalance(statement: NewStatement, context: ClosingBalanceContext): Promise<number>;
  transferCount(statements: readonly Statement[], context: TransferCountContext): Promise<readonly number[]>;
}
