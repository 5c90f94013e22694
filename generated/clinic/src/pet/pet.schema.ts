import { Type } from "typebox";

const listPetsOfOwnerParams = Type.Object({ owner_id: Type.Integer({ minimum: 1, format: "int64" }) });

const listPetsOfOwnerQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, format: "int32", default: 1 })),
  per_page: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
});

const createPetBody = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 30 }),
  species: Type.Enum(["cat", "dog", "bird", "hamster", "lizard", "snake", "other"]),
  birth_date: Type.String({ format: "date" }),
  neutered: Type.Optional(Type.Boolean()),
  weight_kg: Type.Optional(Type.Union([Type.Number({ minimum: 0, maximum: 200 }), Type.Null()])),
  chip_number: Type.Optional(Type.Union([Type.String({ pattern: "^[0-9]{15}$" }), Type.Null()])),
});

const listPetsQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, format: "int32", default: 1 })),
  per_page: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
  species: Type.Optional(Type.Enum(["cat", "dog", "bird", "hamster", "lizard", "snake", "other"])),
  neutered: Type.Optional(Type.Boolean()),
  sort: Type.Optional(Type.Enum(["name", "-name", "birth_date", "-birth_date"], { default: "name" })),
});

const getPetParams = Type.Object({ pet_id: Type.Integer({ minimum: 1, format: "int64" }) });

export const listPetsOfOwnerSchema = { params: listPetsOfOwnerParams, querystring: listPetsOfOwnerQuery };

export const createPetSchema = { params: listPetsOfOwnerParams, body: createPetBody };

export const listPetsSchema = { querystring: listPetsQuery };

export const getPetSchema = { params: getPetParams };

export const replacePetSchema = { params: getPetParams, body: createPetBody };

export const deletePetSchema = { params: getPetParams };
