import { eq, sql } from "drizzle-orm";
import { ownCustomers } from "../customer/customer.repository.ts";
import { describeRows, RowRepository } from "../repository.ts";
import { valueOf } from "../statements.ts";
import type { Account, AccountFilter, AccountValues } from "./account.contract.ts";
import { accounts } from "./account.table.ts";

export class AccountRepository extends RowRepository<Account, AccountValues, AccountFilter> {}

export const accountRows = describeRows({
  table: accounts,
  key: ["id"],
  own: sql`${accounts.customerId} in ${ownCustomers}`,
  order: [{ by: "createdAt" }, { by: "id" }],
  filters: {
    status: eq(accounts.status, valueOf(accounts.status, "$filter.status")),
    currency: eq(accounts.currency, valueOf(accounts.currency, "$filter.currency")),
  },
});

/** The keys of the caller's accounts. */
export const ownAccounts = sql`(select ${accounts.id} from ${accounts} where ${accountRows.own})`;
