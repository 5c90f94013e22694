import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { books } from "../book/book.table.ts";
import { instant, isOneOf } from "../columns.ts";
import { customers } from "../customer/customer.table.ts";

export const orders = pgTable(
  "orders",
  {
    id: integer("id").primaryKey().generatedByDefaultAsIdentity(),
    customer_id: integer("customer_id")
      .notNull()
      .references(() => customers.id, { onDelete: "restrict" }),
    isbn: text("isbn")
      .notNull()
      .references(() => books.isbn, { onDelete: "restrict" }),
    quantity: integer("quantity").notNull().default(1),
    gift_note: text("gift_note"),
    status: text("status").notNull().default("placed"),
    created_at: instant("created_at")
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    check("orders_status_check", isOneOf(table.status, ["placed", "paid", "sent", "returned"])),
    index("orders_customer_id_index").on(table.customer_id),
    index("orders_isbn_index").on(table.isbn),
    index("orders_status_index").on(table.status),
  ],
);
