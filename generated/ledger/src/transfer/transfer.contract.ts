import type { AccountReader, AccountWriter } from "../account/account.contract.ts";
import type { CardReader, CardWriter } from "../card/card.contract.ts";
import type {
  EffectContext,
  OperationContext,
  Refusal,
  RowReader,
  RowWriter,
  RuleContext,
  SlotContext,
  Verdict,
} from "../contract.ts";
import type { CustomerReader, CustomerWriter } from "../customer/customer.contract.ts";
import type { Services } from "../services.ts";
import type { StatementReader, StatementWriter } from "../statement/statement.contract.ts";

/** Money that went from one account to another. */
export interface Transfer {
  id: string;
  /** Where the money comes from, an account of the caller's. */
  fromAccountId: string;
  /** Where the money goes, anybody's account. */
  toAccountId: string;
  /** In minor units. */
  amount: number;
  /** An ISO 4217 code. */
  currency: "EUR" | "GBP" | "USD";
  /** What the sender says it is for. */
  purpose: string | null;
  /** The purpose as a statement prints it. */
  reference: string;
  status: "settled" | "reversed";
  reversedAt: string | null;
  createdAt: string;
}

/** What can be set of a stored transfer; null clears. */
export interface TransferValues {
  id?: string | undefined;
  fromAccountId?: string | undefined;
  toAccountId?: string | undefined;
  amount?: number | undefined;
  currency?: "EUR" | "GBP" | "USD" | undefined;
  purpose?: string | null | undefined;
  reference?: string | undefined;
  status?: "settled" | "reversed" | undefined;
  reversedAt?: string | null | undefined;
  createdAt?: string | undefined;
}

/** What lists of transfers can be filtered by. */
export interface TransferFilter {
  fromAccountId?: string | undefined;
  status?: "settled" | "reversed" | undefined;
  currency?: "EUR" | "GBP" | "USD" | undefined;
  createdFrom?: string | undefined;
  createdTo?: string | undefined;
}

/** The body of POST /transfers. */
export interface NewTransfer {
  /** Where the money comes from, an account of the caller's. */
  fromAccountId: string;
  /** Where the money goes, anybody's account. */
  toAccountId: string;
  /** In minor units. */
  amount: number;
  /** An ISO 4217 code. */
  currency: "EUR" | "GBP" | "USD";
  /** What the sender says it is for. */
  purpose?: string | null;
}

/** What POST /transfers/{transferId}/reverse is asked. */
export interface ReverseTransferRequest {
  readonly params: { readonly transferId: string };
}

/** Reads transfers. */
export type TransferReader = RowReader<Transfer, TransferFilter>;

/** Reads and changes transfers. */
export type TransferWriter = RowWriter<Transfer, TransferValues, TransferFilter>;

/** What can be read from here. */
export interface TransferReaders {
  readonly transfers: TransferReader;
  readonly customers: CustomerReader;
  readonly accounts: AccountReader;
  readonly cards: CardReader;
  readonly statements: StatementReader;
}

/** What can be changed from here. */
export interface TransferWriters {
  readonly transfers: TransferWriter;
  readonly customers: CustomerWriter;
  readonly accounts: AccountWriter;
  readonly cards: CardWriter;
  readonly statements: StatementWriter;
}

export type IsCoveredCode = "account-not-open" | "currency-mismatch" | "insufficient-funds";

export type IsCoveredContext = RuleContext<IsCoveredCode> & TransferReaders;

export type IsReceivableCode = "same-account" | "target-not-open" | "target-currency-mismatch";

export type IsReceivableContext = RuleContext<IsReceivableCode> &
  TransferReaders & { readonly unscoped: { readonly accounts: AccountReader } };

export type ReferenceContext = SlotContext & TransferReaders;

export type SettleContext = EffectContext<Services> &
  TransferWriters & { readonly unscoped: { readonly accounts: AccountWriter } };

export type ReverseTransferCode = "transfer-not-settled" | "insufficient-funds";

export type ReverseTransferContext = OperationContext<
  ReverseTransferCode,
  Services,
  EffectContext<Services> & TransferWriters & { readonly unscoped: { readonly accounts: AccountWriter } }
>;

/** The business logic of transfers, in transfer.logic.ts. */
export interface TransferLogic {
  isCovered(transfer: NewTransfer, context: IsCoveredContext): Promise<Verdict<IsCoveredCode>>;
  isReceivable(transfer: NewTransfer, context: IsReceivableContext): Promise<Verdict<IsReceivableCode>>;
  reference(transfer: NewTransfer, context: ReferenceContext): Promise<string>;
  settle(transfer: Transfer, context: SettleContext): Promise<void>;
  reverseTransfer(
    request: ReverseTransferRequest,
    context: ReverseTransferContext,
  ): Promise<Transfer | Refusal<ReverseTransferCode>>;
}
