import { integer, pgTable, text } from "drizzle-orm/pg-core";

export const genres = pgTable("genres", {
  code: text("code").primaryKey(),
  label: text("label").notNull(),
  shelf: integer("shelf"),
});
