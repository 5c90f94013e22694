import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { holdOutput } from "../../src/output/hold.ts";
import { temporaryHost } from "../support/host.ts";

const markOf = (holder: number | string) => `generated/.shop.staging-hold-${holder}`;
const askOf = (holder: number | string) => `generated/.shop.staging-ask-${holder}`;

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
  expect(await host.files.list("generated")).toEqual([
    `.shop.staging-ask-${process.pid}`,
    `.shop.staging-hold-${process.pid}`,
  ]);
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
  { title: "a run that was killed and had our number", holder: () => Promise.resolve(String(process.pid)) },
])("the marks of $title do not count, and are gone afterwards", async ({ holder }) => {
  await using host = await temporaryHost();
  const dead = await holder();
  await host.files.link(dead, askOf(dead));
  await host.files.link(dead, markOf(dead));
  const { value: hold, diagnostics } = await holdOutput(host, join(host.cwd, "generated/shop"));
  expect(diagnostics).toEqual([]);
  await hold?.release();
  expect(await host.files.list(".")).toEqual([]);
});

test.each([
  { title: "the other one has it", isLower: false },
  { title: "we wait until the other one is gone", isLower: true },
])("of two that ask at once the lower number gets the folder: $title", async ({ isLower }) => {
  await using host = await temporaryHost();
  const child = spawn(process.execPath, ["-e", "process.stdin.resume()"]);
  const [low = 0, high = 0] = [child.pid ?? 0, process.pid].toSorted((a, b) => a - b);
  const [us, theirs] = isLower ? [low, high] : [high, low];
  await host.files.link(String(theirs), askOf(theirs));
  setTimeout(() => void host.files.remove(askOf(theirs)), 50);
  const { value: hold } = await holdOutput({ ...host, processId: us }, join(host.cwd, "generated/shop"));
  expect(hold !== undefined).toBe(isLower);
  await hold?.release();
  child.stdin.end();
});

test("who waits for one that asked too gives way once that one holds the folder", async () => {
  await using host = await temporaryHost();
  const child = spawn(process.execPath, ["-e", "process.stdin.resume()"]);
  const [low = 0, high = 0] = [child.pid ?? 0, process.pid].toSorted((a, b) => a - b);
  await host.files.link(String(high), askOf(high));
  setTimeout(() => void host.files.link(String(high), markOf(high)), 50);
  const { value: hold } = await holdOutput({ ...host, processId: low }, join(host.cwd, "generated/shop"));
  expect(hold).toBeUndefined();
  expect(await host.files.list("generated")).toEqual([`.shop.staging-ask-${high}`, `.shop.staging-hold-${high}`]);
  child.stdin.end();
});

test("of many processes that find the marks of a dead one, one gets the folder, in each of many rounds", async () => {
  await using host = await temporaryHost();
  const dead = await deadProcess();
  const source = (path: string) => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href);
  await host.files.write(
    "main.mts",
    `import { createNodeHost } from ${source("host-node.ts")};
     import { holdOutput } from ${source("output/hold.ts")};
     const host = createNodeHost();
     process.stdout.write("ready\\n");
     process.stdin.on("data", async (folder) => {
       const { value } = await holdOutput(host, String(folder).trim());
       process.stdout.write(value ? "held\\n" : "busy\\n");
     }).once("end", () => process.exit());`,
  );
  const children = Array.from({ length: 4 }, () => spawn(process.execPath, [join(host.cwd, "main.mts")]));
  const outputs = children.map((child) => lines(child.stdout.setEncoding("utf8")));
  const next = () => Promise.all(outputs.map(async (output) => String((await output.next()).value)));
  expect(await next()).toEqual(["ready", "ready", "ready", "ready"]);
  // All of them live until the last round has ended, and none gives its folder back.
  for (let round = 0; round < 8; round += 1) {
    const folder = `generated/round-${round}`;
    await host.files.link(dead, `generated/.round-${round}.staging-ask-${dead}`);
    await host.files.link(dead, `generated/.round-${round}.staging-hold-${dead}`);
    for (const child of children) child.stdin.write(`${join(host.cwd, folder)}\n`);
    expect((await next()).toSorted(), folder).toEqual(["busy", "busy", "busy", "held"]);
  }
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
