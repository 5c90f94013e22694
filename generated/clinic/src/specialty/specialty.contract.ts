/** A field that a vet can be a specialist in. */
export interface Specialty {
  id: number;
  name: string;
}

/** What can be set of a stored specialty; null clears. */
export interface SpecialtyValues {
  id?: number | undefined;
  name?: string | undefined;
}

/** The body of POST /specialties, PUT /specialties/{specialty_id}. */
export interface NewSpecialty {
  name: string;
}
