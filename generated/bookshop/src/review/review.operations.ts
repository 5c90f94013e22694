import type { Context } from "../context.ts";
import { unlessMissing } from "../failure.ts";
import { type ListedPage, listRows, pageByOffset } from "../paging.ts";
import type { NewReview, Review } from "./review.contract.ts";

/** What a customer thinks of books. */
export async function listReviews(
  params: { readonly customer_id: number },
  query: { readonly offset?: number; readonly limit?: number },
  context: Context,
): Promise<ListedPage<Review>> {
  unlessMissing(await context.customers.read(params.customer_id));
  return listRows(
    context.reviews,
    { within: { customer_id: params.customer_id } },
    pageByOffset(query.offset ?? 0, query.limit ?? 50),
  );
}

/** Review a book. */
export async function addReview(
  params: { readonly customer_id: number },
  input: NewReview,
  context: Context,
): Promise<Review> {
  unlessMissing(await context.customers.read(params.customer_id));
  return context.reviews.create({
    customer_id: params.customer_id,
    isbn: input.isbn,
    stars: input.stars,
    text: input.text,
  });
}

/** One review. */
export async function getReview(
  params: { readonly customer_id: number; readonly review_id: number },
  context: Context,
): Promise<Review> {
  unlessMissing(await context.customers.read(params.customer_id));
  return unlessMissing(await context.reviews.read({ customer_id: params.customer_id, id: params.review_id }));
}

/** Replace a review. */
export async function updateReview(
  params: { readonly customer_id: number; readonly review_id: number },
  input: NewReview,
  context: Context,
): Promise<Review> {
  unlessMissing(await context.customers.read(params.customer_id));
  return unlessMissing(
    await context.reviews.update(
      { customer_id: params.customer_id, id: params.review_id },
      { isbn: input.isbn, stars: input.stars, text: input.text ?? null },
    ),
  );
}

/** Delete a review. */
export async function deleteReview(
  params: { readonly customer_id: number; readonly review_id: number },
  context: Context,
): Promise<Review> {
  unlessMissing(await context.customers.read(params.customer_id));
  return unlessMissing(await context.reviews.delete({ customer_id: params.customer_id, id: params.review_id }));
}
