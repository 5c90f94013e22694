import { constraintHead, indexHeads, quoted, type Change, type Danger } from "./change.ts";
import { readEnumCheck, type EnumCheck } from "./enum-check.ts";
import { canonical, own, type Check, type Column, type Table } from "./snapshot.ts";

/** Compares keys, references, checks and indexes of a table that both snapshots have. */
export function compareConstraints(before: Table, after: Table): readonly Change[] {
  const empty = emptyColumns(before, after);
  return [
    ...differences(before.foreignKeys, after.foreignKeys).map(({ name, then, now }) => ({
      ...constraint(after, name, then && now ? "change" : now ? "add" : "drop"),
      ...dangerUnless(now !== undefined && !then && now.columnsFrom.some((column) => empty.has(column)), {
        what: `The reference ${name} of ${after.name} would be ${verb(then, now)}, and the rows that exist may not agree with it`,
        recipe: "Add it by hand as NOT VALID, repair the rows, and VALIDATE it; keep the old one until then.",
      }),
    })),
    ...differences(before.uniqueConstraints, after.uniqueConstraints).map(({ name, then, now }) => ({
      ...constraint(after, name, then && now ? "change" : now ? "add" : "drop"),
      ...dangerUnless(now !== undefined && !then && now.columns.some((column) => empty.has(column)), {
        what: `The unique key ${name} of ${after.name} would be ${verb(then, now)}`,
        recipe: now
          ? "Remove the duplicates first; then add it by hand over an index that is created CONCURRENTLY."
          : "Drop it by hand once nothing relies on it; duplicates that come in cannot be told apart later.",
      }),
    })),
    ...differences(before.compositePrimaryKeys, after.compositePrimaryKeys).map(({ name, then, now }) => ({
      ...constraint(after, name, then && now ? "change" : now ? "add" : "drop"),
      danger: {
        what: `The primary key ${name} of ${after.name} would be ${verb(then, now)}`,
        recipe: "Keep the key, and add another one beside it by hand.",
      },
    })),
    ...differences(before.indexes, after.indexes).map(({ name, then, now }): Change => {
      const change = {
        act: now && !then ? "index" : "drop",
        table: after.name,
        part: name,
        heads: indexHeads(name),
      } as const;
      const isOnEmpty = now?.columns.some((column) => empty.has(column.expression)) === true;
      return {
        ...change,
        ...dangerUnless(now !== undefined && !then && (!now.isUnique || isOnEmpty), {
          what: `The index ${name} of ${after.name} would be ${verb(then, now)}`,
          recipe:
            "Do it by hand and CONCURRENTLY, outside a transaction, once duplicates are gone and nothing needs the old one.",
        }),
      };
    }),
    ...differences(before.checkConstraints, after.checkConstraints).map(({ name, then, now }) =>
      changedCheck(after, name, then, now, before),
    ),
  ];
}

/** Values that are added to an enum refuse no row; values that leave it may be in use. */
function changedCheck(
  table: Table,
  name: string,
  then: Check | undefined,
  now: Check | undefined,
  tableBefore: Table,
): Change {
  if (!now) return constraint(table, name, "widen");
  const before = then && readEnumCheck(then.value);
  const after = readEnumCheck(now.value);
  const isSameSubject = before && after && before.subject === after.subject;
  const gone = isSameSubject ? before.values.filter((value) => !after.values.includes(value)) : undefined;
  if (gone?.length === 0) return constraint(table, name, "widen");
  const isHeldByAll =
    !then &&
    after &&
    addedColumns(tableBefore, table).some((column) => isAccepted(after, startOf(column), column.name));
  if (isHeldByAll === true) return constraint(table, name, "add");
  const what = gone
    ? `${table.name} would no longer accept ${gone.join(", ")} (${name}), which rows may hold`
    : `The check ${name} of ${table.name} would be ${verb(then, now)}, and the rows that exist may not pass it`;
  const recipe = "Change those rows first; then replace the CHECK by hand with one that is NOT VALID, and VALIDATE it.";
  return { ...constraint(table, name, "change"), danger: { what, recipe } };
}

/** Columns that hold NULL in every row that exists, because this migration adds them: no constraint can fail on them. */
function emptyColumns(before: Table, after: Table): ReadonlySet<string> {
  const empty = addedColumns(before, after).filter((column) => !column.notNull && startOf(column) === undefined);
  return new Set(empty.map((column) => column.name));
}

function addedColumns(before: Table, after: Table): readonly Column[] {
  return Object.values(after.columns).filter((column) => own(before.columns, column.name) === undefined);
}

/** What an added column holds in every row that exists, as an SQL literal; undefined for NULL. */
function startOf({ default: value }: Column): string | undefined {
  return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
}

function isAccepted({ subject, values }: EnumCheck, start: string | undefined, column: string): boolean {
  return subject.endsWith(quoted(column)) && (start === undefined || values.includes(start));
}

interface Difference<Part> {
  readonly name: string;
  readonly then: Part | undefined;
  readonly now: Part | undefined;
}

function differences<Part>(
  before: Readonly<Record<string, Part>>,
  after: Readonly<Record<string, Part>>,
): readonly Difference<Part>[] {
  const names = new Set([...Object.keys(after), ...Object.keys(before)]);
  return [...names]
    .map((name) => ({ name, then: own(before, name), now: own(after, name) }))
    .filter(({ then, now }) => canonical(then ?? null) !== canonical(now ?? null));
}

function constraint(table: Table, name: string, act: Change["act"]): Change {
  const heads = [constraintHead(table, "ADD", name), constraintHead(table, "DROP", name)];
  return { act, table: table.name, part: name, heads };
}

function dangerUnless(isSafe: boolean, danger: Danger): { readonly danger?: Danger } {
  return isSafe ? {} : { danger };
}

function verb(then: unknown, now: unknown): string {
  if (then === undefined) return "added";
  return now === undefined ? "dropped" : "replaced";
}
