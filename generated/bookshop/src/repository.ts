import { and, asc, desc, eq, getTableColumns, or, sql, type SQL } from "drizzle-orm";
import { getTableConfig, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import { conditionOn } from "./condition.ts";
import type { Connection } from "./connection.ts";
import type { Key, ListQuery, OrderTerm, Page, Position, RowCondition, RowWriter } from "./contract.ts";
import { Failure } from "./failure.ts";
import { anyOf, canHold, givenColumns, isAfter, placed, shapeOfPosition, valueOf, valuesOf } from "./statements.ts";

/** How the rows of one entity are stored, and found again. */
export interface RowsOptions {
  readonly table: PgTable;
  /** The members that identify a row. */
  readonly key: readonly string[];
  /** Columns that are never read: write-only members. */
  readonly hidden?: readonly string[];
  /** Members that a row leaves out where they have no value: those that are optional and not nullable. */
  readonly optional?: readonly string[];
  /** Whether a row is the caller's, whose subject is `$subject`. Undefined where rows belong to nobody. */
  readonly own?: SQL | undefined;
  /** Whether a row stands for the caller itself. */
  readonly self?: SQL;
  /** Holds for the rows that are there; others count as deleted. */
  readonly present?: SQL;
  /** The order of lists; it ends in the key. */
  readonly order: readonly OrderTerm[];
  /** The condition behind each filter of a query. */
  readonly filters?: Readonly<Record<string, SQL | undefined>>;
  /** What every update sets besides: the time of the change, the next version. */
  readonly touched?: Readonly<Record<string, SQL>>;
  /** What deleting sets where rows are only marked as deleted. */
  readonly deleted?: Readonly<Record<string, SQL>>;
}

/** The same, with what follows from it, worked out once. */
export interface Rows extends RowsOptions {
  readonly name: string;
  readonly columns: Readonly<Record<string, PgColumn>>;
  readonly readable: Record<string, PgColumn>;
}

export function describeRows(options: RowsOptions): Rows {
  const columns: Record<string, PgColumn> = getTableColumns(options.table);
  const readable = Object.entries(columns).filter(([name]) => options.hidden?.includes(name) !== true);
  return { ...options, name: getTableConfig(options.table).name, columns, readable: Object.fromEntries(readable) };
}

/**
 * The rows of one entity on one connection: all of them or, with a subject, those of one caller. Each statement is
 * prepared under its shape, which names all that its text depends on. Places whose names begin with `$` are not columns.
 */
export class RowRepository<Row extends object, Values extends object, Filter extends object> implements RowWriter<
  Row,
  Values,
  Filter
> {
  readonly #rows: Rows;
  readonly #connection: Connection;
  readonly #subject: string | undefined;
  readonly #own: SQL | undefined;
  readonly #shape: string;

  constructor(rows: Rows, connection: Connection, subject?: string) {
    this.#rows = rows;
    this.#connection = connection;
    this.#subject = subject;
    this.#own = subject === undefined ? undefined : rows.own;
    this.#shape = this.#own === undefined ? rows.name : `own ${rows.name}`;
  }

  async create(values: Values): Promise<Row> {
    const { table, readable, key } = this.#rows;
    if (Object.entries(values).some(([name, value]) => key.includes(name) && isTooLong(value)))
      throw new Failure("invalid", "A key is too long.");
    const given = givenColumns(table, values);
    const insert = this.#connection.prepared(`${this.#shape} create ${given.join()}`, (orm) =>
      orm.insert(table).values(valuesOf(table, given)).returning(readable),
    );
    const [row] = await insert.execute(placed(values));
    if (row === undefined) throw new Error("The database returned no row for an insert.");
    return this.#row(row);
  }

  /** The row with this key, if there is one. */
  async read(key: Key): Promise<Row | undefined> {
    if (!this.#isPossible(key)) return undefined;
    const { table, readable } = this.#rows;
    const select = this.#connection.prepared(`${this.#shape} read ${this.#keyShape(key)}`, (orm) =>
      orm.select(readable).from(table).where(this.#hasKey(key)),
    );
    return this.#first(await select.execute(this.#places(key)));
  }

  /** Changes the members that are given; null clears one. A function gets the row, locked until the transaction ends. */
  async update(key: Key, change: Values | ((row: Row) => Values)): Promise<Row | undefined> {
    if (typeof change === "function") {
      const row = await this.#lock(key);
      return row && this.update(key, change(row));
    }
    if (!this.#isPossible(key)) return undefined;
    const { table, readable, touched } = this.#rows;
    const given = givenColumns(table, change);
    if (given.length === 0) return this.read(key);
    const update = this.#connection.prepared(`${this.#shape} update ${given.join()} ${this.#keyShape(key)}`, (orm) =>
      orm
        .update(table)
        .set({ ...touched, ...valuesOf(table, given) })
        .where(this.#hasKey(key))
        .returning(readable),
    );
    return this.#first(await update.execute(placed(change, this.#places(key))));
  }

  /** Deletes the row with this key, and answers it as it was; undefined where there was none. */
  async delete(key: Key): Promise<Row | undefined> {
    if (!this.#isPossible(key)) return undefined;
    const { table, readable, deleted } = this.#rows;
    const remove = this.#connection.prepared(`${this.#shape} delete ${this.#keyShape(key)}`, (orm) =>
      deleted === undefined
        ? orm.delete(table).where(this.#hasKey(key)).returning(readable)
        : orm.update(table).set(deleted).where(this.#hasKey(key)).returning(readable),
    );
    return this.#first(await remove.execute(this.#places(key)));
  }

  /** The row that stands for the caller. */
  async own(): Promise<Row | undefined> {
    const { table, readable, self, present } = this.#rows;
    const select = this.#connection.prepared(`${this.#shape} self`, (orm) =>
      orm
        .select(readable)
        .from(table)
        .where(and(self ?? sql`false`, present))
        .limit(1),
    );
    return this.#first(await select.execute(this.#scope()));
  }

  /** The first row in reach: the only one, where there is only one. */
  async first(): Promise<Row | undefined> {
    const { items } = await this.list({ limit: 1 });
    return items[0];
  }

  /** A page of the rows that the query lets through, in the list's order. */
  async list(query: ListQuery<Row, Filter>): Promise<Page<Row>> {
    const { table, readable, columns, order: ownOrder } = this.#rows;
    const order = query.order ?? ownOrder;
    const selection = this.#selection(query);
    const { limit = Number.MAX_SAFE_INTEGER, offset = 0, afterRow } = query;
    const after = query.after ?? (afterRow && positionOf(afterRow, order));
    const shape = [this.#shape, "list", selection.shape, order.map(orderShape).join(), shapeOfPosition(after)].join(
      " ",
    );
    const select = this.#connection.prepared(shape, (orm) =>
      orm
        .select(readable)
        .from(table)
        .where(and(selection.condition, after && isAfter(columns, order, after)))
        .orderBy(...order.map((term) => orderOf(columns, term)))
        .limit(sql.placeholder("$limit"))
        .offset(sql.placeholder("$offset")),
    );
    const position = Object.fromEntries((after ?? []).map((value, index) => [`$after${index}`, value]));
    // One row more than asked for tells whether there is another page.
    const more = Math.min(limit + 1, Number.MAX_SAFE_INTEGER);
    const found = await select.execute({ ...selection.places, ...position, $limit: more, $offset: offset });
    const items = found.slice(0, limit);
    const last = found.length > items.length ? items.at(-1) : undefined;
    return {
      items: items.map((row) => this.#row(row)),
      next: last ? positionOf(last, order) : null,
    };
  }

  /** How many rows the query lets through, over all pages. */
  async count(query: ListQuery<Row, Filter>): Promise<number> {
    const { table } = this.#rows;
    const selection = this.#selection(query);
    const select = this.#connection.prepared(`${this.#shape} count ${selection.shape}`, (orm) =>
      orm
        .select({ count: sql<number>`count(*)`.mapWith(Number) })
        .from(table)
        .where(selection.condition),
    );
    const [row] = await select.execute(selection.places);
    return row?.count ?? 0;
  }

  /** How many rows each condition lets through. One array holds all counts: a row has a limited number of columns. */
  async countEach(conditions: readonly RowCondition<Row>[]): Promise<readonly number[]> {
    if (conditions.length === 0) return [];
    const { table, present } = this.#rows;
    const each = conditions.map((condition, index) => conditionOn(table, condition, `$where${index}.`));
    const shape = each.map((condition) => condition.shape).join("; ");
    const select = this.#connection.prepared(`${this.#shape} count each ${shape}`, (orm) => {
      const counts = each.map((condition) => sql`count(*) filter (where ${condition.sql})`);
      return orm
        .select({ counts: sql<number[]>`array[${sql.join(counts, sql`, `)}]::integer[]` })
        .from(table)
        .where(and(this.#own, present, or(...each.map((condition) => condition.sql))));
    });
    const values = Object.assign({}, ...each.map((condition) => condition.values));
    const [row] = await select.execute({ ...values, ...this.#scope() });
    return row?.counts ?? [];
  }

  /** All rows in which a member is one of these values, in the list's order. */
  async listBy(member: string, values: readonly unknown[]): Promise<readonly Row[]> {
    const wanted = [...new Set(values)].filter((value) => value !== null && value !== undefined);
    if (wanted.length === 0) return [];
    const { table, readable, columns, order, present } = this.#rows;
    const select = this.#connection.prepared(`${this.#shape} by ${member}`, (orm) =>
      orm
        .select(readable)
        .from(table)
        .where(and(anyOf(columns[member], "$values"), this.#own, present))
        .orderBy(...order.map((term) => orderOf(columns, term))),
    );
    const found = await select.execute({ $values: wanted, ...this.#scope() });
    return found.map((row) => this.#row(row));
  }

  #selection(query: ListQuery<Row, Filter>) {
    const { table, columns, filters = {}, present } = this.#rows;
    const values: Record<string, unknown> = { ...query.filters };
    const given = Object.keys(filters).filter((name) => values[name] !== undefined);
    const where = query.where && conditionOn(table, query.where);
    const within = Object.entries(query.within ?? {});
    const conditions = [
      this.#own,
      present,
      ...within.map(([name]) => equals(columns, name, `$within.${name}`)),
      ...given.map((name) => filters[name]),
      where?.sql,
    ];
    return {
      condition: and(...conditions),
      shape: [given.join(), within.map(([name]) => name).join(), where?.shape].join(" "),
      places: {
        ...Object.fromEntries(given.map((name) => [`$filter.${name}`, values[name]])),
        ...Object.fromEntries(within.map(([name, value]) => [`$within.${name}`, value])),
        ...where?.values,
        ...this.#scope(),
      },
    };
  }

  /** Locks against other changes, and not against references to the row: those would deadlock with their own effects. */
  async #lock(key: Key): Promise<Row | undefined> {
    if (!this.#isPossible(key)) return undefined;
    const { table, readable } = this.#rows;
    const select = this.#connection.prepared(`${this.#shape} lock ${this.#keyShape(key)}`, (orm) =>
      orm.select(readable).from(table).where(this.#hasKey(key)).for("no key update"),
    );
    return this.#first(await select.execute(this.#places(key)));
  }

  /** A scalar is the key itself; an object names the members that must be equal: a compound key, a parent. */
  #members(key: Key): readonly (readonly [string, unknown])[] {
    return typeof key === "object" ? Object.entries(key) : this.#rows.key.map((name) => [name, key] as const);
  }

  /** A path may spell any text where the key is a number or a UUID; such a text names no row. */
  #isPossible(key: Key): boolean {
    return this.#members(key).every(([name, value]) => canHold(columnNamed(this.#rows.columns, name), value));
  }

  #keyShape(key: Key): string {
    return this.#members(key)
      .map(([name]) => name)
      .join();
  }

  #hasKey(key: Key): SQL | undefined {
    const { columns, present } = this.#rows;
    return and(...this.#members(key).map(([name]) => equals(columns, name, `$key.${name}`)), this.#own, present);
  }

  #places(key: Key): Record<string, unknown> {
    return {
      ...Object.fromEntries(this.#members(key).map(([name, value]) => [`$key.${name}`, value])),
      ...this.#scope(),
    };
  }

  #scope(): Record<string, unknown> {
    return { $subject: this.#subject };
  }

  #first(rows: readonly Record<string, unknown>[]): Row | undefined {
    return rows[0] && this.#row(rows[0]);
  }

  /** Leaves out what has no value. The table and the interface of its rows are generated from one schema, so they agree. */
  #row(row: Record<string, unknown>): Row {
    for (const name of this.#rows.optional ?? []) if (row[name] === null) delete row[name];
    return row as Row;
  }
}

function columnNamed(columns: Readonly<Record<string, PgColumn>>, name: string): PgColumn {
  const column = columns[name];
  if (column === undefined) throw new Error(`There is no column for "${name}".`);
  return column;
}

function equals(columns: Readonly<Record<string, PgColumn>>, name: string, place: string): SQL {
  const column = columnNamed(columns, name);
  return eq(column, valueOf(column, place));
}

/** In bytes: a longer key may not fit into an index, and the address of its row not into a header. */
const longestKey = 2_000;

function isTooLong(key: unknown): boolean {
  return typeof key === "string" && Buffer.byteLength(key) > longestKey;
}

function orderOf(columns: Readonly<Record<string, PgColumn>>, { by, descending = false }: OrderTerm): SQL {
  const column = columnNamed(columns, by);
  if (!descending) return asc(column);
  return column.notNull ? desc(column) : sql`${column} desc nulls last`;
}

/** A row leaves out what has no value. */
function positionOf(row: object, order: readonly OrderTerm[]): Position {
  const values = new Map(Object.entries(row));
  return order.map((term) => values.get(term.by) ?? null);
}

function orderShape({ by, descending = false }: OrderTerm): string {
  return descending ? `-${by}` : by;
}
