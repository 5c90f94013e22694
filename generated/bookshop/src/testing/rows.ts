import type { Author, AuthorValues } from "../author/author.contract.ts";
import { validAuthorRow } from "../author/author.fixtures.ts";
import { AuthorRepository, authorRows } from "../author/author.repository.ts";
import type { Book, BookValues } from "../book/book.contract.ts";
import { validBookRow } from "../book/book.fixtures.ts";
import { BookRepository, bookRows } from "../book/book.repository.ts";
import type { Customer, CustomerValues } from "../customer/customer.contract.ts";
import { validCustomerRow } from "../customer/customer.fixtures.ts";
import { CustomerRepository, customerRows } from "../customer/customer.repository.ts";
import type { Genre, GenreValues } from "../genre/genre.contract.ts";
import { validGenreRow } from "../genre/genre.fixtures.ts";
import { GenreRepository, genreRows } from "../genre/genre.repository.ts";
import type { Order, OrderValues } from "../order/order.contract.ts";
import { validOrderRow } from "../order/order.fixtures.ts";
import { OrderRepository, orderRows } from "../order/order.repository.ts";
import type { Review, ReviewValues } from "../review/review.contract.ts";
import { validReviewRow } from "../review/review.fixtures.ts";
import { ReviewRepository, reviewRows } from "../review/review.repository.ts";
import { database, sharedRows } from "./database.ts";

let counted = 0;

/** 1, 2, 3 …: another number at each call. */
function count(): number {
  counted += 1;
  return counted;
}

/** One value after the other, from the first again after the last. */
function cycle<Value>(values: readonly [Value, ...Value[]]): () => Value {
  let at = -1;
  return () => {
    at = (at + 1) % values.length;
    return values[at] ?? values[0];
  };
}

/** Values of members that no two rows share: another one at each call. */
export const unique = {
  genreCode: cycle([
    "crime-fiction",
    "euiuipwteagmkytazngg-acicmtopn",
    "korhmvqvawfe-d",
    "yhxkqmfqidxvshpdfilkkqahvi",
    "maztgaxsks",
    "aubyzxjtfgccqoniodqma",
    "gen-ni",
    "uyqhuqdsmcioggrzo",
    "ir",
    "oriktrguqouaz",
    "cdgcgbpwdwwtm-roqrwh--sapzc",
    "qozuuujnaoi",
    "wyksoxenbjwwxeyctfqvvet",
    "kad-fxe",
    "yuz-htmenskxcnhvilq",
    "moh",
    "sespmegwrcxbvzl",
    "grwwgofebjptzbqxvsxfpcgdddjd",
    "uksqov-akv",
    "abfjqvkyff-lhhxyaq-sjdai",
    "oogxou",
    "chiebrmxnbankbwfodhb",
    "qa",
    "whcdyl-ffmhssppv",
    "koz-ecrb--sywqmvsehfnlqbwtv",
    "yylbtnpentbs",
    "epwzrqawfsrhhvlbrmjzpds",
    "syi-atrg",
    "geipzqxfuhefdjdwgacps",
    "uyde",
    "avs-bolsbaecgdhpd",
    "oau-beovkjqfgxiqgjuvwd-hs-vg",
    "ckcfcyzcx-yhc",
    "iyutpvzheoqusavqunwilifj",
    "wklxmfeoq",
    "krnqzfcafjramkhju-sv",
    "qpnic",
    "erigeabuvmcuhflv",
    "sodowhcuruvxkvpkk-tfumxbylnchq",
    "ghgmjoqzx-q-",
    "masvdpydvwdugkkotzpiwfhwuq",
    "auujznts",
    "oexlh-qixnwqz-xnyrfmxt",
    "utyz",
    "irlshcfjsxmdagchd",
    "wk",
    "kezpcfukmszdk",
    "qutpxdpwtwpftf-yibjzd-cwmju",
    "ehdotktkv",
    "sambwgnfmvspvbuzistfpll",
    "yaxrr",
    "meahidwlrtsofgvy-ao",
    "ayxldbgsmibodxboosilojles-hopw",
    "oritrvmdryzcmzz",
    "ullsel-qhirlsinwxmevnibmoa",
    "ienggnbyyan",
    "woziouuxz-jgb-lintosyy",
    "buhfxi",
    "poxvhyusssjrsolljl",
    "dv",
  ]),
  bookIsbn: cycle([
    "9780450021541",
    "9783524128117",
    "9782317658228",
    "9780816267832",
    "9788812581358",
    "9786963267052",
    "9783183716969",
    "9781277232691",
    "9789241832340",
    "9785321550684",
    "9785516793988",
    "9782854269955",
    "9783080438315",
    "9788613704651",
    "9786873738716",
    "9785661298523",
    "9789066701288",
    "9789960723239",
    "9787254738613",
    "9780594763794",
    "9782527570068",
    "9780519282769",
    "9788709718896",
    "9782320226932",
    "9785856739590",
    "9781176158403",
    "9782672744699",
    "9783258205629",
    "9786573697510",
    "9784407111736",
    "9786707452263",
    "9789585268811",
    "9785397468831",
    "9786782910812",
    "9786166492848",
    "9780964175913",
    "9788064435288",
    "9781213840488",
    "9783241321308",
    "9781313042697",
    "9789513553817",
    "9787588169213",
    "9784601498141",
    "9782341851767",
    "9780974742065",
    "9788707924031",
    "9787172769476",
    "9780640742584",
    "9781224513366",
    "9789016845544",
    "9785477800946",
    "9784380900378",
    "9782683582069",
    "9780875795893",
    "9789957615739",
    "9787920010720",
    "9783142657618",
    "9796728115422",
    "9795223965895",
    "9798505925049",
  ]),
  customerEmail: () => `person${count()}@example.com`,
};

