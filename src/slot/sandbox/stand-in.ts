import type { StandInTable, StandInTables } from "../../plan/trials/stand-in.ts";
import { canHold, compared, copyOf, kept, StandInError, type Cell } from "./cells.ts";
import { columnOf, inOrder, isAfter, meets, objectOf, passes, type Row } from "./selection.ts";

type Values = Readonly<Record<string, unknown>>;

/** What a body can ask of the rows of one entity, as src/contract.ts of a generated package declares it. */
export interface StandInRows {
  read(key: unknown): Promise<object | undefined>;
  list(query: unknown): Promise<{ readonly items: readonly object[]; readonly next: readonly unknown[] | null }>;
  count(query: unknown): Promise<number>;
  countEach(conditions: readonly unknown[]): Promise<readonly number[]>;
  create(values: unknown): Promise<object>;
  update(key: unknown, change: unknown): Promise<object | undefined>;
  delete(key: unknown): Promise<object | undefined>;
}

/** A service's tables in memory. Rows that it gives out are copies, so that nobody changes what is stored but through it. */
export class StandIn {
  readonly #tables: StandInTables;
  readonly #now: string;
  #rows: Readonly<Record<string, readonly Row[]>>;
  #count = 0;

  constructor(tables: StandInTables, now: string) {
    this.#tables = tables;
    this.#now = now;
    this.#rows = Object.fromEntries(Object.keys(tables).map((name) => [name, []]));
  }

  /** The rows as they are; handed back to `restore`, they are so again. */
  snapshot(): Readonly<Record<string, readonly Row[]>> {
    return this.#rows;
  }

  restore(rows: Readonly<Record<string, readonly Row[]>>): void {
    this.#rows = rows;
  }

