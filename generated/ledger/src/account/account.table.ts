import { sql } from "drizzle-orm";
import { bigint, check, index, numeric, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant, isOneOf } from "../columns.ts";
import { customers } from "../customer/customer.table.ts";

/** Money that a customer keeps, in one currency. */
export const accounts = pgTable(
  "accounts",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    customerId: uuid("customer_id")
      .notNull()
      .references(() => customers.id, { onDelete: "restrict" }),
    name: text("name").notNull(),
    currency: text("currency").notNull(),
    status: text("status").notNull().default("open"),
    balance: bigint("balance", { mode: "number" }).notNull().default(0),
    overdraftLimit: bigint("overdraft_limit", { mode: "number" }).notNull().default(0),
    interestRate: numeric("interest_rate").notNull().default("0.0000"),
    createdAt: instant("created_at")
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    check("accounts_currency_check", isOneOf(table.currency, ["EUR", "GBP", "USD"])),
    check("accounts_status_check", isOneOf(table.status, ["open", "blocked", "closed"])),
    index("accounts_customer_id_index").on(table.customerId),
    index("accounts_status_index").on(table.status),
    index("accounts_currency_index").on(table.currency),
    index("accounts_created_at_id_index").on(table.createdAt, table.id),
  ],
);
