import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runWithin } from "../../scripts/corpus/command.ts";
import { findDocuments, largestFirst } from "../../scripts/corpus/documents.ts";
import { crudCell } from "../../scripts/corpus/index-table.ts";
import { resourcesOf, type Modelled } from "../../scripts/corpus/modelled.ts";
import { belowFloors } from "../../scripts/corpus/row.ts";
import { whyNotServed, type Seen } from "../../scripts/corpus/truth.ts";

const folder = await mkdtemp(join(tmpdir(), "corpus-"));
afterAll(() => rm(folder, { recursive: true }));

const good: Seen = { kind: "list", tested: [200, 400], probed: 200 };

test.each<{ title: string; seen: Partial<Seen>; why: string | undefined }>([
  { title: "is in the model, tested with a 2xx and answered", seen: {}, why: undefined },
  { title: "finds no row when it is called once", seen: { probed: 404 }, why: undefined },
  { title: "was not probed", seen: { probed: undefined }, why: undefined },
  { title: "is not in the model", seen: { kind: undefined }, why: "not in the model" },
  { title: "is left to business logic", seen: { kind: "custom" }, why: "taken for custom" },
  { title: "has no test", seen: { tested: [] }, why: "no test called it" },
  { title: "is only refused", seen: { tested: [401, 404] }, why: "tests only saw 401, 404" },
  { title: "needs what nobody has filled", seen: { probed: 501 }, why: "the running service answered 501" },
  { title: "breaks", seen: { probed: 500 }, why: "the running service answered 500" },
])("an operation that $title counts as served: $why", ({ seen, why }) => {
  expect(whyNotServed({ ...good, ...seen })).toBe(why);
});

const row = {
  resources: { answering: 8, listed: 10 },
  served: { count: 9, of: 10 },
  assertions: 80,
  operations: 10,
};

test.each<{ title: string; change: Partial<typeof row>; count: number }>([
  { title: "on the floors", change: {}, count: 0 },
  { title: "with too few resources that answer", change: { resources: { answering: 7, listed: 10 } }, count: 1 },
  { title: "with too few operations served", change: { served: { count: 8, of: 10 } }, count: 1 },
  { title: "with too few assertions", change: { assertions: 79 }, count: 1 },
  { title: "without CRUD operations", change: { served: { count: 0, of: 0 } }, count: 0 },
])("a document $title has $count faults", ({ change, count }) => {
  expect(belowFloors({ ...row, ...change })).toHaveLength(count);
});

const birds: Modelled = {
  tables: ["Bird", "Nest"],
  operations: [
    { method: "GET", path: "/birds", class: "list", entity: "Bird" },
    { method: "POST", path: "/birds", class: "create", entity: "Bird" },
    { method: "POST", path: "/birds/sing", class: "custom", entity: "Bird" },
  ],
};

test.each<{ title: string; seen: Readonly<Record<string, readonly number[]>>; answering: readonly string[] }>([
  { title: "whose operations all answer", seen: { GET: [200, 400], POST: [201] }, answering: ["Bird"] },
  { title: "that only refuses what one of them is sent", seen: { GET: [200], POST: [400] }, answering: [] },
])("a table $title is a resource, and one without operations is none", ({ seen, answering }) => {
  const found = resourcesOf(birds, (method) => seen[method] ?? []);
  expect(found.answering).toEqual(answering);
  expect(found.why).toHaveLength(birds.tables.length - answering.length);
});

test("the number of resources stands in the column CRUD of the row that has the document's name", () => {
  const table = ["| name | ops | CRUD |", "|---|---|---|", "| shop | 12 | 3 |", "| bank | 9 | |"].join("\n");
  expect(["shop", "bank", "none"].map((name) => crudCell(table, name))).toEqual([3, undefined, undefined]);
  expect(crudCell("| name | ops |\n| shop | 12 |", "shop")).toBeUndefined();
});

test("the largest document is taken first", async () => {
  const files = [1, 30, 7].map((length) => ({ name: `of${length}`, file: join(folder, `${length}.yaml`), length }));
  for (const { file, length } of files) await writeFile(file, "x".repeat(length));
  expect((await largestFirst(files)).map(({ name }) => name)).toEqual(["of30", "of7", "of1"]);
});

test("documents are files, folders that hold one under a usual name, and folders of such", async () => {
  await mkdir(join(folder, "docs/shop/spec"), { recursive: true });
  await mkdir(join(folder, "docs/empty"), { recursive: true });
  for (const file of ["docs/bank.yaml", "docs/notes.md", "docs/shop/spec/swagger.json"]) {
    await writeFile(join(folder, file), "{}");
  }
  const names = async (...paths: readonly string[]): Promise<readonly string[]> =>
    (await findDocuments(paths.map((path) => join(folder, path)))).map(({ name }) => name);
  expect(await names("docs")).toEqual(["bank", "shop"]);
  expect(await names("docs/shop")).toEqual(["shop"]);
  expect(await names("docs/bank.yaml", "docs/none.yaml")).toEqual(["bank"]);
});

describe("a command", () => {
  test("is ended with all that it has started where it takes too long", async () => {
    const child = `require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 9)"], { stdio: "inherit" })`;
    const ended = await runWithin(["-e", `${child}; setInterval(() => {}, 9)`], { timeoutMs: 300 });
    expect(ended.exitCode).toBeUndefined();
  });

  test("gives its exit code and what it printed", async () => {
    const ended = await runWithin(["-e", "console.log(process.env.SAID); process.exit(3)"], {
      timeoutMs: 60_000,
      environment: { SAID: "hello" },
    });
    expect(ended).toMatchObject({ exitCode: 3, stdout: "hello\n" });
  });
});
