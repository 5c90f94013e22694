import { quoted } from "./change.ts";
import { readEnumCheck } from "./enum-check.ts";
import { isRecord } from "../json.ts";
import { canonical, mapValues, own, type Check, type Column, type Snapshot, type Table } from "./snapshot.ts";

/** Constraints, indexes and sequences that are the same but for their names take those of the next snapshot. */
export function renamedParts(
  moved: Snapshot,
  next: Snapshot,
): { readonly snapshot: Snapshot; readonly statements: readonly string[] } {
  const statements: string[] = [];
  const tables = Object.entries(moved.tables).map(([key, table]): [string, Table] => {
    const after = own(next.tables, key);
    if (!after) return [key, table];
    const constraint = (from: string, to: string) =>
      `ALTER TABLE ${quoted(table.name)} RENAME CONSTRAINT ${quoted(from)} TO ${quoted(to)};`;
    const index = (from: string, to: string) => `ALTER INDEX ${quoted(from)} RENAME TO ${quoted(to)};`;
    const take = <Part extends Named>(
      before: Readonly<Record<string, Part>>,
      now: Readonly<Record<string, Part>>,
      sql: (from: string, to: string) => string,
    ): Readonly<Record<string, Part>> => renamedLike(before, now, (from, to) => statements.push(sql(from, to)));
    return [
      key,
      {
        ...table,
        columns: mapValues(table.columns, (column) =>
          withSequence(column, own(after.columns, column.name), (sql) => statements.push(sql)),
        ),
        compositePrimaryKeys: take(table.compositePrimaryKeys, after.compositePrimaryKeys, constraint),
        uniqueConstraints: take(table.uniqueConstraints, after.uniqueConstraints, constraint),
        foreignKeys: take(table.foreignKeys, after.foreignKeys, constraint),
        checkConstraints: take(table.checkConstraints, after.checkConstraints, constraint),
        indexes: take(table.indexes, after.indexes, index),
      },
    ];
  });
  return { snapshot: { ...moved, tables: Object.fromEntries(tables) }, statements };
}

/** Checks name their column in SQL, as `"table"."column"`. */
export function rewordedChecks(
  { checkConstraints }: Table,
  table: string,
  now: (column: string) => string,
): Readonly<Record<string, Check>> {
  return mapValues(checkConstraints, (check) => {
    const subject = readEnumCheck(check.value)?.subject;
    const names = subject?.match(/"(?:[^"]|"")+"/g)?.map((name) => name.slice(1, -1).replaceAll('""', '"')) ?? [];
    const column = names.at(-1);
    if (subject === undefined || column === undefined) return check;
    const reworded = [...(names.length > 1 ? [quoted(table)] : []), quoted(now(column))].join(".");
    return { ...check, value: check.value.replace(subject, () => reworded) };
  });
}

type Named = { readonly name: string };

function renamedLike<Part extends Named>(
  before: Readonly<Record<string, Part>>,
  after: Readonly<Record<string, Part>>,
  note: (from: string, to: string) => void,
): Readonly<Record<string, Part>> {
  const free = new Map(
    Object.values(after)
      .filter(({ name }) => own(before, name) === undefined)
      .map((part) => [structure(part), part.name]),
  );
  const parts = Object.values(before).map((part): [string, Part] => {
    const to = own(after, part.name) === undefined ? free.get(structure(part)) : undefined;
    if (to === undefined) return [part.name, part];
    free.delete(structure(part));
    note(part.name, to);
    return [to, { ...part, name: to }];
  });
  return Object.fromEntries(parts);
}

/** What a part is, whatever it is called; of a check on an enum its column, for values may come at the same time. */
function structure(part: Named): string {
  const members = Object.entries({ ...part, name: "" }).map(([key, value]: [string, unknown]) => [
    key,
    key === "value" && typeof value === "string" ? (readEnumCheck(value)?.subject ?? value) : value,
  ]);
  return canonical(Object.fromEntries(members));
}

/** The sequence that numbers rows is named for table and column. */
function withSequence(column: Column, after: Column | undefined, note: (sql: string) => void): Column {
  const [before, now] = [sequenceOf(column), after && sequenceOf(after)];
  if (before === undefined || now === undefined || before === now || !isRecord(column.identity)) return column;
  note(`ALTER SEQUENCE ${quoted(before)} RENAME TO ${quoted(now)};`);
  return { ...column, identity: { ...column.identity, name: now } };
}

function sequenceOf({ identity }: Column): string | undefined {
  return isRecord(identity) && typeof identity["name"] === "string" ? identity["name"] : undefined;
}
