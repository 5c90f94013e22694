import type { Author, AuthorValues } from "./author/author.contract.ts";
import { AuthorRepository, authorRows } from "./author/author.repository.ts";
import type { Book, BookValues } from "./book/book.contract.ts";
import { BookRepository, bookRows } from "./book/book.repository.ts";
import type { Connection } from "./connection.ts";
import type { Customer, CustomerValues } from "./customer/customer.contract.ts";
import { CustomerRepository, customerRows } from "./customer/customer.repository.ts";
import { Failure, sqlState } from "./failure.ts";
import type { Genre, GenreValues } from "./genre/genre.contract.ts";
import { GenreRepository, genreRows } from "./genre/genre.repository.ts";
import type { Order, OrderValues } from "./order/order.contract.ts";
import { OrderRepository, orderRows } from "./order/order.repository.ts";
import type { Review, ReviewValues } from "./review/review.contract.ts";
import { ReviewRepository, reviewRows } from "./review/review.repository.ts";

/** Rows to try the service with, made of the document's examples and constraints. A table that has rows is left alone. */
export async function plant(connection: Connection): Promise<number> {
  let planted = 0;

  const genres = await fill<Genre, GenreValues>(new GenreRepository(genreRows, connection), [
    () => ({ code: "crime-fiction", label: "Crime fiction", shelf: 12 }),
    () => ({ code: "euiuipwteagmkytazngg-acicmtopn", label: "Label 2", shelf: 12 }),
    () => ({ code: "korhmvqvawfe-d", label: "Label 3", shelf: 12 }),
    () => ({ code: "yhxkqmfqidxvshpdfilkkqahvi", label: "Label 4", shelf: 12 }),
    () => ({ code: "maztgaxsks", label: "Label 5", shelf: 12 }),
  ]);

  const authors = await fill<Author, AuthorValues>(new AuthorRepository(authorRows, connection), [
    () => ({ name: "Dorothy L. Sayers", born: "1893-06-13", website: "https://www.sayers.org.uk/" }),
    () => ({ name: "Name 2", born: "1893-06-13", website: "https://example.com/2" }),
    () => ({ name: "Name 3", born: "1893-06-13", website: "https://example.com/3" }),
    () => ({ name: "Name 4", born: "1893-06-13", website: "https://example.com/4" }),
    () => ({ name: "Name 5", born: "1893-06-13", website: "https://example.com/5" }),
  ]);

  const books = await fill<Book, BookValues>(new BookRepository(bookRows, connection), [
    () => ({
      isbn: "9780450021541",
      title: "Gaudy Night",
      language: "de",
      price: 8.99,
      pages: 557,
      published: "1935-11-04",
      keywords: ["oxford", "detective"],
      in_stock: true,
      author_id: pick(authors, 0).id,
      genre_code: pick(genres, 0).code,
    }),
    () => ({
      isbn: "9783524128117",
      title: "Title 2",
      language: "en",
      price: 8.99,
      pages: 557,
      published: "1935-11-04",
      keywords: ["oxford", "detective"],
      in_stock: false,
      author_id: pick(authors, 1).id,
      genre_code: pick(genres, 1).code,
    }),
    () => ({
      isbn: "9782317658228",
      title: "Title 3",
      language: "es",
      price: 8.99,
      pages: 557,
      published: "1935-11-04",
      keywords: ["oxford", "detective"],
      in_stock: true,
      author_id: pick(authors, 2).id,
      genre_code: pick(genres, 2).code,
    }),
    () => ({
      isbn: "9780816267832",
      title: "Title 4",
      language: "fr",
      price: 8.99,
      pages: 557,
      published: "1935-11-04",
      keywords: ["oxford", "detective"],
      in_stock: false,
      author_id: pick(authors, 3).id,
      genre_code: pick(genres, 3).code,
    }),
    () => ({
      isbn: "9788812581358",
      title: "Title 5",
      language: "it",
      price: 8.99,
      pages: 557,
      published: "1935-11-04",
      keywords: ["oxford", "detective"],
      in_stock: true,
      author_id: pick(authors, 4).id,
      genre_code: pick(genres, 4).code,
    }),
  ]);

  const customers = await fill<Customer, CustomerValues>(new CustomerRepository(customerRows, connection), [
    () => ({ name: "Harriet Vane", email: "harriet@example.com", newsletter: true, born: "1902-02-14" }),
    () => ({ name: "Name 2", email: "person2@example.com", newsletter: false, born: "1902-02-14" }),
    () => ({ name: "Name 3", email: "person3@example.com", newsletter: true, born: "1902-02-14" }),
    () => ({ name: "Name 4", email: "person4@example.com", newsletter: false, born: "1902-02-14" }),
    () => ({ name: "Name 5", email: "person5@example.com", newsletter: true, born: "1902-02-14" }),
  ]);

  await fill<Review, ReviewValues>(new ReviewRepository(reviewRows, connection), [
    () => ({
      stars: 5,
      text: "I could not put it down.",
      isbn: pick(books, 0).isbn,
      customer_id: pick(customers, 0).id,
    }),
    () => ({ stars: 5, text: "Text 2", isbn: pick(books, 1).isbn, customer_id: pick(customers, 1).id }),
    () => ({ stars: 5, text: "Text 3", isbn: pick(books, 2).isbn, customer_id: pick(customers, 2).id }),
    () => ({ stars: 5, text: "Text 4", isbn: pick(books, 3).isbn, customer_id: pick(customers, 3).id }),
    () => ({ stars: 5, text: "Text 5", isbn: pick(books, 4).isbn, customer_id: pick(customers, 4).id }),
  ]);

  await fill<Order, OrderValues>(new OrderRepository(orderRows, connection), [
    () => ({
      quantity: 1,
      gift_note: "Happy birthday!",
      status: "placed",
      customer_id: pick(customers, 0).id,
      isbn: pick(books, 0).isbn,
    }),
    () => ({
      quantity: 2,
      gift_note: "Gift note 2",
      status: "paid",
      customer_id: pick(customers, 1).id,
      isbn: pick(books, 1).isbn,
    }),
    () => ({
      quantity: 3,
      gift_note: "Gift note 3",
      status: "sent",
      customer_id: pick(customers, 2).id,
      isbn: pick(books, 2).isbn,
    }),
    () => ({
      quantity: 4,
      gift_note: "Gift note 4",
      status: "returned",
      customer_id: pick(customers, 3).id,
      isbn: pick(books, 3).isbn,
    }),
    () => ({
      quantity: 5,
      gift_note: "Gift note 5",
      status: "placed",
      customer_id: pick(customers, 4).id,
      isbn: pick(books, 4).isbn,
    }),
  ]);
  return planted;

  async function fill<Row, Values>(
    rows: Rows<Row, Values>,
    values: readonly (() => Values)[],
  ): Promise<readonly Row[]> {
    const { items } = await rows.list({ limit: values.length });
    if (items.length > 0) return items;
    const made: Row[] = [];
    for (const valuesOf of values) {
      try {
        made.push(await rows.create(valuesOf()));
      } catch (error) {
        // What the document says need not be all that holds: a row that the database refuses is left out.
        if (!(error instanceof Failure) && !/^2[23]/.test(sqlState(error) ?? "")) throw error;
      }
    }
    planted += made.length;
    return made;
  }
}

/** What is needed of a repository. */
interface Rows<Row, Values> {
  list(query: { readonly limit: number }): Promise<{ readonly items: readonly Row[] }>;
  create(values: Values): Promise<Row>;
}

function pick<Row>(rows: readonly Row[], at: number): Row {
  const row = rows[at % rows.length];
  if (row === undefined) throw new Failure("conflict", "There is no row to refer to.");
  return row;
}
