import type { App } from "../app.ts";
import { addressOf } from "../http/addresses.ts";
import { authenticated } from "../http/authentication.ts";
import {
  createAppointment,
  deleteAppointment,
  getAppointment,
  listAppointments,
  updateAppointment,
} from "./appointment.operations.ts";
import {
  createAppointmentSchema,
  deleteAppointmentSchema,
  getAppointmentSchema,
  listAppointmentsSchema,
  updateAppointmentSchema,
} from "./appointment.schema.ts";

export function appointmentRoutes(app: App): void {
  app.get("/appointments", { schema: listAppointmentsSchema, onRequest: authenticated() }, async (request, reply) => {
    const page = await request.connected((context) => listAppointments(request.query, context));
    return reply
      .code(200)
      .send({ data: page.items, meta: { page: page.page, per_page: page.limit, total: page.total } });
  });

  app.post("/appointments", { schema: createAppointmentSchema, onRequest: authenticated() }, async (request, reply) => {
    const appointment = await request.connected((context) => createAppointment(request.body, context));
    return reply
      .code(201)
      .header("location", app.prefix + addressOf`/appointments/${appointment.id}`)
      .send({ data: appointment });
  });

  app.get(
    "/appointments/:appointment_id",
    { schema: getAppointmentSchema, onRequest: authenticated() },
    async (request, reply) => {
      const appointment = await request.connected((context) => getAppointment(request.params, context));
      return reply.code(200).send({ data: appointment });
    },
  );

  app.delete(
    "/appointments/:appointment_id",
    { schema: deleteAppointmentSchema, onRequest: authenticated() },
    async (request, reply) => {
      await request.connected((context) => deleteAppointment(request.params, context));
      return reply.code(204).send();
    },
  );

  app.patch(
    "/appointments/:appointment_id",
    { schema: updateAppointmentSchema, onRequest: authenticated(), config: { statuses: { "malformed-path": 400 } } },
    async (request, reply) => {
      const appointment = await request.connected((context) =>
        updateAppointment(request.params, request.body, context),
      );
      return reply.code(200).send({ data: appointment });
    },
  );
}
