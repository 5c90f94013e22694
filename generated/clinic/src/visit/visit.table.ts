import { sql } from "drizzle-orm";
import { bigint, date, doublePrecision, index, numeric, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "../columns.ts";
import { pets } from "../pet/pet.table.ts";
import { vets } from "../vet/vet.table.ts";

/** A treatment of a pet. */
export const visits = pgTable(
  "visits",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    vet_id: bigint("vet_id", { mode: "number" })
      .notNull()
      .references(() => vets.id, { onDelete: "restrict" }),
    date: date("date").notNull(),
    description: text("description").notNull(),
    temperature: doublePrecision("temperature"),
    fee: numeric("fee").notNull().default("0.00"),
    pet_id: bigint("pet_id", { mode: "number" })
      .notNull()
      .references(() => pets.id, { onDelete: "cascade" }),
    created_at: instant("created_at")
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    index("visits_vet_id_index").on(table.vet_id),
    index("visits_pet_id_index").on(table.pet_id),
    index("visits_date_index").on(table.date),
  ],
);
