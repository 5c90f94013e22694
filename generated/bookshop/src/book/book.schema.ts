import { Type } from "typebox";

const listBooksByAuthorParams = Type.Object({ author_id: Type.Integer({ format: "int32" }) });

const listBooksByAuthorQuery = Type.Object({
  offset: Type.Optional(Type.Integer({ minimum: 0, format: "int32", default: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
});

const listBooksQuery = Type.Object({
  offset: Type.Optional(Type.Integer({ minimum: 0, format: "int32", default: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  genre_code: Type.Optional(Type.String()),
  language: Type.Optional(Type.Enum(["de", "en", "es", "fr", "it"])),
  min_price: Type.Optional(Type.Number({ minimum: 0 })),
  max_price: Type.Optional(Type.Number({ minimum: 0 })),
});

const addBookBody = Type.Object({
  isbn: Type.String({ pattern: "^97[89][0-9]{10}$" }),
  title: Type.String({ minLength: 1, maxLength: 200 }),
  author_id: Type.Integer({ format: "int32" }),
  genre_code: Type.Optional(Type.String()),
  language: Type.Optional(Type.Enum(["de", "en", "es", "fr", "it"])),
  price: Type.Number({ minimum: 0, maximum: 10000 }),
  pages: Type.Optional(Type.Integer({ minimum: 1, maximum: 20000 })),
  published: Type.Optional(Type.String({ format: "date" })),
  keywords: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 30 }), { maxItems: 10 })),
  in_stock: Type.Optional(Type.Boolean()),
});

const getBooksByIsbnParams = Type.Object({ isbn: Type.String({ pattern: "^97[89][0-9]{10}$" }) });

export const listBooksByAuthorSchema = { params: listBooksByAuthorParams, querystring: listBooksByAuthorQuery };

export const listBooksSchema = { querystring: listBooksQuery };

export const addBookSchema = { body: addBookBody };

export const getBooksByIsbnSchema = { params: getBooksByIsbnParams };

export const updateBookSchema = { params: getBooksByIsbnParams, body: addBookBody };

export const deleteBookSchema = { params: getBooksByIsbnParams };
