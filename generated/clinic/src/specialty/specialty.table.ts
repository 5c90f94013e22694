import { bigint, pgTable, text, unique } from "drizzle-orm/pg-core";

/** A field that a vet can be a specialist in. */
export const specialties = pgTable(
  "specialties",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    name: text("name").notNull(),
  },
  (table) => [unique("specialties_name_unique").on(table.name)],
);
