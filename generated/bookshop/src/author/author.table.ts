import { date, index, integer, pgTable, text } from "drizzle-orm/pg-core";

export const authors = pgTable(
  "authors",
  {
    id: integer("id").primaryKey().generatedByDefaultAsIdentity(),
    name: text("name").notNull(),
    born: date("born"),
    website: text("website"),
  },
  (table) => [index("authors_name_index").on(table.name)],
);
