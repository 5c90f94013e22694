import { boolean, date, integer, pgTable, text, unique } from "drizzle-orm/pg-core";

export const customers = pgTable(
  "customers",
  {
    id: integer("id").primaryKey().generatedByDefaultAsIdentity(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    newsletter: boolean("newsletter").notNull().default(false),
    born: date("born"),
  },
  (table) => [unique("customers_email_unique").on(table.email)],
);