  /** The rows of one entity: all of them or, with a subject, those of one caller. */
  rows(collection: string, subject?: string): StandInRows {
    const table = this.#table(collection);
    const mine = () => this.#inReach(collection, subject);
    return {
      read: (key) => later(() => shown(table, mine().find(hasKey(table, key)))),
      list: (query) => later(() => this.#list(table, mine(), objectOf(query))),
      count: (query) => later(() => selected(table, mine(), objectOf(query)).length),
      countEach: (conditions) =>
        later(() => conditions.map((condition) => mine().filter((row) => meets(table, row, condition)).length)),
      create: (values) => later(() => this.#create(collection, objectOf(values))),
      update: (key, change) => later(() => this.#update(collection, mine().find(hasKey(table, key)), change)),
      delete: (key) => later(() => this.#delete(collection, mine().find(hasKey(table, key)))),
    };
  }

  #table(collection: string): StandInTable {
    const table = Object.hasOwn(this.#tables, collection) ? this.#tables[collection] : undefined;
    if (table === undefined) throw new Error(`There is no collection ${collection}.`);
    return table;
  }

  #inReach(collection: string, subject: string | undefined): readonly Row[] {
    const table = this.#table(collection);
    return (this.#rows[collection] ?? []).filter((row) => isPresent(table, row) && this.#isOwn(table, row, subject));
  }

  #isOwn({ own }: StandInTable, row: Row, subject: string | undefined): boolean {
    if (own === undefined || subject === undefined) return true;
    if (own.kind === "subject") return String(row[own.column]) === subject;
    // What is deleted below stays the caller's above.
    const targets = (this.#rows[own.collection] ?? []).filter((one) => one[own.key] === row[own.column]);
    const target = this.#table(own.collection);
    return targets.some((one) => (target.own === undefined ? true : this.#isOwn(target, one, subject)));
  }

  #list(table: StandInTable, rows: readonly Row[], query: Values) {
    const order = Array.isArray(query["order"]) ? (query["order"] as StandInTable["order"]) : table.order;
    const after = Array.isArray(query["after"]) ? (query["after"] as readonly unknown[]) : undefined;
    const limit = typeof query["limit"] === "number" ? query["limit"] : Number.POSITIVE_INFINITY;
    const offset = typeof query["offset"] === "number" ? query["offset"] : 0;
    if (limit < 0 || offset < 0) throw new StandInError("2201W", "A limit or an offset is negative.");
    const all = inOrder(table, selected(table, rows, query), order);
    const rest = after === undefined ? all : all.filter((row) => isAfter(table, row, order, after));
    const items = rest.slice(offset, offset + limit);
    const last = rest.length > offset + items.length ? items.at(-1) : undefined;
    return {
      items: items.map((row) => shownRow(table, row)),
      next: last === undefined ? null : order.map(({ by }) => copyOf(last[by] ?? null)),
    };
  }

  #create(collection: string, values: Values): Values {
    const table = this.#table(collection);
    const [key = "id"] = table.key;
    const row: Record<string, Cell> = {};
    for (const [name, column] of Object.entries(table.columns)) {
      const given = Object.hasOwn(values, name) ? values[name] : undefined;
      const isMade = name === key && table.generated !== undefined;
      row[name] = kept(
        column,
        name,
        given ?? (given === null ? null : isMade ? this.#newKey(table) : this.#default(column)),
      );
    }
    this.#store(collection, undefined, row);
    return shownRow(table, row);
  }

  /** Beyond what tests count, and different each time. */
  #newKey({ generated }: StandInTable): Cell {
    this.#count += 1;
    return generated === "identity" ? this.#count : `11111111-0000-4000-8000-${String(this.#count).padStart(12, "0")}`;
  }

  #default({ default: usual }: StandInTable["columns"][string]): Cell {
    if (usual === undefined) return null;
    if (typeof usual === "object") return usual.value;
    const moment = Date.parse(this.#now);
    switch (usual) {
      case "now":
        return this.#now;
      case "today":
        return new Date(moment).toISOString().slice(0, 10);
      case "seconds":
        return Math.floor(moment / 1000);
      case "milliseconds":
        return moment;
    }
  }

  #update(collection: string, row: Row | undefined, change: unknown): Values | undefined {
    if (row === undefined) return undefined;
    const table = this.#table(collection);
    const wanted = typeof change === "function" ? (change as (row: object) => unknown)(shownRow(table, row)) : change;
    const values = Object.entries(objectOf(wanted)).filter(
      ([name, value]) => value !== undefined && Object.hasOwn(table.columns, name),
    );
    if (values.length === 0) return shownRow(table, row);
    const touched = Object.entries(table.touched).map(
      ([name, by]) =>
        [
          name,
          by === "now" ? this.#default(columnOf(table, name, "An update sets").column) : Number(row[name]) + 1,
        ] as const,
    );
    const changed = values.map(
      ([name, value]) => [name, kept(columnOf(table, name, "An update sets").column, name, value)] as const,
    );
    const next: Row = { ...row, ...Object.fromEntries<Cell>(touched), ...Object.fromEntries<Cell>(changed) };
    this.#store(collection, row, next);
    return shownRow(table, next);
  }

  #delete(collection: string, row: Row | undefined): Values | undefined {
    if (row === undefined) return undefined;
    const table = this.#table(collection);
    const { deleted } = table;
    if (deleted !== undefined) {
      const next = { ...row, [deleted.column]: deleted.by === true ? true : this.#now };
      this.#replace(collection, row, next);
      return shownRow(table, next);
    }
    const before = this.#rows;
    try {
      this.#release(collection, row);
    } catch (cause) {
      // One statement changes all or nothing.
      this.#rows = before;
      throw cause;
    }
    this.#replace(collection, row, undefined);
    return shownRow(table, row);
  }

  /** What refers to a row that goes: kept from going, taken along, or cleared. */
  #release(collection: string, row: Row): void {
    for (const [name, table] of Object.entries(this.#tables)) {
      for (const [member, { references }] of Object.entries(table.columns)) {
        if (references?.collection !== collection) continue;
        const referring = (this.#rows[name] ?? []).filter(
          (one) => one !== row && one[member] !== null && one[member] === row[references.column],
        );
        if (referring.length > 0 && references.onDelete === "restrict") {
          throw new StandInError("23001", `A row of ${name} refers to it by ${member}.`);
        }
        for (const one of referring) {
          if (references.onDelete === "set null") this.#replace(name, one, { ...one, [member]: null });
          else this.#takeAlong(name, one);
        }
      }
    }
  }

  #takeAlong(collection: string, row: Row): void {
    this.#release(collection, row);
    this.#replace(collection, row, undefined);
  }

  #store(collection: string, before: Row | undefined, row: Row): void {
    const table = this.#table(collection);
    const others = (this.#rows[collection] ?? []).filter((one) => one !== before);
    for (const [name, column] of Object.entries(table.columns)) {
      const cell = row[name] ?? null;
      if (cell === null && column.isNotNull) throw new StandInError("23502", `${collection}.${name} cannot be null.`);
      if (cell !== null && column.references) this.#checkReference(name, cell, column.references, collection, row);
    }
    for (const names of [table.key, ...table.unique]) {
      const isSame = (one: Row): boolean =>
        names.every((name) => {
          const [left, right] = [one[name] ?? null, row[name] ?? null];
          return (
            left !== null && right !== null && compared(columnOf(table, name, "A key has").column, left, right) === 0
          );
        });
      if (names.length > 0 && others.some(isSame)) {
        throw new StandInError("23505", `Another row of ${collection} has the same ${names.join(" and ")}.`);
      }
    }
    this.#replace(collection, before, row);
  }

  #checkReference(
    name: string,
    cell: Cell,
    { collection, column }: { readonly collection: string; readonly column: string },
    own: string,
    row: Row,
  ): void {
    const isItself = collection === own && row[column] === cell;
    const isThere = (this.#rows[collection] ?? []).some((one) => one[column] === cell);
    if (!isThere && !isItself) throw new StandInError("23503", `${name} refers to no row of ${collection}.`);
  }

  #replace(collection: string, before: Row | undefined, after: Row | undefined): void {
    const rows = this.#rows[collection] ?? [];
    const kept = before === undefined ? [...rows, ...(after ? [after] : [])] : undefined;
    const changed = kept ?? rows.flatMap((one) => (one === before ? (after ? [after] : []) : [one]));
    this.#rows = { ...this.#rows, [collection]: changed };
  }
}

/** As a database answers: later, and failing by the promise. */
function later<T>(work: () => T): Promise<T> {
  return new Promise((done) => done(work()));
}

function isPresent({ deleted }: StandInTable, row: Row): boolean {
  if (deleted === undefined) return true;
  return deleted.by === true ? row[deleted.column] !== true : (row[deleted.column] ?? null) === null;
}

/** A scalar is the key itself; an object names the members that must be equal. */
function hasKey(table: StandInTable, key: unknown): (row: Row) => boolean {
  const members: readonly (readonly [string, unknown])[] =
    typeof key === "object" && key !== null ? Object.entries(key) : table.key.map((name) => [name, key] as const);
  const isPossible = members.every(
    ([name, value]) =>
      value !== null && value !== undefined && canHold(columnOf(table, name, "A key names").column, value),
  );
  return (row) =>
    isPossible &&
    members.every(([name, value]) => {
      const cell = row[name] ?? null;
      const { column } = columnOf(table, name, "A key names");
      return cell !== null && compared(column, cell, column.kind === "integer" ? Number(value) : value) === 0;
    });
}

function selected(table: StandInTable, rows: readonly Row[], query: Values): readonly Row[] {
  const within = Object.entries(objectOf(query["within"]));
  const filters = Object.entries(objectOf(query["filters"])).filter(([, value]) => value !== undefined);
  return rows.filter(
    (row) =>
      within.every(([name, value]) => meets(table, row, { [name]: { equals: value } })) &&
      filters.every(([name, value]) => {
        const filter = Object.hasOwn(table.filters, name) ? table.filters[name] : undefined;
        return filter === undefined || passes(table, row, filter, value);
      }) &&
      (query["where"] === undefined || meets(table, row, query["where"])),
  );
}

function shown(table: StandInTable, row: Row | undefined): Values | undefined {
  return row && shownRow(table, row);
}

/** A copy, without what is never read, and without what has no value where that is left out. */
function shownRow({ columns }: StandInTable, row: Row): Values {
  const members = Object.entries(columns).flatMap(([name, { isHidden, isLeftOut }]) => {
    const cell = row[name] ?? null;
    return isHidden || (isLeftOut && cell === null) ? [] : [[name, copyOf(cell)] as const];
  });
  return Object.fromEntries(members);
}
