import { Type } from "typebox";

const listTransfersQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  fromAccountId: Type.Optional(Type.String({ format: "uuid" })),
  status: Type.Optional(Type.Enum(["settled", "reversed"])),
  currency: Type.Optional(Type.Enum(["EUR", "GBP", "USD"])),
  createdFrom: Type.Optional(Type.String({ format: "date-time" })),
  createdTo: Type.Optional(Type.String({ format: "date-time" })),
});

const createTransferBody = Type.Object(
  {
    fromAccountId: Type.String({ format: "uuid" }),
    toAccountId: Type.String({ format: "uuid" }),
    amount: Type.Integer({ minimum: 1, maximum: 100000000, format: "int64" }),
    currency: Type.Enum(["EUR", "GBP", "USD"]),
    purpose: Type.Optional(Type.Union([Type.String({ maxLength: 140 }), Type.Null()])),
  },
  { additionalProperties: false },
);

const getTransferParams = Type.Object({ transferId: Type.String({ format: "uuid" }) });

export const listTransfersSchema = { querystring: listTransfersQuery };

export const createTransferSchema = { body: createTransferBody };

export const getTransferSchema = { params: getTransferParams };

export const reverseTransferSchema = { params: getTransferParams };
