import { sql } from "drizzle-orm";
import { bigint, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { accounts } from "../account/account.table.ts";
import { instant } from "../columns.ts";

/** What an account looked like at the end of a month. */
export const statements = pgTable(
  "statements",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    period: text("period").notNull(),
    closingBalance: bigint("closing_balance", { mode: "number" }).notNull(),
    createdAt: instant("created_at")
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    index("statements_account_id_index").on(table.accountId),
    index("statements_period_index").on(table.period),
    index("statements_created_at_id_index").on(table.createdAt, table.id),
  ],
);
