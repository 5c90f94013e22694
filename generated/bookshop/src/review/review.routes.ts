import type { App } from "../app.ts";
import { addressOf } from "../http/addresses.ts";
import { shownListing } from "../paging.ts";
import { addReview, deleteReview, getReview, listReviews, updateReview } from "./review.operations.ts";
import {
  addReviewSchema,
  deleteReviewSchema,
  getReviewSchema,
  listReviewsSchema,
  updateReviewSchema,
} from "./review.schema.ts";
import { showReview, showReviews } from "./review.shapes.ts";

export function reviewRoutes(app: App): void {
  app.get("/customers/:customer_id/reviews", { schema: listReviewsSchema }, async (request, reply) => {
    const page = await request.connected(async (context) =>
      shownListing(await listReviews(request.params, request.query, context), (rows) => showReviews(rows, context)),
    );
    return reply.code(200).send(page.items);
  });

  app.post(
    "/customers/:customer_id/reviews",
    { schema: addReviewSchema, config: { statuses: { "malformed-path": 400 } } },
    async (request, reply) => {
      const review = await request.connected(async (context) =>
        showReview(await addReview(request.params, request.body, context), context),
      );
      return reply
        .code(201)
        .header("location", app.prefix + addressOf`/customers/${request.params.customer_id}/reviews/${review.id}`)
        .send(review);
    },
  );

  app.get("/customers/:customer_id/reviews/:review_id", { schema: getReviewSchema }, async (request, reply) => {
    const review = await request.connected(async (context) =>
      showReview(await getReview(request.params, context), context),
    );
    return reply.code(200).send(review);
  });

  app.put(
    "/customers/:customer_id/reviews/:review_id",
    { schema: updateReviewSchema, config: { statuses: { "malformed-path": 400 } } },
    async (request, reply) => {
      const review = await request.connected(async (context) =>
        showReview(await updateReview(request.params, request.body, context), context),
      );
      return reply.code(200).send(review);
    },
  );

  app.delete("/customers/:customer_id/reviews/:review_id", { schema: deleteReviewSchema }, async (request, reply) => {
    const review = await request.connected(async (context) =>
      showReview(await deleteReview(request.params, context), context),
    );
    return reply.code(200).send(review);
  });
}
