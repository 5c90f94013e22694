import { Type } from "typebox";

const listAccountStatementsParams = Type.Object({ accountId: Type.String({ format: "uuid" }) });

const listAccountStatementsQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
});

const listStatementsQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  period: Type.Optional(Type.String({ pattern: "^20[0-9]{2}-(0[1-9]|1[0-2])$" })),
});

const createStatementBody = Type.Object(
  { accountId: Type.String({ format: "uuid" }), period: Type.String({ pattern: "^20[0-9]{2}-(0[1-9]|1[0-2])$" }) },
  { additionalProperties: false },
);

const getStatementParams = Type.Object({ statementId: Type.String({ format: "uuid" }) });

export const listAccountStatementsSchema = {
  params: listAccountStatementsParams,
  querystring: listAccountStatementsQuery,
};

export const listStatementsSchema = { querystring: listStatementsQuery };

export const createStatementSchema = { body: createStatementBody };

export const getStatementSchema = { params: getStatementParams };
