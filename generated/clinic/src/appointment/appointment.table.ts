import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant, isOneOf } from "../columns.ts";
import { pets } from "../pet/pet.table.ts";
import { vets } from "../vet/vet.table.ts";

/** A time at which a vet expects a pet. */
export const appointments = pgTable(
  "appointments",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    pet_id: bigint("pet_id", { mode: "number" })
      .notNull()
      .references(() => pets.id, { onDelete: "cascade" }),
    vet_id: bigint("vet_id", { mode: "number" })
      .notNull()
      .references(() => vets.id, { onDelete: "restrict" }),
    starts_at: instant("starts_at").notNull(),
    duration_minutes: integer("duration_minutes").notNull().default(20),
    status: text("status").notNull().default("booked"),
    reason: text("reason"),
    created_at: instant("created_at")
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    check("appointments_status_check", isOneOf(table.status, ["booked", "confirmed", "cancelled", "done"])),
    index("appointments_pet_id_index").on(table.pet_id),
    index("appointments_vet_id_index").on(table.vet_id),
    index("appointments_status_index").on(table.status),
    index("appointments_starts_at_index").on(table.starts_at),
    index("appointments_starts_at_id_index").on(table.starts_at, table.id),
  ],
);
