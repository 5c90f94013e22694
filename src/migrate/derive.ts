import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { is, SQL } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { aligned } from "./align.ts";
import type { Change } from "./change.ts";
import { sqlName } from "../model/names.ts";
import { printable } from "./printable.ts";
import { rename, type FormerNames } from "./renames.ts";
import { mapValues, own, pinned, type Snapshot, type Table } from "./snapshot.ts";
import { visibleSql } from "./visible.ts";

export interface Derivation {
  readonly snapshot: Snapshot;
  /** The previous snapshot after the renames that the statements begin with. */
  readonly renamed: Snapshot;
  readonly renames: readonly Change[];
  readonly statements: readonly string[];
}

/** What a module of tables exports, by the module's file. */
export type TableModules = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The snapshot of tables, and the SQL that leads to it from the previous one. Loads drizzle-kit: 0.2 s and 100 MB. */
export async function derive(modules: TableModules, previous: Snapshot, former: FormerNames): Promise<Derivation> {
  const taken = takeSnapshot(modules);
  const { snapshot: renamed, statements: renaming, changes: renames } = rename(previous, taken, former);
  const snapshot = pinned(aligned(taken, renamed), previous);
  const statements = [...renaming.map(visibleSql), ...(await statementsBetween(renamed, snapshot))];
  return { snapshot, renamed, renames, statements };
}

function takeSnapshot(modules: TableModules): Snapshot {
  const exported = Object.entries(modules).flatMap(([file, module]) =>
    Object.entries(module).map(([name, value]): [string, unknown] => [`${file}:${name}`, value]),
  );
  const raw = withinLimits(plain(generateDrizzleJson(Object.fromEntries(exported))));
  const tables = exported.flatMap(([, value]) => (is(value, PgTable) ? [value] : []));
  return tables.reduce(withEscapedDefaults, raw);
}

/** Through JSON, as it is kept; a default of type bigint has no JSON, and its digits are the SQL. */
function plain(value: unknown): Snapshot {
  const text = JSON.stringify(value, (_, member: unknown) => (typeof member === "bigint" ? String(member) : member));
  return JSON.parse(text) as Snapshot;
}

/** PostgreSQL cuts the long names that drizzle makes for references, and two of them may become one then. */
function withinLimits(snapshot: Snapshot): Snapshot {
  const named = <Part extends { readonly name: string }>(parts: Readonly<Record<string, Part>>) =>
    Object.fromEntries(Object.values(parts).map((part) => [sqlName(part.name), { ...part, name: sqlName(part.name) }]));
  const tables = mapValues(snapshot.tables, (table) => ({
    ...table,
    foreignKeys: named(table.foreignKeys),
    compositePrimaryKeys: named(table.compositePrimaryKeys),
  }));
  return { ...snapshot, tables };
}

/** drizzle-kit writes a JSON default between quotes as it is; a quote in it would end the literal. */
function withEscapedDefaults(snapshot: Snapshot, table: PgTable): Snapshot {
  const { name, schema, columns } = getTableConfig(table);
  const key = `${schema ?? "public"}.${name}`;
  const known = own(snapshot.tables, key);
  if (!known) return snapshot;
  const values = new Map(columns.map((column) => [column.name, column.default]));
  const escaped: Table = {
    ...known,
    columns: mapValues(known.columns, (column) => {
      const value = values.get(column.name);
      if (!column.type.startsWith("json") || value === undefined || is(value, SQL)) return column;
      // The escape keeps drizzle-kit's separator of statements, "--> …", out of the text.
      const json = JSON.stringify(value).replaceAll("-->", "--\\u003e").replaceAll("'", "''");
      return { ...column, default: `'${json}'::${column.type}` };
    }),
  };
  return { ...snapshot, tables: { ...snapshot.tables, [key]: escaped } };
}

/**
 * drizzle-kit asks a person whether it meets a rename where something left while something else came. So what leaves
 * goes first, on the way to a snapshot between the two, and no step has both.
 */
async function statementsBetween(previous: Snapshot, next: Snapshot): Promise<readonly string[]> {
  const between = withoutDropped(previous, next);
  const steps =
    between === previous
      ? [[previous, next]]
      : [
          [previous, between],
          [between, next],
        ];
  const statements: string[] = [];
  for (const [from, to] of steps) if (from && to) statements.push(...(await print(from, to)));
  return statements;
}

async function print(from: Snapshot, to: Snapshot): Promise<readonly string[]> {
  const sheet = printable(from, to);
  const statements = await generateMigration(kitSnapshot(sheet.previous), kitSnapshot(sheet.next));
  return statements.map((statement) => sheet.restore(statement).trim());
}

/** drizzle-kit's own type of a snapshot; it changes what it is given. */
function kitSnapshot(snapshot: Snapshot): Parameters<typeof generateMigration>[0] {
  return JSON.parse(JSON.stringify(snapshot)) as Parameters<typeof generateMigration>[0];
}

function withoutDropped(previous: Snapshot, next: Snapshot): Snapshot {
  let isChanged = false;
  const keep = <Part>(parts: Readonly<Record<string, Part>>, test: (part: Part, key: string) => boolean) => {
    const kept = Object.entries(parts).filter(([key, part]) => test(part, key));
    if (kept.length < Object.keys(parts).length) isChanged = true;
    return Object.fromEntries(kept);
  };
  const names = new Set(Object.values(next.tables).map((table) => table.name));
  const tables = Object.entries(keep(previous.tables, (_, key) => own(next.tables, key) !== undefined)).map(
    ([key, table]) => {
      const columns = keep(table.columns, (_, name) => own(next.tables[key]?.columns ?? {}, name) !== undefined);
      const stays = (column: string) => own(columns, column) !== undefined;
      const hasColumns = (part: { readonly columns: readonly string[] }) => part.columns.every(stays);
      return [
        key,
        {
          ...table,
          columns,
          compositePrimaryKeys: keep(table.compositePrimaryKeys, hasColumns),
          uniqueConstraints: keep(table.uniqueConstraints, hasColumns),
          indexes: keep(table.indexes, (index) =>
            index.columns.every((one) => one.isExpression || stays(one.expression)),
          ),
          foreignKeys: keep(table.foreignKeys, (one) => one.columnsFrom.every(stays) && names.has(one.tableTo)),
        },
      ] as const;
    },
  );
  return isChanged ? { ...previous, tables: Object.fromEntries(tables) } : previous;
}

/** The names of the tables that a module exports. */
export function tableNames(module: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.values(module).flatMap((value) => (is(value, PgTable) ? [getTableConfig(value).name] : []));
}
