import { eq, sql } from "drizzle-orm";
import { ownAccounts } from "../account/account.repository.ts";
import { describeRows, RowRepository } from "../repository.ts";
import { valueOf } from "../statements.ts";
import type { Card, CardFilter, CardValues } from "./card.contract.ts";
import { cards } from "./card.table.ts";

export class CardRepository extends RowRepository<Card, CardValues, CardFilter> {}

export const cardRows = describeRows({
  table: cards,
  key: ["id"],
  hidden: ["pin"],
  own: sql`${cards.accountId} in ${ownAccounts}`,
  order: [{ by: "createdAt" }, { by: "id" }],
  filters: {
    status: eq(cards.status, valueOf(cards.status, "$filter.status")),
    kind: eq(cards.kind, valueOf(cards.kind, "$filter.kind")),
  },
});
