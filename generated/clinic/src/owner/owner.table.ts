import { sql } from "drizzle-orm";
import { bigint, index, pgTable, text, unique } from "drizzle-orm/pg-core";
import { instant } from "../columns.ts";

/** Somebody who brings pets. */
export const owners = pgTable(
  "owners",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    first_name: text("first_name").notNull(),
    last_name: text("last_name").notNull(),
    email: text("email").notNull(),
    telephone: text("telephone").notNull(),
    street: text("street"),
    city: text("city"),
    created_at: instant("created_at")
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    unique("owners_email_unique").on(table.email),
    index("owners_city_index").on(table.city),
    index("owners_last_name_id_index").on(table.last_name, table.id),
    index("owners_created_at_id_index").on(table.created_at, table.id),
  ],
);
