import type { RowReader, RowWriter } from "../contract.ts";

/** A person who holds accounts, and calls this API. */
export interface Customer {
  id: string;
  /** The subject of the customer's tokens. */
  subject: string;
  name: string;
  email: string;
  kind: "person" | "company";
  /** In international form. */
  phone?: string;
  birthDate: string | null;
  address?: {
    readonly line1: string;
    readonly line2?: string;
    readonly city: string;
    readonly postcode: string;
    readonly country: string;
  };
  createdAt: string;
}

/** What can be set of a stored customer; null clears. */
export interface CustomerValues {
  id?: string | undefined;
  subject?: string | undefined;
  name?: string | undefined;
  email?: string | undefined;
  kind?: "person" | "company" | undefined;
  phone?: string | null | undefined;
  birthDate?: string | null | undefined;
  address?: Customer["address"] | null | undefined;
  createdAt?: string | undefined;
}

/** The body of POST /customers, PUT /customers/{customerId}. */
export interface NewCustomer {
  name: string;
  email: string;
  kind: "person" | "company";
  /** In international form. */
  phone?: string;
  birthDate?: string | null;
  address?: {
    readonly line1: string;
    readonly line2?: string;
    readonly city: string;
    readonly postcode: string;
    readonly country: string;
  };
}

/** Reads customers. */
export type CustomerReader = RowReader<Customer, object>;

/** Reads and changes customers. */
export type CustomerWriter = RowWriter<Customer, CustomerValues, object>;
