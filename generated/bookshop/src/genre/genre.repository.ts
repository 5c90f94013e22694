import { describeRows, RowRepository } from "../repository.ts";
import type { Genre, GenreValues } from "./genre.contract.ts";
import { genres } from "./genre.table.ts";

export class GenreRepository extends RowRepository<Genre, GenreValues, object> {}

export const genreRows = describeRows({
  table: genres,
  key: ["code"],
  optional: ["shelf"],
  order: [{ by: "code" }],
});
