import { eq } from "drizzle-orm";
import { describeRows, RowRepository } from "../repository.ts";
import { valueOf } from "../statements.ts";
import type { Author, AuthorFilter, AuthorValues } from "./author.contract.ts";
import { authors } from "./author.table.ts";

export class AuthorRepository extends RowRepository<Author, AuthorValues, AuthorFilter> {}

export const authorRows = describeRows({
  table: authors,
  key: ["id"],
  optional: ["born"],
  order: [{ by: "id" }],
  filters: {
    name: eq(authors.name, valueOf(authors.name, "$filter.name")),
  },
});
