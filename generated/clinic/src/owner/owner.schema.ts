import { Type } from "typebox";

const listOwnersQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, format: "int32", default: 1 })),
  per_page: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
  sort: Type.Optional(Type.Enum(["last_name", "-last_name", "created_at", "-created_at"], { default: "last_name" })),
  q: Type.Optional(Type.String({ minLength: 2, maxLength: 60 })),
  city: Type.Optional(Type.String()),
});

const createOwnerBody = Type.Object({
  first_name: Type.String({ minLength: 1, maxLength: 30 }),
  last_name: Type.String({ minLength: 1, maxLength: 30 }),
  email: Type.String({ maxLength: 254, format: "email" }),
  telephone: Type.String({ pattern: "^[0-9]{6,15}$" }),
  street: Type.Optional(Type.Union([Type.String({ maxLength: 255 }), Type.Null()])),
  city: Type.Optional(Type.Union([Type.String({ maxLength: 80 }), Type.Null()])),
});

const getOwnerParams = Type.Object({ owner_id: Type.Integer({ minimum: 1, format: "int64" }) });

export const listOwnersSchema = { querystring: listOwnersQuery };

export const createOwnerSchema = { body: createOwnerBody };

export const getOwnerSchema = { params: getOwnerParams };

export const replaceOwnerSchema = { params: getOwnerParams, body: createOwnerBody };

export const deleteOwnerSchema = { params: getOwnerParams };
