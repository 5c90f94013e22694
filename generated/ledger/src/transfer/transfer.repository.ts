import { eq, gte, lte, sql } from "drizzle-orm";
import { ownAccounts } from "../account/account.repository.ts";
import { describeRows, RowRepository } from "../repository.ts";
import { valueOf } from "../statements.ts";
import type { Transfer, TransferFilter, TransferValues } from "./transfer.contract.ts";
import { transfers } from "./transfer.table.ts";

export class TransferRepository extends RowRepository<Transfer, TransferValues, TransferFilter> {}

export const transferRows = describeRows({
  table: transfers,
  key: ["id"],
  own: sql`${transfers.fromAccountId} in ${ownAccounts}`,
  order: [{ by: "createdAt" }, { by: "id" }],
  filters: {
    fromAccountId: eq(transfers.fromAccountId, valueOf(transfers.fromAccountId, "$filter.fromAccountId")),
    status: eq(transfers.status, valueOf(transfers.status, "$filter.status")),
    currency: eq(transfers.currency, valueOf(transfers.currency, "$filter.currency")),
    createdFrom: gte(transfers.createdAt, valueOf(transfers.createdAt, "$filter.createdFrom")),
    createdTo: lte(transfers.createdAt, valueOf(transfers.createdAt, "$filter.createdTo")),
  },
});
