/** An order as it is stored. */
export interface Order {
  id: number;
  customer_id: number;
  /** The book. */
  isbn: string;
  quantity: number;
  gift_note?: string;
  status: "placed" | "paid" | "sent" | "returned";
  created_at: string;
}

/** What can be set of a stored order; null clears. */
export interface OrderValues {
  id?: number | undefined;
  customer_id?: number | undefined;
  isbn?: string | undefined;
  quantity?: number | undefined;
  gift_note?: string | null | undefined;
  status?: "placed" | "paid" | "sent" | "returned" | undefined;
  created_at?: string | undefined;
}

/** What lists of orders can be filtered by. */
export interface OrderFilter {
  customer_id?: number | undefined;
  status?: readonly ("placed" | "paid" | "sent" | "returned")[] | undefined;
}

/** The body of POST /orders, PUT /orders/{order_id}. */
export interface NewOrder {
  customer_id: number;
  /** The book. */
  isbn: string;
  quantity: number;
  gift_note?: string;
  status?: "placed" | "paid" | "sent" | "returned";
}
