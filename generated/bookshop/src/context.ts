import { AuthorRepository, authorRows } from "./author/author.repository.ts";
import { BookRepository, bookRows } from "./book/book.repository.ts";
import type { Connection } from "./connection.ts";
import type { Accepted, Caller, Refusal } from "./contract.ts";
import { CustomerRepository, customerRows } from "./customer/customer.repository.ts";
import type { Database } from "./database.ts";
import { Failure, isRefusal, Refused } from "./failure.ts";
import { GenreRepository, genreRows } from "./genre/genre.repository.ts";
import { OrderRepository, orderRows } from "./order/order.repository.ts";
import { ReviewRepository, reviewRows } from "./review/review.repository.ts";
import type { Services } from "./services.ts";

/** What a request brings along, on whichever connection it works. */
export interface Origin {
  readonly caller: Caller;
  /** The time of the request, RFC 3339 in UTC. */
  readonly now: string;
  readonly services: Services;
  /** Told of what failed after a commit; the commit stands, so the caller hears nothing of it. */
  readonly report: (error: unknown) => void;
}

type AfterCommit = (services: Services) => Promise<void>;

/** What an operation works with on one connection. A slot sees the part of it that its contract names. */
export type Context = ReturnType<typeof contextOn>;

/** What an operation works with that chooses its transactions itself. */
export type OperationContext = ReturnType<typeof operationContext>;

/** Runs the work on one connection, each statement for itself. */
export function connected<Result>(
  database: Database,
  origin: Origin,
  work: (context: Context) => Promise<Result>,
): Promise<Result> {
  return database.connected((connection) => work(contextOn(connection, origin, [])));
}

/** Runs the work in one transaction, and what it left for after the commit. A refusal rolls back and is returned. */
export async function transaction<Result>(
  database: Database,
  origin: Origin,
  work: (context: Context) => Promise<Result>,
): Promise<Result> {
  let afterwards: AfterCommit[] = [];
  const result = await database.transaction((connection) => {
    afterwards = [];
    return work(contextOn(connection, origin, afterwards));
  });
  if (!isRefusal(result)) for (const step of afterwards) await step(origin.services).catch(origin.report);
  return result;
}

export function operationContext(database: Database, origin: Origin) {
  return {
    ...origin,
    refuse,
    notImplemented,
    connected: <Result>(work: (context: Context) => Promise<Result>) => connected(database, origin, work),
    transaction: <Result>(work: (context: Context) => Promise<Result>) => transaction(database, origin, work),
  };
}

function contextOn(connection: Connection, origin: Origin, afterwards: AfterCommit[]) {
  return {
    ...origin,
    ...repositoriesOn(connection, origin.caller.subject),
    unscoped: repositoriesOn(connection),
    accept: (): Accepted => ({ accepted: true }),
    refuse,
    notImplemented,
    afterCommit(work: AfterCommit): void {
      afterwards.push(work);
    },
  };
}

/** The repositories of all rows or, with a subject, of one caller's. */
function repositoriesOn(connection: Connection, subject?: string) {
  return {
    genres: new GenreRepository(genreRows, connection, subject),
    authors: new AuthorRepository(authorRows, connection, subject),
    books: new BookRepository(bookRows, connection, subject),
    customers: new CustomerRepository(customerRows, connection, subject),
    reviews: new ReviewRepository(reviewRows, connection, subject),
    orders: new OrderRepository(orderRows, connection, subject),
  };
}

function refuse<Code extends string>(code: Code, field?: string): Refusal<Code> {
  return new Refused(code, field);
}

function notImplemented(): never {
  throw new Failure("not-implemented", "There is no logic for this yet.");
}
