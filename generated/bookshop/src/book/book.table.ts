import { boolean, check, date, index, integer, jsonb, numeric, pgTable, text } from "drizzle-orm/pg-core";
import { authors } from "../author/author.table.ts";
import { isOneOf } from "../columns.ts";
import { genres } from "../genre/genre.table.ts";

export const books = pgTable(
  "books",
  {
    isbn: text("isbn").primaryKey(),
    title: text("title").notNull(),
    author_id: integer("author_id")
      .notNull()
      .references(() => authors.id, { onDelete: "restrict" }),
    genre_code: text("genre_code").references(() => genres.code, { onDelete: "set null" }),
    language: text("language").notNull().default("en"),
    price: numeric("price", { mode: "number" }).notNull(),
    pages: integer("pages"),
    published: date("published"),
    keywords: jsonb("keywords"),
    in_stock: boolean("in_stock").notNull().default(true),
  },
  (table) => [
    check("books_language_check", isOneOf(table.language, ["de", "en", "es", "fr", "it"])),
    index("books_author_id_index").on(table.author_id),
    index("books_genre_code_index").on(table.genre_code),
    index("books_language_index").on(table.language),
    index("books_price_index").on(table.price),
  ],
);
