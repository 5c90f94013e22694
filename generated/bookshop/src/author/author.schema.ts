import { Type } from "typebox";

const listAuthorsQuery = Type.Object({
  offset: Type.Optional(Type.Integer({ minimum: 0, format: "int32", default: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  name: Type.Optional(Type.String()),
});

const addAuthorBody = Type.Object({
  id: Type.Optional(Type.Never()),
  name: Type.String({ minLength: 1, maxLength: 100 }),
  born: Type.Optional(Type.String({ format: "date" })),
  website: Type.Optional(Type.Union([Type.String({ format: "uri" }), Type.Null()])),
});

const getAuthorParams = Type.Object({ author_id: Type.Integer({ format: "int32" }) });

export const listAuthorsSchema = { querystring: listAuthorsQuery };

export const addAuthorSchema = { body: addAuthorBody };

export const getAuthorSchema = { params: getAuthorParams };

export const updateAuthorSchema = { params: getAuthorParams, body: addAuthorBody };

export const deleteAuthorSchema = { params: getAuthorParams };
