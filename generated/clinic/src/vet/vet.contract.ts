/** Somebody who treats pets. */
export interface Vet {
  id: number;
  first_name: string;
  last_name: string;
  /** The number of the licence to practise. */
  licence: string;
  on_leave: boolean;
  created_at: string;
}

/** What can be set of a stored vet; null clears. */
export interface VetValues {
  id?: number | undefined;
  first_name?: string | undefined;
  last_name?: string | undefined;
  licence?: string | undefined;
  on_leave?: boolean | undefined;
  created_at?: string | undefined;
}

/** What lists of vets can be filtered by. */
export interface VetFilter {
  on_leave?: boolean | undefined;
}

/** The body of POST /vets, PUT /vets/{vet_id}. */
export interface NewVet {
  first_name: string;
  last_name: string;
  /** The number of the licence to practise. */
  licence: string;
  on_leave?: boolean;
  /** What the vet is a specialist in. */
  specialty_ids?: readonly number[];
}