/**
 * What a row refers to: rows of its own, or, where the row itself only stands behind another, rows that are the same
 * for the whole test. Else each row of a test would bring hundreds.
 */
type Others = "own" | "shared";

/** A row to refer to; a shared one is made once. */
function referred<Row>(others: Others, name: string, make: () => Promise<Row>): Promise<Row> {
  if (others === "own") return make();
  const row = (sharedRows.get(name) as Promise<Row> | undefined) ?? make();
  sharedRows.set(name, row);
  return row;
}

/** A genre in the table, with all that it refers to. */
export async function givenGenre(change: GenreValues = {}): Promise<Genre> {
  const values: GenreValues = {
    code: unique.genreCode(),
    label: "Crime fiction",
    shelf: 12,
    ...validGenreRow(),
    ...change,
  };
  return stored((connection) => new GenreRepository(genreRows, connection).create(values));
}

/** An author in the table, with all that it refers to. */
export async function givenAuthor(change: AuthorValues = {}): Promise<Author> {
  const values: AuthorValues = {
    name: "Dorothy L. Sayers",
    born: "1893-06-13",
    website: "https://www.sayers.org.uk/",
    ...validAuthorRow(),
    ...change,
  };
  return stored((connection) => new AuthorRepository(authorRows, connection).create(values));
}

/** A book in the table, with all that it refers to. */
export async function givenBook(change: BookValues = {}, others: Others = "own"): Promise<Book> {
  const values: BookValues = {
    isbn: unique.bookIsbn(),
    title: "Gaudy Night",
    language: "de",
    price: 8.99,
    pages: 557,
    published: "1935-11-04",
    keywords: ["oxford", "detective"],
    in_stock: true,
    ...validBookRow(),
    ...change,
    author_id:
      change.author_id === undefined ? (await referred(others, "Author", () => givenAuthor())).id : change.author_id,
    genre_code:
      change.genre_code === undefined ? (await referred(others, "Genre", () => givenGenre())).code : change.genre_code,
  };
  return stored((connection) => new BookRepository(bookRows, connection).create(values));
}

/** A customer in the table, with all that it refers to. */
export async function givenCustomer(change: CustomerValues = {}): Promise<Customer> {
  const values: CustomerValues = {
    name: "Harriet Vane",
    email: unique.customerEmail(),
    newsletter: true,
    born: "1902-02-14",
    ...validCustomerRow(),
    ...change,
  };
  return stored((connection) => new CustomerRepository(customerRows, connection).create(values));
}

/** A review in the table, with all that it refers to. */
export async function givenReview(change: ReviewValues = {}): Promise<Review> {
  const values: ReviewValues = {
    stars: 5,
    text: "I could not put it down.",
    ...validReviewRow(),
    ...change,
    isbn: change.isbn === undefined ? (await givenBook({}, "shared")).isbn : change.isbn,
    customer_id: change.customer_id === undefined ? (await givenCustomer()).id : change.customer_id,
  };
  return stored((connection) => new ReviewRepository(reviewRows, connection).create(values));
}

/** An order in the table, with all that it refers to. */
export async function givenOrder(change: OrderValues = {}): Promise<Order> {
  const values: OrderValues = {
    quantity: 1,
    gift_note: "Happy birthday!",
    status: "placed",
    ...validOrderRow(),
    ...change,
    customer_id: change.customer_id === undefined ? (await givenCustomer()).id : change.customer_id,
    isbn: change.isbn === undefined ? (await givenBook({}, "shared")).isbn : change.isbn,
  };
  return stored((connection) => new OrderRepository(orderRows, connection).create(values));
}

/** Works on the tables themselves, past the service. */
function stored<Result>(work: Parameters<typeof database.connected<Result>>[0]): Promise<Result> {
  return database.connected(work);
}
