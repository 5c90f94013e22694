import { describeRows, RowRepository } from "../repository.ts";
import type { Review, ReviewValues } from "./review.contract.ts";
import { reviews } from "./review.table.ts";

export class ReviewRepository extends RowRepository<Review, ReviewValues, object> {}

export const reviewRows = describeRows({
  table: reviews,
  key: ["id"],
  optional: ["text"],
  order: [{ by: "id" }],
});
