import { Type } from "typebox";

const listOrdersQuery = Type.Object({
  offset: Type.Optional(Type.Integer({ minimum: 0, format: "int32", default: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  customer_id: Type.Optional(Type.Integer({ format: "int32" })),
  status: Type.Optional(Type.Array(Type.Enum(["placed", "paid", "sent", "returned"]))),
});

const placeOrderBody = Type.Object({
  id: Type.Optional(Type.Never()),
  customer_id: Type.Integer({ format: "int32" }),
  isbn: Type.String({ pattern: "^97[89][0-9]{10}$" }),
  quantity: Type.Integer({ minimum: 1, maximum: 100 }),
  gift_note: Type.Optional(Type.String({ maxLength: 500 })),
  status: Type.Optional(Type.Enum(["placed", "paid", "sent", "returned"])),
  created_at: Type.Optional(Type.Never()),
});

const getOrderParams = Type.Object({ order_id: Type.Integer({ format: "int32" }) });

export const listOrdersSchema = { querystring: listOrdersQuery };

export const placeOrderSchema = { body: placeOrderBody };

export const getOrderSchema = { params: getOrderParams };

export const updateOrderSchema = { params: getOrderParams, body: placeOrderBody };

export const deleteOrderSchema = { params: getOrderParams };
