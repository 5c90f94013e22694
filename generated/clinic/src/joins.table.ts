import { bigint, index, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { specialties } from "./specialty/specialty.table.ts";
import { vets } from "./vet/vet.table.ts";

export const vetSpecialties = pgTable(
  "vet_specialties",
  {
    vetId: bigint("vet_id", { mode: "number" })
      .notNull()
      .references(() => vets.id, { onDelete: "cascade" }),
    specialtyId: bigint("specialty_id", { mode: "number" })
      .notNull()
      .references(() => specialties.id, { onDelete: "cascade" }),
  },
  (table) => [
    primaryKey({ columns: [table.vetId, table.specialtyId] }),
    index("vet_specialties_specialty_id_index").on(table.specialtyId),
  ],
);
