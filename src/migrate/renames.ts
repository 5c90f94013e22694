import { quoted, type Change } from "./change.ts";
import { renamedParts, rewordedChecks } from "./renamed-parts.ts";
import { mapValues, own, type Column, type ForeignKey, type Index, type Snapshot, type Table } from "./snapshot.ts";

/** What tables and columns were called before (`x-renamed-from`), by what they are called now. */
export interface FormerNames {
  readonly tables: Readonly<Record<string, readonly string[]>>;
  /** By table, then by column. */
  readonly columns: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export interface Renaming {
  /** The previous snapshot once the statements are done. */
  readonly snapshot: Snapshot;
  readonly statements: readonly string[];
  /** What a migration is named for; each explains its statements. */
  readonly changes: readonly Change[];
}

/**
 * The renames that the document states and that are still to be done: the former name is in the previous snapshot and
 * not in the next one, and the present name the other way round. Rows stay where they are. Keys, checks, indexes and
 * sequences are named for their table and columns, and follow.
 */
export function rename(previous: Snapshot, next: Snapshot, former: FormerNames): Renaming {
  const tables = renamedTables(previous, next, former);
  const moved = withTables(previous, tables);
  const columns = renamedColumns(moved, next, former);
  if (tables.size === 0 && columns.length === 0) return { snapshot: previous, statements: [], changes: [] };
  const { snapshot, statements: following } = renamedParts(withColumns(moved, columns), next);
  const changes: Change[] = [
    ...[...tables].map(([from, to]): Change => {
      const heads = [`ALTER TABLE ${quoted(from)} RENAME TO ${quoted(to)};`];
      return { act: "rename", table: `${from}_to_${to}`, heads };
    }),
    ...columns.map(({ table, from, to }): Change => {
      const heads = [`ALTER TABLE ${quoted(table)} RENAME COLUMN ${quoted(from)} TO ${quoted(to)};`];
      return { act: "rename", table, part: `${from}_to_${to}`, heads };
    }),
  ];
  const [first, ...others] = changes;
  return {
    snapshot,
    statements: [...changes.flatMap(({ heads }) => heads), ...following],
    changes: first ? [{ ...first, heads: [...first.heads, ...following] }, ...others] : [],
  };
}

/** Present name by former name. */
function renamedTables(previous: Snapshot, next: Snapshot, former: FormerNames): ReadonlyMap<string, string> {
  const before = new Set(Object.values(previous.tables).map(({ name }) => name));
  const after = new Set(Object.values(next.tables).map(({ name }) => name));
  return pairs(before, after, former.tables);
}

interface ColumnRename {
  readonly table: string;
  readonly from: string;
  readonly to: string;
}

function renamedColumns(moved: Snapshot, next: Snapshot, former: FormerNames): readonly ColumnRename[] {
  return Object.entries(next.tables).flatMap(([key, { name: table, columns }]) => {
    const before = own(moved.tables, key);
    if (!before) return [];
    const names = own(former.columns, table) ?? {};
    const found = pairs(new Set(Object.keys(before.columns)), new Set(Object.keys(columns)), names);
    return [...found].map(([from, to]) => ({ table, from, to }));
  });
}

/** Of several former names the first that fits; what two claim goes to the first of them. */
function pairs(
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
  former: Readonly<Record<string, readonly string[]>>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const to of [...after].sort()) {
    if (before.has(to)) continue;
    const from = own(former, to)?.find((name) => before.has(name) && !after.has(name) && !found.has(name));
    if (from !== undefined) found.set(from, to);
  }
  return found;
}

function withTables(snapshot: Snapshot, names: ReadonlyMap<string, string>): Snapshot {
  if (names.size === 0) return snapshot;
  const now = (name: string) => names.get(name) ?? name;
  const tables = Object.entries(snapshot.tables).map(([key, table]): [string, Table] => {
    const name = now(table.name);
    const foreignKeys = mapValues(table.foreignKeys, (one) => ({
      ...one,
      tableFrom: now(one.tableFrom),
      tableTo: now(one.tableTo),
    }));
    const checkConstraints = rewordedChecks(table, name, (column) => column);
    // A table's key is its schema and its name.
    return [key.slice(0, key.length - table.name.length) + name, { ...table, name, foreignKeys, checkConstraints }];
  });
  return { ...snapshot, tables: Object.fromEntries(tables) };
}

function withColumns(snapshot: Snapshot, renames: readonly ColumnRename[]): Snapshot {
  const nowIn = (table: string) => {
    const own = new Map(renames.filter((one) => one.table === table).map(({ from, to }) => [from, to]));
    return (name: string) => own.get(name) ?? name;
  };
  const tables = mapValues(snapshot.tables, (table): Table => {
    const now = nowIn(table.name);
    const keyed = <Key extends { readonly columns: readonly string[] }>(key: Key): Key => ({
      ...key,
      columns: key.columns.map(now),
    });
    return {
      ...table,
      columns: byName(Object.values(table.columns).map((column): Column => ({ ...column, name: now(column.name) }))),
      indexes: mapValues(table.indexes, (index) => renamedIndex(index, now)),
      foreignKeys: mapValues(table.foreignKeys, (key): ForeignKey => ({
        ...key,
        columnsFrom: key.columnsFrom.map(now),
        columnsTo: key.columnsTo.map(nowIn(key.tableTo)),
      })),
      compositePrimaryKeys: mapValues(table.compositePrimaryKeys, keyed),
      uniqueConstraints: mapValues(table.uniqueConstraints, keyed),
      checkConstraints: rewordedChecks(table, table.name, now),
    };
  });
  return { ...snapshot, tables };
}

function renamedIndex(index: Index, now: (name: string) => string): Index {
  const columns = index.columns.map((one) => (one.isExpression ? one : { ...one, expression: now(one.expression) }));
  return { ...index, columns };
}

function byName(columns: readonly Column[]): Readonly<Record<string, Column>> {
  return Object.fromEntries(columns.map((column) => [column.name, column]));
}
