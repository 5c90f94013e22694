import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loads } from "../../bench/loads.ts";

/** What a start must not wait for; `npm run bench` shows everything that is loaded. */
const heavy = [
  "@apidevtools/swagger-parser",
  "@electric-sql/pglite",
  "ajv",
  "drizzle-kit",
  "drizzle-orm",
  "handlebars",
  "prettier",
  "randexp",
  "tinypool",
  "ts-morph",
  "typescript",
  "vitest",
  "yaml",
];

let folder: string;
let loaded: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  // A run writes only inside of the workspace that it is started in.
  await mkdir(".scaffold", { recursive: true });
  folder = await mkdtemp(".scaffold/loads-");
  loaded = new Map((await loads(folder)).map(({ name, libraries }) => [name, libraries]));
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const heavyOf = (name: string): readonly string[] | undefined =>
  loaded.get(name)?.filter((library) => heavy.includes(library));

test.each(["scaffold --help", "scaffold crud, nothing to do"])("%s loads nothing heavy", (name) => {
  expect(heavyOf(name)).toEqual([]);
});

test.each(["scaffold model", "scaffold explain"])("%s loads what reads a document, and no more", (name) => {
  expect(heavyOf(name)).toEqual(["@apidevtools/swagger-parser", "ajv", "yaml"]);
});

test("a run that writes loads what renders, leaves prettier to its threads, and needs no compiler and no database", () => {
  expect(heavyOf("scaffold crud --no-verify")).toEqual([
    "@apidevtools/swagger-parser",
    "ajv",
    "handlebars",
    "randexp",
    "tinypool",
    "yaml",
  ]);
});
