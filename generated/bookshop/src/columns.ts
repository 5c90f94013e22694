import { sql, type SQL } from "drizzle-orm";
import { customType, type AnyPgColumn } from "drizzle-orm/pg-core";

/** A point in time, as RFC 3339 in UTC; its microseconds are kept, which a Date would cut. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => "timestamp with time zone",
  fromDriver: (value) => value.replace(" ", "T").replace(/\+00$/, "Z"),
});

/** A CHECK that a column holds one of these values. It has no parameters, because a migration can carry none. */
export function isOneOf(column: AnyPgColumn, values: readonly (string | number)[]): SQL {
  const list = values.map((value) => (typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`));
  return sql`${column} in (${sql.raw(list.join(", "))})`;
}
