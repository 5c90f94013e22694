import { createHash } from "node:crypto";
import { isRecord } from "../json.ts";

/** drizzle-kit's picture of a database, as far as we read it; whatever else it says is carried along. */
export interface Snapshot {
  readonly id: string;
  readonly prevId: string;
  readonly tables: Readonly<Record<string, Table>>;
  readonly [member: string]: unknown;
}

export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly indexes: Readonly<Record<string, Index>>;
  readonly foreignKeys: Readonly<Record<string, ForeignKey>>;
  readonly compositePrimaryKeys: Readonly<Record<string, Key>>;
  readonly uniqueConstraints: Readonly<Record<string, Key>>;
  readonly checkConstraints: Readonly<Record<string, Check>>;
  readonly [member: string]: unknown;
}

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly primaryKey: boolean;
  readonly notNull: boolean;
  /** SQL text, or a number or boolean. */
  readonly default?: unknown;
  /** How the database numbers rows, if it does. */
  readonly identity?: unknown;
  readonly [member: string]: unknown;
}

export interface Key {
  readonly name: string;
  readonly columns: readonly string[];
  readonly [member: string]: unknown;
}

export interface Index {
  readonly name: string;
  readonly isUnique: boolean;
  readonly columns: readonly { readonly expression: string; readonly isExpression: boolean }[];
  readonly [member: string]: unknown;
}

export interface ForeignKey {
  readonly name: string;
  readonly tableFrom: string;
  readonly tableTo: string;
  readonly columnsFrom: readonly string[];
  readonly columnsTo: readonly string[];
  readonly [member: string]: unknown;
}

export interface Check {
  readonly name: string;
  /** The condition in SQL. */
  readonly value: string;
}

/** What the first migration starts from; drizzle-kit gives it this id. */
export const emptySnapshot: Snapshot = {
  version: "7",
  dialect: "postgresql",
  tables: {},
  enums: {},
  schemas: {},
  sequences: {},
  roles: {},
  policies: {},
  views: {},
  _meta: { schemas: {}, tables: {}, columns: {} },
  id: "00000000-0000-0000-0000-000000000000",
  prevId: "",
};

/** Gives a snapshot an id that follows from what it holds, whatever the order, in place of drizzle-kit's random one. */
export function pinned(snapshot: Snapshot, previous: Snapshot): Snapshot {
  const { id: _, prevId: __, ...content } = snapshot;
  const hash = createHash("sha256").update(previous.id).update(canonical(content)).digest("hex");
  const id = hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5");
  return { ...snapshot, id, prevId: previous.id };
}

/** True when both describe the same database. The order of tables and columns says nothing. */
export function isSame(left: Snapshot, right: Snapshot): boolean {
  return canonical({ ...left, id: "", prevId: "" }) === canonical({ ...right, id: "", prevId: "" });
}

/** JSON text with sorted members, so that equal values have equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    isRecord(member)
      ? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  );
}

/** `mapValues({ a: 1 }, f)` is `{ a: f(1) }`; a key such as `__proto__` stays a key. */
export function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** The record's own member, so that a table called "constructor" is not found everywhere. */
export function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
