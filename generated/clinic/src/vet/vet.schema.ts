import { Type } from "typebox";

const listVetsQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, format: "int32", default: 1 })),
  per_page: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
  on_leave: Type.Optional(Type.Boolean()),
  sort: Type.Optional(Type.Enum(["last_name", "-last_name"], { default: "last_name" })),
});

const createVetBody = Type.Object({
  first_name: Type.String({ minLength: 1, maxLength: 30 }),
  last_name: Type.String({ minLength: 1, maxLength: 30 }),
  licence: Type.String({ pattern: "^[A-Z]{2}-[0-9]{5}$" }),
  on_leave: Type.Optional(Type.Boolean()),
  specialty_ids: Type.Optional(Type.Array(Type.Integer({ format: "int64" }), { maxItems: 20, uniqueItems: true })),
});

const getVetParams = Type.Object({ vet_id: Type.Integer({ minimum: 1, format: "int64" }) });

const addSpecialtyToVetParams = Type.Object({
  vet_id: Type.Integer({ minimum: 1, format: "int64" }),
  specialty_id: Type.Integer({ minimum: 1, format: "int64" }),
});

export const listVetsSchema = { querystring: listVetsQuery };

export const createVetSchema = { body: createVetBody };

export const getVetSchema = { params: getVetParams };

export const replaceVetSchema = { params: getVetParams, body: createVetBody };

export const deleteVetSchema = { params: getVetParams };

export const addSpecialtyToVetSchema = { params: addSpecialtyToVetParams };

export const removeSpecialtyFromVetSchema = { params: addSpecialtyToVetParams };
