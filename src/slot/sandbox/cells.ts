import type { StandInColumn } from "../../plan/trials/stand-in.ts";

/** A value as a column keeps it; undefined is never kept. */
export type Cell = unknown;

/** What a database would refuse, by its SQLSTATE. */
export class StandInError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const uuid = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i;
const instant = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|z|[+-]\d\d:\d\d)$/;

/** The value as PostgreSQL would keep it and give it back; refused where the column cannot hold it. */
export function kept(column: StandInColumn, name: string, value: Cell): Cell {
  if (value === null) return null;
  switch (column.kind) {
    case "uuid":
      if (typeof value !== "string" || !uuid.test(value)) throw malformed(name, value);
      return value.toLowerCase();
    case "integer":
    case "integer-enum":
      return integer(column, name, value);
    case "number":
    case "decimal":
      if (!isNumeric(value)) throw malformed(name, value);
      return Number(value);
    case "decimal-text":
      if (!isNumeric(value)) throw malformed(name, value);
      return textOf(value);
    case "boolean":
      if (typeof value !== "boolean") throw malformed(name, value);
      return value;
    case "date-time":
      return momentText(name, value);
    case "date":
      if (typeof value !== "string" || Number.isNaN(Date.parse(value))) throw malformed(name, value, "22007");
      return value.slice(0, 10);
    case "json":
      return copyOf(value);
    case "text":
    case "enum":
    case "bytes":
      return text(column, name, value);
  }
}

/** Whether a column could hold the value at all: a path may spell any text where the key is a number or a UUID. */
export function canHold({ kind, bits }: StandInColumn, value: Cell): boolean {
  if (kind === "uuid") return typeof value === "string" && uuid.test(value);
  if (kind === "integer" && bits === 64) return Number.isSafeInteger(Number(value));
  if (kind === "integer" || kind === "integer-enum") {
    return Number.isInteger(Number(value)) && Math.abs(Number(value)) <= 2_147_483_647;
  }
  return true;
}

/** Below, equal or above, in the column's own order. Neither side is null. */
export function compared({ kind }: StandInColumn, left: Cell, right: Cell): number {
  if (kind === "date-time") return order(microseconds(String(left)), microseconds(String(right)));
  if (kind === "decimal-text") return order(scaled(String(left)), scaled(String(right)));
  if (kind === "uuid") return order(String(left).toLowerCase(), String(right).toLowerCase());
  if (kind === "json") return order(JSON.stringify(sorted(left)), JSON.stringify(sorted(right)));
  if (typeof left === "string" && typeof right === "string") return byCodePoints(left, right);
  return order(left, right);
}

/** A copy that shares nothing, of what JSON can say. */
export function copyOf<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value, asNumber)) as T);
}

/** For JSON.stringify, which knows no bigints. */
export function asNumber(_name: string, value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

/** A value as text, as the database would cast it. */
export function textOf(value: Cell): string {
  return typeof value === "string" ? value : (JSON.stringify(value, asNumber) ?? "");
}

function text({ values }: StandInColumn, name: string, value: Cell): string {
  const kept = textOf(value);
  if (typeof value === "object" || kept.includes("\u0000")) throw malformed(name, value);
  if (values !== undefined && !values.includes(kept)) throw new StandInError("23514", `${name} cannot be ${kept}.`);
  return kept;
}

function integer({ bits, values }: StandInColumn, name: string, value: Cell): number | bigint {
  const isWide = typeof value === "bigint" && !Number.isSafeInteger(Number(value));
  if (isWide && bits === 64 && BigInt.asIntN(64, value) === value) return value;
  const number = Number(value);
  if (!isNumeric(value) || !Number.isInteger(number)) throw malformed(name, value);
  const highest = bits === 64 ? Number.MAX_SAFE_INTEGER : 2_147_483_647;
  if (Math.abs(number) > highest) throw new StandInError("22003", `${name} is out of range.`);
  if (values !== undefined && !values.includes(number)) throw new StandInError("23514", `${name} cannot be ${number}.`);
  return number;
}

function isNumeric(value: Cell): boolean {
  const isText = typeof value === "string" && /^[+-]?\d+(\.\d+)?$/.test(value.trim());
  return isText || typeof value === "bigint" || (typeof value === "number" && Number.isFinite(value));
}

function malformed(name: string, value: Cell, code = "22P02"): StandInError {
  return new StandInError(code, `${name} cannot be ${JSON.stringify(value, asNumber) ?? String(value)}.`);
}

/** In UTC, its fraction without zeros at the end. */
function momentText(name: string, value: Cell): string {
  const isMoment = typeof value === "string" && instant.test(value) && !Number.isNaN(Date.parse(value));
  if (!isMoment) throw malformed(name, value, "22007");
  const all = microseconds(value);
  const seconds = new Date(Math.floor(Number(all / 1_000_000n)) * 1000).toISOString().slice(0, 19);
  const fraction = String(all % 1_000_000n)
    .padStart(6, "0")
    .replace(/0+$/, "");
  return `${seconds}${fraction === "" ? "" : `.${fraction}`}Z`;
}

/** Since 1970; a Date would cut it to milliseconds. */
function microseconds(value: string): bigint {
  const [, day = "", time = "", fraction = "", zone = "Z"] = instant.exec(value) ?? [];
  const whole = Date.parse(`${day}T${time}${zone.toUpperCase()}`);
  return BigInt(Number.isNaN(whole) ? 0 : whole) * 1000n + BigInt(fraction.slice(0, 6).padEnd(6, "0"));
}

/** A decimal as a whole number of its 30th decimal place. */
function scaled(value: string): bigint {
  const [, sign = "", whole = "0", fraction = ""] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(value.trim()) ?? [];
  return BigInt(`${sign === "-" ? "-" : ""}${whole}${fraction.slice(0, 30).padEnd(30, "0")}`);
}

function byCodePoints(left: string, right: string): number {
  const [one, other] = [[...left], [...right]];
  for (const [at, character] of one.entries()) {
    const difference = (character.codePointAt(0) ?? 0) - (other[at]?.codePointAt(0) ?? -1);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

function order(left: unknown, right: unknown): number {
  if (left === right) return 0;
  return (left as number) < (right as number) ? -1 : 1;
}

/** jsonb knows no order of members. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, member]) => [name, sorted(member)]);
}
