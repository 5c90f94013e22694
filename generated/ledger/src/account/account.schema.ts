import { Type } from "typebox";

const listAccountsQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  status: Type.Optional(Type.Enum(["open", "blocked", "closed"])),
  currency: Type.Optional(Type.Enum(["EUR", "GBP", "USD"])),
  overdrawn: Type.Optional(Type.Boolean()),
});

const openAccountBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    currency: Type.Enum(["EUR", "GBP", "USD"]),
    overdraftLimit: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000000, format: "int64" })),
    interestRate: Type.Optional(Type.String({ pattern: "^[0-9]{1,2}\\.[0-9]{4}$", format: "decimal" })),
  },
  { additionalProperties: false },
);

const getAccountParams = Type.Object({ accountId: Type.String({ format: "uuid" }) });

const updateAccountBody = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    overdraftLimit: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000000, format: "int64" })),
    interestRate: Type.Optional(Type.String({ pattern: "^[0-9]{1,2}\\.[0-9]{4}$", format: "decimal" })),
  },
  { minProperties: 1, additionalProperties: false },
);

export const listAccountsSchema = { querystring: listAccountsQuery };

export const openAccountSchema = { body: openAccountBody };

export const getAccountSchema = { params: getAccountParams };

export const deleteAccountSchema = { params: getAccountParams };

export const updateAccountSchema = { params: getAccountParams, body: updateAccountBody };
