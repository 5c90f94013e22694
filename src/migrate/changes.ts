import { constraintHead, indexHeads, quoted, type Change } from "./change.ts";
import { compareConstraints } from "./constraints.ts";
import { canonical, own, type Column, type Snapshot, type Table } from "./snapshot.ts";

/** A column or table that left while another came, in the same place: perhaps the same one under another name. */
export interface Rename {
  readonly kind: "table" | "column";
  readonly table: string;
  readonly from: string;
  readonly to: string;
}

export interface Comparison {
  readonly changes: readonly Change[];
  readonly renames: readonly Rename[];
}

/** Compares two snapshots by name; the order of tables and columns says nothing. */
export function compare(previous: Snapshot, next: Snapshot): Comparison {
  const before = Object.values(previous.tables);
  const after = Object.values(next.tables);
  const dropped = before.filter((table) => !has(after, table));
  const created = after.filter((table) => !has(before, table));
  const kept = after.flatMap((table) => {
    const then = before.find(({ name }) => name === table.name);
    return then ? [{ then, now: table }] : [];
  });
  return {
    changes: [
      ...created.map(createdTable),
      ...kept.flatMap(({ then, now }) => compareTables(then, now)),
      ...dropped.map(droppedTable),
      ...compareRest(previous, next),
    ],
    renames: [
      ...pairsOf("table", "", dropped, created),
      ...kept.flatMap(({ then, now }) => {
        const [gone, come] = [Object.values(then.columns), Object.values(now.columns)];
        const left = gone.filter((column) => !has(come, column));
        return pairsOf(
          "column",
          now.name,
          left,
          come.filter((column) => !has(gone, column)),
        );
      }),
    ],
  };
}

/** A table that is created brings its columns and keys in one statement; references and indexes follow. */
function createdTable(table: Table): Change {
  const heads = [
    `CREATE TABLE ${quoted(table.name)} (`,
    ...Object.values(table.foreignKeys).map((key) => constraintHead(table, "ADD", key.name)),
    ...Object.values(table.indexes).flatMap((index) => indexHeads(index.name)),
  ];
  return { act: "create", table: table.name, heads };
}

function droppedTable(table: Table): Change {
  const danger = {
    what: `The table ${table.name} would be dropped, with its rows`,
    recipe:
      "Keep its schema in the document, or drop the table by hand once no release reads it and the rows are saved.",
  };
  return { act: "drop", table: table.name, danger, heads: [`DROP TABLE ${quoted(table.name)}`] };
}

function compareTables(before: Table, after: Table): readonly Change[] {
  const added = Object.values(after.columns).filter((column) => !has(Object.values(before.columns), column));
  const dropped = Object.values(before.columns).filter((column) => !has(Object.values(after.columns), column));
  const changed = Object.values(after.columns).flatMap((column) => {
    const then = own(before.columns, column.name);
    return then ? changedColumn(after, then, column) : [];
  });
  return [
    ...added.map((column) => addedColumn(after, column)),
    ...changed,
    ...compareConstraints(before, after),
    ...dropped.map((column) => droppedColumn(after, column)),
    ...otherMembers(before, after),
  ];
}

function addedColumn(table: Table, column: Column): Change {
  const heads = [`ALTER TABLE ${quoted(table.name)} ADD COLUMN ${quoted(column.name)} `];
  const change = { act: "add", table: table.name, part: column.name, heads } as const;
  const isFilled = !column.notNull || column.default !== undefined || column.identity !== undefined;
  if (isFilled && !column.primaryKey) return change;
  const what = `${table.name}.${column.name} would be added as required, and rows that exist have no value for it`;
  const recipe = "Give the property a default, or leave it out of required until every row has a value.";
  return { ...change, danger: { what, recipe } };
}

function droppedColumn(table: Table, column: Column): Change {
  const danger = {
    what: `${table.name}.${column.name} would be dropped, with the values in it`,
    recipe: "Keep the property and mark it deprecated, or drop the column by hand once no release reads it.",
  };
  const heads = [`ALTER TABLE ${quoted(table.name)} DROP COLUMN ${quoted(column.name)};`];
  return { act: "drop", table: table.name, part: column.name, danger, heads };
}

function changedColumn(table: Table, before: Column, after: Column): readonly Change[] {
  const name = `${table.name}.${after.name}`;
  const change = { table: table.name, part: after.name };
  const head = `ALTER TABLE ${quoted(table.name)} ALTER COLUMN ${quoted(after.name)}`;
  const changes: Change[] = [];
  if (before.type !== after.type) {
    const what = `${name} would change from ${before.type} to ${after.type}, which rewrites the table and may refuse or cut values`;
    const recipe =
      "Add a property of the new type beside it, copy the values, and retire the old one in a later release.";
    changes.push({ ...change, act: "change", danger: { what, recipe }, heads: [`${head} SET DATA TYPE `] });
  }
  if (before.notNull && !after.notNull) changes.push({ ...change, act: "relax", heads: [`${head} DROP NOT NULL;`] });
  if (!before.notNull && after.notNull) {
    const what = `${name} would become required, and rows that exist may have no value for it`;
    const recipe =
      "Fill the column first; then set NOT NULL by hand, after a CHECK that was added NOT VALID and validated.";
    changes.push({ ...change, act: "change", danger: { what, recipe }, heads: [`${head} SET NOT NULL;`] });
  }
  if (canonical(before.default ?? null) !== canonical(after.default ?? null)) {
    changes.push({ ...change, act: "relax", heads: [`${head} SET DEFAULT `, `${head} DROP DEFAULT;`] });
  }
  const rest = (column: Column) => canonical({ ...column, type: 0, notNull: 0, default: 0 });
  if (rest(before) !== rest(after)) changes.push(unknownChange(table.name, `${name} would change`, [head], after.name));
  return changes;
}

/** Members of a table that nothing we generate uses: policies, row-level security. */
function otherMembers(before: Table, after: Table): readonly Change[] {
  const rest = (table: Table): string => {
    const { columns: _, indexes: __, foreignKeys: ___, ...others } = table;
    return canonical({ ...others, compositePrimaryKeys: 0, uniqueConstraints: 0, checkConstraints: 0 });
  };
  return rest(before) === rest(after) ? [] : [unknownChange(after.name, `${after.name} would change`, [])];
}

function compareRest(before: Snapshot, after: Snapshot): readonly Change[] {
  const rest = (snapshot: Snapshot) => canonical({ ...snapshot, id: 0, prevId: 0, tables: 0, _meta: 0 });
  if (rest(before) === rest(after)) return [];
  return [unknownChange("", "Types, views or other objects beside the tables would change", [])];
}

function unknownChange(table: string, what: string, heads: readonly string[], part?: string): Change {
  const recipe = "Write this migration by hand.";
  return { act: "change", table, ...(part !== undefined && { part }), danger: { what, recipe }, heads };
}

type Named = { readonly name: string };

function has(all: readonly Named[], one: Named): boolean {
  return all.some(({ name }) => name === one.name);
}

function pairsOf(
  kind: Rename["kind"],
  table: string,
  gone: readonly Named[],
  come: readonly Named[],
): readonly Rename[] {
  return gone.flatMap((from) => come.map((to) => ({ kind, table, from: from.name, to: to.name })));
}
