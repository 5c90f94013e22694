/** A time at which a vet expects a pet. */
export interface Appointment {
  id: number;
  /** Who is coming. */
  pet_id: number;
  /** Who is expecting them. */
  vet_id: number;
  starts_at: string;
  duration_minutes: number;
  status: "booked" | "confirmed" | "cancelled" | "done";
  reason: string | null;
  created_at: string;
}

/** What can be set of a stored appointment; null clears. */
export interface AppointmentValues {
  id?: number | undefined;
  pet_id?: number | undefined;
  vet_id?: number | undefined;
  starts_at?: string | undefined;
  duration_minutes?: number | undefined;
  status?: "booked" | "confirmed" | "cancelled" | "done" | undefined;
  reason?: string | null | undefined;
  created_at?: string | undefined;
}

/** What lists of appointments can be filtered by. */
export interface AppointmentFilter {
  vet_id?: number | undefined;
  pet_id?: number | undefined;
  status?: "booked" | "confirmed" | "cancelled" | "done" | undefined;
  starts_after?: string | undefined;
  starts_before?: string | undefined;
}

/** The body of POST /appointments. */
export interface NewAppointment {
  /** Who is coming. */
  pet_id: number;
  /** Who is expecting them. */
  vet_id: number;
  starts_at: string;
  duration_minutes?: number;
  status?: "booked" | "confirmed" | "cancelled" | "done";
  reason?: string | null;
}

/** The body of PATCH /appointments/{appointment_id}. */
export interface AppointmentUpdate {
  /** Who is expecting them. */
  vet_id?: number;
  starts_at?: string;
  duration_minutes?: number;
  status?: "booked" | "confirmed" | "cancelled" | "done";
  reason?: string | null;
}
