import { Type } from "typebox";

const listCustomersQuery = Type.Object({
  offset: Type.Optional(Type.Integer({ minimum: 0, format: "int32", default: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  email: Type.Optional(Type.String()),
});

const addCustomerBody = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  email: Type.String({ format: "email" }),
  newsletter: Type.Optional(Type.Boolean()),
  born: Type.Optional(Type.String({ format: "date" })),
});

const getCustomerParams = Type.Object({ customer_id: Type.Integer({ format: "int32" }) });

export const listCustomersSchema = { querystring: listCustomersQuery };

export const addCustomerSchema = { body: addCustomerBody };

export const getCustomerSchema = { params: getCustomerParams };

export const updateCustomerSchema = { params: getCustomerParams, body: addCustomerBody };

export const deleteCustomerSchema = { params: getCustomerParams };
