import { eq, gte, lte } from "drizzle-orm";
import { describeRows, RowRepository } from "../repository.ts";
import { valueOf } from "../statements.ts";
import type { Book, BookFilter, BookValues } from "./book.contract.ts";
import { books } from "./book.table.ts";

export class BookRepository extends RowRepository<Book, BookValues, BookFilter> {}

export const bookRows = describeRows({
  table: books,
  key: ["isbn"],
  optional: ["genre_code", "pages", "published", "keywords"],
  order: [{ by: "isbn" }],
  filters: {
    genre_code: eq(books.genre_code, valueOf(books.genre_code, "$filter.genre_code")),
    language: eq(books.language, valueOf(books.language, "$filter.language")),
    min_price: gte(books.price, valueOf(books.price, "$filter.min_price")),
    max_price: lte(books.price, valueOf(books.price, "$filter.max_price")),
  },
});
