import { glob } from "node:fs/promises";
import { is, SQL } from "drizzle-orm";
import { getTableConfig, PgDialect, PgTable, type PgColumn } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { database } from "./testing/database.ts";

/** What a table is made of, in words that the code and the database have in common. */
interface Shape {
  readonly columns: readonly object[];
  /** Keys, unique values, references, checks and indexes. */
  readonly constraints: readonly object[];
}

const tables: PgTable[] = [];
for await (const file of glob("**/*.table.ts", { cwd: import.meta.dirname })) {
  const module = (await import(new URL(file, import.meta.url).href)) as object;
  tables.push(...Object.values(module).filter((value) => is(value, PgTable)));
}

test.each(tables.map((table) => ({ name: getTableConfig(table).name, table })))(
  "the migrations make the table $name as the code has it",
  async ({ name, table }) => {
    expect(await storedShape(name)).toEqual(shapeOf(table));
  },
);

function shapeOf(table: PgTable): Shape {
  const { name, columns, primaryKeys, uniqueConstraints, foreignKeys, checks, indexes } = getTableConfig(table);
  const names = (some: readonly object[]): readonly string[] =>
    some.map((column) => ("name" in column ? String(column.name) : "")).toSorted();
  const single = columns.filter(({ primary }) => primary);
  return {
    columns: inOrder(
      columns.map((column) => ({
        name: column.name,
        type: column.getSQLType(),
        isNotNull: column.notNull || column.primary,
        identity: column.generatedIdentity?.type === "byDefault",
        default: defaultOf(column),
      })),
    ),
    constraints: inOrder([
      ...(single.length === 0 ? [] : [{ kind: "key", columns: names(single) }]),
      ...primaryKeys.map((key) => ({ kind: "key", columns: names(key.columns) })),
      ...uniqueConstraints.map((one) => ({ kind: "unique", name: one.name, columns: names(one.columns) })),
      ...foreignKeys.map(({ reference, onDelete = "no action" }) => {
        const { columns: own, foreignTable, foreignColumns } = reference();
        const pairs = own.map((column, at) => `${column.name} → ${foreignColumns[at]?.name ?? ""}`).toSorted();
        return { kind: "reference", columns: pairs, to: getTableConfig(foreignTable).name, onDelete };
      }),
      ...checks.map((one) => ({ kind: "check", name: one.name, values: literalsIn(sqlText(one.value)) })),
      ...indexes.map(({ config }) => ({
        kind: "index",
        name: config.name ?? [name, ...names(config.columns), "index"].join("_"),
        columns: names(config.columns),
      })),
    ]),
  };
}

async function storedShape(name: string): Promise<Shape> {
  const { rows } = await database.connected(({ command }) => command(shapeQuery(name)));
  const { columns, constraints } = JSON.parse(String(rows[0]?.["shape"])) as StoredShape;
  return {
    columns: inOrder(columns.map((column) => ({ ...column, default: plainDefault(column) }))),
    constraints: inOrder(
      constraints.map(({ text, columns: own, ...constraint }) =>
        constraint.kind === "check"
          ? { ...constraint, values: literalsIn(text ?? "") }
          : { ...constraint, columns: own?.toSorted() },
      ),
    ),
  };
}

interface StoredShape {
  readonly columns: readonly { readonly type: string; readonly default: string | null }[];
  readonly constraints: readonly {
    readonly kind: string;
    readonly columns?: readonly string[];
    readonly text?: string;
  }[];
}

/** The catalogue's own words (PostgreSQL, System Catalogs), as one text of JSON. */
function shapeQuery(table: string): string {
  const name = `'"${table.replaceAll("'", "''").replaceAll('"', '""')}"'`;
  const columnsOf = (relation: string, numbers: string): string =>
    `(SELECT json_agg(attname) FROM pg_attribute WHERE attrelid = ${relation} AND attnum = ANY (${numbers}))`;
  return `SELECT json_build_object('columns', (
      SELECT json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod), 'isNotNull', attnotnull,
        'identity', attidentity = 'd', 'default', pg_get_expr(adbin, adrelid)))
      FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      WHERE attrelid = t.oid AND attnum > 0 AND NOT attisdropped
    ), 'constraints', (
      SELECT json_agg(one) FROM (
        SELECT CASE contype
          WHEN 'p' THEN json_build_object('kind', 'key', 'columns', ${columnsOf("conrelid", "conkey")})
          WHEN 'u' THEN json_build_object('kind', 'unique', 'name', conname, 'columns', ${columnsOf("conrelid", "conkey")})
          WHEN 'c' THEN json_build_object('kind', 'check', 'name', conname, 'text', pg_get_constraintdef(oid))
          ELSE json_build_object('kind', 'reference', 'to', (SELECT relname FROM pg_class WHERE oid = confrelid),
            'onDelete', CASE confdeltype WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'r' THEN 'restrict' ELSE 'no action' END,
            'columns', (SELECT json_agg(own.attname || ' → ' || other.attname) FROM unnest(conkey, confkey) AS pair(own, other)
              JOIN pg_attribute own ON own.attrelid = conrelid AND own.attnum = pair.own
              JOIN pg_attribute other ON other.attrelid = confrelid AND other.attnum = pair.other))
          END AS one
        FROM pg_constraint WHERE conrelid = t.oid AND contype IN ('p', 'u', 'c', 'f')
        UNION ALL
        SELECT json_build_object('kind', 'index', 'name', relname, 'columns', ${columnsOf("indrelid", "indkey")})
        FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE indrelid = t.oid AND NOT indisunique
      ) AS all_of_them
    ))::text AS shape FROM pg_class t WHERE t.oid = to_regclass(${name})`;
}

/** A value as a text; SQL that is more than the call of a function is written otherwise by the database. */
function defaultOf(column: PgColumn): string | undefined {
  const value: unknown = column.default;
  if (is(value, SQL)) return /^\w+\(\)$/.test(sqlText(value)) ? sqlText(value) : expression;
  if (value === undefined) return undefined;
  return typeof value === "object"
    ? expression
    : inOneForm(`${value as string | number | bigint | boolean}`, column.getSQLType());
}

function plainDefault({
  type,
  default: text,
}: {
  readonly type: string;
  readonly default: string | null;
}): string | undefined {
  if (text === null) return undefined;
  if (/^\w+\(\)$/.test(text)) return text;
  const [, quoted, plain] =
    /^'((?:[^']|'')*)'(?:::[\w ]+)?$|^\(?(-?[\d.]+|true|false)\)?(?:::[\w ]+)?$/.exec(text) ?? [];
  const value = quoted?.replaceAll("''", "'") ?? plain;
  return value === undefined ? expression : inOneForm(value, type);
}

const expression = "an expression";

function inOneForm(text: string, type: string): string {
  if (/^(timestamp|json)/.test(type)) return expression;
  return /^(integer|bigint|numeric|double)/.test(type) && text !== "" ? String(Number(text)) : text;
}

function sqlText(value: SQL): string {
  return new PgDialect().sqlToQuery(value).sql;
}

/** The literals of a condition; names between double quotes are none. */
function literalsIn(condition: string): readonly string[] {
  return (condition.replaceAll(/"(?:[^"]|"")*"/g, "").match(/'(?:[^']|'')*'|-?\b\d+\b/g) ?? []).toSorted();
}

function inOrder(parts: readonly object[]): readonly object[] {
  return parts
    .map((part) => ({ part, text: JSON.stringify(part, Object.keys(part).toSorted()) }))
    .toSorted((left, right) => (left.text < right.text ? -1 : 1))
    .map(({ part }) => part);
}
