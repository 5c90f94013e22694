import type { AppointmentValues, NewAppointment } from "./appointment.contract.ts";

// This file is yours: it is written once, and tests take from it what the document does not say.

/** Members that a valid appointment in the table has, where the document cannot say it. */
export function validAppointmentRow(): AppointmentValues {
  return {};
}

/** Members that the body of a valid new appointment has, where the document cannot say it. */
export function validNewAppointment(): Partial<NewAppointment> {
  return {};
}
