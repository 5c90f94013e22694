import type { AccountReader, AccountWriter } from "../account/account.contract.ts";
import type {
  EffectContext,
  OperationContext,
  Refusal,
  RowReader,
  RowWriter,
  RuleContext,
  Verdict,
} from "../contract.ts";
import type { CustomerReader, CustomerWriter } from "../customer/customer.contract.ts";
import type { Services } from "../services.ts";
import type { StatementReader, StatementWriter } from "../statement/statement.contract.ts";
import type { TransferReader, TransferWriter } from "../transfer/transfer.contract.ts";

/** A card that spends from an account. */
export interface Card {
  id: string;
  /** The account that the card spends from. */
  accountId: string;
  kind: "physical" | "virtual";
  /** As it is embossed. */
  holderName: string;
  /** In minor units, what the card may spend in a day. */
  dailyLimit: number;
  status: "active" | "frozen" | "expired";
  createdAt: string;
}

/** What can be set of a stored card; null clears. */
export interface CardValues {
  id?: string | undefined;
  accountId?: string | undefined;
  kind?: "physical" | "virtual" | undefined;
  holderName?: string | undefined;
  dailyLimit?: number | undefined;
  pin?: string | undefined;
  status?: "active" | "frozen" | "expired" | undefined;
  createdAt?: string | undefined;
}

/** What lists of cards can be filtered by. */
export interface CardFilter {
  status?: "active" | "frozen" | "expired" | undefined;
  kind?: "physical" | "virtual" | undefined;
}

/** The body of POST /cards. */
export interface NewCard {
  /** The account that the card spends from. */
  accountId: string;
  kind: "physical" | "virtual";
  /** As it is embossed. */
  holderName: string;
  /** In minor units, what the card may spend in a day. */
  dailyLimit: number;
  /** Four digits; never shown. */
  pin: string;
}

/** The body of PATCH /cards/{cardId}. */
export interface CardUpdate {
  /** As it is embossed. */
  holderName?: string;
  /** In minor units, what the card may spend in a day. */
  dailyLimit?: number;
  /** Four digits; never shown. */
  pin?: string;
}

/** What POST /cards/{cardId}/freeze is asked. */
export interface FreezeCardRequest {
  readonly params: { readonly cardId: string };
}

/** What POST /cards/{cardId}/unfreeze is asked. */
export interface UnfreezeCardRequest {
  readonly params: { readonly cardId: string };
}

/** Reads cards. */
export type CardReader = RowReader<Card, CardFilter>;

/** Reads and changes cards. */
export type CardWriter = RowWriter<Card, CardValues, CardFilter>;

/** What can be read from here. */
export interface CardReaders {
  readonly cards: CardReader;
  readonly customers: CustomerReader;
  readonly accounts: AccountReader;
  readonly statements: StatementReader;
  readonly transfers: TransferReader;
}

/** What can be changed from here. */
export interface CardWriters {
  readonly cards: CardWriter;
  readonly customers: CustomerWriter;
  readonly accounts: AccountWriter;
  readonly statements: StatementWriter;
  readonly transfers: TransferWriter;
}

export type IsAllowedCode = "account-not-open" | "limit-too-high";

export type IsAllowedContext = RuleContext<IsAllowedCode> & CardReaders;

export type IsUpdateCardAllowedCode = "card-frozen";

export type IsUpdateCardAllowedContext = RuleContext<IsUpdateCardAllowedCode> & CardReaders;

export type FreezeCardCode = "card-not-active";

export type FreezeCardContext = OperationContext<FreezeCardCode, Services, EffectContext<Services> & CardWriters>;

export type UnfreezeCardCode = "card-not-frozen";

export type UnfreezeCardContext = OperationContext<UnfreezeCardCode, Services, EffectContext<Services> & CardWriters>;

/** The business logic of cards, in card.logic.ts. */
export interface CardLogic {
  isAllowed(card: NewCard, context: IsAllowedContext): Promise<Verdict<IsAllowedCode>>;
  isUpdateCardAllowed(
    card: CardUpdate,
    current: Card,
    context: IsUpdateCardAllowedContext,
  ): Promise<Verdict<IsUpdateCardAllowedCode>>;
  freezeCard(request: FreezeCardRequest, context: FreezeCardContext): Promise<Card | Refusal<FreezeCardCode>>;
  unfreezeCard(request: UnfreezeCardRequest, context: UnfreezeCardContext): Promise<Card | Refusal<UnfreezeCardCode>>;
}
