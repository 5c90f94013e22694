import { stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { memoryHost, temporaryHost } from "../support/host.ts";

const node = process.execPath;

test("a command answers with what it printed and how it ended", async () => {
  await using host = await temporaryHost();
  const seen: string[] = [];
  const script =
    "process.stdin.on('data', (text) => { process.stdout.write(text); console.error('e'); process.exitCode = 3; })";
  const result = await host.run({
    command: node,
    args: ["-e", script],
    cwd: ".",
    input: "in",
    onOutput: (text) => seen.push(text),
  });
  expect(result).toEqual({ exitCode: 3, stdout: "in", stderr: "e\n" });
  expect(seen.join("")).toBe("in");
});

test("a command that takes too long is ended with what it started", async () => {
  await using host = await temporaryHost();
  const child = `setTimeout(() => require("fs").writeFileSync("late", ""), 1500)`;
  const script = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" }); setInterval(() => {}, 1000)`;
  const { exitCode } = await host.run({ command: node, args: ["-e", script], cwd: ".", timeoutMs: 500 });
  expect(exitCode).toBeUndefined();
  // The pipe that the grandchild shares is closed, so it has ended too.
  expect(await host.files.kind("late")).toBe("none");
});

test("a command that is not there is told by its code", async () => {
  await using host = await temporaryHost();
  await expect(host.run({ command: "no-such-command", args: [], cwd: "." })).rejects.toMatchObject({ code: "ENOENT" });
});

test("a command sees the environment that it is given, and no other", async () => {
  await using host = await temporaryHost();
  const script = "console.log(Object.keys(process.env).filter((name) => !name.startsWith('__')).join())";
  const { stdout } = await host.run({ command: node, args: ["-e", script], cwd: ".", environment: { ONLY: "this" } });
  expect(stdout.trim()).toBe("ONLY");
});

test.each([
  { title: "a folder", host: () => temporaryHost() },
  { title: "memory", host: async () => ({ ...memoryHost({}), [Symbol.asyncDispose]: async () => undefined }) },
])("files of a host over $title are written, listed, moved and removed", async ({ host: create }) => {
  await using host = await create();
  await host.files.write("a/b/one.txt", "1");
  await host.files.write("a/two.txt", new Uint8Array([50]));
  await host.files.write("a/skipped/x.txt", "x");
  expect(await host.files.list("a", ["skipped"])).toEqual(["b/one.txt", "two.txt"]);
  await host.files.copy("a/two.txt", "a/c/three.txt");
  await host.files.move("a/b", "b");
  expect(await host.files.list(".")).toEqual(["a/c/three.txt", "a/skipped/x.txt", "a/two.txt", "b/one.txt"]);
  expect([await host.files.read("b/one.txt"), await host.files.read("a/c/three.txt")]).toEqual(["1", "2"]);
  await host.files.remove("a");
  const kinds = await Promise.all(["a", "b", "b/one.txt"].map((path) => host.files.kind(path)));
  expect(kinds).toEqual(["none", "folder", "file"]);
  await expect(host.files.read("a/two.txt")).rejects.toMatchObject({ code: "ENOENT" });
});

test("an interrupt undoes what is under way, ends the commands, tells nobody that they ended, and exits with 130", async () => {
  await using host = await temporaryHost();
  const module = JSON.stringify(new URL("../../src/host-node.ts", import.meta.url).href);
  const script = `
    import { createNodeHost } from ${module};
    const host = createNodeHost();
    host.onInterrupt(() => host.files.write("first", ""));
    host.onInterrupt(async () => { if (await host.files.kind("first") === "none") await host.files.write("second", ""); });
    host.run({ command: process.execPath, args: ["-e", "console.log(1); setInterval(() => {}, 1000)"], cwd: ".", onOutput: () => process.kill(process.pid, "SIGINT") })
      .finally(() => host.files.write("late", ""));
  `;
  await host.files.write("main.mts", script);
  const { exitCode } = await host.run({
    command: node,
    args: [join(host.cwd, "main.mts")],
    cwd: ".",
    timeoutMs: 20_000,
  });
  expect(exitCode).toBe(130);
  expect(await host.files.list(".")).toEqual(["first", "main.mts", "second"]);
});

test("a link that leads nowhere is something, and a link is never followed by a list", async () => {
  await using host = await temporaryHost({ "real/file": "" });
  await host.files.link("nowhere", "dangling");
  await host.files.link("real", "loop");
  expect(await host.files.kind("dangling")).toBe("other");
  expect(await host.files.list(".")).toEqual(["dangling", "loop", "real/file"]);
  expect((await stat(join(host.cwd, "loop"))).isDirectory()).toBe(true);
});
