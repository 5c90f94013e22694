import { sql } from "drizzle-orm";
import { index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { books } from "../book/book.table.ts";
import { instant } from "../columns.ts";
import { customers } from "../customer/customer.table.ts";

export const reviews = pgTable(
  "reviews",
  {
    id: integer("id").primaryKey().generatedByDefaultAsIdentity(),
    isbn: text("isbn")
      .notNull()
      .references(() => books.isbn, { onDelete: "cascade" }),
    stars: integer("stars").notNull(),
    text: text("text"),
    created_at: instant("created_at")
      .notNull()
      .default(sql`now()`),
    customer_id: integer("customer_id")
      .notNull()
      .references(() => customers.id, { onDelete: "cascade" }),
  },
  (table) => [index("reviews_isbn_index").on(table.isbn), index("reviews_customer_id_index").on(table.customer_id)],
);
