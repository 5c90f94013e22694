import { Type } from "typebox";

const listAppointmentsQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, format: "int32", default: 1 })),
  per_page: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
  vet_id: Type.Optional(Type.Integer({ format: "int64" })),
  pet_id: Type.Optional(Type.Integer({ format: "int64" })),
  status: Type.Optional(Type.Enum(["booked", "confirmed", "cancelled", "done"])),
  starts_after: Type.Optional(Type.String({ format: "date-time" })),
  starts_before: Type.Optional(Type.String({ format: "date-time" })),
  sort: Type.Optional(Type.Enum(["starts_at", "-starts_at"], { default: "starts_at" })),
});

const createAppointmentBody = Type.Object({
  pet_id: Type.Integer({ format: "int64" }),
  vet_id: Type.Integer({ format: "int64" }),
  starts_at: Type.String({ format: "date-time" }),
  duration_minutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 240, multipleOf: 5 })),
  status: Type.Optional(Type.Enum(["booked", "confirmed", "cancelled", "done"])),
  reason: Type.Optional(Type.Union([Type.String({ maxLength: 200 }), Type.Null()])),
});

const getAppointmentParams = Type.Object({ appointment_id: Type.Integer({ minimum: 1, format: "int64" }) });

const updateAppointmentBody = Type.Object(
  {
    vet_id: Type.Optional(Type.Integer({ format: "int64" })),
    starts_at: Type.Optional(Type.String({ format: "date-time" })),
    duration_minutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 240, multipleOf: 5 })),
    status: Type.Optional(Type.Enum(["booked", "confirmed", "cancelled", "done"])),
    reason: Type.Optional(Type.Union([Type.String({ maxLength: 200 }), Type.Null()])),
  },
  { minProperties: 1 },
);

export const listAppointmentsSchema = { querystring: listAppointmentsQuery };

export const createAppointmentSchema = { body: createAppointmentBody };

export const getAppointmentSchema = { params: getAppointmentParams };

export const deleteAppointmentSchema = { params: getAppointmentParams };

export const updateAppointmentSchema = { params: getAppointmentParams, body: updateAppointmentBody };
