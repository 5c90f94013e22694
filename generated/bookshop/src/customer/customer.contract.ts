/** A customer as it is stored. */
export interface Customer {
  id: number;
  name: string;
  email: string;
  newsletter: boolean;
  born?: string;
}

/** What can be set of a stored customer; null clears. */
export interface CustomerValues {
  id?: number | undefined;
  name?: string | undefined;
  email?: string | undefined;
  newsletter?: boolean | undefined;
  born?: string | null | undefined;
}

/** What lists of customers can be filtered by. */
export interface CustomerFilter {
  email?: string | undefined;
}

/** The body of POST /customers, PUT /customers/{customer_id}. */
export interface NewCustomer {
  name: string;
  email: string;
  newsletter?: boolean;
  born?: string;
}
