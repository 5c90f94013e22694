/** A review as it is stored. */
export interface Review {
  id: number;
  /** The book. */
  isbn: string;
  stars: number;
  text?: string;
  created_at: string;
  customer_id: number;
}

/** What can be set of a stored review; null clears. */
export interface ReviewValues {
  id?: number | undefined;
  isbn?: string | undefined;
  stars?: number | undefined;
  text?: string | null | undefined;
  created_at?: string | undefined;
  customer_id?: number | undefined;
}

/** The body of POST /customers/{customer_id}/reviews, PUT /customers/{customer_id}/reviews/{review_id}. */
export interface NewReview {
  /** The book. */
  isbn: string;
  stars: number;
  text?: string;
}
