import { and, eq, getTableColumns, sql, type SQL } from "drizzle-orm";
import { getTableConfig, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import type { Connection } from "./connection.ts";
import { anyOf, valueOf, valuesOf } from "./statements.ts";

type JoinedKey = string | number;

/** A pair of keys: a row of the left side belongs to a row of the right side. */
export interface Pair {
  readonly left: JoinedKey;
  readonly right: JoinedKey;
}

/** A join table, and the members that hold the keys of its sides. */
export interface Join {
  readonly table: PgTable;
  readonly left: string;
  readonly right: string;
}

/** The pairs of a join table on one connection. Whether a caller may see either row is checked on that row. */
export class JoinRepository {
  readonly #connection: Connection;
  readonly #join: Join;
  readonly #name: string;

  constructor(join: Join, connection: Connection) {
    this.#connection = connection;
    this.#join = join;
    this.#name = `join ${getTableConfig(join.table).name}`;
  }

  /** The pairs of these rows of the left side, ordered by both keys. */
  async ofLeft(keys: readonly unknown[]): Promise<readonly Pair[]> {
    return this.#pairs(this.#join.left, keys);
  }

  /** The pairs of these rows of the right side, ordered by both keys. */
  async ofRight(keys: readonly unknown[]): Promise<readonly Pair[]> {
    return this.#pairs(this.#join.right, keys);
  }

  /** Joins two rows, if they are not joined already. */
  async add(left: unknown, right: unknown): Promise<void> {
    const { table, left: ours, right: theirs } = this.#join;
    const insert = this.#connection.prepared(`${this.#name} add`, (orm) =>
      orm
        .insert(table)
        .values(valuesOf(table, [ours, theirs]))
        .onConflictDoNothing(),
    );
    await insert.execute({ [ours]: left, [theirs]: right });
  }

  /** Parts two rows, and says whether they were joined. */
  async remove(left: unknown, right: unknown): Promise<boolean> {
    const remove = this.#connection.prepared(`${this.#name} remove`, (orm) =>
      orm
        .delete(this.#join.table)
        .where(and(this.#is(this.#join.left), this.#is(this.#join.right)))
        .returning({ left: this.#column(this.#join.left) }),
    );
    const removed = await remove.execute({ [this.#join.left]: left, [this.#join.right]: right });
    return removed.length > 0;
  }

  /** Joins a row of the left side with these rows of the right side, and with no others. */
  async replace(left: unknown, rights: readonly unknown[]): Promise<void> {
    const clear = this.#connection.prepared(`${this.#name} clear`, (orm) =>
      orm.delete(this.#join.table).where(this.#is(this.#join.left)),
    );
    await clear.execute({ [this.#join.left]: left });
    for (const right of new Set(rights)) await this.add(left, right);
  }

  /** The same, seen from the right side. */
  async replaceLeft(right: unknown, lefts: readonly unknown[]): Promise<void> {
    const clear = this.#connection.prepared(`${this.#name} clear right`, (orm) =>
      orm.delete(this.#join.table).where(this.#is(this.#join.right)),
    );
    await clear.execute({ [this.#join.right]: right });
    for (const left of new Set(lefts)) await this.add(left, right);
  }

  async #pairs(side: string, keys: readonly unknown[]): Promise<readonly Pair[]> {
    if (keys.length === 0) return [];
    const [left, right] = [this.#column(this.#join.left), this.#column(this.#join.right)];
    const select = this.#connection.prepared(`${this.#name} of ${side}`, (orm) =>
      orm
        .select({ left: keyOf(left), right: keyOf(right) })
        .from(this.#join.table)
        .where(anyOf(this.#column(side), "$keys"))
        .orderBy(left, right),
    );
    return select.execute({ $keys: [...new Set(keys)] });
  }

  #is(side: string): SQL {
    const column = this.#column(side);
    return eq(column, valueOf(column, side));
  }

  #column(side: string): PgColumn {
    const columns: Record<string, PgColumn> = getTableColumns(this.#join.table);
    const column = columns[side];
    if (column === undefined) throw new Error(`There is no column for "${side}".`);
    return column;
  }
}

function keyOf(column: PgColumn): SQL<JoinedKey> {
  return sql<JoinedKey>`${column}`.mapWith((value: unknown) => column.mapFromDriverValue(value) as JoinedKey);
}
