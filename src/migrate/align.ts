import { readEnumCheck } from "./enum-check.ts";
import {
  mapValues,
  own,
  type Check,
  type ForeignKey,
  type Index,
  type Key,
  type Snapshot,
  type Table,
} from "./snapshot.ts";

/**
 * Takes the order of what the previous snapshot has already: columns of a key, values of an enum. The order follows the
 * document, and moving its lines must not make a migration.
 */
export function aligned(snapshot: Snapshot, previous: Snapshot): Snapshot {
  const tables = Object.entries(snapshot.tables).map(([name, table]): [string, Table] => {
    const before = own(previous.tables, name);
    return [name, before ? alignedTable(table, before) : table];
  });
  return { ...snapshot, tables: Object.fromEntries(tables) };
}

function alignedTable(table: Table, before: Table): Table {
  return {
    ...table,
    compositePrimaryKeys: primaryKey(table, before),
    uniqueConstraints: mapValues(table.uniqueConstraints, (key) =>
      alignedKey(key, own(before.uniqueConstraints, key.name)),
    ),
    foreignKeys: mapValues(table.foreignKeys, (key) => alignedReference(key, own(before.foreignKeys, key.name))),
    indexes: mapValues(table.indexes, (index) => alignedIndex(index, own(before.indexes, index.name))),
    checkConstraints: mapValues(table.checkConstraints, (check) =>
      alignedCheck(check, own(before.checkConstraints, check.name)),
    ),
  };
}

/** The name that drizzle gives a primary key follows the order of its columns, so the whole key is the earlier one. */
function primaryKey(table: Table, before: Table): Table["compositePrimaryKeys"] {
  const [now] = Object.values(table.compositePrimaryKeys);
  const [then] = Object.values(before.compositePrimaryKeys);
  const isSameKey = now && then && isSameSet(now.columns, then.columns);
  return isSameKey ? before.compositePrimaryKeys : table.compositePrimaryKeys;
}

function alignedKey(key: Key, before: Key | undefined): Key {
  return before && isSameSet(key.columns, before.columns) ? { ...key, columns: before.columns } : key;
}

function alignedReference(key: ForeignKey, before: ForeignKey | undefined): ForeignKey {
  if (!before || !isSameSet(pairs(key), pairs(before))) return key;
  return { ...key, columnsFrom: before.columnsFrom, columnsTo: before.columnsTo };
}

function pairs(key: ForeignKey): readonly string[] {
  return key.columnsFrom.map((column, at) => JSON.stringify([column, key.columnsTo[at]]));
}

function alignedIndex(index: Index, before: Index | undefined): Index {
  if (!before) return index;
  const texts = (one: Index) => one.columns.map((column) => JSON.stringify(column));
  return isSameSet(texts(index), texts(before)) ? { ...index, columns: before.columns } : index;
}

function alignedCheck(check: Check, before: Check | undefined): Check {
  const now = readEnumCheck(check.value);
  const then = before && readEnumCheck(before.value);
  const isSameCheck = now && then && now.subject === then.subject && isSameSet(now.values, then.values);
  return isSameCheck ? before : check;
}

function isSameSet(left: readonly string[], right: readonly string[]): boolean {
  const known = new Set(left);
  return left.length === right.length && right.every((one) => known.has(one));
}
