import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { accounts } from "../account/account.table.ts";
import { instant, isOneOf } from "../columns.ts";

/** Money that went from one account to another. */
export const transfers = pgTable(
  "transfers",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    fromAccountId: uuid("from_account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "restrict" }),
    toAccountId: uuid("to_account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "restrict" }),
    amount: bigint("amount", { mode: "number" }).notNull(),
    currency: text("currency").notNull(),
    purpose: text("purpose"),
    reference: text("reference").notNull(),
    status: text("status").notNull().default("settled"),
    reversedAt: instant("reversed_at"),
    createdAt: instant("created_at")
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    check("transfers_currency_check", isOneOf(table.currency, ["EUR", "GBP", "USD"])),
    check("transfers_status_check", isOneOf(table.status, ["settled", "reversed"])),
    index("transfers_from_account_id_index").on(table.fromAccountId),
    index("transfers_to_account_id_index").on(table.toAccountId),
    index("transfers_status_index").on(table.status),
    index("transfers_currency_index").on(table.currency),
    index("transfers_created_at_index").on(table.createdAt),
    index("transfers_created_at_id_index").on(table.createdAt, table.id),
  ],
);
