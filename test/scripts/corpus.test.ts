import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runWithin } from "../../scripts/corpus/command.ts";
import { findDocuments } from "../../scripts/corpus/documents.ts";
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

const row = { served: 9, crud: 10, assertions: 80, operations: 10 };

test.each<{ title: string; change: Partial<typeof row>; count: number }>([
  { title: "on the floors", change: {}, count: 0 },
  { title: "with too few operations served", change: { served: 8 }, count: 1 },
  { title: "with too few assertions", change: { assertions: 79 }, count: 1 },
  { title: "without CRUD operations", change: { served: 0, crud: 0 }, count: 0 },
])("a document $title has $count faults", ({ change, count }) => {
  expect(belowFloors({ ...row, ...change })).toHaveLength(count);
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
