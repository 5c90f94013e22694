/** A treatment of a pet. */
export interface Visit {
  id: number;
  /** Who treated the pet. */
  vet_id: number;
  date: string;
  description: string;
  /** In degrees Celsius. */
  temperature: number | null;
  /** In euros. */
  fee: string;
  /** Who was treated. */
  pet_id: number;
  created_at: string;
}

/** What can be set of a stored visit; null clears. */
export interface VisitValues {
  id?: number | undefined;
  vet_id?: number | undefined;
  date?: string | undefined;
  description?: string | undefined;
  temperature?: number | null | undefined;
  fee?: string | undefined;
  pet_id?: number | undefined;
  created_at?: string | undefined;
}

/** What lists of visits can be filtered by. */
export interface VisitFilter {
  date_from?: string | undefined;
  date_to?: string | undefined;
}

/** The body of POST /pets/{pet_id}/visits, PUT /visits/{visit_id}. */
export interface NewVisit {
  /** Who treated the pet. */
  vet_id: number;
  date: string;
  description: string;
  /** In degrees Celsius. */
  temperature?: number | null;
  /** In euros. */
  fee?: string;
}
