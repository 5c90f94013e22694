import { sql } from "drizzle-orm";
import { bigint, boolean, check, date, doublePrecision, index, pgTable, text } from "drizzle-orm/pg-core";
import { instant, isOneOf } from "../columns.ts";
import { owners } from "../owner/owner.table.ts";

/** An animal that is treated here. */
export const pets = pgTable(
  "pets",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    name: text("name").notNull(),
    species: text("species").notNull(),
    birth_date: date("birth_date").notNull(),
    neutered: boolean("neutered").notNull().default(false),
    weight_kg: doublePrecision("weight_kg"),
    chip_number: text("chip_number"),
    owner_id: bigint("owner_id", { mode: "number" })
      .notNull()
      .references(() => owners.id, { onDelete: "cascade" }),
    created_at: instant("created_at")
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    check("pets_species_check", isOneOf(table.species, ["cat", "dog", "bird", "hamster", "lizard", "snake", "other"])),
    index("pets_owner_id_index").on(table.owner_id),
    index("pets_species_index").on(table.species),
    index("pets_neutered_index").on(table.neutered),
    index("pets_name_id_index").on(table.name, table.id),
    index("pets_birth_date_id_index").on(table.birth_date, table.id),
  ],
);
