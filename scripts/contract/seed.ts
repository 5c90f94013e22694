import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * `node seed.ts <service> <folder or URL of its database> <subject>`: puts a few rows of every entity in place, as the
 * service's own tests make them, so that what nothing creates through the port can be read through it. Prints them, one
 * a line.
 */
interface TestRows {
  readonly [name: string]: unknown;
}
type Callers = (owner: string) => Promise<unknown>;
type Given = (change: object, owner: string) => Promise<unknown>;

const [service = "", place = "", subject = ""] = process.argv.slice(2);
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
  for (let made = 0; made < 3; made += 1) {
    const stored = name.startsWith("callers") ? (given as Callers)(subject) : (given as Given)({}, subject);
    const fields = await stored.catch((cause: unknown) => {
      console.error(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`);
    });
    if (fields !== undefined) console.log(JSON.stringify({ entity: name.replace(/^(given|callers)/, ""), fields }));
  }
}
await database.close();
