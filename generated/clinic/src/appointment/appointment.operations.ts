import type { Context } from "../context.ts";
import type { OrderTerm } from "../contract.ts";
import { unlessMissing } from "../failure.ts";
import { chosenOrder, counted, type ListedPage, listRows, pageByNumber } from "../paging.ts";
import type { Appointment, AppointmentUpdate, NewAppointment } from "./appointment.contract.ts";

/** List appointments. */
export async function listAppointments(
  query: {
    readonly page?: number;
    readonly per_page?: number;
    readonly vet_id?: number;
    readonly pet_id?: number;
    readonly status?: "booked" | "confirmed" | "cancelled" | "done";
    readonly starts_after?: string;
    readonly starts_before?: string;
    readonly sort?: "starts_at" | "-starts_at";
  },
  context: Context,
): Promise<ListedPage<Appointment>> {
  return listRows(
    context.appointments,
    {
      filters: {
        vet_id: query.vet_id,
        pet_id: query.pet_id,
        status: query.status,
        starts_after: query.starts_after,
        starts_before: query.starts_before,
      },
      order: chosenOrder(listAppointmentsOrders, query.sort, undefined, ["id"]),
    },
    counted(pageByNumber(query.page ?? 1, query.per_page ?? 10, 1)),
  );
}

/** Make an appointment. */
export async function createAppointment(input: NewAppointment, context: Context): Promise<Appointment> {
  return context.appointments.create({
    pet_id: input.pet_id,
    vet_id: input.vet_id,
    starts_at: input.starts_at,
    duration_minutes: input.duration_minutes,
    status: input.status,
    reason: input.reason,
  });
}

/** Read an appointment. */
export async function getAppointment(
  params: { readonly appointment_id: number },
  context: Context,
): Promise<Appointment> {
  return unlessMissing(await context.appointments.read(params.appointment_id));
}

/** Delete an appointment. */
export async function deleteAppointment(
  params: { readonly appointment_id: number },
  context: Context,
): Promise<Appointment> {
  return unlessMissing(await context.appointments.delete(params.appointment_id));
}

/** Change an appointment. */
export async function updateAppointment(
  params: { readonly appointment_id: number },
  input: AppointmentUpdate,
  context: Context,
): Promise<Appointment> {
  return unlessMissing(
    await context.appointments.update(params.appointment_id, {
      vet_id: input.vet_id,
      starts_at: input.starts_at,
      duration_minutes: input.duration_minutes,
      status: input.status,
      reason: input.reason,
    }),
  );
}

const listAppointmentsOrders: Readonly<Record<string, OrderTerm>> = {
  starts_at: { by: "starts_at" },
  "-starts_at": { by: "starts_at", descending: true },
};
