import { Type } from "typebox";

const listReviewsParams = Type.Object({ customer_id: Type.Integer({ format: "int32" }) });

const listReviewsQuery = Type.Object({
  offset: Type.Optional(Type.Integer({ minimum: 0, format: "int32", default: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
});

const addReviewBody = Type.Object({
  id: Type.Optional(Type.Never()),
  isbn: Type.String({ pattern: "^97[89][0-9]{10}$" }),
  stars: Type.Integer({ minimum: 1, maximum: 5 }),
  text: Type.Optional(Type.String({ maxLength: 2000 })),
  created_at: Type.Optional(Type.Never()),
});

const getReviewParams = Type.Object({
  customer_id: Type.Integer({ format: "int32" }),
  review_id: Type.Integer({ format: "int32" }),
});

export const listReviewsSchema = { params: listReviewsParams, querystring: listReviewsQuery };

export const addReviewSchema = { params: listReviewsParams, body: addReviewBody };

export const getReviewSchema = { params: getReviewParams };

export const updateReviewSchema = { params: getReviewParams, body: addReviewBody };

export const deleteReviewSchema = { params: getReviewParams };
