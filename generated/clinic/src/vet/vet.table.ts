import { sql } from "drizzle-orm";
import { bigint, boolean, index, pgTable, text, unique } from "drizzle-orm/pg-core";
import { instant } from "../columns.ts";

/** Somebody who treats pets. */
export const vets = pgTable(
  "vets",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    first_name: text("first_name").notNull(),
    last_name: text("last_name").notNull(),
    licence: text("licence").notNull(),
    on_leave: boolean("on_leave").notNull().default(false),
    created_at: instant("created_at")
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    unique("vets_licence_unique").on(table.licence),
    index("vets_on_leave_index").on(table.on_leave),
    index("vets_last_name_id_index").on(table.last_name, table.id),
  ],
);
