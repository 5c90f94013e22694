import { Type } from "typebox";

const listAccountCardsParams = Type.Object({ accountId: Type.String({ format: "uuid" }) });

const listAccountCardsQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
});

const listCardsQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  status: Type.Optional(Type.Enum(["active", "frozen", "expired"])),
  kind: Type.Optional(Type.Enum(["physical", "virtual"])),
});

const issueCardBody = Type.Object(
  {
    id: Type.Optional(Type.Never()),
    accountId: Type.String({ format: "uuid" }),
    kind: Type.Enum(["physical", "virtual"]),
    holderName: Type.String({ minLength: 2, maxLength: 26 }),
    dailyLimit: Type.Integer({ minimum: 0, maximum: 500000, format: "int64" }),
    pin: Type.String({ pattern: "^[0-9]{4}$" }),
    status: Type.Optional(Type.Never()),
    createdAt: Type.Optional(Type.Never()),
  },
  { additionalProperties: false },
);

const getCardParams = Type.Object({ cardId: Type.String({ format: "uuid" }) });

const updateCardBody = Type.Object(
  {
    holderName: Type.Optional(Type.String({ minLength: 2, maxLength: 26 })),
    dailyLimit: Type.Optional(Type.Integer({ minimum: 0, maximum: 500000, format: "int64" })),
    pin: Type.Optional(Type.String({ pattern: "^[0-9]{4}$" })),
  },
  { minProperties: 1, additionalProperties: false },
);

export const listAccountCardsSchema = { params: listAccountCardsParams, querystring: listAccountCardsQuery };

export const listCardsSchema = { querystring: listCardsQuery };

export const issueCardSchema = { body: issueCardBody };

export const getCardSchema = { params: getCardParams };

export const cancelCardSchema = { params: getCardParams };

export const updateCardSchema = { params: getCardParams, body: updateCardBody };

export const freezeCardSchema = { params: getCardParams };

export const unfreezeCardSchema = { params: getCardParams };
