/** Somebody who brings pets. */
export interface Owner {
  id: number;
  first_name: string;
  last_name: string;
  email: string;
  telephone: string;
  street: string | null;
  city: string | null;
  created_at: string;
}

/** What can be set of a stored owner; null clears. */
export interface OwnerValues {
  id?: number | undefined;
  first_name?: string | undefined;
  last_name?: string | undefined;
  email?: string | undefined;
  telephone?: string | undefined;
  street?: string | null | undefined;
  city?: string | null | undefined;
  created_at?: string | undefined;
}

/** What lists of owners can be filtered by. */
export interface OwnerFilter {
  q?: string | undefined;
  city?: string | undefined;
}

/** The body of POST /owners, PUT /owners/{owner_id}. */
export interface NewOwner {
  first_name: string;
  last_name: string;
  email: string;
  telephone: string;
  street?: string | null;
  city?: string | null;
}
