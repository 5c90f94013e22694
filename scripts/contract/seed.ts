import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** A join table, and which member of the rows on either side it holds. */
export interface SeededJoin {
  readonly name: string;
  readonly left: { readonly entity: string; readonly key: string };
  readonly right: { readonly entity: string; readonly key: string };
}

/**
 * `node seed.ts <service> <folder or URL of its database> <subject> <joins>`: puts a few rows of every entity in place, as
 * the service's own tests make them, and joins some of them, so that what nothing creates through the port can be read
 * through it. Prints them, one a line.
 */
interface TestRows {
  readonly [name: string]: unknown;
}
interface MadeRow {
  readonly entity: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly joined: Record<string, unknown>;
}
type Callers = (owner: string) => Promise<MadeRow["fields"]>;
type JoinRows = (left: unknown, right: unknown) => Promise<void>;
type Given = (change: object, owner: string) => Promise<MadeRow["fields"]>;

const [service = "", place = "", subject = "", joinsText = "[]"] = process.argv.slice(2);
const joins = JSON.parse(joinsText) as readonly SeededJoin[];
/** Rows of each entity, as they are printed. */
const made = new Map<string, MadeRow[]>();
const isUrl = place.startsWith("postgres");
const load = (path: string): Promise<TestRows> =>
  import(pathToFileURL(resolve(service, path)).href) as Promise<TestRows>;

const { openDatabase } = (await load("src/database.ts")) as {
  readonly openDatabase: (options: object) => Promise<{ close(): Promise<void> }>;
};
const database = await openDatabase(isUrl ? { url: place } : { dataDir: place });
Object.assign(globalThis, { testDatabase: Promise.resolve(database) });
const rows = await load("src/testing/rows.ts");
// Whoever calls comes first: rows of entities that stand for callers are made by their own functions.
const calls = ([name]: readonly [string, unknown]): number => (name.startsWith("callers") ? 0 : 1);
for (const [name, given] of Object.entries(rows).toSorted((left, right) => calls(left) - calls(right))) {
  if (!/^(given|callers)/.test(name) || typeof given !== "function") continue;
  const entity = name.replace(/^(given|callers)/, "");
  for (let count = 0; count < 3; count += 1) {
    const stored = name.startsWith("callers") ? (given as Callers)(subject) : (given as Given)({}, subject);
    const fields = await stored.catch((cause: unknown) => {
      console.error(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`);
    });
    if (fields !== undefined) made.set(entity, [...(made.get(entity) ?? []), { entity, fields, joined: {} }]);
  }
}
for (const { name, left, right } of joins) {
  const join = rows[`join${name.slice(0, 1).toUpperCase()}${name.slice(1)}`];
  if (typeof join !== "function") continue;
  for (const [at, one] of (made.get(left.entity) ?? []).entries()) {
    const other = made.get(right.entity)?.[at];
    if (other === undefined) continue;
    const keys = [one.fields[left.key], other.fields[right.key]] as const;
    await (join as JoinRows)(...keys).then(
      () => {
        Object.assign(one.joined, { [name]: keys[1] });
        Object.assign(other.joined, { [name]: keys[0] });
      },
      (cause: unknown) => console.error(`${name}: ${String(cause)}`),
    );
  }
}
for (const row of [...made.values()].flat()) console.log(JSON.stringify(row));
await database.close();
