import { sql } from "drizzle-orm";
import { check, date, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { instant, isOneOf } from "../columns.ts";

/** A person who holds accounts, and calls this API. */
export const customers = pgTable(
  "customers",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    subject: text("subject").notNull(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    kind: text("kind").notNull(),
    phone: text("phone"),
    birthDate: date("birth_date"),
    address: jsonb("address"),
    createdAt: instant("created_at")
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    check("customers_kind_check", isOneOf(table.kind, ["person", "company"])),
    unique("customers_subject_unique").on(table.subject),
    unique("customers_email_unique").on(table.email),
  ],
);
