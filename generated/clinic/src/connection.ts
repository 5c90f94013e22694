import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";

/** Drizzle on one connection, of PostgreSQL or of PGlite. */
export type Orm = PgDatabase<PgQueryResultHKT>;

type Command = (sql: string) => Promise<{ readonly rows: readonly Record<string, unknown>[] }>;

/** Beyond this many shapes a statement is built at each use, so that odd combinations of filters fill no memory. */
const maximumStatements = 500;

/**
 * One checked-out connection and the statements prepared on it. Drizzle and PostgreSQL prepare per session, so a
 * statement stays with the connection that prepared it.
 */
export class Connection {
  /** Runs SQL that has no parameters: BEGIN, COMMIT, migrations. */
  readonly command: Command;
  readonly #orm: Orm;
  readonly #statements = new Map<string, unknown>();

  constructor(orm: Orm, command: Command) {
    this.#orm = orm;
    this.command = command;
  }

  /** The statement of this shape, built and prepared at its first use. A shape says all that its text depends on. */
  prepared<Statement>(shape: string, build: (orm: Orm) => { prepare(name: string): Statement }): Statement {
    // Each shape has one caller, so what the map holds is what this caller built.
    const known = this.#statements.get(shape) as Statement | undefined;
    if (known !== undefined) return known;
    if (this.#statements.size >= maximumStatements) return build(this.#orm).prepare("");
    const statement = build(this.#orm).prepare(`s${this.#statements.size}`);
    this.#statements.set(shape, statement);
    return statement;
  }
}
