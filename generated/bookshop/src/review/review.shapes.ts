import type { Context } from "../context.ts";
import { unlessMissing } from "../failure.ts";
import type { Review } from "./review.contract.ts";

/** Reviews as GET /customers/{customer_id}/reviews shows them. */
export async function showReviews(rows: readonly Review[], _context: Context) {
  return rows.map((row) => ({
    id: row.id,
    isbn: row.isbn,
    stars: row.stars,
    text: row.text,
    created_at: row.created_at,
  }));
}

/** The same of one. */
export async function showReview(row: Review, context: Context) {
  const [shown] = await showReviews([row], context);
  return unlessMissing(shown);
}
