import { eq, gt, lt } from "drizzle-orm";
import { describeRows, RowRepository } from "../repository.ts";
import { valueOf } from "../statements.ts";
import type { Appointment, AppointmentFilter, AppointmentValues } from "./appointment.contract.ts";
import { appointments } from "./appointment.table.ts";

export class AppointmentRepository extends RowRepository<Appointment, AppointmentValues, AppointmentFilter> {}

export const appointmentRows = describeRows({
  table: appointments,
  key: ["id"],
  order: [{ by: "id" }],
  filters: {
    vet_id: eq(appointments.vet_id, valueOf(appointments.vet_id, "$filter.vet_id")),
    pet_id: eq(appointments.pet_id, valueOf(appointments.pet_id, "$filter.pet_id")),
    status: eq(appointments.status, valueOf(appointments.status, "$filter.status")),
    starts_after: gt(appointments.starts_at, valueOf(appointments.starts_at, "$filter.starts_after")),
    starts_before: lt(appointments.starts_at, valueOf(appointments.starts_at, "$filter.starts_before")),
  },
});
