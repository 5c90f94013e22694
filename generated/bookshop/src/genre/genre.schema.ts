import { Type } from "typebox";

const getGenreParams = Type.Object({ code: Type.String({ pattern: "^[a-z][a-z-]{1,29}$" }) });

const putGenreBody = Type.Object({
  code: Type.Optional(Type.Never()),
  label: Type.String({ minLength: 1, maxLength: 60 }),
  shelf: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })),
});

export const listGenresSchema = {};

export const getGenreSchema = { params: getGenreParams };

export const putGenreSchema = { params: getGenreParams, body: putGenreBody };

export const deleteGenreSchema = { params: getGenreParams };
