import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { holdOutput } from "../../src/output/hold.ts";
import { temporaryHost } from "../support/host.ts";

const mark = "generated/.shop.staging-hold";

/** The number of a process that has ended. */
async function deadProcess(): Promise<string> {
  const child = spawn(process.execPath, ["-e", "0"]);
  await new Promise((done) => child.once("close", done));
  return String(child.pid);
}

test("one run has an output folder at a time, and leaves nothing beside it", async () => {
  await using host = await temporaryHost();
  const out = join(host.cwd, "generated/shop");
  const first = await holdOutput(host, out);
  expect(await host.files.readLink(mark)).toBe(String(process.pid));
  expect(await holdOutput(host, out)).toMatchObject({
    value: undefined,
    diagnostics: [{ code: "output/busy", place: { file: "generated/shop" } }],
  });
  await first.value?.release();
  expect(await host.files.kind("generated")).toBe("none");
  const { value: second } = await holdOutput(host, out);
  expect(second).toBeDefined();
});

test("a folder that was there before stays, and other outputs are free meanwhile", async () => {
  await using host = await temporaryHost({ "generated/notes.txt": "" });
  const one = await holdOutput(host, join(host.cwd, "generated/shop"));
  const other = await holdOutput(host, join(host.cwd, "generated/bank"));
  expect([one.diagnostics, other.diagnostics]).toEqual([[], []]);
  await one.value?.release();
  await other.value?.release();
  expect(await host.files.list(".")).toEqual(["generated/notes.txt"]);
});

test.each([
  { title: "a run that was killed", holder: deadProcess },
  { title: "something that is no run", holder: () => Promise.resolve("nonsense") },
])("the mark of $title is taken over", async ({ holder }) => {
  await using host = await temporaryHost();
  await host.files.link(await holder(), mark);
  const { value: hold, diagnostics } = await holdOutput(host, join(host.cwd, "generated/shop"));
  expect(diagnostics).toEqual([]);
  expect(await host.files.readLink(mark)).toBe(String(process.pid));
  await hold?.release();
  expect(await host.files.list(".")).toEqual([]);
});

test("of many processes that find the mark of a dead one, one gets the folder", async () => {
  await using host = await temporaryHost();
  await host.files.link(await deadProcess(), mark);
  const source = (path: string) => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href);
  await host.files.write(
    "main.mts",
    `import { createNodeHost } from ${source("host-node.ts")};
     import { holdOutput } from ${source("output/hold.ts")};
     process.stdout.write("ready\\n");
     process.stdin.once("data", async () => {
       const { value } = await holdOutput(createNodeHost(), ${JSON.stringify(join(host.cwd, "generated/shop"))});
       process.stdout.write(value ? "held\\n" : "busy\\n");
     }).once("end", () => process.exit());`,
  );
  const children = Array.from({ length: 4 }, () => spawn(process.execPath, [join(host.cwd, "main.mts")]));
  const outputs = children.map((child) => lines(child.stdout.setEncoding("utf8")));
  const next = () => Promise.all(outputs.map(async (output) => String((await output.next()).value)));
  expect(await next()).toEqual(["ready", "ready", "ready", "ready"]);
  // All of them live until the last has answered.
  for (const child of children) child.stdin.write("now\n");
  expect((await next()).toSorted()).toEqual(["busy", "busy", "busy", "held"]);
  for (const child of children) child.stdin.end();
});

async function* lines(stream: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream) {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
}
