import type { AccountLogic } from "./account/account.contract.ts";
import * as accounts from "./account/account.logic.ts";
import type { CardLogic } from "./card/card.contract.ts";
import * as cards from "./card/card.logic.ts";
import type { StatementLogic } from "./statement/statement.contract.ts";
import * as statements from "./statement/statement.logic.ts";
import type { TransferLogic } from "./transfer/transfer.contract.ts";
import * as transfers from "./transfer/transfer.logic.ts";

/** All business logic, by entity. Tests put their own in its place. */
export interface Logic {
  readonly accounts: AccountLogic;
  readonly cards: CardLogic;
  readonly statements: StatementLogic;
  readonly transfers: TransferLogic;
}

export const ownLogic: Logic = {
  accounts,
  cards,
  statements,
  transfers,
};
