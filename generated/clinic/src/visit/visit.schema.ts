import { Type } from "typebox";

const listVisitsParams = Type.Object({ pet_id: Type.Integer({ minimum: 1, format: "int64" }) });

const listVisitsQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, format: "int32", default: 1 })),
  per_page: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
  date_from: Type.Optional(Type.String({ format: "date" })),
  date_to: Type.Optional(Type.String({ format: "date" })),
});

const createVisitBody = Type.Object({
  vet_id: Type.Integer({ format: "int64" }),
  date: Type.String({ format: "date" }),
  description: Type.String({ minLength: 1, maxLength: 500 }),
  temperature: Type.Optional(Type.Union([Type.Number({ minimum: 20, maximum: 45 }), Type.Null()])),
  fee: Type.Optional(Type.String({ pattern: "^[0-9]{1,5}\\.[0-9]{2}$", format: "decimal" })),
});

const getVisitParams = Type.Object({ visit_id: Type.Integer({ minimum: 1, format: "int64" }) });

export const listVisitsSchema = { params: listVisitsParams, querystring: listVisitsQuery };

export const createVisitSchema = { params: listVisitsParams, body: createVisitBody };

export const getVisitSchema = { params: getVisitParams };

export const replaceVisitSchema = { params: getVisitParams, body: createVisitBody };

export const deleteVisitSchema = { params: getVisitParams };
