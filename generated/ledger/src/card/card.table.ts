import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { accounts } from "../account/account.table.ts";
import { instant, isOneOf } from "../columns.ts";

/** A card that spends from an account. */
export const cards = pgTable(
  "cards",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    kind: text("kind").notNull(),
    holderName: text("holder_name").notNull(),
    dailyLimit: bigint("daily_limit", { mode: "number" }).notNull(),
    pin: text("pin").notNull(),
    status: text("status").notNull().default("active"),
    createdAt: instant("created_at")
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    check("cards_kind_check", isOneOf(table.kind, ["physical", "virtual"])),
    check("cards_status_check", isOneOf(table.status, ["active", "frozen", "expired"])),
    index("cards_account_id_index").on(table.accountId),
    index("cards_status_index").on(table.status),
    index("cards_kind_index").on(table.kind),
    index("cards_created_at_id_index").on(table.createdAt, table.id),
  ],
);
