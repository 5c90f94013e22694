import { Type } from "typebox";

const listSpecialtiesQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, format: "int32", default: 1 })),
  per_page: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
});

const createSpecialtyBody = Type.Object({ name: Type.String({ minLength: 3, maxLength: 80 }) });

const getSpecialtyParams = Type.Object({ specialty_id: Type.Integer({ minimum: 1, format: "int64" }) });

export const listSpecialtiesSchema = { querystring: listSpecialtiesQuery };

export const createSpecialtySchema = { body: createSpecialtyBody };

export const getSpecialtySchema = { params: getSpecialtyParams };

export const replaceSpecialtySchema = { params: getSpecialtyParams, body: createSpecialtyBody };

export const deleteSpecialtySchema = { params: getSpecialtyParams };
